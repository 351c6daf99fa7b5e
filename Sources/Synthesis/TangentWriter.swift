package import Analysis
package import IR
package import Planning
internal import Rules

/// Refuses what has no tangent, before anything is written.
enum TangentChecker {
  static func check(_ program: Program, _ activity: Activity) throws {
    var refusals: [Diagnostic] = []
    if activity.request.estimatesErrors {
      refusals = ErrorEstimateCheck(program, activity).refusals()
      if let log = ErrorWriter.complaint(in: program.module) { refusals.append(log) }
    }
    let fixedPoints = program.subjects.filter { $0.checkpointedLoop?.kind == .fixedPoint }
    if !fixedPoints.isEmpty {
      let effects = MemoryEffects(program, callerWrites: [])
      for s in fixedPoints {
        refusals += CheckpointCheck(program, activity, effects, s)?.refusals(forward: true) ?? []
      }
    }
    for s in program.subjects {
      var classifier = ReversalClassifier(program, activity, s, forward: true)
      for i in s.instructions { classifier.classify(i) }
      refusals += classifier.refusals
    }
    if !refusals.isEmpty { throw Refusal(refusals) }
  }
}

/// Writes a tangent function: the primal's own code, and behind each active instruction its tangent.
///
/// The *dual* of a value is its tangent, or its shadow if it is a pointer; of a structure with both, both.
final class TangentWriter {
  let unit: DerivativeUnit
  let subject: Subject
  let function: Function
  let signature: Signature
  let body: BodyClone
  let constants: Shadows
  let memory: ShadowMemory
  /// Makes errors of tangents, if that is what is asked for.
  private let errors: ErrorWriter?
  /// Where the values of the primal come from, if it does not run here.
  let tape: ReplayTape?
  var builder: Builder { body.builder }
  var activity: Activity { unit.activity }
  var width: Int { unit.width }
  var context: Context { function.context }
  private var duals: [Int: [Value]] = [:]

  init(
    _ unit: DerivativeUnit, _ subject: Subject, _ function: Function, _ signature: Signature,
    tape plan: ReplayPlan? = nil
  ) {
    self.unit = unit
    self.subject = subject
    self.function = function
    self.signature = signature
    let parameters = (0..<subject.parameterCount).map { signature.parameter(.primal($0), of: function)! }
    body = BodyClone(subject, in: function, parameters: parameters)
    constants = Shadows(unit: unit, builder: body.builder, families: body.families)
    memory = ShadowMemory(builder: body.builder, adjoints: nil, families: body.families)
    errors = unit.request.estimatesErrors ? ErrorWriter(body.builder, subject) : nil
    tape = plan.map { [body] in ReplayTape($0, body, signature) }
  }

  func write() {
    tape?.open()
    var phis: [(Instruction, [Instruction])] = []
    for i in subject.instructions where i.isPhi && hasDual(i.value) {
      let copy = body.instruction(subject.id(i) - subject.parameterCount)
      builder.position(before: copy)
      let list = (0..<width).map { _ in builder.phi(i.type) }
      duals[subject.id(i)] = list.map(\.value)
      phis.append((i, list))
    }
    for n in subject.instructions.indices where !subject.instructions[n].isPhi {
      // Control does not come to where an exception would have led.
      if tape?.plan.isReplayed[subject.blockOf[n]] ?? true { extend(n) }
    }
    for (i, list) in phis {
      for (value, block) in i.incoming {
        guard let b = subject.cfg.number(of: block) else { continue }
        let tail = body.tail(b, before: subject.block(subject.id(i)))
        for lane in 0..<width { list[lane].addIncoming(dual(value, lane), from: tail) }
      }
    }
    tape?.replacePrimal(unit)
  }

  // MARK: Duals

