internal import CLLVM
internal import LLVMShims

/// A handle on an instruction.
package struct Instruction: Hashable {
  package let ref: OpaquePointer
  package init(ref: OpaquePointer) { self.ref = ref }

  package var value: Value { Value(ref: ref) }
  package var type: Type { Type(ref: LLVMTypeOf(ref)) }
  package var opcode: Opcode { Opcode(LLVMGetInstructionOpcode(ref)) }
  package var block: BasicBlock { BasicBlock(ref: LLVMGetInstructionParent(ref)) }
  package var function: Function { block.function }
  package var operands: Value.Operands { Value.Operands(ref: ref) }
  package func operand(_ i: Int) -> Value { Value(ref: LLVMGetOperand(ref, UInt32(i))) }
  package var next: Instruction? { LLVMGetNextInstruction(ref).map(Instruction.init) }
  package var previous: Instruction? { LLVMGetPreviousInstruction(ref).map(Instruction.init) }
  /// Does the other instruction stand behind this one in the same block?
  package func precedes(_ other: Instruction) -> Bool {
    var i = next
    while let x = i, x.ref != other.ref { i = x.next }
    return i != nil
  }
  package var description: String { value.description }

  package var isTerminator: Bool { LLVMIsATerminatorInst(ref) != nil }
  package var isPhi: Bool { LLVMIsAPHINode(ref) != nil }
  package var isCall: Bool { LLVMIsACallInst(ref) != nil || LLVMIsAInvokeInst(ref) != nil }

  // Flags and properties.
  package var fastMathFlags: UInt32 {
    get { nablaGetFastMathFlags(ref) }
    nonmutating set { nablaSetFastMathFlags(ref, newValue) }
  }
  package var isVolatile: Bool { nablaIsVolatile(ref) }
  package var isAtomic: Bool { nablaIsAtomic(ref) }
  package var mayWriteMemory: Bool { nablaMayWriteMemory(ref) }
  package var mayReadMemory: Bool { nablaMayReadMemory(ref) }
  package var mayHaveSideEffects: Bool { nablaMayHaveSideEffects(ref) }
  package var mayThrow: Bool { nablaMayThrow(ref) }
  package var atomicOperation: Int { Int(nablaAtomicOperation(ref)) }
  package func dropPoisonFlags() { nablaDropPoisonFlags(ref) }
  /// Does the other instruction do the same to operands of the same types?
  package func isSameOperation(as other: Instruction) -> Bool { nablaIsSameOperation(ref, other.ref) }
  package func dropMetadata() { nablaDropMetadata(ref) }
  /// Cuts the tie to the debug records of the function that the instruction was copied from.
  package func dropAssignment() {
    let name = "DIAssignID"
    LLVMSetMetadata(ref, LLVMGetMDKindIDInContext(value.context.ref, name, UInt32(name.utf8.count)), nil)
  }
  package var alignment: Int {
    get { Int(LLVMGetAlignment(ref)) }
    nonmutating set { LLVMSetAlignment(ref, UInt32(newValue)) }
  }

  // Branches.
  package var successors: [BasicBlock] {
    guard isTerminator else { return [] }
    return (0..<LLVMGetNumSuccessors(ref)).map { BasicBlock(ref: LLVMGetSuccessor(ref, $0)) }
  }
  package func setSuccessor(_ i: Int, _ block: BasicBlock) { LLVMSetSuccessor(ref, UInt32(i), block.ref) }
  package var isConditionalBranch: Bool { LLVMIsABranchInst(ref) != nil && LLVMIsConditional(ref) != 0 }
  /// Condition of a conditional branch or switch.
  package var condition: Value { opcode == .switch ? operand(0) : Value(ref: LLVMGetCondition(ref)) }
  /// The cases of a switch: value and target; the default target is successor 0.
  package var switchCases: [(value: Value, target: BasicBlock)] {
    stride(from: 2, to: operands.count, by: 2).map {
      (operand($0), BasicBlock(ref: LLVMValueAsBasicBlock(operand($0 + 1).ref)))
    }
  }

  // Phis.
  package var incoming: [(value: Value, block: BasicBlock)] {
    (0..<LLVMCountIncoming(ref)).map {
      (Value(ref: LLVMGetIncomingValue(ref, $0)), BasicBlock(ref: LLVMGetIncomingBlock(ref, $0)))
    }
  }
  package func addIncoming(_ value: Value, from block: BasicBlock) {
    var v: LLVMValueRef? = value.ref
    var b: LLVMBasicBlockRef? = block.ref
    LLVMAddIncoming(ref, &v, &b, 1)
  }
  package func setIncomingBlock(_ i: Int, _ block: BasicBlock) {
    nablaPhiSetIncomingBlock(ref, UInt32(i), block.ref)
  }
  package func removeIncoming(_ i: Int) { nablaPhiRemoveIncoming(ref, UInt32(i)) }

  // Comparisons, GEPs, allocas, aggregates.
  package var integerPredicate: UInt32 { LLVMGetICmpPredicate(ref).rawValue }
  package var floatPredicate: UInt32 { LLVMGetFCmpPredicate(ref).rawValue }
  package var isInBounds: Bool { LLVMIsInBounds(ref) != 0 }
  package var gepSourceType: Type { Type(ref: LLVMGetGEPSourceElementType(ref)) }
  package var allocatedType: Type { Type(ref: LLVMGetAllocatedType(ref)) }
  package var indices: [Int] {
    guard let p = LLVMGetIndices(ref) else { return [] }
    return (0..<Int(LLVMGetNumIndices(ref))).map { Int(p[$0]) }
  }
  package var shuffleMask: [Int] {
    (0..<Int(LLVMGetNumMaskElements(ref))).map { Int(nablaShuffleMask(ref, UInt32($0))) }
  }
  /// A GEP as base + constant + Σ index·scale, in bytes; nil for vector GEPs and scalable types.
  package func gepTerms(in module: Module) -> (offset: Int, terms: [(index: Value, scale: Int)])? {
    var offset: Int64 = 0
    var indices = [LLVMValueRef?](repeating: nil, count: 32)
    var scales = [Int64](repeating: 0, count: 32)
    let n = Int(nablaGEPDecompose(ref, module.ref, &offset, &indices, &scales, 32))
    guard n >= 0 else { return nil }
    return (Int(offset), (0..<n).map { (Value(ref: indices[$0]!), Int(scales[$0])) })
  }

  // Calls.
  package var calledValue: Value { Value(ref: LLVMGetCalledValue(ref)) }
  /// The function called, looking through casts and aliases; nil for indirect calls.
  package var callee: Function? { calledValue.strippingCasts.function }
  package var calledFunctionType: Type { Type(ref: LLVMGetCalledFunctionType(ref)) }
  package var argumentCount: Int { Int(LLVMGetNumArgOperands(ref)) }
  package var arguments: [Value] { (0..<argumentCount).map { operand($0) } }
  package var intrinsicName: String? {
    guard isCall, let f = callee, LLVMGetIntrinsicID(f.ref) != 0 else { return nil }
    return f.name
  }
  package var isInlineAssemblyCall: Bool { isCall && nablaIsInlineAsm(calledValue.ref) }
  /// The text and the constraints of inline assembly, as LLVM writes them; nil for other calls.
  package var assemblyText: String? { take(nablaInlineAsmText(calledValue.ref)) }
  package var assemblyConstraints: String? { take(nablaInlineAsmConstraints(calledValue.ref)) }
  package var isMustTail: Bool { nablaIsMustTail(ref) }
  package func clearTailCall() { nablaClearTailCall(ref) }
  package var hasOperandBundles: Bool { nablaHasOperandBundles(ref) }
  package var doesNotAccessMemory: Bool { nablaDoesNotAccessMemory(ref) }
  package var onlyReadsMemory: Bool { nablaOnlyReadsMemory(ref) }
  package var onlyAccessesArgMemory: Bool { nablaOnlyAccessesArgMemory(ref) }
  /// Does the call say that no exception leaves it?
  package var doesNotThrow: Bool {
    let name = "nounwind"
    let kind = LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    let index = LLVMAttributeIndex(bitPattern: Int32(LLVMAttributeFunctionIndex))
    return LLVMGetCallSiteEnumAttribute(ref, index, kind) != nil || (callee?.hasAttribute(name) ?? false)
  }
  package func setDoesNotThrow() {
    let name = "nounwind"
    let kind = LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    let index = LLVMAttributeIndex(bitPattern: Int32(LLVMAttributeFunctionIndex))
    LLVMAddCallSiteAttribute(ref, index, LLVMCreateEnumAttribute(type.context.ref, kind, 0))
  }
  package var doesNotReturn: Bool { nablaDoesNotReturn(ref) }
  package func argumentOnlyRead(_ i: Int) -> Bool { nablaArgOnlyRead(ref, UInt32(i)) }
  package func argumentNoCapture(_ i: Int) -> Bool { nablaArgNoCapture(ref, UInt32(i)) }
  package func argumentHasAttribute(_ i: Int, _ name: String) -> Bool {
    nablaParamHasAttribute(ref, UInt32(i), name)
  }
  package func argumentTypeAttribute(_ i: Int, _ name: String) -> Type? {
    nablaParamTypeAttribute(ref, UInt32(i), name).map(Type.init)
  }
  /// What a call says an argument's memory is aligned to; 0 if nothing.
  package func argumentAlignment(_ i: Int) -> Int {
    let name = "align"
    let kind = LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    return LLVMGetCallSiteEnumAttribute(ref, LLVMAttributeIndex(i + 1), kind).map { Int(LLVMGetEnumAttributeValue($0)) }
      ?? 0
  }
  /// A string attribute of the call site.
  package func callSiteAttribute(_ name: String) -> String? {
    guard
      let a = LLVMGetCallSiteStringAttribute(
        ref, LLVMAttributeIndex(bitPattern: Int32(LLVMAttributeFunctionIndex)), name, UInt32(name.utf8.count))
    else { return nil }
    var n: UInt32 = 0
    guard let text = LLVMGetStringAttributeValue(a, &n) else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: text, count: Int(n)), as: UTF8.self)
  }
  // Invoke.
  package var normalDestination: BasicBlock { BasicBlock(ref: LLVMGetNormalDest(ref)) }
  package var unwindDestination: BasicBlock { BasicBlock(ref: LLVMGetUnwindDest(ref)) }

  // Position in the source.
  package var sourceLocation: String? { take(nablaSourceLocation(ref)) }
  package var debugLocation: OpaquePointer? {
    get { LLVMInstructionGetDebugLoc(ref) }
    nonmutating set { LLVMInstructionSetDebugLoc(ref, newValue) }
  }
  /// The line at which the loop begins in the source, said at the end of its latch; nil if it does not say.
  package var loopLine: Int? {
    let line = Int(nablaLoopLine(ref))
    return line > 0 ? line : nil
  }
  package func metadata(_ kind: String) -> Value? {
    LLVMGetMetadata(ref, type.context.metadataKind(kind)).map(Value.init)
  }
  package func setMetadata(_ kind: String, _ node: Value) {
    LLVMSetMetadata(ref, type.context.metadataKind(kind), node.ref)
  }

  package func removeMetadata(_ kind: String) { LLVMSetMetadata(ref, type.context.metadataKind(kind), nil) }
  /// What a metadata node consists of.
  package func metadataOperands(_ kind: String) -> [Value] { metadata(kind)?.metadataOperands ?? [] }
  /// The names of the properties that a metadata node lists: `!{!self, !{!"name", …}, …}`.
  package func metadataStrings(_ kind: String) -> [String] {
    metadataOperands(kind).dropFirst().compactMap { $0.metadataOperands.first?.stringConstant }
  }

  // The door for mutation.
  package func erase() { LLVMInstructionEraseFromParent(ref) }
  package func removeFromBlock() { LLVMInstructionRemoveFromParent(ref) }
  package func clone() -> Instruction { Instruction(ref: LLVMInstructionClone(ref)) }
  /// The block that starts with this instruction, split off the one it was in.
  package func splitBlockBefore(_ name: String) -> BasicBlock {
    BasicBlock(ref: nablaSplitBlock(ref, name))
  }
}

