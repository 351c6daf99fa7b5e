import Analysis
import IR

/// `__nabla_checkpoint_for(step, start, count, nabla_snapshots, k, nabla_checkpoint_region, p, bytes, …, arguments…)`: the
/// loop `for (i = start; i < start + count; i++) step(i, arguments…)`, of which reverse mode keeps `k` states at most.
/// `nabla_budget, bytes` says how much memory states may take instead. The call becomes a call to a function of its own.
struct CheckpointRequest {
  private let call: HookCall
  private let step: Function
  private let start: Value
  private let count: Value
  private var snapshots: Value?
  private var budget: Value?
  private var regions: [(pointer: Value, bytes: Value)] = []
  private var arguments: [(value: Value, adaptation: Adaptation)] = []

  init(_ call: HookCall) throws {
    self.call = call
    guard let functions = call.functionOperand?.possibleFunctions(in: call.module),
      let f = functions.only
    else {
      throw Diagnostic.unknownStep(call)
    }
    step = f
    let types = f.functionType.parameters
    guard !f.isVarArg, f.returnType.isVoid, types.first?.isInteger ?? false else {
      throw Diagnostic.badStep(f, call)
    }
    guard !f.isDeclaration else { throw Diagnostic.noBody(f, in: call) }
    var operands = call.operandPositions.map { call.instruction.operand($0) }[...]
    func next() throws -> Value {
      guard let v = operands.popFirst() else { throw Diagnostic.checkpointOperands(f, call) }
      return v
    }
    func integer() throws -> Value {
      let v = try next()
      guard v.type.isInteger, v.type.bitWidth <= 64 else {
        throw Diagnostic.checkpointOperands(f, call)
      }
      return v
    }
    start = try integer()
    count = try integer()
    while let name = operands.first?.markerName {
      _ = try next()
      switch name.marker {
      case .snapshots: snapshots = try integer()
      case .budget: budget = try integer()
      case .checkpointRegion:
        let p = try next()
        guard p.type.isPointer else { throw Diagnostic.checkpointOperands(f, call) }
        regions.append((p, try integer()))
      case let marker?:
        throw marker.isUnsupported
          ? Diagnostic.unsupportedScheme(name, call) : Diagnostic.misplacedMarker(marker, in: call)
      case nil: throw Diagnostic.unknownMarker(name, in: call)
      }
    }
    guard (snapshots == nil) != (budget == nil) else {
      throw Diagnostic.checkpointOperands(f, call)
    }
    guard operands.count == types.count - 1 else { throw Diagnostic.checkpointOperands(f, call) }
    for (v, type) in zip(operands, types.dropFirst()) {
      guard let adaptation = Adaptation(v, to: type, call.module.dataLayout) else {
        throw Diagnostic.checkpointOperands(f, call)
      }
      arguments.append((v, adaptation))
    }
  }

  func replace() {
    let shape = CheckpointedLoop(regions: regions.count)
    let instruction = call.instruction
    let builder = Builder(module: call.module)
    builder.position(before: instruction)
    builder.debugLocation = instruction.debugLocation
    let i64 = builder.context.i64
    func wide(_ v: Value) -> Value { builder.intCast(v, to: i64, signed: true) }
    var operands = [wide(start), wide(count)]
    let sizes = regions.map { wide($0.bytes) }
    if let snapshots {
      operands.append(wide(snapshots))
    } else {
      let all = sizes.reduce(i64.constant(0)) { builder.add($0, $1) }
      let some = builder.select(builder.icmp(.eq, all, i64.constant(0)), i64.constant(1), all)
      operands.append(builder.udiv(wide(budget!), some))
    }
    for (region, bytes) in zip(regions, sizes) {
      operands += [builder.cast(pointer: region.pointer, to: builder.context.bytePointer), bytes]
    }
    operands += zip(arguments, step.functionType.parameters.dropFirst()).map { a, type in
      a.adaptation.emit(a.value, to: type, builder)
    }
    builder.call(loop(shape), operands)
    instruction.eraseWithDeadOperands()
  }

  /// The function that is the loop.
  private func loop(_ shape: CheckpointedLoop) -> Function {
    let module = call.module
    let context = module.context
    let i64 = context.i64
    let types =
      [i64, i64, i64] + (0..<shape.regions).flatMap { _ in [context.bytePointer, i64] }
      + step.functionType.parameters.dropFirst()
    let f = module.addFunction("nabla.steps." + step.name, .function(context.void, types))
    f.setInternal()
    f.copyPersonality(from: step)
    shape.mark(f)
    let builder = Builder(module: module)
    let entry = f.appendBlock("entry")
    let again = f.appendBlock("again")
    let done = f.appendBlock("done")
    let count = f.parameter(CheckpointedLoop.count)
    builder.position(atEndOf: entry)
    builder.condBr(builder.icmp(.sgt, count, i64.constant(0)), again, done)
    builder.position(atEndOf: again)
    let i = builder.phi(i64)
    let number = builder.add(f.parameter(CheckpointedLoop.start), i.value)
    let arguments = step.functionType.parameters.enumerated().map { k, type in
      k == 0
        ? builder.intCast(number, to: type, signed: true)
        : f.parameter(shape.parameter(ofArgument: k))
    }
    builder.call(step, arguments)
    let next = builder.add(i.value, i64.constant(1))
    i.addIncoming(i64.constant(0), from: entry)
    i.addIncoming(next, from: again)
    builder.condBr(builder.icmp(.slt, next, count), again, done)
    builder.position(atEndOf: done)
    builder.ret(nil)
    return f
  }
}
