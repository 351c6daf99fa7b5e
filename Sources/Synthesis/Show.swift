package import Analysis
package import IR
package import Planning

/// The stages of a unit as text.
enum Show {
  static func text(_ stage: String, _ unit: DerivativeUnit) -> String {
    switch stage {
    case "subject": return unit.program.subjects.map(\.description).joined(separator: "\n")
    case "loops": return unit.program.subjects.map(loops).joined(separator: "\n")
    case "types": return types(unit)
    case "activity": return unit.program.subjects.map { activity($0, unit) }.joined(separator: "\n")
    case "effects": return unit.program.subjects.map { effects($0, unit) }.joined(separator: "\n")
    case "plan":
      return unit.program.subjects.enumerated().map { k, s in
        if unit.mode == .forwardSplit { return replay(s, unit) }
        return unit.versions == nil ? activity(s, unit) : plan(s, unit, split: k > 0 || unit.mode != .gradient)
      }.joined(separator: "\n")
    default: return "unknown stage '\(stage)'"
    }
  }

  private static func loops(_ s: Subject) -> String {
    var lines = ["loops of \(s.original.name):"]
    for (l, loop) in s.loops.loops.enumerated() {
      let trips =
        s.tripCounts[l].map { v in v.integerConstant.map { "\($0)" } ?? "computed before" } ?? "found by running"
      lines.append("  loop \(l) depth \(loop.depth) header \(s.cfg.blocks[loop.header].name) back edge taken: \(trips)")
    }
    return lines.joined(separator: "\n")
  }
  private static func types(_ unit: DerivativeUnit) -> String {
    let graph = unit.program.graph
    var lines = ["memory objects:"]
    for n in graph.representatives {
      let sources = graph.sources(n).map { $0.name.isEmpty ? "%?" : $0.name }.joined(separator: ", ")
      let fields = graph.fields(n).map { "+\($0.offset): \($0.kinds.description)" }.joined(separator: ", ")
      lines.append(
        "  object \(n)\(graph.stride(n) > 0 ? " stride \(graph.stride(n))" : "") [\(sources)] {\(fields)}"
          + (unit.activity.isActive(node: n) ? " active" : unit.activity.needsShadow(node: n) ? " leads to active" : "")
          + (unit.activity.isMixed(node: n) ? " mixed" : ""))
    }
    return lines.joined(separator: "\n")
  }
  private static func activity(_ s: Subject, _ unit: DerivativeUnit) -> String {
    var lines = ["activity of \(s.original.name):"]
    for v in s.values where !v.type.isVoid {
      let a = unit.activity.isActive(v, in: s) ? "active" : unit.activity.isVaried(v, in: s) ? "varied" : "-"
      lines.append("  \(a)\t\(trimmed(v))")
    }
    return lines.joined(separator: "\n")
  }
  private static func effects(_ s: Subject, _ unit: DerivativeUnit) -> String {
    var lines = ["loads of \(s.original.name):"]
    guard let effects = unit.versions?.effects else { return "forward mode keeps nothing" }
    for i in s.instructions where i.opcode == .load {
      lines.append("  \(effects.isOverwritten(i, in: s) ? "overwritten later" : "reloadable")\t\(trimmed(i.value))")
    }
    return lines.joined(separator: "\n")
  }
  private static func plan(_ s: Subject, _ unit: DerivativeUnit, split: Bool) -> String {
    let plan = unit.plan(s, split: split)
    var lines = ["plan for \(s.original.name), \(split ? "split" : "combined"):"]
    for (n, r) in plan.reversals.enumerated() where !r.isNothing {
      lines.append("  reverse\t\(trimmed(s.instructions[n].value))")
    }
    lines += kept(plan.table, s)
    for (l, loop) in plan.loops.enumerated() {
      let header = s.cfg.blocks[s.loops.loops[l].header].name
      if loop.ascends { lines.append("  order\titerations of \(header) are reversed from the first to the last") }
      if plan.local.contains(l) {
        lines.append("  local\titerations of \(header) are swept forward and back one by one")
      }
      for d in loop.sums {
        let loads = d.delays.keys.sorted { (d.delays[$0]!, $0) < (d.delays[$1]!, $1) }
        lines.append(
          "  sum\tper iteration of \(header): adjoints of \(loads.count) loads before \(trimmed(s.instructions[d.leader].operand(0)))"
        )
      }
    }
    for n in plan.late.sorted() { lines.append("  late\t\(trimmed(s.instructions[n].value))") }
    for n in plan.saved.sorted() { lines.append("  restore\t\(trimmed(s.instructions[n].value))") }
    let recomputed = plan.availability.filter { $0.value == .recomputed }.keys
      .compactMap { item -> Int? in if case .primal(let id) = item { id } else { nil } }.sorted()
    for id in recomputed { lines.append("  recompute\t\(trimmed(s.values[id]))") }
    return lines.joined(separator: "\n")
  }
  private static func kept(_ table: SlotTable, _ s: Subject) -> [String] {
    table.slots.enumerated().map { k, slot in
      "  keep\t\(describe(slot.item, s)) as \(slot.type.description) \(place(table.groups[slot.group], s)) (slot \(k))"
    }
  }
  /// Tangents from a tape: what the recording half keeps, and what the replaying half computes again.
  private static func replay(_ s: Subject, _ unit: DerivativeUnit) -> String {
    let plan = unit.replayPlan(s)
    var lines = ["plan for \(s.original.name), tangents from a tape:"]
    for (n, i) in s.instructions.enumerated() where plan.isReplayed[s.blockOf[n]] {
      let isTangent = i.type.isVoid ? plan.calls[n] != nil : unit.activity.isActive(i.value, in: s)
      if isTangent { lines.append("  tangent\t\(trimmed(i.value))") }
    }
    lines += kept(plan.table, s)
    for n in plan.repeated.sorted() where plan.isReplayed[s.blockOf[n]] {
      let i = s.instructions[n]
      guard !i.type.isVoid, plan.slot(.primal(n + s.parameterCount)) == nil else { continue }
      lines.append("  again\t\(trimmed(i.value))")
    }
    return lines.joined(separator: "\n")
  }
  private static func place(_ g: SlotGroup, _ s: Subject) -> String {
    switch g.shape {
    case .function: "once"
    case .array(let loops):
      "per iteration of " + loops.map { s.cfg.blocks[s.loops.loops[$0].header].name }.joined(separator: " × ")
    case .records(let l): "per iteration of \(s.cfg.blocks[s.loops.loops[l].header].name), linked"
    }
  }
  private static func describe(_ item: Item, _ s: Subject) -> String {
    switch item {
    case .primal(let id): "value \(trimmed(s.values[id]))"
    case .shadow(let id): "shadow of \(trimmed(s.values[id]))"
    case .predecessor(let b): "predecessor of \(s.cfg.blocks[b].name)"
    case .saved(let n): "what is overwritten by \(trimmed(s.instructions[n].value))"
    case .frame(let n): "tape of \(trimmed(s.instructions[n].value))"
    case .trips(let l): "trips of \(s.cfg.blocks[s.loops.loops[l].header].name)"
    case .base(let g): "storage of group \(g)"
    }
  }
  private static func trimmed(_ v: Value) -> String {
    var text = Substring(v.description)
    while text.first == " " { text.removeFirst() }
    return String(text.prefix(120))
  }
}
