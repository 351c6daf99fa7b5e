package import Analysis
package import IR

/// Tangents from a tape. The *recording* half runs the primal and keeps what the *replaying* half, which goes the same way
/// through the blocks and writes tangents, can't compute again: nothing of the primal's memory is there any more.

/// What the two halves do about a call with active data.
package enum ReplayCall {
  /// The two halves of the callee are called, or those of what a pointer leads to.
  case halves
  /// The halves that the user registered are called.
  case rule(SplitShape)
  /// A forward rule that needs nothing but numbers is called again.
  case numbers(Function)

  /// What the recording half of the call leaves for the replaying one; nil if nothing.
  func tapeType(_ context: Context) -> Type? {
    switch self {
    case .halves: context.bytePointer
    case .rule(let shape): shape.augmented.tapeType
    case .numbers: nil
    }
  }
}

/// The decision for tangents from a tape, of one subject.
package final class ReplayPlan {
  package let subject: Subject
  package let table: SlotTable
  /// Calls with active data, by the number of the instruction.
  package let calls: [Int: ReplayCall]
  /// Instructions that the replaying half may carry out again.
  package let repeated: Set<Int>
  /// Blocks that control reaches without an exception.
  package let isReplayed: [Bool]

  package init(_ program: Program, _ activity: Activity, _ effects: MemoryEffects, _ subject: Subject) {
    self.subject = subject
    let context = subject.function.context
    let isReplayed = Self.replayedBlocks(subject)
    self.isReplayed = isReplayed
    let calls = Self.calls(program, activity, subject).filter { isReplayed[subject.blockOf[$0.key]] }
    self.calls = calls
    let needs = ReplayNeeds(program, effects, subject)
    repeated = Set(subject.instructions.indices.filter { needs.isRepeated($0) })
    let demands = ReplayDemand(program, activity, subject, calls, isReplayed).items
    let kept = needs.itemsToKeep(for: demands)
    var table = SlotTable(subject)
    for item in demands + kept.sorted(by: Self.isEarlier) where kept.contains(item) {
      table.add(item, Self.type(item, subject, calls, context), lanes: 1, chain: needs.chain(item))
    }
    self.table = table
  }

  package func slot(_ item: Item) -> Int? { table.slotOf[item] }

  private static func type(
    _ item: Item, _ s: Subject, _ calls: [Int: ReplayCall], _ context: Context
  ) -> Type {
    switch item {
    case .primal(let id): s.values[id].type
    case .frame(let n): calls[n]?.tapeType(context) ?? context.bytePointer
    default: context.bytePointer
    }
  }
  /// Any order will do, as long as it is always the same.
  private static func isEarlier(_ a: Item, _ b: Item) -> Bool {
    func key(_ i: Item) -> (Int, Int) {
      switch i {
      case .primal(let id): (0, id)
      case .frame(let n): (1, n)
      case .saved(let n): (2, n)
      case .shadow(let n), .predecessor(let n), .trips(let n), .base(let n): (3, n)
      }
    }
    return key(a) < key(b)
  }

  private static func calls(_ program: Program, _ activity: Activity, _ s: Subject) -> [Int: ReplayCall] {
    var calls: [Int: ReplayCall] = [:]
    for (n, i) in s.instructions.enumerated() where i.isCall && activity.touchesActive(i, in: s) {
      switch program.knowledge.target(of: i) {
      case .body, .indirect: calls[n] = .halves
      case .custom(let f): calls[n] = ReplayCall(f, program.knowledge.declarations)
      default: break
      }
    }
    return calls
  }

  private static func replayedBlocks(_ s: Subject) -> [Bool] {
    var seen = [Bool](repeating: false, count: s.cfg.count)
    var work = [0]
    while let b = work.popLast() {
      guard !seen[b] else { continue }
      seen[b] = true
      let t = s.terminator(b)
      work += t.opcode == .invoke ? [s.cfg.number(of: t.normalDestination)!] : s.cfg.successors[b]
    }
    return seen
  }

  // MARK: Refusals

  /// What stands against tangents from a tape, beside what stands against tangents.
  package static func refusals(_ program: Program, _ activity: Activity) -> [Diagnostic] {
    program.subjects.flatMap { s -> [Diagnostic] in
      var list: [Diagnostic] = []
      if catches(s) { list.append(Diagnostic(Messages.replayCatches(s), in: s.original)) }
      for i in s.instructions where i.isCall && activity.touchesActive(i, in: s) {
        if isMixedThroughPointer(i, program, activity) {
          list.append(Diagnostic(Messages.replayAllocation(s, i), at: i, in: s.original, location: i.sourceLocation))
        }
        guard case .custom(let f) = program.knowledge.target(of: i),
          ReplayCall(f, program.knowledge.declarations) == nil
        else { continue }
        let isForwardOnly = program.knowledge.declarations.splitDerivatives[f] == nil
        list.append(
          Diagnostic(
            isForwardOnly ? Messages.replayNeedsRule(s, f) : Messages.splitRuleShape(f), at: i, in: s.original,
            location: i.sourceLocation))
      }
      return list
    }
  }

  /// Does the call write the address of new memory to where the replaying half can't tell it from that of a shadow?
  private static func isMixedThroughPointer(_ i: Instruction, _ program: Program, _ activity: Activity) -> Bool {
    guard case .known(let k, _) = program.knowledge.target(of: i), case .allocation(let a) = k.kind,
      let p = a.resultThroughPointerArgument, let c = program.graph.cell(of: i.operand(p))
    else { return false }
    return program.graph.pointees(c.node).contains { activity.isCompared(node: $0.node) }
  }

  /// Does the function go on after an exception?
  private static func catches(_ s: Subject) -> Bool {
    if s.instructions.contains(where: { $0.opcode == .cleanupPad || $0.opcode == .catchSwitch }) { return true }
    guard let exit = s.exit else { return false }
    let replayed = replayedBlocks(s)
    var seen: Set<Int> = []
    var work = s.cfg.blocks.indices.filter { replayed[$0] && s.terminator($0).opcode == .invoke }
      .compactMap { s.cfg.number(of: s.terminator($0).unwindDestination) }
    while let b = work.popLast() {
      if b == exit { return true }
      if seen.insert(b).inserted { work += s.cfg.successors[b] }
    }
    return false
  }
}

extension Activity {
  /// May anybody compare a pointer to the object with its shadow, to see whether there is one? What is called through a pointer
  /// does so with all pointers.
  package func isCompared(node: Int) -> Bool {
    needsShadow(node: node) && (isMixed(node: node) || program.callsThroughPointers)
  }
}

extension ReplayCall {
  /// By the rules that are registered for a function; nil if none fits.
  init?(_ f: Function, _ declarations: Declarations) {
    if let rule = declarations.splitDerivatives[f] {
      guard let shape = SplitShape(rule, of: f) else { return nil }
      self = .rule(shape)
    } else if let rule = declarations.derivatives[f], f.takesNumbersOnly {
      self = .numbers(rule)
    } else {
      return nil
    }
  }
}
