import Analysis
import IR
import Planning
import TestSupport

/// The plan for a function, with everything it came from.
struct Decisions {
  let plan: ReversePlan
  var subject: Subject { plan.subject }
  var program: Program { plan.program }

  init(
    _ text: String, _ parameters: [ParameterActivity]? = nil, split: Bool = false,
    returnsPrimal: Bool = false, of name: String = "f"
  ) throws {
    let module = try parse(text)
    let program = try module.program("f")
    let request = module.request(
      "f", split ? .augmented : .gradient, parameters, returnsPrimal: returnsPrimal)
    let activity = Activity(program, request)
    let effects = MemoryEffects(program, callerWrites: [])
    let versions = try Versions(program, activity, effects, split: split)
    let subject = program.subjects.first { $0.original.name == name }!
    plan = ReversePlan(
      versions, subject, split: split || subject !== program.root, frameless: [])
  }

  /// The first loop at this depth.
  func loop(depth: Int) -> Int { subject.loops.loops.firstIndex { $0.depth == depth }! }
  var kept: [Item] { plan.table.slots.map(\.item) }
  var keptValues: [Instruction] {
    kept.compactMap { if case .primal(let id) = $0 { subject.instruction(id) } else { nil } }
  }
  /// Values of which there is one per iteration of some loop.
  var keptInLoops: [Instruction] { keptValues.filter { !subject.chain(subject.id($0)).isEmpty } }
  /// The group in which an item is stored.
  func group(of item: Item) -> SlotGroup? {
    plan.table.slotOf[item].map { plan.table.groups[plan.table.slots[$0].group] }
  }
  func group(of i: Instruction) -> SlotGroup? { group(of: .primal(subject.id(i))) }
  func parent(of group: SlotGroup) -> SlotGroup { plan.table.groups[group.parent!] }
}

extension ReverseExit {
  /// The predecessors to choose from.
  var choices: [Int]? { if case .choose(let list) = self { list } else { nil } }
  /// The block that is jumped to.
  var target: Int? { if case .jump(let b) = self { b } else { nil } }
}
