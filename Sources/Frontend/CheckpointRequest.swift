import Analysis
import IR

/// Loops over steps of which not every state is kept. The call becomes a call to a function of its own that is the loop.
///
/// - `__nabla_checkpoint_for(step, start, count, nabla_snapshots, k, nabla_checkpoint_region, p, bytes, …, arguments…)`: the loop
///   `for (i = start; i < start + count; i++) step(i, arguments…)`, of which reverse mode keeps `k` states at most.
///   `nabla_budget, bytes` says how much memory states may take instead. `nabla_scheme, &table, &config` names what elsewhere would say
///   when states are kept.
/// - `__nabla_checkpoint_while(step, nabla_snapshots, …, arguments…)`: `while (step(arguments…));`, likewise.
/// - `__nabla_fixed_point(step, nabla_fp_state, p, bytes, …, arguments…)`: `while (step(arguments…));`, which ends where a step changes
///   nothing any more. `nabla_fp_max_iters, n` and `nabla_fp_reduction, x` say when the iteration for derivatives ends.
struct CheckpointRequest {
  private let call: HookCall
  private let kind: CheckpointedLoop.Kind
  private let step: Function
  private var start: Value?
  private var count: Value?
  private var snapshots: Value?
  private var budget: Value?
  private var limit: Value?
  private var tolerance: Value?
  private var hasScheme = false
  private(set) var warnings: [Diagnostic] = []
  private var regions: [(pointer: Value, bytes: Value)] = []
  private var arguments: [(value: Value, adaptation: Adaptation)] = []

  init(_ call: HookCall, _ declarations: Declarations) throws {
    self.call = call
    kind =
      switch call.name.key {
      case "checkpoint_for": .counted
      case "checkpoint_while": .until
      default: .fixedPoint
      }
    guard let functions = call.functionOperand?.possibleFunctions(in: call.module),
      let f = functions.only
    else {
      throw Diagnostic.unknownStep(call)
    }
    step = f
    guard !f.isVarArg, CheckpointRequest.fits(f.functionType, kind) else {
      throw kind == .counted ? Diagnostic.badStep(f, call) : Diagnostic.stepTellsNothing(f, call)
    }
    guard !f.isDeclaration else { throw Diagnostic.noBody(f, in: call) }
    var operands = call.operandPositions.map { call.instruction.operand($0) }[...]
    if kind == .counted {
      start = try integer(&operands)
      count = try integer(&operands)
    }
    while let name = operands.first?.markerName { try read(name, &operands) }
    try check()
    try readArguments(operands)
    if kind != .fixedPoint { addKnownRegions(declarations) }
  }

  /// What a step changes that need not be listed: variables of the program whose sizes are known, and memory of which
  /// `__nabla_ptr_size_hint(pointer, bytes, 0)` says in the same function how large it is.
  private mutating func addKnownRegions(_ declarations: Declarations) {
    let module = call.module
    let i64 = module.context.i64
    let hook = call.instruction
    for hint in module.hookCalls() where hint.name.key == "ptr_size_hint" && hint.instruction.function == hook.function
    {
      guard let p = hint.functionOperand, p.type.isPointer, let n = hint.operandPositions.first else { continue }
      let bytes = hint.instruction.operand(n)
      guard bytes.type.isInteger, bytes.isConstant || hint.instruction.block == hook.block,
        let place = Self.argument(like: p, arguments.map(\.value))
      else { continue }
      regions.append((place, bytes))
    }
    let functions = functions(of: step, declarations)
    for g in module.globals
    where !g.isConstant && MarkerName(g.name) == nil && !declarations.inactiveGlobals.contains(g) {
      let size = module.dataLayout.allocSize(g.valueType)
      guard size > 0, changes(g, functions), !regions.contains(where: { $0.pointer.underlyingObject == g.value }) else {
        continue
      }
      regions.append((g.value, i64.constant(size)))
    }
  }

  /// The argument that is the pointer: at `-O0` both are read from the same variable.
  private static func argument(like p: Value, _ list: [Value]) -> Value? {
    func place(_ v: Value) -> Value {
      let plain = v.strippingCasts
      guard let i = plain.instruction, i.opcode == .load else { return plain }
      return i.operand(0).strippingCasts
    }
    return list.first { $0.type.isPointer && place($0) == place(p) }
  }