  func isActive(_ v: Value) -> Bool { activity.isActive(v, in: subject) }
  private func carriesPointer(_ v: Value) -> Bool {
    (v.type.containsPointer || unit.program.graph.cell(of: v) != nil) && activity.needsShadow(v)
  }
  func hasDual(_ v: Value) -> Bool { isActive(v) || carriesPointer(v) }

  func dual(_ v: Value, _ lane: Int) -> Value {
    guard let id = subject.id(v) else {
      return v.type.containsPointer ? constants.constant(v, lane) : v.type.zero
    }
    if id < subject.parameterCount {
      if let s = signature.parameter(.shadow(id, lane: lane), of: function) { return s }
      return v.type.containsPointer ? body.values[id]! : v.type.zero
    }
    if let list = duals[id] { return list[lane] }
    return v.type.containsPointer ? body.mapped(v) : v.type.zero
  }
  func setDual(_ n: Int, _ list: [Value]) { duals[subject.parameterCount + n] = list }

  func lacksShadow(_ p: Value, _ lane: Int) -> Value? {
    guard activity.isMixed(p) else { return nil }
    return builder.icmp(.eq, dual(p, lane), body.mapped(p))
  }

  /// Where the derivative of instruction `n` goes: right behind it.
  func after(_ n: Int) { body.position(afterDefinitionOf: subject.parameterCount + n) }

  // MARK: Instructions

  private func extend(_ n: Int) {
    let i = subject.instructions[n]
    switch i.opcode {
    case .alloca: extendAlloca(n, i)
    case .store: extendStore(n, i)
    case .call, .invoke: TangentCalls(self).extend(n, i)
    case .ret: writeReturn(n, i)
    case .load: extendLoad(n, i)
    case .atomicRMW: extendAtomic(n, i)
    default:
      guard hasDual(i.value) else { return }
      after(n)
      builder.fastMathFlags = i.fastMathFlags & ~0x06
      if let rule = RuleBook.standard.rule(for: i.opcode) {
        setDual(n, applied(rule, i))
      } else {
        builder.fastMathFlags = 0
        setDual(n, (0..<width).map { derived(i, $0) })
      }
      builder.fastMathFlags = 0
    }
  }

  private func extendAlloca(_ n: Int, _ i: Instruction) {
    guard activity.needsShadow(i.value) else { return }
    let copy = body.instruction(n)
    let unitSize = function.module.dataLayout.allocSize(i.allocatedType)
    func twin() -> Value {
      builder.position(before: copy)
      let twin = builder.insert(copy.clone())
      var at: Instruction? = copy
      while let x = at, x.opcode == .alloca { at = x.next }
      builder.position(before: at!)
      let count = builder.intCast(body.mapped(i.operand(0)), to: context.i64, signed: false)
      builder.memset(twin, byte: 0, count: builder.mul(count, context.i64.constant(unitSize)))
      return twin
    }
    setDual(n, (0..<width).map { _ in distinct(twin(), from: n, i, twin, giveBack: { _ in }) })
  }

  /// Shadow memory for new memory that may also have no shadow. Where the primal ran before and its memory was given back, the
  /// shadow may lie where that was, and would be taken for no shadow: then another one is taken.
  func distinct(
    _ shadow: Value, from n: Int, _ i: Instruction, _ another: () -> Value, giveBack: (Value) -> Void
  ) -> Value {
    guard tape != nil, let c = unit.program.graph.cell(of: i.value), activity.isCompared(node: c.node) else {
      return shadow
    }
    let other = another()
    let same = builder.icmp(.eq, shadow, body.mapped(i.value))
    giveBack(builder.select(same, shadow, other))
    return builder.select(same, other, shadow)
  }

