package import Analysis
package import IR
internal import Rules

/// The items that the replaying half of tangents from a tape asks for directly: what tangents are made of, where control goes,
/// and the tapes of calls.
struct ReplayDemand {
  private let program: Program
  private let activity: Activity
  private let subject: Subject
  private let calls: [Int: ReplayCall]
  private(set) var items: [Item] = []
  private var seen: Set<Item> = []

  init(
    _ program: Program, _ activity: Activity, _ subject: Subject, _ calls: [Int: ReplayCall], _ isReplayed: [Bool]
  ) {
    self.program = program
    self.activity = activity
    self.subject = subject
    self.calls = calls
    for b in subject.cfg.blocks.indices where isReplayed[b] {
      for n in subject.range[b] { addInstruction(n, subject.instructions[n]) }
    }
    // Arrays on the tape are found by the counts of the loops that they run over.
    for l in subject.loops.loops.indices {
      if let trips = subject.tripCounts[l], isReplayed[subject.loops.loops[l].header] { primal(trips) }
    }
  }

  // MARK: Words

  private mutating func add(_ item: Item) {
    if seen.insert(item).inserted { items.append(item) }
  }
  private mutating func primal(_ v: Value) {
    if let id = subject.id(v) { add(.primal(id)) }
  }
  private func isActive(_ v: Value) -> Bool { activity.isActive(v, in: subject) }
  private func hasDual(_ v: Value) -> Bool {
    isActive(v) || (v.type.containsPointer || program.graph.cell(of: v) != nil) && activity.needsShadow(v)
  }
  /// What the tangent or shadow of an operand takes: a pointer without shadow is its own.
  private mutating func dual(_ v: Value) {
    if !hasDual(v), v.type.containsPointer { primal(v) }
  }
  /// A pointer to shadow memory, and the pointer itself where the two may be the same.
  private mutating func place(_ p: Value) {
    dual(p)
    if activity.isMixed(p) { primal(p) }
  }
  private func isCompared(_ p: Value) -> Bool {
    program.graph.cell(of: p).map { activity.isCompared(node: $0.node) } ?? false
  }
  private func leadsToShadows(_ p: Value) -> Cell? {
    program.graph.cell(of: p).flatMap { activity.needsShadow(node: $0.node) ? $0 : nil }
  }

  // MARK: Instructions

  private mutating func addInstruction(_ n: Int, _ i: Instruction) {
    switch i.opcode {
    case .alloca:
      guard activity.needsShadow(i.value) else { return }
      primal(i.operand(0))
      if isCompared(i.value) { primal(i.value) }
    case .load: addLoad(i)
    case .store: addStore(i)
    case .atomicRMW:
      guard leadsToShadows(i.operand(0)) != nil else { return }
      place(i.operand(0))
      dual(i.operand(1))
    case .call, .invoke: addCall(n, i)
    case .ret:
      guard let v = i.operands.first else { return }
      if subject === program.root { primal(v) }
      dual(v)
    case .br, .switch: if i.isConditionalBranch || i.opcode == .switch { primal(i.condition) }
    default: if hasDual(i.value) { addComputation(i) }
    }
  }

  private mutating func addLoad(_ i: Instruction) {
    guard hasDual(i.value) else { return }
    place(i.operand(0))
    // From memory without shadow come pointers that are their own.
    if activity.isMixed(i.operand(0)), i.type.containsPointer { primal(i.value) }
  }

  private mutating func addStore(_ i: Instruction) {
    let v = i.operand(0)
    guard let c = leadsToShadows(i.operand(1)) else { return }
    place(i.operand(1))
    if hasDual(v) || v.type.containsFloat || v.type.containsPointer {
      dual(v)
    } else if !program.isNumber(v, at: c) {
      primal(v)
    }
  }

