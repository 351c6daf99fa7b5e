package import IR

extension Instruction {
  /// Does the operand say which part of the others goes where, rather than being carried itself?
  package func isControlOperand(_ k: Int) -> Bool {
    switch opcode {
    case .gep: k > 0
    case .select: k == 0
    case .extractElement: k == 1
    case .insertElement: k == 2
    case .shl, .lshr: k == 1
    default: false
    }
  }
}