  private func extendLoad(_ n: Int, _ i: Instruction) {
    guard hasDual(i.value) else { return }
    let list = (0..<width).map { lane -> Value in
      body.builder.position(after: lastOf(n))
      let copy = i.clone()
      copy.debugLocation = nil
      copy.dropMetadata()
      copy.alignment = i.shadowAlignment
      copy.value.setOperand(0, dual(i.operand(0), lane))
      markShadow(copy, i.operand(0))
      guard let lacks = lacksShadow(i.operand(0), lane) else { return builder.insert(copy) }
      // There may be nothing any more where the primal was.
      if tape != nil { return loadUnless(lacks, copy, n, i) }
      guard !i.type.isPointer else { return builder.insert(copy) }
      // Memory without shadow: the tangent is zero (the pointers in it are their own shadows).
      let value = builder.insert(copy)
      return builder.select(lacks, i.type.containsPointer ? body.mapped(i.value) : i.type.zero, value)
    }
    setDual(n, list)
  }
  /// Loads behind instruction `n` unless the condition holds: then the tangent is zero, and pointers are their own shadows.
  private func loadUnless(_ lacks: Value, _ load: Instruction, _ n: Int, _ i: Instruction) -> Value {
    let none = i.type.containsPointer ? body.mapped(i.value) : i.type.zero
    let place = builder.entryAlloca(i.type)
    builder.store(none, to: place)
    let condition = builder.freeze(lacks)
    let last = conditionally(condition, after: n) { builder.store(builder.insert(load), to: place) }
    if let last { builder.position(before: last) } else { builder.position(after: condition.instruction!) }
    return builder.load(i.type, from: place)
  }
  /// An access to shadow memory, unless the pointer may be its own shadow.
  private func markShadow(_ access: Instruction, _ pointer: Value) {
    guard let c = unit.program.graph.cell(of: pointer), !activity.isMixed(node: c.node) else { return }
    body.families.mark(access, .shadow)
  }
  private func lastOf(_ n: Int) -> Instruction { body.instruction(n) }

  private func extendStore(_ n: Int, _ i: Instruction) {
    let (v, p) = (i.operand(0), i.operand(1))
    guard let c = unit.program.graph.cell(of: p), activity.needsShadow(node: c.node) else { return }
    for lane in 0..<width {
      builder.position(after: body.instruction(n))
      let value = storedDual(v, c, lane)
      if tape == nil, v.type.containsPointer || isActive(v) {
        let place = (body.mapped(p), dual(p, lane))
        let outside = OutsideMemory(unit: unit, builder: builder)
        if v.type.containsPointer {
          outside.check(p, at: place, brings: body.mapped(v), shadow: value)
        } else {
          outside.check(p, at: place, brings: .number)
        }
      }
      let lacks = lacksShadow(p, lane)
      conditionally(lacks, after: n) {
        markShadow(builder.store(value, to: dual(p, lane), alignment: i.shadowAlignment), p)
      }
    }
  }
  /// What goes to shadow memory for a value: integers that are no numbers' bits go as they are.
  private func storedDual(_ v: Value, _ c: Cell, _ lane: Int) -> Value {
    if hasDual(v) || v.type.containsFloat || v.type.containsPointer { return dual(v, lane) }
    return unit.program.isNumber(v, at: c) ? v.type.zero : body.mapped(v)
  }

  /// Code behind instruction `n` that runs unless the condition (built there) holds. Returns what comes after it.
  @discardableResult
  func conditionally(_ lacks: Value?, after n: Int, _ write: () -> Void) -> Instruction? {
    guard let lacks, let last = lacks.instruction, let next = last.next else {
      write()
      return nil
    }
    let head = next.block
    let rest = next.splitBlockBefore("after")
    let act = function.appendBlock("active")
    head.terminator!.erase()
    builder.position(atEndOf: head)
    builder.condBr(lacks, rest, act)
    builder.position(atEndOf: act)
    write()
    builder.br(rest)
    return next
  }

  private func extendAtomic(_ n: Int, _ i: Instruction) {
    guard let c = unit.program.graph.cell(of: i.operand(0)), activity.needsShadow(node: c.node) else { return }
    let list = (0..<width).map { lane -> Value in
      builder.position(after: body.instruction(n))
      let copy = i.clone()
      copy.debugLocation = nil
      copy.value.setOperand(0, dual(i.operand(0), lane))
      copy.value.setOperand(1, dual(i.operand(1), lane))
      return builder.insert(copy)
    }
    if hasDual(i.value) { setDual(n, list) }
  }