  /// What a step may call, but for what is inactive: that is called as often as the step, and keeps what it writes.
  private func functions(of step: Function, _ declarations: Declarations) -> Set<Function> {
    let references = ReferenceGraph()
    var found: Set<Function> = []
    var work = [step]
    while let f = work.popLast() {
      if declarations.inactiveFunctions.contains(f) || !found.insert(f).inserted { continue }
      work += references.mentioned(by: f)
    }
    return found
  }

  /// May a step write to the variable itself?
  private func changes(_ g: Global, _ functions: Set<Function>) -> Bool {
    var work = [g.value]
    var seen: Set<Value> = []
    while let v = work.popLast() {
      guard seen.insert(v).inserted else { continue }
      for user in v.users {
        guard let i = user.instruction else {
          if user.isConstantExpression { work.append(user) }
          continue
        }
        guard functions.contains(i.function) else { continue }
        switch i.opcode {
        case .load: continue
        case .store where i.operand(0) != v: return true
        case .gep, .bitcast, .select, .phi, .addrspacecast: work.append(user)
        default: if i.isMarkOfLifetime { continue } else { return true }
        }
      }
    }
    return false
  }

  private static func fits(_ step: Type, _ kind: CheckpointedLoop.Kind) -> Bool {
    kind == .counted
      ? step.returnType.isVoid && step.parameters.first?.isInteger ?? false
      : step.returnType.isInteger
  }

  private var misfit: Diagnostic { .checkpointOperands(step, kind, call) }

  private func next(_ operands: inout ArraySlice<Value>) throws -> Value {
    guard let v = operands.popFirst() else { throw misfit }
    return v
  }
  private func integer(_ operands: inout ArraySlice<Value>) throws -> Value {
    let v = try next(&operands)
    guard v.type.isInteger, v.type.bitWidth <= 64 else { throw misfit }
    return v
  }

  private mutating func read(_ name: MarkerName, _ operands: inout ArraySlice<Value>) throws {
    _ = try next(&operands)
    let isFixedPoint = kind == .fixedPoint
    switch name.marker {
    case .snapshots where !isFixedPoint: snapshots = try integer(&operands)
    case .budget where !isFixedPoint: budget = try integer(&operands)
    case .fixedPointIterations where isFixedPoint: limit = try integer(&operands)
    case .fixedPointReduction where isFixedPoint:
      tolerance = try next(&operands)
      guard tolerance!.type.isFloat else { throw misfit }
    case .checkpointRegion, .fixedPointState:
      let p = try next(&operands)
      guard p.type.isPointer, (name.marker == .fixedPointState) == isFixedPoint else {
        throw misfit
      }
      regions.append((p, try integer(&operands)))
    case .scheme where !isFixedPoint:
      for _ in 0..<2 { guard try next(&operands).type.isPointer else { throw misfit } }
      hasScheme = true
    case .fixedPointControl where isFixedPoint:
      guard try next(&operands).type.isPointer else { throw misfit }
      warnings.append(.controlNotFollowed(call))
    case let marker?: throw Diagnostic.misplacedMarker(marker, in: call)
    case nil: throw Diagnostic.unknownMarker(name, in: call)
    }
  }

  /// With so many states, less than a million steps are each done again four times at most.
  private static let statesOfSchemes = 64

  private mutating func check() throws {
    if hasScheme, snapshots == nil, budget == nil {
      snapshots = call.module.context.i64.constant(Self.statesOfSchemes)
      warnings.append(.schemeReplaced(Self.statesOfSchemes, call))
    }
    let fits = kind == .fixedPoint ? !regions.isEmpty : (snapshots == nil) != (budget == nil)
    if !fits { throw misfit }
  }

  private mutating func readArguments(_ operands: ArraySlice<Value>) throws {
    let types = step.functionType.parameters.dropFirst(kind == .counted ? 1 : 0)
    guard operands.count == types.count else { throw misfit }
    for (v, type) in zip(operands, types) {
      guard let adaptation = Adaptation(v, to: type, call.module.dataLayout) else { throw misfit }
      arguments.append((v, adaptation))
    }
  }

