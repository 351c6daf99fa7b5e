internal import CLLVM
internal import LLVMShims

/// A handle on any LLVM value: argument, instruction, constant, global, block. Equality is identity.
package struct Value: Hashable {
  package let ref: OpaquePointer
  package init(ref: OpaquePointer) { self.ref = ref }

  package var type: Type { Type(ref: LLVMTypeOf(ref)) }
  package var context: Context { type.context }

  package var name: String {
    get {
      var n = 0
      guard let text = LLVMGetValueName2(ref, &n), n > 0 else { return "" }
      return String(decoding: UnsafeRawBufferPointer(start: text, count: n), as: UTF8.self)
    }
    nonmutating set { newValue.withCString { LLVMSetValueName2(ref, $0, newValue.utf8.count) } }
  }
  /// The value as LLVM prints it.
  package var description: String {
    guard let text = LLVMPrintValueToString(ref) else { return "?" }
    defer { LLVMDisposeMessage(text) }
    return String(cString: text)
  }

  package var instruction: Instruction? {
    LLVMIsAInstruction(ref).map(Instruction.init)
  }
  package var function: Function? { LLVMIsAFunction(ref).map(Function.init) }
  package var global: Global? { LLVMIsAGlobalVariable(ref).map(Global.init) }
  package var isArgument: Bool { LLVMIsAArgument(ref) != nil }
  package var isConstant: Bool { LLVMIsConstant(ref) != 0 }
  package var isConstantExpression: Bool { LLVMIsAConstantExpr(ref) != nil }
  package var isUndefOrPoison: Bool { LLVMIsUndef(ref) != 0 }
  package var isNull: Bool { LLVMIsNull(ref) != 0 }
  package var isInlineAssembly: Bool { LLVMIsAInlineAsm(ref) != nil }
  package var isMetadata: Bool { LLVMIsAMDNode(ref) != nil || LLVMIsAMDString(ref) != nil }
  /// What a metadata node consists of, without its missing parts; nothing for other values.
  package var metadataOperands: [Value] {
    guard LLVMIsAMDNode(ref) != nil else { return [] }
    var list = [LLVMValueRef?](repeating: nil, count: Int(LLVMGetMDNodeNumOperands(ref)))
    LLVMGetMDNodeOperands(ref, &list)
    return list.compactMap { $0.map(Value.init) }
  }
  package var isGlobalAlias: Bool { LLVMIsAGlobalAlias(ref) != nil }
  package var isBlock: Bool { LLVMValueIsBasicBlock(ref) != 0 }
  package var aliasee: Value { Value(ref: LLVMAliasGetAliasee(ref)) }

  /// The value of an integer constant of at most 64 bits, sign-extended.
  package var integerConstant: Int? {
    guard let c = LLVMIsAConstantInt(ref), LLVMGetIntTypeWidth(LLVMTypeOf(c)) <= 64 else { return nil }
    return Int(LLVMConstIntGetSExtValue(c))
  }
  /// The bits of the elements of a constant vector of integers of at most 64 bits, or of one integer; nil if it
  /// is anything else.
  package var integerConstants: [UInt64]? {
    let scalar = type.scalar
    guard scalar.isInteger, scalar.bitWidth <= 64 else { return nil }
    let mask: UInt64 = scalar.bitWidth == 64 ? .max : (1 << UInt64(scalar.bitWidth)) - 1
    if let c = integerConstant { return [UInt64(bitPattern: Int64(c)) & mask] }
    guard type.isVector, isConstant else { return nil }
    if isNull { return Array(repeating: 0, count: type.count) }
    let sequential = LLVMIsAConstantDataSequential(ref) != nil
    guard sequential || operands.count == type.count else { return nil }
    var list: [UInt64] = []
    for k in 0..<type.count {
      let element = sequential ? LLVMGetElementAsConstant(ref, UInt32(k)).map(Value.init) : operands[k]
      guard let c = element?.integerConstant else { return nil }
      list.append(UInt64(bitPattern: Int64(c)) & mask)
    }
    return list
  }
  /// The value of a floating-point constant.
  package var floatConstant: Double? {
    guard let c = LLVMIsAConstantFP(ref) else { return nil }
    var lost: LLVMBool = 0
    return LLVMConstRealGetDouble(c, &lost)
  }
  /// The different numbers in a floating-point constant or a vector of them; nil if it is anything else.
  package var floatConstants: Set<Double>? {
    if let c = floatConstant { return [c] }
    guard type.isVector, isConstant else { return nil }
    if isNull { return [0] }
    guard LLVMIsAConstantDataSequential(ref) != nil else { return nil }
    return Set((0..<type.count).compactMap { Value(ref: LLVMGetElementAsConstant(ref, UInt32($0))).floatConstant })
  }
  /// A constant vector with zero in the lanes that are undefined; nil if there are none such.
  package var withDefinedLanes: Value? {
    guard type.isVector, isConstant else { return nil }
    if isUndefOrPoison { return type.zero }
    guard LLVMIsAConstantVector(ref) != nil, operands.contains(where: \.isUndefOrPoison) else { return nil }
    var lanes: [LLVMValueRef?] = operands.map { $0.isUndefOrPoison ? $0.type.zero.ref : $0.ref }
    return Value(ref: LLVMConstVector(&lanes, UInt32(lanes.count)))
  }
  /// The value of a floating-point constant, or the one that all lanes of a constant vector have.
  package var splatFloatConstant: Double? {
    guard type.isVector, isConstant, LLVMIsAConstantDataSequential(ref) != nil else { return floatConstant }
    let lanes = (0..<type.count).map {
      LLVMGetElementAsConstant(ref, UInt32($0)).flatMap { Value(ref: $0).floatConstant }
    }
    guard let first = lanes.first ?? nil, lanes.allSatisfy({ $0 == first }) else { return nil }
    return first
  }
  /// Text of a constant C string initialiser or metadata string.
  package var stringConstant: String? {
    var n: UInt32 = 0
    if let text = LLVMGetMDString(ref, &n) {
      return String(decoding: UnsafeRawBufferPointer(start: text, count: Int(n)), as: UTF8.self)
    }
    guard LLVMIsAConstantDataSequential(ref) != nil, LLVMIsConstantString(ref) != 0 else { return nil }
    var size = 0
    guard let text = LLVMGetAsString(ref, &size) else { return nil }
    let bytes = UnsafeRawBufferPointer(start: text, count: size)
    return String(decoding: bytes.last == 0 ? .init(rebasing: bytes.dropLast()) : bytes, as: UTF8.self)
  }

  /// Operands of a user (instruction or constant).
  package var operands: Operands { Operands(ref: ref) }
  package struct Operands: RandomAccessCollection {
    let ref: OpaquePointer
    package var startIndex: Int { 0 }
    package var endIndex: Int { Swift.max(0, Int(LLVMGetNumOperands(ref))) }
    package subscript(i: Int) -> Value { Value(ref: LLVMGetOperand(ref, UInt32(i))) }
  }

  /// Users of the value, one entry per use.
  package var users: [Value] {
    var list: [Value] = []
    var use = LLVMGetFirstUse(ref)
    while let u = use {
      list.append(Value(ref: LLVMGetUser(u)))
      use = LLVMGetNextUse(u)
    }
    return list
  }
  package var hasUses: Bool { LLVMGetFirstUse(ref) != nil }

  /// Strips pointer casts, all-zero GEPs and aliases.
  package var strippingCasts: Value { Value(ref: nablaStripCasts(ref)) }
  /// The object that the pointer is derived from by casts and GEPs.
  package var underlyingObject: Value { Value(ref: nablaUnderlyingObject(ref)) }
  /// Source name of the variable, from debug info.
  package var sourceName: String? { take(nablaVariableName(ref)) }

  /// The opcode of a constant expression. Requires: `isConstantExpression`.
  package var constantOpcode: Opcode { Opcode(LLVMGetConstOpcode(ref)) }
  /// Offset in bytes of a constant GEP expression or instruction with constant indices.
  package func constantOffset(in module: Module) -> Int? {
    var offset: Int64 = 0
    return nablaGEPConstantOffset(ref, module.ref, &offset) ? Int(offset) : nil
  }

  package func replaceAllUses(with other: Value) { LLVMReplaceAllUsesWith(ref, other.ref) }
  package func setOperand(_ i: Int, _ value: Value) { LLVMSetOperand(ref, UInt32(i), value.ref) }
}

