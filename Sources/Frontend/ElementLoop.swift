import IR

/// `for (i = from; i < below; i += step)`, written at a builder's position.
struct ElementLoop {
  private let function: Function
  private let builder: Builder
  private let from: Value
  private let below: Value
  private let step: Int

  init(_ function: Function, _ builder: Builder, from: Value, below: Value, step: Int) {
    (self.function, self.builder) = (function, builder)
    (self.from, self.below, self.step) = (from, below, step)
  }

  /// Leaves the builder behind the loop.
  func write(_ body: (Value) -> Void) {
    let entry = builder.block
    let head = function.appendBlock("head"), inside = function.appendBlock("body")
    let out = function.appendBlock("out")
    builder.br(head)
    builder.position(atEndOf: head)
    let i = builder.phi(from.type)
    i.addIncoming(from, from: entry)
    builder.condBr(builder.icmp(.slt, i.value, below), inside, out)
    builder.position(atEndOf: inside)
    body(i.value)
    i.addIncoming(builder.add(i.value, from.type.constant(step)), from: builder.block)
    builder.br(head)
    builder.position(atEndOf: out)
  }
}
