internal import CFFI
internal import CLLVM
package import IR

/// A module compiled for the machine that runs the tests, with entries that can be called with
/// arguments of any scalar types and that give back results of any type.
///
/// Each entry gets a function beside it that takes the same parameters and the address of the
/// result, so that nothing depends on how structures are returned.
package final class NativeCode {
  private let jit: LLVMOrcLLJITRef
  private var entries: [String: Entry] = [:]

  private struct Entry {
    let address: UInt64
    let parameters: [Scalar]
    let leaves: [(offset: Int, type: Scalar)]
    let size: Int
  }

  /// - Parameter countingAllocations: makes `liveAllocations` and `allocations` count what the
  ///   module's calls of `malloc`, `calloc` and `free` do. All of the module's uses of them are
  ///   replaced.
  package init(_ module: Module, _ functions: [Function], countingAllocations: Bool = false) throws {
    let layout = module.dataLayout
    var described: [(String, [Scalar], Type)] = []
    for f in functions {
      described.append((f.name, f.functionType.parameters.map(Scalar.init), f.returnType))
    }
    let results = described.map {
      $0.2.isVoid ? ([], 0) : ($0.2.leaves(layout), layout.allocSize($0.2))
    }
    if countingAllocations { AllocationCounter.install(in: module) }
    let names = functions.map { Self.addEntry(for: $0, in: module) }
    if let reason = module.verificationError { throw ToolError(reason) }
    jit = try Self.compile(module)
    for (k, name) in names.enumerated() {
      let (leaves, size) = results[k]
      entries[described[k].0] = Entry(
        address: try address(of: name), parameters: described[k].1, leaves: leaves, size: size)
    }
  }
  deinit { _ = LLVMOrcDisposeLLJIT(jit) }

  /// Calls an entry by the name its function had.
  package func call(_ name: String, _ arguments: [any Argument]) -> Outcome {
    guard let entry = entries[name] else { fatalError("'\(name)' is not an entry") }
    precondition(
      arguments.count == entry.parameters.count, "wrong number of arguments for '\(name)'")
    let result = UnsafeMutableRawPointer.allocate(byteCount: max(16, entry.size), alignment: 16)
    defer { result.deallocate() }
    var cells = zip(arguments, entry.parameters).map { $0.bits(as: $1) }
    cells.append(UInt64(UInt(bitPattern: result)))
    invoke(entry.address, entry.parameters + [.pointer], &cells)
    return Outcome(leaves: entry.leaves.map { Leaf(result + $0.offset, $0.type) })
  }

  private func invoke(_ address: UInt64, _ types: [Scalar], _ cells: inout [UInt64]) {
    var descriptors: [UnsafeMutablePointer<ffi_type>?] = types.map(\.descriptor)
    var interface = ffi_cif()
    let code = unsafeBitCast(UInt(address), to: (@convention(c) () -> Void).self)
    descriptors.withUnsafeMutableBufferPointer { d in
      let status = ffi_prep_cif(
        &interface, FFI_DEFAULT_ABI, UInt32(types.count), same(&ffi_type_void), d.baseAddress)
      precondition(status == FFI_OK)
      cells.withUnsafeMutableBytes { bytes in
        var places: [UnsafeMutableRawPointer?] = types.indices.map { bytes.baseAddress! + 8 * $0 }
        ffi_call(&interface, code, nil, &places)
      }
    }
  }

  /// How many blocks of memory the module has and has not freed. Requires: allocations are counted.
  package var liveAllocations: Int { read(AllocationCounter.live) }
  /// How many blocks of memory the module asked for. Requires: allocations are counted.
  package var allocations: Int { read(AllocationCounter.total) }
  private func read(_ global: String) -> Int {
    guard let a = try? address(of: global) else { fatalError("allocations are not counted") }
    return UnsafePointer<Int>(bitPattern: UInt(a))!.pointee
  }

  // MARK: Building

  /// The function that stores the result of `f` at its last argument.
  private static func addEntry(for f: Function, in module: Module) -> String {
    let context = module.context
    let type = Type.function(context.void, f.functionType.parameters + [context.bytePointer])
    let entry = module.addFunction("test.call." + f.name, type)
    let builder = Builder(module: module)
    builder.position(atEndOf: entry.appendBlock("entry"))
    let result = builder.call(f, Array(entry.parameters.dropLast()))
    if !f.returnType.isVoid { builder.store(result, to: entry.parameters.last!) }
    builder.ret(nil)
    return entry.name
  }

  private static func makeJIT() throws -> LLVMOrcLLJITRef {
    _ = initialised
    var created: LLVMOrcLLJITRef?
    try check(LLVMOrcCreateLLJIT(&created, nil))
    return created!
  }
  private static let initialised: Void = {
    LLVMInitializeNativeTarget()
    LLVMInitializeNativeAsmPrinter()
  }()

  /// The triple and the data layout of the machine that runs the tests.
  static let host: (triple: String, layout: String) = {
    guard let jit = try? makeJIT() else { return ("", "") }
    defer { _ = LLVMOrcDisposeLLJIT(jit) }
    let layout = String(cString: LLVMOrcLLJITGetDataLayoutStr(jit))
    return (String(cString: LLVMOrcLLJITGetTripleString(jit)), layout)
  }()

  /// The module must live in a context that the JIT made, so it travels there as bitcode.
  private static func compile(_ module: Module) throws -> LLVMOrcLLJITRef {
    let bitcode = LLVMWriteBitcodeToMemoryBuffer(module.ref)
    defer { LLVMDisposeMemoryBuffer(bitcode) }
    let jit = try makeJIT()
    let context = LLVMOrcCreateNewThreadSafeContext()
    defer { LLVMOrcDisposeThreadSafeContext(context) }
    var copy: LLVMModuleRef?
    guard
      LLVMParseBitcodeInContext2(LLVMOrcThreadSafeContextGetContext(context), bitcode, &copy) == 0
    else { throw ToolError("the module does not survive as bitcode") }
    LLVMSetDataLayout(copy, LLVMOrcLLJITGetDataLayoutStr(jit))
    LLVMSetTarget(copy, LLVMOrcLLJITGetTripleString(jit))
    let library = LLVMOrcLLJITGetMainJITDylib(jit)
    var generator: LLVMOrcDefinitionGeneratorRef?
    let prefix = LLVMOrcLLJITGetGlobalPrefix(jit)
    try check(LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess(&generator, prefix, nil, nil))
    LLVMOrcJITDylibAddGenerator(library, generator)
    let safe = LLVMOrcCreateNewThreadSafeModule(copy, context)
    try check(LLVMOrcLLJITAddLLVMIRModule(jit, library, safe))
    return jit
  }

  private func address(of name: String) throws -> UInt64 {
    var address: LLVMOrcExecutorAddress = 0
    try Self.check(LLVMOrcLLJITLookup(jit, &address, name))
    return address
  }

  private static func check(_ error: LLVMErrorRef?) throws {
    guard let error, let text = LLVMGetErrorMessage(error) else { return }
    defer { LLVMDisposeErrorMessage(text) }
    throw ToolError(String(cString: text))
  }
}
