internal import CLLVM

/// A handle on a basic block.
package struct BasicBlock: Hashable {
  package let ref: OpaquePointer
  package init(ref: OpaquePointer) { self.ref = ref }

  package var function: Function { Function(ref: LLVMGetBasicBlockParent(ref)) }
  package var value: Value { Value(ref: LLVMBasicBlockAsValue(ref)) }
  package var name: String {
    get { String(cString: LLVMGetBasicBlockName(ref)) }
    nonmutating set { value.name = newValue }
  }
  package var first: Instruction? { LLVMGetFirstInstruction(ref).map(Instruction.init) }
  package var last: Instruction? { LLVMGetLastInstruction(ref).map(Instruction.init) }
  package var terminator: Instruction? { LLVMGetBasicBlockTerminator(ref).map(Instruction.init) }
  package var successors: [BasicBlock] { terminator?.successors ?? [] }
  package var instructions: Instructions { Instructions(first: LLVMGetFirstInstruction(ref)) }
  package var phis: [Instruction] { Array(instructions.prefix { $0.isPhi }) }
  /// The first instruction that is neither a phi nor a landing pad.
  package var firstInsertionPoint: Instruction? {
    var i = first
    while let x = i, x.isPhi || x.opcode == .landingPad { i = x.next }
    return i
  }
  package func moveAfter(_ other: BasicBlock) { LLVMMoveBasicBlockAfter(ref, other.ref) }
  package func delete() { LLVMDeleteBasicBlock(ref) }

  /// The instructions of a block. The current one may be erased while iterating.
  package struct Instructions: Sequence, IteratorProtocol {
    var nextRef: OpaquePointer?
    init(first: OpaquePointer?) { nextRef = first }
    package mutating func next() -> Instruction? {
      guard let r = nextRef else { return nil }
      nextRef = LLVMGetNextInstruction(r)
      return Instruction(ref: r)
    }
  }
}

extension Value {
  /// The block that the value stands for. Requires: `isBlock`.
  package var asBlock: BasicBlock { BasicBlock(ref: LLVMValueAsBasicBlock(ref)) }
}
