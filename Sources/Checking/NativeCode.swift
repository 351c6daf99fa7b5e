internal import CLLVM
import IR

/// A module compiled for this machine, with entries that can be called whatever their signature.
///
/// Each entry gets a function beside it that takes one pointer to a *frame*: it reads the arguments from there, calls the
/// entry, and writes the result behind them. So nothing depends on how C passes structures, vectors or wide numbers: the
/// call is made by the compiler that compiled the function.
final class NativeCode {
  private let jit: LLVMOrcLLJITRef

  /// - Requires: the module is valid.
  init(_ module: Module) throws {
    Host.initialise()
    let constructors = module.constructors
    jit = try Self.compile(module.bitcode)
    for name in constructors { call(try address(of: name), nil) }
  }
  deinit { _ = LLVMOrcDisposeLLJIT(jit) }

  func address(of name: String) throws -> UInt64 {
    var address: LLVMOrcExecutorAddress = 0
    try Self.check(LLVMOrcLLJITLookup(jit, &address, name))
    return address
  }

  func pointer(to name: String) throws -> UnsafeMutableRawPointer {
    guard let p = UnsafeMutableRawPointer(bitPattern: UInt(try address(of: name))) else {
      throw CheckError("'\(name)' has no address")
    }
    return p
  }

  /// Calls compiled code of the type `void (void *)`.
  func call(_ address: UInt64, _ frame: UnsafeMutableRawPointer?) {
    typealias Entry = @convention(c) (UnsafeMutableRawPointer?) -> Void
    unsafeBitCast(UInt(address), to: Entry.self)(frame)
  }

  /// The module must live in a context that the JIT made, so it travels there as bitcode.
  private static func compile(_ bitcode: [UInt8]) throws -> LLVMOrcLLJITRef {
    var created: LLVMOrcLLJITRef?
    try check(LLVMOrcCreateLLJIT(&created, nil))
    let jit = created!
    let context = LLVMOrcCreateNewThreadSafeContext()
    defer { LLVMOrcDisposeThreadSafeContext(context) }
    let buffer = bitcode.withUnsafeBytes {
      LLVMCreateMemoryBufferWithMemoryRangeCopy(
        $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, "check")
    }
    defer { LLVMDisposeMemoryBuffer(buffer) }
    var module: LLVMModuleRef?
    guard
      LLVMParseBitcodeInContext2(LLVMOrcThreadSafeContextGetContext(context), buffer, &module) == 0
    else { throw CheckError("the module does not survive as bitcode") }
    LLVMSetDataLayout(module, LLVMOrcLLJITGetDataLayoutStr(jit))
    LLVMSetTarget(module, LLVMOrcLLJITGetTripleString(jit))
    let library = LLVMOrcLLJITGetMainJITDylib(jit)
    var generator: LLVMOrcDefinitionGeneratorRef?
    try check(
      LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess(
        &generator, LLVMOrcLLJITGetGlobalPrefix(jit), nil, nil))
    LLVMOrcJITDylibAddGenerator(library, generator)
    try check(LLVMOrcLLJITAddLLVMIRModule(jit, library, LLVMOrcCreateNewThreadSafeModule(module, context)))
    return jit
  }

  private static func check(_ error: LLVMErrorRef?) throws {
    guard let error, let text = LLVMGetErrorMessage(error) else { return }
    defer { LLVMDisposeErrorMessage(text) }
    throw CheckError(String(cString: text))
  }
}

/// Something that keeps a check from being made, in words.
package struct CheckError: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

extension Module {
  /// The functions to call before all others. They get names that the JIT finds, and the list of them is removed: nobody
  /// calls it here.
  fileprivate var constructors: [String] {
    guard let list = global(named: "llvm.global_ctors"), let entries = list.initializer else { return [] }
    let found = entries.operands.compactMap { entry -> (order: Int, function: Function)? in
      guard entry.operands.count >= 2, let f = entry.operands[1].strippingCasts.function else { return nil }
      return (entry.operands[0].integerConstant ?? 0, f)
    }
    list.delete()
    return found.sorted { $0.order < $1.order }.map { entry in
      entry.function.setExternal()
      return entry.function.name
    }
  }
}

/// A function that calls another with arguments from a frame.
struct Frame {
  let entry: String
  /// Where each argument stands, and where the result does.
  let arguments: [Int]
  let result: Int
  let size: Int
  let parameterTypes: [Type]
  let resultType: Type