  // MARK: Writing

  func replace() {
    let shape = CheckpointedLoop(kind, regions: regions.count)
    let instruction = call.instruction
    let builder = Builder(module: call.module)
    builder.position(before: instruction)
    builder.debugLocation = instruction.debugLocation
    let sizes = regions.map { wide($0.bytes, builder) }
    var operands = leading(sizes, builder)
    for (region, bytes) in zip(regions, sizes) {
      operands += [builder.cast(pointer: region.pointer, to: builder.context.bytePointer), bytes]
    }
    let f = loop(shape)
    let first = shape.leadingTypes(builder.context).count
    operands += zip(arguments, f.functionType.parameters.dropFirst(first)).map { a, type in
      a.adaptation.emit(a.value, to: type, builder)
    }
    _ = Unwinding.attach(builder.call(f, operands), before: instruction, builder)
    instruction.eraseWithDeadOperands()
  }

  private func wide(_ v: Value, _ builder: Builder) -> Value {
    builder.intCast(v, to: builder.context.i64, signed: true)
  }

  /// The first three arguments of the loop.
  private func leading(_ sizes: [Value], _ builder: Builder) -> [Value] {
    let zero = builder.context.i64.constant(0)
    func said(_ v: Value?) -> Value { v.map { wide($0, builder) } ?? zero }
    if kind == .fixedPoint {
      let double = builder.context.double
      return [said(limit), zero, tolerance.map { builder.fpCast($0, to: double) } ?? double.zero]
    }
    return [
      said(start), said(count), snapshots.map { wide($0, builder) } ?? affordable(sizes, builder),
    ]
  }

  /// How many states fit in the budget.
  private func affordable(_ sizes: [Value], _ builder: Builder) -> Value {
    let i64 = builder.context.i64
    let all = sizes.reduce(i64.constant(0)) { builder.add($0, $1) }
    let some = builder.select(builder.icmp(.eq, all, i64.constant(0)), i64.constant(1), all)
    return builder.udiv(wide(budget!, builder), some)
  }

  /// The function that is the loop.
  private func loop(_ shape: CheckpointedLoop) -> Function {
    let context = call.module.context
    let own = step.functionType.parameters.dropFirst(kind == .counted ? 1 : 0)
    let f = call.module.addFunction(
      "nabla.steps." + step.name, .function(context.void, shape.leadingTypes(context) + own))
    f.setInternal()
    f.copyPersonality(from: step)
    shape.mark(f)
    let builder = Builder(module: call.module)
    let entry = f.appendBlock("entry")
    let again = f.appendBlock("again")
    let done = f.appendBlock("done")
    builder.position(atEndOf: entry)
    if kind == .counted {
      writeCounted(f, shape, builder, again, done)
    } else {
      builder.br(again)
      builder.position(atEndOf: again)
      let more = builder.call(
        step, step.parameters.indices.map { f.parameter(shape.parameter(ofArgument: $0)!) })
      builder.condBr(builder.icmp(.ne, more, more.type.constant(0)), again, done)
    }
    builder.position(atEndOf: done)
    builder.ret(nil)
    return f
  }

  private func writeCounted(
    _ f: Function, _ shape: CheckpointedLoop, _ builder: Builder, _ again: BasicBlock,
    _ done: BasicBlock
  ) {
    let i64 = builder.context.i64
    let entry = builder.block
    let count = f.parameter(CheckpointedLoop.count)
    builder.condBr(builder.icmp(.sgt, count, i64.constant(0)), again, done)
    builder.position(atEndOf: again)
    let i = builder.phi(i64)
    let number = builder.add(f.parameter(CheckpointedLoop.start), i.value)
    let arguments = step.functionType.parameters.enumerated().map { k, type in
      shape.parameter(ofArgument: k).map { f.parameter($0) }
        ?? builder.intCast(number, to: type, signed: true)
    }
    builder.call(step, arguments)
    let next = builder.add(i.value, i64.constant(1))
    i.addIncoming(i64.constant(0), from: entry)
    i.addIncoming(next, from: again)
    builder.condBr(builder.icmp(.slt, next, count), again, done)
  }
}
