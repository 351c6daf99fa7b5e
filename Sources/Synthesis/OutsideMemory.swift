package import Analysis
package import IR
internal import Rules

/// Memory that a global variable may have led to before any derivative ran: it has no shadow then, which means that it is inactive.
/// A derivative that would store active data there ends the program with a message.
struct OutsideMemory {
  let unit: DerivativeUnit
  let builder: Builder

  /// What is stored: a number that carries a derivative, or a pointer (or copied memory) that may have a shadow.
  enum Data {
    case number
    case pointer(Value, shadow: Value)
  }

  /// Writes the check of a store to memory, if that may be without shadow for this reason.
  /// - Parameters:
  ///   - p: the pointer to the memory in the subject.
  ///   - place: the same in the derivative, and its shadow.
  func check(_ p: Value, at place: (primal: Value, shadow: Value), brings data: Data) {
    guard let c = unit.program.graph.cell(of: p), unit.activity.isMixed(node: c.node),
      let global = unit.activity.globalLeading(to: c.node)
    else { return }
    let i64 = builder.context.i64
    var words = [word(place.primal), word(place.shadow)]
    switch data {
    case .number: words += [i64.constant(0), i64.constant(1)]
    case .pointer(let v, let s):
      guard v != s else { return }
      words += [word(v), word(s)]
    }
    builder.call(checker(global), words)
  }
  /// The same for the pointers in a value that is stored.
  func check(_ p: Value, at place: (primal: Value, shadow: Value), brings v: Value, shadow: Value) {
    guard v.type.isAggregate else { return check(p, at: place, brings: .pointer(v, shadow: shadow)) }
    for path in Shadows.pointerPaths(v.type) {
      func part(_ v: Value) -> Value { path.reduce(v) { builder.extractValue($0, $1) } }
      check(p, at: place, brings: .pointer(part(v), shadow: part(shadow)))
    }
  }

  /// The same for a library function that links nodes: called with shadows as well, it cannot do so twice with the nodes themselves.
  func checkRelinking(_ i: Instruction, primal: (Value) -> Value, shadows: [Value]) {
    guard case .known(let k, _) = unit.program.knowledge.target(of: i), k.effects.mayWrite else { return }
    for (a, s) in zip(i.arguments, shadows) where a.type.isPointer { check(a, at: (primal(a), s), brings: .number) }
  }

  private func word(_ v: Value) -> Value {
    let i64 = builder.context.i64
    return v.type.isPointer ? builder.ptrtoint(v, to: i64) : builder.intCast(v, to: i64, signed: false)
  }

  /// Ends the program if the first two arguments are equal, so that there is no shadow, and the last two are not.
  private func checker(_ global: Global) -> Function {
    let module = unit.program.module
    let context = module.context
    let name = "nabla.outside." + global.name
    if let f = module.function(named: name) { return f }
    let f = module.addFunction(name, .function(context.void, Array(repeating: context.i64, count: 4)))
    f.setInternal()
    unit.engine.produced.append(f)
    let b = Builder(module: module)
    let (start, failed, ok) = (f.appendBlock("entry"), f.appendBlock("outside"), f.appendBlock("ok"))
    b.position(atEndOf: start)
    let lacks = b.and(b.icmp(.eq, f.parameter(0), f.parameter(1)), b.icmp(.ne, f.parameter(0), context.i64.zero))
    b.condBr(b.and(lacks, b.icmp(.ne, f.parameter(2), f.parameter(3))), failed, ok)
    b.position(atEndOf: failed)
    RunTimeError.stop(
      "active data is stored in memory that the global variable '\(global.name)' led to before the derivative began, which has no "
        + "shadow; allocate that memory in the differentiated function, or declare the variable inactive with "
        + "__nabla_inactive_global", b)
    b.position(atEndOf: ok)
    b.ret(nil)
    return f
  }
}
