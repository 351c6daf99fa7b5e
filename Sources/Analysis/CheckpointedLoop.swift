package import IR

/// The shape of the function that stands for a loop over time steps that is to be checkpointed:
///
/// ```
/// void loop(i64 start, i64 count, i64 snapshots, [byte *region, i64 bytes]…, arguments…)
///   for (i64 i = 0; i < count; i++) step(start + i, arguments…);
/// ```
/// The regions are what a step changes: all that has to be remembered to do a step again. In reverse mode the loop is
/// not differentiated as it stands: states are kept at `snapshots` places at most, and steps in between are done again.
package struct CheckpointedLoop {
  package static let start = 0
  package static let count = 1
  package static let snapshots = 2
  private static let attribute = "nabla_checkpointed"

  package let regions: Int

  package init(regions: Int) { self.regions = regions }
  /// The shape of a function that was marked.
  package init?(_ f: Function) {
    guard let n = f.stringAttribute(Self.attribute).flatMap({ Int($0) }) else { return nil }
    regions = n
  }
  package func mark(_ f: Function) { f.addStringAttribute(Self.attribute, "\(regions)") }

  /// Parameters of the loop: where a region begins, and its size.
  package func region(_ k: Int) -> (pointer: Int, bytes: Int) { (3 + 2 * k, 4 + 2 * k) }
  /// The parameter of the loop that is argument `k` of a step; the step's first is the number of the step.
  package func parameter(ofArgument k: Int) -> Int { 2 + 2 * regions + k }
}

extension Subject {
  package var checkpointedLoop: CheckpointedLoop? { CheckpointedLoop(original) }
  /// The call to the step in a checkpointed loop.
  package var stepCall: Instruction? {
    instructions.first { $0.opcode == .call && $0.callee.map { !$0.isDeclaration } ?? false }
  }
}
