import Analysis
import IR

/// `__nabla_batch(f, nabla_width, N, …)`: N evaluations of `f`, carried out as N calls.
struct Batch {
  let call: HookCall
  let function: Function
  private let width: Int
  /// Per parameter and lane.
  private var operands: [[Source]] = []
  private var result: [ResultField] = []

  init(_ call: HookCall, _ function: Function) throws {
    self.call = call
    self.function = function
    let tokenizer = try Tokenizer(call, function)
    width = tokenizer.flags.width
    var tokens = tokenizer.tokens[...]
    for i in function.functionType.parameters.indices { operands.append(try read(i, &tokens)) }
    if !tokens.isEmpty {
      throw Diagnostic.batch("\(counted(tokens.count, "operand")) too many", call)
    }
    if !function.returnType.isVoid {
      result = (0..<width).map {
        ResultField(label: "r\($0)", type: function.returnType, place: .returned($0))
      }
    }
    if function.returnsThroughMemory {
      throw Diagnostic.batch("a structure returned through memory", call)
    }
  }

  private func read(_ i: Int, _ tokens: inout ArraySlice<Token>) throws -> [Source] {
    let type = function.functionType.parameters[i]
    func next() throws -> Value {
      guard let value = tokens.popFirst()?.value else {
        throw Diagnostic.batch("too few operands", call)
      }
      return value
    }
    func operand() throws -> Source {
      let value = try next()
      guard let adaptation = Adaptation(value, to: type, call.module.dataLayout) else {
        throw Diagnostic.batch("an operand of type '\(value.type.cName)' for '\(type.cName)'", call)
      }
      return .operand(value, adaptation)
    }
    let kind = tokens.first?.marker ?? .vector
    if tokens.first?.marker != nil { tokens.removeFirst() }
    switch kind {
    case .vector: return try (0..<width).map { _ in try operand() }
    case .scalar: return Array(repeating: try operand(), count: width)
    case .buffer:
      let stride = try next(), base = try next()
      guard stride.type.isInteger, base.type.isPointer else {
        throw Diagnostic.batch("a bad buffer", call)
      }
      return (0..<width).map { .strided(base: base, stride: stride, lane: $0) }
    default: throw Diagnostic.misplacedMarker(kind, in: call)
    }
  }

  func replace() throws {
    let instruction = call.instruction
    let declared = call.resultBuffer.map(\.type) ?? instruction.type
    let offsets = try offsets(in: declared)
    let builder = Builder(module: call.module)
    builder.position(before: instruction)
    builder.debugLocation = instruction.debugLocation
    let results = (0..<width).map { lane in
      let result = builder.call(function, arguments(lane, builder))
      return Unwinding.attach(result, before: instruction, builder, more: lane + 1 < width)
    }
    if let offsets { store(results, offsets, builder) }
    instruction.eraseWithDeadOperands()
  }

  /// Where the results go in what the hook returns; nil if nobody wants them.
  private func offsets(in declared: Type?) throws -> [Int]? {
    let layout = call.module.dataLayout
    guard call.isResultUsed, !result.isEmpty else { return nil }
    let offsets = Layouts.natural(result, layout)
    guard let declared, let fit = Fit(result, at: offsets, in: declared, layout), !fit.hasMore
    else {
      throw Diagnostic.batch(
        "the result is not a structure of \(width) '\(function.returnType.cName)'", call)
    }
    return offsets
  }

  private func arguments(_ lane: Int, _ builder: Builder) -> [Value] {
    zip(operands, function.functionType.parameters).map { sources, type in
      switch sources[lane] {
      case .strided(let base, let stride, _):
        let wide = builder.intCast(stride, to: builder.context.i64, signed: true)
        let bytes = builder.mul(wide, builder.context.i64.constant(lane))
        let place = builder.offset(base, bytes)
        return type.isPointer
          ? builder.cast(pointer: place, to: type) : builder.load(type, from: place)
      case .operand(let value, let adaptation): return adaptation.emit(value, to: type, builder)
      case .scratch: return type.poison
      }
    }
  }

  private func store(_ results: [Value], _ offsets: [Int], _ builder: Builder) {
    let instruction = call.instruction
    let buffer = call.resultBuffer?.pointer ?? builder.entryAlloca(instruction.type)
    for (value, offset) in zip(results, offsets) {
      builder.store(value, to: builder.offset(buffer, offset), alignment: 1)
    }
    if call.resultBuffer == nil {
      instruction.value.replaceAllUses(with: builder.load(instruction.type, from: buffer))
    }
  }
}
