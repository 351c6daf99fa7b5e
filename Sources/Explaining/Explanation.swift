import Analysis
import IR
import Planning
import Rules
import Synthesis

/// A derivative's plan as a person reads it: what is active, what is kept and why, by source line.
package struct Explanation {
  /// What the derivative is of, in words.
  package var title: String
  package var mode: String
  package var parts: [Part] = []

  /// One function of the program below the root.
  package struct Part {
    package var function: String
    /// Both sweeps in one function, or in two.
    package var isSplit: Bool
    package var blocks: [Block] = []
    package var loops: [Loop] = []
    package var slots: [Slot] = []
    package var notes: [Note] = []

    /// Bytes of the tape in one call.
    package var tape: Extent { slots.reduce(Extent(0)) { $0 + ($1.total ?? Extent(0)) } }
  }
  package struct Block {
    package var name: String
    package var instructions: [Line]
  }
  /// An instruction.
  package struct Line {
    package var text: String
    package var activity: Activity
    package var position: SourcePosition?
    package var depth: Int
    package var isReversed: Bool
    package var isRecomputed: Bool
    package var isRestored: Bool
    /// Slots that it fills.
    package var slots: [Int] = []
  }
  package enum Activity: String { case active, varied, inert }
  package struct Loop {
    package var line: Int?
    package var name: String
    package var depth: Int
    package var parent: Int?
    /// Per entry; nil: only running tells.
    package var iterations: Extent?
  }
  package struct Slot {
    /// `%call = call double @exp(…)`
    package var what: String
    package var kind: Kind
    package var why: String
    /// In the slot itself.
    package var bytes: Int
    /// For one iteration, with what is behind the slot.
    package var each: Extent
    /// Outermost first.
    package var loops: [Int]
    package var total: Extent?
    package var shape: String
    package var position: SourcePosition?
    /// What it is about, in the private copy of the function.
    package var instruction: Instruction?
    /// Estimated bytes, with 32 iterations for a loop of unknown length.
    package var weight: Double

    package enum Kind: String { case value, shadow, branch, saved, frame, trips, base }
  }
  /// Something to know about a place.
  package struct Note {
    package var kind: Kind
    package var text: String
    package var position: SourcePosition?
    package var instruction: Instruction?
    package enum Kind: String { case guarded = "guard", unknown, call, atomic, inactive }
  }
}

extension Explanation {
  /// Explains what the engine decided about a request.
  package init(_ unit: DerivativeUnit, title: String) {
    self.title = title
    mode = "\(unit.mode)"
    for (k, s) in unit.program.subjects.enumerated() {
      let split = k > 0 || unit.mode != .gradient
      parts.append(PartReader(unit, s, split: split).part)
    }
  }
}

/// Reads the plan of one function.
private struct PartReader {
  let unit: DerivativeUnit
  let s: Subject
  let plan: ReversePlan?
  /// Tangents from a tape.
  let replay: ReplayPlan?
  private(set) var part: Explanation.Part

  init(_ unit: DerivativeUnit, _ s: Subject, split: Bool) {
    self.unit = unit
    self.s = s
    plan = unit.versions == nil ? nil : unit.plan(s, split: split)
    replay = unit.mode == .forwardSplit ? unit.replayPlan(s) : nil
    part = Explanation.Part(function: s.original.name, isSplit: split)
    readLoops()
    readSlots()
    readLines()
    readNotes()
  }

  private var table: SlotTable? { plan?.table ?? replay?.table }

  private var reader: ExtentReader {
    ExtentReader(subject: s) { [part] in part.loops.indices.contains($0) ? part.loops[$0].name : "i" }
  }

  private func position(_ i: Instruction) -> SourcePosition? { i.positions.first { $0.line > 0 } }

  // MARK: Loops

