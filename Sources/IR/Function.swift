internal import CLLVM
internal import LLVMShims

/// A handle on a function.
package struct Function: Hashable {
  package let ref: OpaquePointer
  package init(ref: OpaquePointer) { self.ref = ref }

  package var value: Value { Value(ref: ref) }
  package var name: String {
    get { value.name }
    nonmutating set { value.name = newValue }
  }
  package var module: Module { Module(ref: LLVMGetGlobalParent(ref)) }
  package var context: Context { Context(ref: LLVMGetModuleContext(LLVMGetGlobalParent(ref))) }
  package var functionType: Type { Type(ref: LLVMGlobalGetValueType(ref)) }
  package var returnType: Type { functionType.returnType }
  package var parameters: [Value] {
    (0..<LLVMCountParams(ref)).map { Value(ref: LLVMGetParam(ref, $0)) }
  }
  package func parameter(_ i: Int) -> Value { Value(ref: LLVMGetParam(ref, UInt32(i))) }
  package var isDeclaration: Bool { LLVMIsDeclaration(ref) != 0 }
  package var isIntrinsic: Bool { LLVMGetIntrinsicID(ref) != 0 }
  package var isVarArg: Bool { functionType.isVarArg }
  package var entry: BasicBlock { BasicBlock(ref: LLVMGetEntryBasicBlock(ref)) }
  package var blocks: [BasicBlock] {
    var list: [BasicBlock] = []
    var b = LLVMGetFirstBasicBlock(ref)
    while let x = b {
      list.append(BasicBlock(ref: x))
      b = LLVMGetNextBasicBlock(x)
    }
    return list
  }
  package var instructionCount: Int { blocks.reduce(0) { $0 + $1.instructions.reduce(0) { n, _ in n + 1 } } }
  package var isIrreducible: Bool { nablaIsIrreducible(ref) }
  package func appendBlock(_ name: String) -> BasicBlock {
    BasicBlock(ref: LLVMAppendBasicBlockInContext(context.ref, ref, name))
  }

  // Attributes.
  package func hasAttribute(_ name: String) -> Bool {
    let kind = LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    guard kind != 0 else { return false }
    let index = LLVMAttributeIndex(bitPattern: Int32(LLVMAttributeFunctionIndex))
    return LLVMGetEnumAttributeAtIndex(ref, index, kind) != nil
  }
  package func stringAttribute(_ name: String) -> String? {
    let index = LLVMAttributeIndex(bitPattern: Int32(LLVMAttributeFunctionIndex))
    return stringAttribute(name, index)
  }
  /// A string attribute of parameter `i`.
  package func parameterStringAttribute(_ i: Int, _ name: String) -> String? {
    stringAttribute(name, LLVMAttributeIndex(i + 1))
  }
  private func stringAttribute(_ name: String, _ index: LLVMAttributeIndex) -> String? {
    guard let a = LLVMGetStringAttributeAtIndex(ref, index, name, UInt32(name.utf8.count)) else {
      return nil
    }
    var n: UInt32 = 0
    guard let text = LLVMGetStringAttributeValue(a, &n) else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: text, count: Int(n)), as: UTF8.self)
  }
  package func addStringAttribute(_ name: String, _ text: String) {
    let a = LLVMCreateStringAttribute(
      context.ref, name, UInt32(name.utf8.count), text, UInt32(text.utf8.count))
    LLVMAddAttributeAtIndex(ref, LLVMAttributeIndex(bitPattern: Int32(LLVMAttributeFunctionIndex)), a)
  }
  /// Adds an attribute by LLVM's name, at -1 the function, 0 the result, 1... the parameters; false if
  /// this LLVM does not know it.
  @discardableResult
  package func addAttribute(_ name: String, at index: Int = -1) -> Bool {
    nablaAddAttribute(ref, Int32(index), name)
  }
  package func parameterHasAttribute(_ i: Int, _ name: String) -> Bool {
    nablaParamHasAttribute(ref, UInt32(i), name)
  }
  package func parameterTypeAttribute(_ i: Int, _ name: String) -> Type? {
    nablaParamTypeAttribute(ref, UInt32(i), name).map(Type.init)
  }
  package func returnHasAttribute(_ name: String) -> Bool { nablaReturnHasAttribute(ref, name) }
  package var doesNotAccessMemory: Bool { nablaDoesNotAccessMemory(ref) }
  package var onlyReadsMemory: Bool { nablaOnlyReadsMemory(ref) }
  package var onlyAccessesArgMemory: Bool { nablaOnlyAccessesArgMemory(ref) }
  package var doesNotReturn: Bool { nablaDoesNotReturn(ref) }
  /// The canonical name where this is a library function with the right prototype.
  package var libraryName: String? { nablaLibraryFunctionName(ref).map { String(cString: $0) } }

  /// Lets every exception that a call sends out of the function pass through one new block; the instruction at the end of it, which
  /// sends it on. nil if no call does that.
  package func catchAtOneExit(_ name: String) -> Instruction? {
    nablaUnwindExit(ref, name).map(Instruction.init)
  }
  /// Lets landing pads be come to by exceptions that nothing there is for.
  package func enterLandingPadsAlways() {
    for b in blocks {
      if let pad = b.instructions.first(where: { $0.opcode == .landingPad }) { LLVMSetCleanup(pad.ref, 1) }
    }
  }
  package func setInternal() {
    LLVMSetLinkage(ref, LLVMInternalLinkage)
    LLVMSetVisibility(ref, LLVMDefaultVisibility)
  }
  package var isInternal: Bool {
    LLVMGetLinkage(ref) == LLVMInternalLinkage || LLVMGetLinkage(ref) == LLVMPrivateLinkage
  }
  /// May another definition be chosen at link time (weak, interposable)?
  package var isInterposable: Bool {
    LLVMGetLinkage(ref) == LLVMWeakAnyLinkage || LLVMGetLinkage(ref) == LLVMLinkOnceAnyLinkage
  }
  package func copyPersonality(from other: Function) {
    if LLVMHasPersonalityFn(other.ref) != 0 { LLVMSetPersonalityFn(ref, LLVMGetPersonalityFn(other.ref)) }
  }
  package func copyAttributes(from other: Function) {
    // Target features and the like: without them calls can't be inlined and vector ABIs differ.
    for name in ["target-cpu", "target-features", "tune-cpu", "frame-pointer", "no-trapping-math"] {
      if let text = other.stringAttribute(name) { addStringAttribute(name, text) }
    }
    for name in ["nounwind", "uwtable", "sanitize_address", "strictfp"] where other.hasAttribute(name) {
      addAttribute(name)
    }
  }
  /// A private copy with internal linkage.
  package func clone(named name: String) -> Function { Function(ref: nablaCloneFunction(ref, name)) }
  /// As `clone`, with so many parameters more, pointers to bytes, and without what the function claims about memory.
  package func clone(named name: String, morePointers count: Int) -> Function {
    Function(ref: nablaCloneWithPointers(ref, name, UInt32(count)))
  }
  /// A private copy of a variadic function, with one pointer to bytes in the place of the arguments beyond its parameters.
  package func cloneWithFixedArity(named name: String) -> Function {
    Function(ref: nablaCloneWithFixedArity(ref, name))
  }
  package func deleteBody() { nablaDeleteBody(ref) }
  package func delete() { LLVMDeleteFunction(ref) }
  /// The verifier's complaint, or nil if the function is valid.
  package var verificationError: String? {
    var text: UnsafeMutablePointer<CChar>?
    return nablaVerifyFunction(ref, &text) ? nil : (take(text) ?? "invalid function")
  }
}

extension Function {
  /// Says that the function touches nothing but what its arguments point to and memory nobody else sees.
  package func setOnlyAccessesArgumentAndInaccessibleMemory() { nablaSetOnlyAccessesArgOrInaccessible(ref) }
}

/// A symbol as C++ programs write it: `area(Shape const&)` for `_Z4areaRK5Shape`. Other symbols are returned as they are.
package func demangled(_ symbol: String) -> String { take(nablaDemangle(symbol)) ?? symbol }
