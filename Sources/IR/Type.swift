internal import CLLVM
internal import LLVMShims

/// A handle on an LLVM type. Types are unique in their context, so equality is identity.
package struct Type: Hashable {
  package let ref: OpaquePointer
  package init(ref: OpaquePointer) { self.ref = ref }

  /// What a type is, as far as the engine distinguishes.
  package enum Kind {
    case void, half, bfloat, float, double, x86FP80, fp128, ppcFP128
    case integer, pointer, vector, scalableVector, array, structure, function
    case label, metadata, token, other
  }

  package var kind: Kind {
    switch LLVMGetTypeKind(ref) {
    case LLVMVoidTypeKind: .void
    case LLVMHalfTypeKind: .half
    case LLVMBFloatTypeKind: .bfloat
    case LLVMFloatTypeKind: .float
    case LLVMDoubleTypeKind: .double
    case LLVMX86_FP80TypeKind: .x86FP80
    case LLVMFP128TypeKind: .fp128
    case LLVMPPC_FP128TypeKind: .ppcFP128
    case LLVMIntegerTypeKind: .integer
    case LLVMPointerTypeKind: .pointer
    case LLVMVectorTypeKind: .vector
    case LLVMScalableVectorTypeKind: .scalableVector
    case LLVMArrayTypeKind: .array
    case LLVMStructTypeKind: .structure
    case LLVMFunctionTypeKind: .function
    case LLVMLabelTypeKind: .label
    case LLVMMetadataTypeKind: .metadata
    case LLVMTokenTypeKind: .token
    default: .other
    }
  }

  package var context: Context { Context(ref: LLVMGetTypeContext(ref)) }
  package var description: String { take(nablaTypeText(ref)) ?? "?" }

  package var isVoid: Bool { kind == .void }
  package var isPointer: Bool { kind == .pointer }
  package var isInteger: Bool { kind == .integer }
  package var isStruct: Bool { kind == .structure }
  package var isArray: Bool { kind == .array }
  package var isVector: Bool { kind == .vector }
  package var isAggregate: Bool { kind == .structure || kind == .array }

  /// A floating-point scalar of any width.
  package var isFloat: Bool {
    switch kind {
    case .half, .bfloat, .float, .double, .x86FP80, .fp128, .ppcFP128: true
    default: false
    }
  }
  /// A floating-point scalar or a vector of such.
  package var isFloatOrVector: Bool { isFloat || (isVector && element.isFloat) }
  /// A pointer or a vector of pointers.
  package var isPointerOrVector: Bool { isPointer || (isVector && element.isPointer) }

  /// Does a value of this type contain floating-point scalars (aggregates searched)?
  package var containsFloat: Bool {
    switch kind {
    case .vector, .scalableVector: element.isFloat
    case .array: element.containsFloat
    case .structure: fields.contains { $0.containsFloat }
    default: isFloat
    }
  }
  /// Does a value of this type contain pointers (aggregates searched)?
  package var containsPointer: Bool {
    switch kind {
    case .vector, .scalableVector: element.isPointer
    case .array: element.containsPointer
    case .structure: fields.contains { $0.containsPointer }
    default: isPointer
    }
  }

  /// Element type of an array or vector. Requires: `self` is one of these.
  package var element: Type { Type(ref: LLVMGetElementType(ref)) }
  /// Number of elements of an array or fixed vector, or of fields of a structure.
  package var count: Int {
    switch kind {
    case .array: Int(nablaArrayLength(ref))
    case .vector, .scalableVector: Int(LLVMGetVectorSize(ref))
    case .structure: Int(LLVMCountStructElementTypes(ref))
    default: 0
    }
  }
  package var fields: [Type] {
    (0..<count).map { Type(ref: LLVMStructGetTypeAtIndex(ref, UInt32($0))) }
  }
  /// The type of member `i` of an array, vector or structure.
  package func member(_ i: Int) -> Type {
    isStruct ? Type(ref: LLVMStructGetTypeAtIndex(ref, UInt32(i))) : element
  }
  package var isPacked: Bool { LLVMIsPackedStruct(ref) != 0 }
  package var isOpaqueStruct: Bool { isStruct && LLVMIsOpaqueStruct(ref) != 0 }
  package var structName: String? { LLVMGetStructName(ref).map { String(cString: $0) } }

  package var bitWidth: Int { Int(LLVMGetIntTypeWidth(ref)) }
  package var addressSpace: Int { Int(LLVMGetPointerAddressSpace(ref)) }
  /// The pointee of a typed pointer; nil for an opaque one. Only printing and casts may ask.
  package var pointee: Type? { nablaPointeeType(ref).map(Type.init) }

  // Functions.
  package var returnType: Type { Type(ref: LLVMGetReturnType(ref)) }
  package var isVarArg: Bool { LLVMIsFunctionVarArg(ref) != 0 }
  package var parameters: [Type] {
    let n = Int(LLVMCountParamTypes(ref))
    var refs = [LLVMTypeRef?](repeating: nil, count: n)
    LLVMGetParamTypes(ref, &refs)
    return refs.map { Type(ref: $0!) }
  }

  /// The scalar under a vector, else the type itself.
  package var scalar: Type { isVector || kind == .scalableVector ? element : self }

  // Making types.
  package func pointer(addressSpace: Int = 0) -> Type {
    Type(ref: nablaPointerTo(ref, UInt32(addressSpace)))
  }
  package func array(_ n: Int) -> Type { Type(ref: nablaArrayType(ref, UInt64(n))) }
  package func vector(_ n: Int) -> Type { Type(ref: LLVMVectorType(ref, UInt32(n))) }
  package static func function(_ result: Type, _ parameters: [Type], variadic: Bool = false) -> Type {
    var refs: [LLVMTypeRef?] = parameters.map(\.ref)
    return Type(ref: LLVMFunctionType(result.ref, &refs, UInt32(refs.count), variadic ? 1 : 0))
  }

  // Constants of the type.
  package var zero: Value { Value(ref: LLVMConstNull(ref)) }
  package var undef: Value { Value(ref: LLVMGetUndef(ref)) }
  package var poison: Value { Value(ref: LLVMGetPoison(ref)) }
  package func constant(_ i: Int) -> Value {
    Value(ref: LLVMConstInt(ref, UInt64(bitPattern: Int64(i)), 1))
  }
  /// A floating-point constant; a splat for vectors.
  package func constant(_ x: Double) -> Value {
    guard isVector else { return Value(ref: LLVMConstReal(ref, x)) }
    var lanes = [LLVMValueRef?](repeating: LLVMConstReal(element.ref, x), count: count)
    return Value(ref: LLVMConstVector(&lanes, UInt32(lanes.count)))
  }
}