  /// Adds the calling function to the module. The types are those of the module: ask about them while it lives.
  init(calling f: Function, in module: Module, named name: String) {
    let layout = module.dataLayout
    var end = 0
    func place(_ type: Type) -> Int {
      defer { end += (layout.allocSize(type) + 31) / 16 * 16 }
      return end
    }
    parameterTypes = f.functionType.parameters
    resultType = f.returnType
    arguments = parameterTypes.map(place)
    result = end
    size = end + (resultType.isVoid ? 16 : (layout.allocSize(resultType) + 31) / 16 * 16)
    let context = module.context
    let entry = module.addFunction(name, .function(context.void, [context.bytePointer]))
    let b = Builder(module: module)
    b.position(atEndOf: entry.appendBlock("entry"))
    let frame = entry.parameter(0)
    let values = zip(arguments, parameterTypes).map { b.load($1, from: b.offset(frame, $0), alignment: 16) }
    let returned = b.call(f, values)
    for (i, type) in parameterTypes.enumerated() where type.isPointer || type.isInteger {
      for word in ["zeroext", "signext", "byval", "sret"] where f.parameterHasAttribute(i, word) {
        returned.instruction?.copyArgumentAttribute(word, i, from: f)
      }
    }
    if !resultType.isVoid { b.store(returned, to: b.offset(frame, result), alignment: 16) }
    b.ret(nil)
    self.entry = entry.name
  }
}

/// One floating-point number in a value: where it is, and its format.
struct Leaf: Hashable {
  enum Format: Hashable {
    case double, float, half, bfloat, extended, quad
    var bytes: Int {
      switch self {
      case .double: 8
      case .float: 4
      case .half, .bfloat: 2
      case .extended, .quad: 16
      }
    }
  }
  var offset: Int
  var format: Format
}

extension Type {
  /// The format of a floating-point scalar that checks can read and write.
  var format: Leaf.Format? {
    switch kind {
    case .double: .double
    case .float: .float
    case .half: .half
    case .bfloat: .bfloat
    case .x86FP80: .extended
    default: nil
    }
  }

  /// The floating-point numbers in a value of the type.
  func leaves(_ layout: DataLayout) -> [Leaf] {
    if let format { return [Leaf(offset: 0, format: format)] }
    guard isAggregate || isVector, containsFloat, count <= 4096 else { return [] }
    return (0..<count).flatMap { i in
      member(i).leaves(layout).map { Leaf(offset: layout.offset(self, i) + $0.offset, format: $0.format) }
    }
  }
}

extension UnsafeMutableRawPointer {
  /// Reads a number of a format.
  func number(_ format: Leaf.Format) -> Double {
    switch format {
    case .double: return loadUnaligned(as: Double.self)
    case .float: return Double(loadUnaligned(as: Float.self))
    case .half: return Double(Float(halfBits: loadUnaligned(as: UInt16.self)))
    case .bfloat: return Double(Float(bitPattern: UInt32(loadUnaligned(as: UInt16.self)) << 16))
    case .extended: return extendedNumber()
    case .quad: return .nan
    }
  }

  /// Writes a number in a format.
  func store(number x: Double, _ format: Leaf.Format) {
    switch format {
    case .double: storeBytes(of: x, as: Double.self)
    case .float: storeBytes(of: Float(x), as: Float.self)
    case .half: storeBytes(of: Float(x).halfBits, as: UInt16.self)
    case .bfloat: storeBytes(of: UInt16(Float(x).bitPattern >> 16), as: UInt16.self)
    case .extended: storeExtended(x)
    case .quad: break
    }
  }

  #if arch(x86_64) || arch(i386)
    private func extendedNumber() -> Double { Double(loadUnaligned(as: Float80.self)) }
    private func storeExtended(_ x: Double) {
      withUnsafeBytes(of: Float80(x)) { copyMemory(from: $0.baseAddress!, byteCount: 10) }
    }
  #else
    private func extendedNumber() -> Double { .nan }
    private func storeExtended(_ x: Double) {}
  #endif
}

extension Float {
  init(halfBits h: UInt16) {
    let sign = UInt32(h & 0x8000) << 16
    let exponent = Int(h >> 10 & 0x1f), fraction = UInt32(h & 0x3ff)
    if exponent == 0 {
      self = Float(fraction) * 0x1p-24 * (sign == 0 ? 1 : -1)
    } else if exponent == 31 {
      self = Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    } else {
      self = Float(bitPattern: sign | UInt32(exponent + 112) << 23 | fraction << 13)
    }
  }
  /// The nearest binary16, for numbers of ordinary size.
  var halfBits: UInt16 {
    let bits = bitPattern
    let sign = UInt16(bits >> 16 & 0x8000)
    if magnitude < 0x1p-14 { return sign | UInt16((magnitude * 0x1p24).rounded()) }
    if magnitude >= 65520 { return sign | 0x7c00 }
    let rounded = bits &+ 0xfff &+ (bits >> 13 & 1)
    return sign | UInt16(truncatingIfNeeded: (rounded >> 13 & 0x3ffff) &- (112 << 10))
  }
}