  private mutating func readLoops() {
    let names = ["i", "j", "k", "l", "m"]
    for loop in s.loops.loops {
      let line = lineOfLoop(loop)
      let name = loop.depth - 1 < names.count ? names[loop.depth - 1] : "i\(loop.depth)"
      part.loops.append(
        Explanation.Loop(line: line, name: name, depth: loop.depth, parent: loop.parent, iterations: nil))
    }
    for l in part.loops.indices { part.loops[l].iterations = reader.iterations(of: l) }
  }

  /// Where a loop begins in the source: the first line of what is not inlined into it.
  private func lineOfLoop(_ loop: Loop) -> Int? {
    for latch in loop.latches { if let line = s.terminator(latch).loopLine { return line } }
    let all = loop.blocks.flatMap { s.cfg.blocks[$0].instructions }.map { $0.positions.filter { $0.line > 0 } }
    let depth = all.map(\.count).filter { $0 > 0 }.min()
    return all.filter { $0.count == depth }.compactMap { $0.first?.line }.min()
  }

  private func firstLine(of blocks: [Int]) -> Int? {
    for b in blocks {
      for i in s.cfg.blocks[b].instructions { if let p = position(i) { return p.line } }
    }
    return nil
  }

  // MARK: Slots

  private mutating func readSlots() {
    guard let table else { return }
    for slot in table.slots {
      let chain = loops(of: slot.item)
      let bytes = unit.program.module.dataLayout.allocSize(slot.type) * slot.lanes
      let block = savedBlock(slot.item)
      let one = Extent(bytes) + (block ?? Extent(0))
      let extents = chain.map { part.loops[$0].iterations }
      let total = extents.contains { $0 == nil } ? nil : extents.reduce(one) { $0 * $1! }
      let size = Double(bytes + (block.map { $0.constant ?? 1024 } ?? 0))
      let weight = chain.reduce(size) { $0 * Double(part.loops[$1].iterations?.constant ?? 32) }
      let place = instruction(of: slot.item)
      part.slots.append(
        Explanation.Slot(
          what: what(slot.item), kind: kind(slot.item), why: why(slot.item), bytes: bytes, each: one, loops: chain,
          total: total,
          shape: shape(table.groups[slot.group]), position: place.flatMap { position($0) }, instruction: place,
          weight: weight))
    }
  }

  /// How much a copy or fill overwrites, that is saved as one block; the slot has its address.
  private func savedBlock(_ item: Item) -> Extent? {
    guard case .saved(let n) = item, s.instructions[n].isCall,
      case .known(let k, _) = unit.program.knowledge.target(of: s.instructions[n]), case .memory(let m) = k.kind
    else { return nil }
    return reader.extent(of: s.instructions[n].operand(m.sizeArgument))
  }

  /// The loops over which there is one copy each.
  private func loops(of item: Item) -> [Int] {
    switch item {
    case .primal(let id), .shadow(let id): s.chain(id)
    case .saved(let n), .frame(let n): s.loops.chain(s.blockOf[n])
    case .predecessor(let b): s.loops.chain(b)
    case .trips(let l): s.loops.loops[l].parent.map { s.loops.chain(s.loops.loops[$0].header) } ?? []
    case .base: []
    }
  }

  private func instruction(of item: Item) -> Instruction? {
    switch item {
    case .primal(let id), .shadow(let id): s.instruction(id)
    case .saved(let n), .frame(let n): s.instructions[n]
    case .predecessor(let b): s.cfg.blocks[b].instructions.first { position($0) != nil }
    case .trips(let l): s.cfg.blocks[s.loops.loops[l].header].instructions.first { position($0) != nil }
    case .base: nil
    }
  }

  private func kind(_ item: Item) -> Explanation.Slot.Kind {
    switch item {
    case .primal: .value
    case .shadow: .shadow
    case .predecessor: .branch
    case .saved: .saved
    case .frame: .frame
    case .trips: .trips
    case .base: .base
    }
  }