/// A global variable.
package struct Global: Hashable {
  package let ref: OpaquePointer
  package var value: Value { Value(ref: ref) }
  package var name: String { value.name }
  package var isConstant: Bool {
    get { LLVMIsGlobalConstant(ref) != 0 }
    nonmutating set { LLVMSetGlobalConstant(ref, newValue ? 1 : 0) }
  }
  package var isThreadLocal: Bool { LLVMIsThreadLocal(ref) != 0 }
  package var valueType: Type { Type(ref: LLVMGlobalGetValueType(ref)) }
  package var initializer: Value? {
    get { LLVMGetInitializer(ref).map(Value.init) }
    nonmutating set { LLVMSetInitializer(ref, newValue?.ref) }
  }
  package var isDeclaration: Bool { LLVMIsDeclaration(ref) != 0 }
  package var alignment: Int {
    get { Int(LLVMGetAlignment(ref)) }
    nonmutating set { LLVMSetAlignment(ref, UInt32(newValue)) }
  }
  package func setInternal() { LLVMSetLinkage(ref, LLVMInternalLinkage) }
  package func setThreadLocal(like other: Global) {
    LLVMSetThreadLocalMode(ref, LLVMGetThreadLocalMode(other.ref))
  }
  package func metadataValue(_ kind: String) -> Value? {
    nablaGlobalMetadataValue(ref, kind).map(Value.init)
  }
  package func delete() { LLVMDeleteGlobal(ref) }
}

extension Value {
  /// The function of a parameter.
  package var owner: Function? {
    isArgument ? Function(ref: LLVMGetParamParent(ref)) : instruction?.function
  }
}
