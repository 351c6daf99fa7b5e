package import IR

/// Vectors that are filled in part: optimisers leave the lanes that nobody reads undefined. Derivatives
/// multiply whole vectors, and a zero adjoint times an undefined lane is undefined: such lanes become zero.
enum DeadLanes {
  /// Requires: no pass runs on the function afterwards that would take lanes away again.
  static func define(in f: Function) {
    let builder = Builder(module: f.module)
    for block in f.blocks {
      for i in block.instructions {
        for k in 0..<(i.opcode == .shuffleVector ? 2 : i.operands.count) {
          if let full = i.operand(k).withDefinedLanes { i.value.setOperand(k, full) }
        }
        if i.opcode == .shuffleVector { fillMask(i, builder) }
      }
    }
  }

  /// Undefined lanes come from a vector of zeros if there is one, else from any lane.
  private static func fillMask(_ i: Instruction, _ builder: Builder) {
    let mask = i.shuffleMask
    guard mask.contains(where: { $0 < 0 }) else { return }
    let n = i.operand(0).type.count
    let spare = i.operand(1).isNull ? n : i.operand(0).isNull ? 0 : mask.first { $0 >= 0 } ?? 0
    builder.position(before: i)
    let full = builder.shuffle(i.operand(0), i.operand(1), mask: mask.map { $0 < 0 ? spare : $0 })
    i.value.replaceAllUses(with: full)
    i.erase()
  }
}
