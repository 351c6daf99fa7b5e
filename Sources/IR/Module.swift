internal import CLLVM
internal import LLVMShims

/// A handle on a module.
package struct Module: Hashable {
  package let ref: OpaquePointer
  package init(ref: OpaquePointer) { self.ref = ref }

  package var context: Context { Context(ref: LLVMGetModuleContext(ref)) }
  /// The file that the module was compiled from.
  package var sourceFile: String {
    var n = 0
    guard let text = LLVMGetSourceFileName(ref, &n) else { return "" }
    return String(decoding: UnsafeRawBufferPointer(start: text, count: n), as: UTF8.self)
  }
  package var dataLayout: DataLayout { DataLayout(ref: LLVMGetModuleDataLayout(ref)) }
  package var description: String {
    guard let text = LLVMPrintModuleToString(ref) else { return "" }
    defer { LLVMDisposeMessage(text) }
    return String(cString: text)
  }
  package var functions: [Function] {
    var list: [Function] = []
    var f = LLVMGetFirstFunction(ref)
    while let x = f {
      list.append(Function(ref: x))
      f = LLVMGetNextFunction(x)
    }
    return list
  }
  package var globals: [Global] {
    var list: [Global] = []
    var g = LLVMGetFirstGlobal(ref)
    while let x = g {
      list.append(Global(ref: x))
      g = LLVMGetNextGlobal(x)
    }
    return list
  }
  package func function(named name: String) -> Function? {
    LLVMGetNamedFunction(ref, name).map(Function.init)
  }
  package func global(named name: String) -> Global? {
    LLVMGetNamedGlobal(ref, name).map { Global(ref: $0) }
  }
  package func addFunction(_ name: String, _ type: Type) -> Function {
    Function(ref: LLVMAddFunction(ref, name, type.ref))
  }
  /// The function of this name, declared with `type` if it is absent.
  package func declare(_ name: String, _ type: Type) -> Function {
    function(named: name) ?? addFunction(name, type)
  }
  package func addGlobal(_ name: String, _ type: Type, initializer: Value?, constant: Bool = false) -> Global {
    let g = Global(ref: LLVMAddGlobal(ref, type.ref, name))
    g.initializer = initializer
    g.isConstant = constant
    if initializer != nil { g.setInternal() }
    return g
  }
  /// A private zero-terminated text.
  package func stringConstant(_ text: String) -> Global {
    let v = text.withCString { LLVMConstStringInContext(context.ref, $0, UInt32(text.utf8.count), 0) }
    let value = Value(ref: v!)
    return addGlobal("nabla.text", value.type, initializer: value, constant: true)
  }
  /// An intrinsic, by name and overload types.
  package func intrinsic(_ name: String, _ types: [Type]) -> Function {
    var refs: [LLVMTypeRef?] = types.map(\.ref)
    let id = LLVMLookupIntrinsicID(name, name.utf8.count)
    return Function(ref: LLVMGetIntrinsicDeclaration(ref, id, &refs, refs.count))
  }
  /// Does this LLVM have the intrinsic?
  package static func hasIntrinsic(_ name: String) -> Bool {
    LLVMLookupIntrinsicID(name, name.utf8.count) != 0
  }
  /// Parses text in the dialect of LLVM 14, with typed pointers, and links it in; the reason if that fails.
  package func link(text: String) -> String? {
    let isOpaque = context.i8.pointer().pointee == nil
    return take(nablaLinkText(ref, isOpaque ? text.opaquePointers : text))
  }
  /// Deletes the internal functions among these that nothing uses but themselves, and what only they called.
  package func removeUnused(_ functions: [Function]) {
    var work = functions.filter(\.isInternal)
    while let k = work.firstIndex(where: { f in f.value.users.allSatisfy { $0.instruction?.function == f } }) {
      let f = work.remove(at: k)
      for i in f.blocks.flatMap(\.instructions) where i.isCall {
        guard let g = i.callee, g.isInternal, !g.isDeclaration, g != f, !work.contains(g) else { continue }
        work.append(g)
      }
      f.deleteBody()
      f.delete()
    }
  }
  package var verificationError: String? {
    var text: UnsafeMutablePointer<CChar>?
    let bad = LLVMVerifyModule(ref, LLVMReturnStatusAction, &text) != 0
    defer { LLVMDisposeMessage(text) }
    return bad ? text.map { String(cString: $0) } : nil
  }
  package func removeFromUsed(_ global: Value) { nablaRemoveFromUsed(ref, global.ref) }
}

/// Sizes and offsets under a module's data layout, in bytes.
package struct DataLayout {
  let ref: OpaquePointer
  /// Bytes that a store of the type may overwrite.
  package func storeSize(_ type: Type) -> Int { Int(LLVMStoreSizeOfType(ref, type.ref)) }
  /// Bytes between two consecutive objects of the type.
  package func allocSize(_ type: Type) -> Int { Int(LLVMABISizeOfType(ref, type.ref)) }
  package func alignment(_ type: Type) -> Int { Int(LLVMABIAlignmentOfType(ref, type.ref)) }
  package func bits(_ type: Type) -> Int { Int(LLVMSizeOfTypeInBits(ref, type.ref)) }
  /// Offset of member `i` of a structure, array or vector.
  package func offset(_ type: Type, _ i: Int) -> Int {
    if type.isStruct { return Int(LLVMOffsetOfElement(ref, type.ref, UInt32(i))) }
    return i * (type.isVector ? max(1, bits(type.element) / 8) : allocSize(type.element))
  }
  package var pointerSize: Int { Int(LLVMPointerSize(ref)) }
  package func pointerInteger(_ context: Context) -> Type {
    Type(ref: LLVMIntPtrTypeInContext(context.ref, ref))
  }
}
