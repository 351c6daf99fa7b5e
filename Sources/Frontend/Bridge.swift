// What the front end needs from LLVM beyond the IR layer.
import Analysis
internal import CLLVM
import IR
internal import LLVMShims

extension Type {
  /// A constant structure or array. Requires: `parts` are constants of the members' types.
  func constantAggregate(_ parts: [Value]) -> Value {
    var refs: [LLVMValueRef?] = parts.map(\.ref)
    if isArray { return Value(ref: LLVMConstArray(element.ref, &refs, UInt32(refs.count))) }
    if structName != nil { return Value(ref: LLVMConstNamedStruct(ref, &refs, UInt32(refs.count))) }
    return context.constantStructure(&refs, packed: isPacked)
  }
}

extension Context {
  fileprivate func constantStructure(_ refs: inout [LLVMValueRef?], packed: Bool) -> Value {
    Value(ref: LLVMConstStructInContext(ref, &refs, UInt32(refs.count), packed ? 1 : 0))
  }
}

extension Instruction {
  /// Replaces an invoke by a call and a branch to its normal destination. Requires: `opcode ==
  /// .invoke`.
  func replacedByCall() -> Instruction { Instruction(ref: nablaInvokeToCall(ref)) }

  /// Adds a string attribute to a call site.
  func addCallSiteAttribute(_ name: String) {
    let attribute = LLVMCreateStringAttribute(
      LLVMGetTypeContext(LLVMTypeOf(ref)), name, UInt32(name.utf8.count), "", 0)
    LLVMAddCallSiteAttribute(
      ref, LLVMAttributeIndex(bitPattern: Int32(LLVMAttributeFunctionIndex)), attribute)
  }

  /// Inlines this call. Returns false if LLVM can't.
  func inline() -> Bool {
    guard let reason = nablaInlineCall(ref) else { return true }
    nablaFreeString(reason)
    return false
  }
}

extension Value {
  /// A constant as a pointer of another type.
  func constantPointer(to type: Type) -> Value {
    self.type == type ? self : Value(ref: LLVMConstPointerCast(ref, type.ref))
  }
}

/// Hands a message to LLVM's diagnostics.
func emitDiagnostic(
  severity: Int32, in context: Context, function: Function?, at place: Instruction?,
  _ message: String
) {
  nablaDiagnose(context.ref, severity, function?.ref, place?.ref, message)
}

/// Runs `body` with a line for the crash report.
func withTrace<T>(_ text: String, _ body: () throws -> T) throws -> T {
  var outcome: Result<T, any Error>?
  withoutActuallyEscaping(body) { body in
    var box: () -> Void = { outcome = Result(catching: body) }
    withUnsafeMutablePointer(to: &box) { pointer in
      nablaWithTrace(text, { $0?.assumingMemoryBound(to: (() -> Void).self).pointee() }, pointer)
    }
  }
  guard let outcome else { throw Refusal([]) }
  return try outcome.get()
}

extension Function {
  /// May the function be left out if this module does not use it?
  var isDiscardable: Bool {
    let linkage = LLVMGetLinkage(ref)
    return isInternal || linkage == LLVMLinkOnceAnyLinkage || linkage == LLVMLinkOnceODRLinkage
      || linkage == LLVMAvailableExternallyLinkage
  }
}

extension Function {
  /// The value that metadata of this kind holds.
  func metadataValue(_ kind: String) -> Value? {
    nablaGlobalMetadataValue(ref, kind).map { Value(ref: $0) }
  }
}

extension Context {
  /// Does anybody want optimisation remarks of this pass?
  var wantsRemarks: Bool { nablaWantsRemarks(ref) }
}

/// The kinds of optimisation remarks: `-Rpass=`, `-Rpass-missed=`, `-Rpass-analysis=`.
enum RemarkKind: Int32 {
  case passed, missed, analysis
}

/// Hands an optimisation remark to LLVM.
func emitRemark(_ kind: RemarkKind, _ name: String, at place: Instruction, _ message: String) {
  nablaRemark(place.ref, kind.rawValue, name, message)
}
