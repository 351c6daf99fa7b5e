package import IR

/// What an instruction costs, in units of an addition.
enum OperationCost {
  static func of(_ i: Instruction) -> Double {
    switch i.opcode {
    case .fdiv, .frem, .udiv, .sdiv, .urem, .srem: return 6
    case .load: return 2
    case .call: return callCost(i)
    case .bitcast, .gep, .extractValue, .insertValue, .phi, .zext, .sext, .trunc: return 0.5
    default: return 1
    }
  }
  /// A library call is worth some twenty operations; what the machine has instructions for is not.
  private static func callCost(_ i: Instruction) -> Double {
    guard let name = i.intrinsicName else { return 24 }
    let cheap = [
      "llvm.fmuladd", "llvm.fma.", "llvm.fabs", "llvm.copysign", "llvm.minnum", "llvm.maxnum", "llvm.smax",
      "llvm.smin", "llvm.umax", "llvm.umin", "llvm.abs",
    ]
    if cheap.contains(where: { name.hasPrefix($0) }) { return 1 }
    return name.hasPrefix("llvm.sqrt") ? 6 : 24
  }
}