  private mutating func addComputation(_ i: Instruction) {
    if let rule = RuleBook.standard.rule(for: i.opcode) { return addFormula(i, rule) }
    switch i.opcode {
    case .phi: for (v, _) in i.incoming { dual(v) }
    case .fpext, .fptrunc: break
    case .and, .or, .xor:
      // Which of the operands are looked at depends on the trick; both are cheap.
      for o in i.operands {
        primal(o)
        dual(o)
      }
    default:
      for (k, o) in i.operands.enumerated() {
        if i.isControlOperand(k) {
          primal(o)
        } else if hasDual(o) || o.type.containsPointer || o.type.containsFloat {
          dual(o)
        } else if !isActive(i.value) {
          primal(o)
        }
      }
    }
  }

  private mutating func addFormula(_ i: Instruction, _ rule: MathRule) {
    for (k, partial) in rule.partials.enumerated() {
      guard let partial, k < i.operands.count, isActive(i.operand(k)) else { continue }
      for o in partial.operandsRead.sorted() { primal(i.operand(o)) }
      if partial.readsResult { primal(i.value) }
    }
  }

  // MARK: Calls

  private mutating func addCall(_ n: Int, _ i: Instruction) {
    if let call = calls[n] {
      if call.tapeType(program.module.context) != nil { add(.frame(n)) }
      for a in i.arguments {
        primal(a)
        dual(a)
      }
      if i.callee == nil { primal(i.calledValue) }
      return
    }
    switch program.knowledge.target(of: i) {
    case .known(let k, _): addKnown(n, i, k)
    case .transparent: if let a = i.arguments.first { dual(a) }
    case .hint: break
    // Nothing has made a shadow for what this returns.
    default: if hasDual(i.value) { primal(i.value) }
    }
  }

  private mutating func addKnown(_ n: Int, _ i: Instruction, _ k: FunctionKnowledge) {
    switch k.kind {
    case .math(let rule, _): if isActive(i.value) { addFormula(i, rule) }
    case .allocation(let a):
      if let p = a.resultThroughPointerArgument {
        guard leadsToShadows(i.operand(p)) != nil else { return }
        dual(i.operand(p))
      } else if !hasDual(i.value) {
        return
      }
      for x in i.arguments { primal(x) }
      // Memory that was given back may be where the shadow comes to lie: then the two would be the same.
      if isCompared(i.value) { primal(i.value) }
    case .deallocation(let d):
      guard activity.needsShadow(i.operand(d.pointerArgument)) else { return }
      for x in i.arguments { primal(x) }
    case .reallocation(let r):
      guard hasDual(i.value) else { return }
      dual(i.operand(r.pointerArgument))
      if isCompared(i.value) { primal(i.value) }
      for (p, x) in i.arguments.enumerated() where p != r.pointerArgument { primal(x) }
    case .memory(let m): addCopy(n, i, m)
    case .pointerShuffle:
      guard i.arguments.contains(where: { $0.type.isPointer && activity.needsShadow($0) }) else { return }
      for a in i.arguments { if a.type.isPointer { dual(a) } else { primal(a) } }
    default:
      guard hasDual(i.value) else { return }
      primal(i.value)
      guard i.type.isPointer, let a = k.pointsIntoArgument, a < i.argumentCount else { return }
      primal(i.operand(a))
      dual(i.operand(a))
    }
  }

  private mutating func addCopy(_ n: Int, _ i: Instruction, _ m: MemoryRoutine) {
    let target = i.operand(m.targetArgument)
    if i.type.isPointer, hasDual(i.value) {
      dual(target)
      primal(i.operand(m.sizeArgument))
    }
    guard leadsToShadows(target) != nil else { return }
    place(target)
    primal(i.operand(m.sizeArgument))
    guard let s = m.sourceArgument else { return }
    let source = i.operand(s)
    if activity.needsShadow(source) { place(source) }
    // What has no shadow is copied as it was: pointers in it are their own shadows.
    if activity.isMixed(source) || !activity.needsShadow(source) && !isNumbersOnly(target, i.operand(m.sizeArgument)) {
      add(.saved(n))
    }
  }
  private func isNumbersOnly(_ target: Value, _ size: Value) -> Bool {
    guard let c = program.graph.cell(of: target),
      let layout = CopyLayout(c, size: size.integerConstant, program, activity), layout.floats.count == 1
    else { return false }
    return program.module.dataLayout.storeSize(layout.floats[0].type) == layout.period
  }
}