  private func what(_ item: Item) -> String {
    switch item {
    case .primal(let id): trimmed(s.values[id])
    case .shadow(let id): "the shadow of " + trimmed(s.values[id])
    case .predecessor(let b): "which way control came to \(label(b))"
    case .saved(let n): "what is overwritten by " + trimmed(s.instructions[n].value)
    case .frame(let n): "the tape of " + trimmed(s.instructions[n].value)
    case .trips(let l): "how often the loop\(at(part.loops[l].line)) ran"
    case .base: "where arrays of the tape begin"
    }
  }

  private func why(_ item: Item) -> String { replay == nil ? whyForAdjoints(item) : whyForTangents(item) }

  private func whyForAdjoints(_ item: Item) -> String {
    switch item {
    case .primal(let id): s.instruction(id).map { reason(for: $0) + neededBy($0) } ?? ""
    case .shadow(let id):
      s.instruction(id).map {
        $0.opcode == .load ? overwritten($0, "the pointer") : "it can't be found again in the reverse sweep"
      } ?? ""
    case .predecessor: "no condition that is at hand in the reverse sweep tells"
    case .saved:
      "the old contents are put back in the reverse sweep, so that loads can be repeated: fewer bytes than a copy of each load"
    case .frame: "the callee keeps values of its own for its reverse half"
    case .trips: "its end depends on what it computes"
    case .base: "one pointer for all arrays over these loops"
    }
  }

  /// The half that computes tangents runs when the function's memory has changed.
  private func whyForTangents(_ item: Item) -> String {
    switch item {
    case .primal(let id):
      switch s.instruction(id)?.opcode {
      case .load: return "the memory may have changed when tangents are computed"
      case .call, .invoke: return "the call is not made again when tangents are computed"
      default: return "it can't be computed again from what is at hand when tangents are"
      }
    case .frame: return "the callee keeps values of its own for tangents"
    case .base: return "one pointer for all arrays over these loops"
    default: return "tangents go the same way through the function"
    }
  }

  private func reason(for i: Instruction) -> String {
    switch i.opcode {
    case .load: return overwritten(i, "the memory")
    case .phi:
      return i.incoming.count > 1
        ? "it is carried from one iteration or branch to the next" : "it is cheaper to keep than to compute again"
    case .call:
      if let name = i.callee?.name { return "calling \(name) again costs more than keeping its result" }
      return "the call can't be made again"
    default: return "keeping it is cheaper than keeping what it is computed from, or computing it again"
    }
  }

  private func overwritten(_ load: Instruction, _ what: String) -> String {
    guard let effects = unit.versions?.effects else { return "" }
    guard effects.isOverwritten(load, in: s) else {
      return "keeping it is cheaper than reading it again with what its address needs"
    }
    let culprits = effects.overwriters(of: load, in: s)
    guard let first = culprits.first else {
      return unit.mode == .gradient
        ? "\(what) may be overwritten after the function returns, before its reverse half runs"
        : "the caller may overwrite \(what) before the reverse half runs"
    }
    let more = culprits.count > 1 ? " and \(culprits.count - 1) more" : ""
    return "\(what) may be overwritten by `\(trimmed(first.value))`\(at(position(first)?.line))\(more)"
  }

  /// The reversed instructions that want the value.
  private func neededBy(_ i: Instruction) -> String {
    guard let plan else { return "" }
    let users = i.value.users.compactMap(\.instruction).filter { u in
      guard let id = s.id(u.value) else { return false }
      return !plan.reversals[id - s.parameterCount].isNothing
    }
    guard let first = users.first else { return "" }
    return "; wanted by the derivative of `\(trimmed(first.value))`\(at(position(first)?.line))"
  }

  private func shape(_ g: SlotGroup) -> String {
    switch g.shape {
    case .function: "once"
    case .array(let loops):
      "array over " + loops.map { part.loops[$0].name + at(part.loops[$0].line) }.joined(separator: " × ")
    case .records(let l): "linked records, one per iteration of the loop\(at(part.loops[l].line))"
    }
  }

  // MARK: Lines

