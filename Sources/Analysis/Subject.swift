package import IR

/// A private copy of a function in the canonical form that all later stages work on, with its blocks,
/// values and loops under dense numbers. It does not change once it is made.
///
/// Canonical form: memory in registers where possible, at most one return, natural loops only, in
/// simplified and LCSSA form; every loop has a counter `nabla.iv` (i64, from 0, step 1) in its header,
/// all affine recurrences are computed from it, and counted loops have their trip count computed before
/// the loop.
package final class Subject {
  package let original: Function
  package let function: Function
  package let cfg: ControlFlowGraph
  package let dominators: DominatorTree
  package let loops: LoopTree
  /// Per loop: its counter, and the number of times its back edge is taken (nil: found out by running).
  package let counters: [Instruction]
  package let tripCounts: [Value?]
  /// Per loop: the trip count where it is a constant.
  package let constantTrips: [Int?]

  /// For stack variables: the block in which their lives begin, with nothing in them, if that is one.
  package let beginnings: [Value: Int]

  /// Parameters first, then instructions in reverse postorder of their blocks.
  package let values: [Value]
  package let parameterCount: Int
  package let instructions: [Instruction]
  /// Block of each instruction, and the range of its instructions in `instructions`.
  package let blockOf: [Int]
  package let range: [Range<Int>]
  private let ids: PointerMap<Int>
  /// The block that returns, if any does.
  package let exit: Int?

  package init(
    original: Function, function: Function, counters: [BasicBlock: Instruction],
    tripCounts: [BasicBlock: Value], constantTrips: [BasicBlock: Int], beginnings: [Value: [BasicBlock]] = [:]
  ) {
    self.original = original
    self.function = function
    cfg = ControlFlowGraph(function)
    dominators = DominatorTree(cfg)
    loops = LoopTree(cfg, dominators)
    let headers = loops.loops.map { [cfg] in cfg.blocks[$0.header] }
    self.counters = headers.map { counters[$0]! }
    self.tripCounts = headers.map { tripCounts[$0] }
    self.constantTrips = headers.map { constantTrips[$0] }
    self.beginnings = beginnings.compactMapValues { [cfg] in $0.count == 1 ? cfg.number(of: $0[0]) : nil }
    var values = function.parameters
    var instructions: [Instruction] = []
    var blockOf: [Int] = []
    var range: [Range<Int>] = []
    parameterCount = values.count
    var exit: Int?
    for (b, block) in cfg.blocks.enumerated() {
      let start = instructions.count
      for i in block.instructions {
        instructions.append(i)
        blockOf.append(b)
        values.append(i.value)
        if i.opcode == .ret { exit = b }
      }
      range.append(start..<instructions.count)
    }
    var ids = PointerMap<Int>(capacity: values.count)
    for (i, v) in values.enumerated() { ids[v.ref] = i }
    self.values = values
    self.instructions = instructions
    self.blockOf = blockOf
    self.range = range
    self.ids = ids
    self.exit = exit
  }

  /// Estimated number of times that the body of the innermost of these loops runs. A constant number of trips may be as large
  /// as an integer can be, where LLVM found out that a loop never ends.
  package func estimatedRuns(within chain: [Int]) -> Double {
    min(1e10, chain.reduce(1) { $0 * Double(min(9_999, constantTrips[$1] ?? 31) + 1) })
  }

  /// The number of a parameter or instruction; nil for constants, globals, blocks.
  package func id(_ value: Value) -> Int? { ids[value.ref] }
  package func id(_ instruction: Instruction) -> Int { ids[instruction.ref]! }
  package func instruction(_ id: Int) -> Instruction? {
    id < parameterCount ? nil : instructions[id - parameterCount]
  }
  /// The block in which a value is defined (the entry for parameters).
  package func block(_ id: Int) -> Int { id < parameterCount ? 0 : blockOf[id - parameterCount] }
  /// The block from whose start or within which a value is there: what an invoke returns is there where it goes if
  /// nothing was thrown.
  package func blockOfAvailability(_ id: Int) -> Int {
    if let i = instruction(id), i.opcode == .invoke, let b = cfg.number(of: i.normalDestination) { return b }
    return block(id)
  }
  package func terminator(_ block: Int) -> Instruction { instructions[range[block].upperBound - 1] }
  /// The loops around the definition of a value, outermost first.
  package func chain(_ id: Int) -> [Int] { loops.chain(block(id)) }
  /// The loop whose counter the value is.
  package func loop(ofCounter value: Value) -> Int? {
    guard let i = value.instruction, i.isPhi, let b = cfg.number(of: i.block),
      let l = loops.innermost[b], loops.loops[l].header == b, counters[l] == i
    else { return nil }
    return l
  }
  package var description: String { function.value.description }
}

extension Subject {
  /// The block that control reaches through the end of this one only if the invoke there returned; nil if the block ends
  /// otherwise. What the invoke did is reversed on the way back from there: what was left by an exception is not.
  package func returnBlock(of b: Int) -> Int? {
    let last = terminator(b)
    guard last.opcode == .invoke, let n = cfg.number(of: last.normalDestination), cfg.predecessors[n] == [b] else {
      return nil
    }
    return n
  }
}
