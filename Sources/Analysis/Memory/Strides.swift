package import IR
internal import LLVMShims

/// How pointers move in loops, and how far they are from each other, as far as these are constants.
extension Program {
  /// Bytes from the place of a pointer in one iteration of the loop to that in the next.
  package func step(of pointer: Value, in loop: Int, _ s: Subject) -> Int? {
    var step: Int64 = 0
    let header = s.cfg.blocks[s.loops.loops[loop].header]
    return nablaConstantStep(preparation.analyses, s.function.ref, pointer.ref, header.ref, &step)
      ? Int(step) : nil
  }
  /// Bytes from `b` to `a`, in the same iteration.
  package func distance(_ a: Value, from b: Value, _ s: Subject) -> Int? {
    if a == b { return 0 }
    var distance: Int64 = 0
    return nablaConstantDistance(preparation.analyses, s.function.ref, a.ref, b.ref, &distance)
      ? Int(distance) : nil
  }
}