  private mutating func readLines() {
    var slotsOf: [Int: [Int]] = [:]
    var recomputed: Set<Int> = []
    for (k, slot) in (table?.slots ?? []).enumerated() {
      switch slot.item {
      case .primal(let id), .shadow(let id): slotsOf[id, default: []].append(k)
      case .saved(let n), .frame(let n): slotsOf[n + s.parameterCount, default: []].append(k)
      default: break
      }
    }
    if let plan {
      for (item, how) in plan.availability {
        if how == .recomputed, case .primal(let id) = item { recomputed.insert(id) }
      }
    }
    for (b, block) in s.cfg.blocks.enumerated() {
      let lines = s.range[b].map { n -> Explanation.Line in
        let i = s.instructions[n]
        let id = n + s.parameterCount
        return Explanation.Line(
          text: trimmed(i.value), activity: activity(i), position: position(i), depth: s.loops.depth(b),
          isReversed: plan.map { !$0.reversals[n].isNothing } ?? false, isRecomputed: recomputed.contains(id),
          isRestored: plan?.saved.contains(n) ?? false, slots: slotsOf[id] ?? [])
      }
      part.blocks.append(Explanation.Block(name: block.name, instructions: lines))
    }
  }

  private func activity(_ i: Instruction) -> Explanation.Activity {
    if i.type.isVoid {
      return plan.map { !$0.reversals[s.id(i) - s.parameterCount].isNothing } ?? false ? .active : .inert
    }
    return unit.activity.isActive(i.value, in: s) ? .active : unit.activity.isVaried(i.value, in: s) ? .varied : .inert
  }

  // MARK: Notes

  private mutating func readNotes() {
    for i in s.instructions {
      if i.isCall { noteCall(i) }
      guard i.opcode == .load || i.opcode == .store else { continue }
      let pointer = i.operand(i.opcode == .load ? 0 : 1)
      guard let n = unit.program.graph.cell(of: pointer)?.node, unit.activity.isMixed(node: n),
        unit.activity.isActive(node: n)
      else { continue }
      note(.guarded, "pointer and shadow are compared at run time: this memory may have no shadow", i)
    }
  }

  private mutating func noteCall(_ i: Instruction) {
    switch unit.program.knowledge.target(of: i) {
    case .opaque(let f):
      note(
        .unknown, "'\(f.name)' has no body here; nothing active reaches it, so it is called in the forward sweep only",
        i)
    case .indirect: note(.guarded, "a call through a pointer: its shadow says at run time which derivative to call", i)
    case .custom(let f): note(.call, "'\(f.name)' has derivatives that the program registers", i)
    case .inactiveSite: note(.inactive, "the call is marked inactive", i)
    case .assembly: note(.unknown, "inline assembly: nothing active reaches it", i)
    case .known(let k, let f):
      if case .inactive = k.kind, unit.program.knowledge.declarations.inactiveFunctions.contains(f) {
        note(.inactive, "'\(f.name)' is declared inactive", i)
      }
    default: break
    }
  }

  private mutating func note(_ kind: Explanation.Note.Kind, _ text: String, _ i: Instruction) {
    let place = position(i)
    guard !part.notes.contains(where: { $0.text == text && $0.position?.line == place?.line }) else { return }
    part.notes.append(Explanation.Note(kind: kind, text: text, position: place, instruction: i))
  }

  // MARK: Words

  private func at(_ line: Int?) -> String { line.map { " (line \($0))" } ?? "" }
  private func label(_ b: Int) -> String {
    firstLine(of: [b]).map { "line \($0)" } ?? "block \(s.cfg.blocks[b].name)"
  }
  private func trimmed(_ v: Value) -> String {
    var text = Substring(v.description)
    while text.first == " " { text.removeFirst() }
    var plain = ""
    var rest = text
    // Metadata says nothing to a reader.
    while let c = rest.first {
      if c == "," && (rest.hasPrefix(", !") || rest.hasPrefix(",  !")) { break }
      if c == "#" && plain.hasSuffix(" ") { break }
      plain.append(c)
      rest.removeFirst()
    }
    while plain.last == " " { plain.removeLast() }
    return plain.count > 140 ? plain.prefix(139) + "…" : plain
  }
}