extension Instruction {
  /// What type-based alias information says of a load or store: the name of the type that was accessed through, where
  /// in it, and the name of the scalar there.
  package var accessedType: (base: String, offset: Int, scalar: String)? {
    var base: UnsafePointer<CChar>?
    var scalar: UnsafePointer<CChar>?
    var (baseLength, scalarLength) = (0, 0)
    var offset: Int64 = 0
    guard nablaTBAATag(ref, &base, &baseLength, &scalar, &scalarLength, &offset) else { return nil }
    func text(_ p: UnsafePointer<CChar>?, _ n: Int) -> String {
      String(decoding: UnsafeRawBufferPointer(start: p, count: n), as: UTF8.self)
    }
    return (text(base, baseLength), Int(offset), text(scalar, scalarLength))
  }

  /// What a copy moves, as far as type-based alias information says: where, how many bytes, and of which type.
  package var copiedFields: [(offset: Int, size: Int, scalar: String)] {
    var list: [(offset: Int, size: Int, scalar: String)] = []
    var (offset, size, length) = (Int64(0), Int64(0), 0)
    var name: UnsafePointer<CChar>?
    while nablaTBAAField(ref, UInt32(list.count), &offset, &size, &name, &length) {
      let scalar = String(decoding: UnsafeRawBufferPointer(start: name, count: length), as: UTF8.self)
      list.append((Int(offset), Int(size), scalar))
    }
    return list
  }

  /// Lets a call of a casted function call the function itself, and casts arguments and result instead. False if
  /// they do not fit.
  package func makeDirect() -> Bool {
    clearTailCall()
    return nablaMakeDirect(ref)
  }
  /// Replaces the call by one of `function` with more arguments. The handle is not valid afterwards.
  package func replacedByCall(of function: Function, adding arguments: [Value]) -> Instruction {
    var more: [LLVMValueRef?] = arguments.map(\.ref)
    return Instruction(ref: nablaCallWithMore(ref, function.ref, &more, UInt32(more.count)))
  }
  /// Makes the call go to another function of the same type.
  package func setCallee(_ function: Function) {
    LLVMSetOperand(ref, UInt32(LLVMGetNumOperands(ref) - 1), function.ref)
  }
}