  /// Σ partials · tangents.
  func applied(_ rule: MathRule, _ i: Instruction) -> [Value] {
    var emitter = FormulaEmitter(
      builder, type: i.type, operand: { self.body.mapped(i.operand($0)) }, result: { self.body.mapped(i.value) })
    return (0..<width).map { lane in
      var sum: Value?
      for (k, partial) in rule.partials.enumerated() {
        guard let partial, k < i.operands.count, isActive(i.operand(k)) else { continue }
        let d = builder.fpCast(dual(i.operand(k), lane), to: i.type)
        let term: Value
        switch partial {
        case .constant(1): term = d
        case .constant(-1): term = builder.fneg(d)
        case .apply(.div, let parts) where parts[0] == .constant(1):
          term = strong(d, builder.fdiv(d, emitter.emit(parts[1])))
        default: term = strong(d, builder.fmul(d, emitter.emit(partial)))
        }
        let share = errors?.magnitude(term) ?? term
        sum = sum.map { builder.fadd($0, share) } ?? share
      }
      let total = sum ?? i.type.zero
      return errors?.error(total, of: i, RoundingError(of: rule, in: i)) { self.body.mapped($0) } ?? total
    }
  }
  private func strong(_ seed: Value, _ product: Value) -> Value {
    guard unit.request.strongZero else { return product }
    return builder.select(builder.fcmp(.oeq, seed, seed.type.zero), seed.type.zero, product)
  }

  /// Operations that do to the dual what they do to the value.
  private func derived(_ i: Instruction, _ lane: Int) -> Value {
    switch i.opcode {
    case .fpext: return builder.fpext(dual(i.operand(0), lane), to: i.type)
    case .fptrunc:
      let narrow = builder.fptrunc(dual(i.operand(0), lane), to: i.type)
      return errors?.error(narrow, of: i, .result) { self.body.mapped($0) } ?? narrow
    case .and, .or, .xor:
      guard isActive(i.value), let trick = BitTrick(i, kind: unit.bitKinds.kind(of: i.value), isActive) else { break }
      let logic = BitLogic(builder: builder, instruction: i, primal: body.mapped)
      if let k = logic.operand(trick) { return logic.carried(trick, dual(i.operand(k), lane)) }
      if trick == .signOnly { return i.type.zero }
    default: break
    }
    let copy = i.clone()
    copy.debugLocation = nil
    copy.dropPoisonFlags()
    for (k, o) in i.operands.enumerated() {
      copy.value.setOperand(k, i.isControlOperand(k) ? body.mapped(o) : dualOperand(i, o, lane))
    }
    return builder.insert(copy)
  }
  /// Arithmetic on a pointer's integer has the same distance for the shadow.
  private func dualOperand(_ i: Instruction, _ o: Value, _ lane: Int) -> Value {
    if hasDual(o) || o.type.containsPointer || o.type.containsFloat { return dual(o, lane) }
    return isActive(i.value) ? o.type.zero : body.mapped(o)
  }
  private func writeReturn(_ n: Int, _ i: Instruction) {
    let ret = body.instruction(n)
    builder.position(before: ret)
    signature.buildReturn(builder) { r in
      switch r {
      case .primal: return self.body.mapped(i.operand(0))
      case .tangent:
        let lanes = (0..<self.width).map { self.dual(i.operand(0), $0) }
        if self.width == 1 { return lanes[0] }
        var a = lanes[0].type.array(lanes.count).poison
        for (k, v) in lanes.enumerated() { a = self.builder.insertValue(a, v, k) }
        return a
      default: unreachable("result of a tangent function")
      }
    }
    ret.erase()
  }
}
