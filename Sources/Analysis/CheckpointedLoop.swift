package import IR

/// The shape of the function that stands for a loop over steps of which not every state is to be kept:
///
/// ```
/// void loop(i64 start, i64 count, i64 snapshots, [byte *region, i64 bytes]…, arguments…)
///   for (i64 i = 0; i < count; i++) step(start + i, arguments…);
///
/// void loop(i64, i64, i64 snapshots, [byte *region, i64 bytes]…, arguments…)
/// void loop(i64 limit, i64, double tolerance, [byte *region, i64 bytes]…, arguments…)
///   while (step(arguments…));
/// ```
/// The regions are what a step changes: all that has to be remembered to do a step again. In reverse mode the loop is
/// not differentiated as it stands: states are kept at `snapshots` places at most, and steps in between are done again.
/// A fixed point keeps its last state alone, in forward mode as well.
package struct CheckpointedLoop {
  package enum Kind: String, CaseIterable { case counted, until, fixedPoint }

  package static let start = 0
  package static let count = 1
  package static let snapshots = 2
  package static let limit = 0
  package static let tolerance = 2
  private static let attribute = "nabla_checkpointed"

  package let kind: Kind
  package let regions: Int

  package init(_ kind: Kind, regions: Int) {
    self.kind = kind
    self.regions = regions
  }
  /// The shape of a function that was marked.
  package init?(_ f: Function) {
    guard let text = f.stringAttribute(Self.attribute),
      let kind = Kind.allCases.first(where: { text.hasPrefix($0.rawValue) }),
      let n = Int(text.dropFirst(kind.rawValue.count))
    else { return nil }
    self.init(kind, regions: n)
  }
  package func mark(_ f: Function) {
    f.addStringAttribute(Self.attribute, "\(kind.rawValue)\(regions)")
  }

  /// The types of the parameters in front of the arguments.
  package func leadingTypes(_ context: Context) -> [Type] {
    let third = kind == .fixedPoint ? context.double : context.i64
    return [context.i64, context.i64, third]
      + (0..<regions).flatMap { _ in [context.bytePointer, context.i64] }
  }
  /// Parameters of the loop: where a region begins, and its size.
  package func region(_ k: Int) -> (pointer: Int, bytes: Int) { (3 + 2 * k, 4 + 2 * k) }
  /// The parameter of the loop that is argument `k` of a step; nil for the number of the step, the first argument of steps
  /// that are counted.
  package func parameter(ofArgument k: Int) -> Int? {
    if kind != .counted { return 3 + 2 * regions + k }
    return k == 0 ? nil : 2 + 2 * regions + k
  }
}

extension Subject {
  package var checkpointedLoop: CheckpointedLoop? { CheckpointedLoop(original) }
  /// The call to the step in a checkpointed loop.
  package var stepCall: Instruction? {
    instructions.first { $0.opcode == .call && $0.callee.map { !$0.isDeclaration } ?? false }
  }
}