/// A handle on an LLVM context.
package struct Context: Hashable {
  package let ref: OpaquePointer
  package init(ref: OpaquePointer) { self.ref = ref }

  package var void: Type { Type(ref: LLVMVoidTypeInContext(ref)) }
  package var i1: Type { Type(ref: LLVMInt1TypeInContext(ref)) }
  package var i8: Type { Type(ref: LLVMInt8TypeInContext(ref)) }
  package var i16: Type { Type(ref: LLVMInt16TypeInContext(ref)) }
  package var i32: Type { Type(ref: LLVMInt32TypeInContext(ref)) }
  package var i64: Type { Type(ref: LLVMInt64TypeInContext(ref)) }
  package func integer(_ bits: Int) -> Type { Type(ref: LLVMIntTypeInContext(ref, UInt32(bits))) }
  package var half: Type { Type(ref: LLVMHalfTypeInContext(ref)) }
  package var bfloat: Type { Type(ref: LLVMBFloatTypeInContext(ref)) }
  package var float: Type { Type(ref: LLVMFloatTypeInContext(ref)) }
  package var double: Type { Type(ref: LLVMDoubleTypeInContext(ref)) }
  package var x86FP80: Type { Type(ref: LLVMX86FP80TypeInContext(ref)) }
  package var fp128: Type { Type(ref: LLVMFP128TypeInContext(ref)) }
  /// `ptr`, or `i8*` where pointers are typed.
  package var bytePointer: Type { Type(ref: nablaBytePointerType(ref, 0)) }
  package func bytePointer(addressSpace: Int) -> Type {
    Type(ref: nablaBytePointerType(ref, UInt32(addressSpace)))
  }
  package func structure(_ fields: [Type], packed: Bool = false) -> Type {
    var refs: [LLVMTypeRef?] = fields.map(\.ref)
    return Type(ref: LLVMStructTypeInContext(ref, &refs, UInt32(refs.count), packed ? 1 : 0))
  }
  package func metadataKind(_ name: String) -> UInt32 {
    name.withCString { LLVMGetMDKindIDInContext(ref, $0, UInt32(name.utf8.count)) }
  }
}

/// Takes over a malloc'ed C string.
func take(_ text: UnsafeMutablePointer<CChar>?) -> String? {
  guard let text else { return nil }
  defer { nablaFreeString(text) }
  return String(cString: text)
}

extension Type {
  /// A constant array or structure of this type.
  package func constant(aggregate parts: [Value]) -> Value {
    var refs: [LLVMValueRef?] = parts.map(\.ref)
    if isArray { return Value(ref: LLVMConstArray(element.ref, &refs, UInt32(refs.count))) }
    if structName != nil { return Value(ref: LLVMConstNamedStruct(ref, &refs, UInt32(refs.count))) }
    return Value(ref: LLVMConstStructInContext(context.ref, &refs, UInt32(refs.count), isPacked ? 1 : 0))
  }
}

extension Type {
  /// Are values of the two types passed alike? Pointers to whatever are; where pointers have types, the same
  /// method of two classes has two function types.
  package func isInterchangeable(with other: Type) -> Bool {
    if self == other { return true }
    guard kind == other.kind else { return false }
    switch kind {
    case .pointer: return addressSpace == other.addressSpace
    case .structure, .array, .vector:
      return count == other.count
        && (isStruct
          ? zip(fields, other.fields).allSatisfy { $0.isInterchangeable(with: $1) }
          : element.isInterchangeable(with: other.element))
    case .function:
      let (p, q) = (parameters, other.parameters)
      return p.count == q.count && isVarArg == other.isVarArg && returnType.isInterchangeable(with: other.returnType)
        && zip(p, q).allSatisfy { $0.isInterchangeable(with: $1) }
    default: return false
    }
  }
}
