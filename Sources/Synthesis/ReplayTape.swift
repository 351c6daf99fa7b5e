package import Analysis
package import IR
package import Planning

/// The tape in a tangent function that does not run the primal: a copy of the primal's body goes through the same blocks, and
/// what it does not compute again it finds here.
final class ReplayTape: TapePosition {
  let plan: ReplayPlan
  let body: BodyClone
  let layout: TapeLayout
  /// An arena for what the function itself needs.
  let arena: Value
  private let frame: Value
  private let copies: [Instruction?]
  private var bases: [Int: Value] = [:]
  /// Calls in place of which control just goes on.
  private var branches: Set<Int> = []
  var table: SlotTable { plan.table }
  var hasFrame: Bool { true }
  var families: AliasFamilies { body.families }
  var builder: Builder { body.builder }
  private var subject: Subject { plan.subject }
  private var context: Context { body.function.context }

  init(_ plan: ReplayPlan, _ body: BodyClone, _ signature: Signature) {
    self.plan = plan
    self.body = body
    layout = TapeLayout(plan.table, body.function.module.dataLayout)
    frame = signature.parameter(.frame, of: body.function)!
    arena = signature.parameter(.arena, of: body.function)!
    copies = plan.subject.values.indices.map { body.values[$0]?.instruction }
  }

  /// Finds the storage of all groups, where their loops are entered.
  func open() {
    let byte = context.bytePointer
    for (g, group) in table.groups.enumerated() {
      switch group.shape {
      case .function: bases[g] = frame
      case .array(let loops):
        let preheader = subject.loops.loops[loops[0]].preheader!
        builder.position(before: body.block(preheader).terminator!)
        bases[g] = load(slot: table.slotOf[.base(g)]!)[0]
      case .records(let loop):
        let l = subject.loops.loops[loop]
        builder.position(before: body.block(l.preheader!).terminator!)
        let link = builder.entryAlloca(byte, name: "link")
        builder.store(builder.cast(pointer: address(table.slotOf[.base(g)]!, 0), to: byte), to: link)
        builder.position(atStartOf: body.block(l.header))
        let record = builder.load(byte, from: builder.load(byte, from: link))
        builder.store(record, to: link)
        bases[g] = record
      }
    }
  }

  // MARK: Position

  func counter(_ loop: Int) -> Value { body.mapped(subject.counters[loop].value) }
  func extent(_ loop: Int) -> Value {
    builder.add(body.mapped(subject.tripCounts[loop]!), context.i64.constant(1))
  }
  func base(_ group: Int) -> Value { bases[group]! }
  func variable(_ slot: Int, _ lane: Int) -> Value? { nil }

  // MARK: The primal

  /// Takes the primal out of the finished function: kept values come from the tape, what has effects goes away.
  func replacePrimal(_ unit: DerivativeUnit) {
    for n in subject.instructions.indices { takeFromTape(n) }
    for n in subject.instructions.indices where own(n)?.opcode == .invoke {
      body.replaceInvokeByBranch(n)
      branches.insert(n)
    }
    let live = liveValues()
    for n in subject.instructions.indices {
      guard let copy = own(n), !copy.isTerminator, copy.opcode != .landingPad else { continue }
      if !live.contains(copy.value) {
        body.erase(n)
      } else if !plan.repeated.contains(n) {
        let what = Messages.trimmed(subject.instructions[n])
        unit.engine.failures.append(Diagnostic(Messages.unplanned(subject, "`\(what)`"), in: subject.original))
      }
    }
  }

  /// The copy of an instruction, unless something else took its place.
  private func own(_ n: Int) -> Instruction? {
    let id = subject.parameterCount + n
    guard subject.instructions[n].opcode != .ret, !branches.contains(n), let copy = copies[id],
      body.values[id]?.ref == copy.ref
    else { return nil }
    return copy
  }

  private func takeFromTape(_ n: Int) {
    let id = subject.parameterCount + n
    guard let slot = plan.slot(.primal(id)), let copy = own(n) else { return }
    body.position(afterDefinitionOf: id)
    if copy.isPhi { skipRecord(of: copy.block) }
    let value = load(slot: slot)[0]
    if copy.opcode == .invoke {
      copy.value.replaceAllUses(with: value)
    } else {
      body.replace(n, by: value)
      copy.erase()
    }
  }
  /// The record of an iteration is found before anything in it.
  private func skipRecord(of header: BasicBlock) {
    for (g, group) in table.groups.enumerated() {
      guard case .records(let loop) = group.shape, body.block(subject.loops.loops[loop].header) == header,
        let record = bases[g]?.instruction, let stored = record.next
      else { continue }
      builder.position(after: stored)
    }
  }

  /// What control flow and everything that is not the primal's needs.
  private func liveValues() -> Set<Value> {
    let primal = Set(subject.instructions.indices.compactMap { own($0)?.value })
    var seen: Set<Value> = []
    var work: [Value] = []
    for b in reachableBlocks() {
      for i in b.instructions where i.isTerminator || (i.mayWriteMemory || i.isCall) && !primal.contains(i.value) {
        work += i.operands
      }
    }
    while let v = work.popLast() {
      guard v.instruction != nil, seen.insert(v).inserted else { continue }
      work += v.operands
    }
    return seen
  }

  private func reachableBlocks() -> [BasicBlock] {
    var seen: Set<BasicBlock> = []
    var list: [BasicBlock] = []
    var work = [body.function.entry]
    while let b = work.popLast() {
      guard seen.insert(b).inserted else { continue }
      list.append(b)
      work += b.successors
    }
    return list
  }
}
