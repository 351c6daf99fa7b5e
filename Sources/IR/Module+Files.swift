internal import CLLVM

/// What LLVM says about a file that it can't read or write.
package struct FileError: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

extension Module {
  /// Reads text or bitcode from a file, into a context of its own that lives on.
  package static func read(_ path: String) throws -> Module {
    var buffer: LLVMMemoryBufferRef?
    var reason: UnsafeMutablePointer<CChar>?
    guard LLVMCreateMemoryBufferWithContentsOfFile(path, &buffer, &reason) == 0 else {
      throw FileError(message(reason) ?? "cannot read '\(path)'")
    }
    return try parse(buffer, path)
  }

  /// Reads text or bitcode from memory.
  package static func parse(_ bytes: [UInt8], name: String) throws -> Module {
    let buffer = bytes.withUnsafeBytes {
      LLVMCreateMemoryBufferWithMemoryRangeCopy(
        $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, name)
    }
    return try parse(buffer, name)
  }

  private static func parse(_ buffer: LLVMMemoryBufferRef?, _ name: String) throws -> Module {
    var module: LLVMModuleRef?
    var reason: UnsafeMutablePointer<CChar>?
    guard LLVMParseIRInContext(LLVMContextCreate(), buffer, &module, &reason) == 0, let module else {
      throw FileError(message(reason) ?? "'\(name)' is no LLVM module")
    }
    return Module(ref: module)
  }

  /// The module as bitcode.
  package var bitcode: [UInt8] {
    guard let buffer = LLVMWriteBitcodeToMemoryBuffer(ref) else { return [] }
    defer { LLVMDisposeMemoryBuffer(buffer) }
    return Array(UnsafeRawBufferPointer(start: LLVMGetBufferStart(buffer), count: LLVMGetBufferSize(buffer)))
  }

  package var targetTriple: String {
    get { String(cString: LLVMGetTarget(ref)) }
    nonmutating set { LLVMSetTarget(ref, newValue) }
  }
  package var layoutText: String {
    get { String(cString: LLVMGetDataLayoutStr(ref)) }
    nonmutating set { LLVMSetDataLayout(ref, newValue) }
  }

  private static func message(_ text: UnsafeMutablePointer<CChar>?) -> String? {
    guard let text else { return nil }
    defer { LLVMDisposeMessage(text) }
    return String(cString: text)
  }
}

extension Function {
  /// Gives the function a name that other modules see.
  package func setExternal() {
    LLVMSetLinkage(ref, LLVMExternalLinkage)
    LLVMSetVisibility(ref, LLVMDefaultVisibility)
  }
  /// Keeps the body for the optimiser only: the definition is elsewhere.
  package func setAvailableExternally() {
    LLVMSetComdat(ref, nil)
    LLVMSetLinkage(ref, LLVMAvailableExternallyLinkage)
  }
}

extension Global {
  package init(named value: Value) { self.init(ref: value.ref) }
  package var isInternal: Bool {
    LLVMGetLinkage(ref) == LLVMInternalLinkage || LLVMGetLinkage(ref) == LLVMPrivateLinkage
  }
  package func setExternal() {
    LLVMSetLinkage(ref, LLVMExternalLinkage)
    LLVMSetVisibility(ref, LLVMDefaultVisibility)
  }
  /// Makes a declaration of it: the definition is elsewhere.
  package func dropDefinition() {
    LLVMSetComdat(ref, nil)
    LLVMSetInitializer(ref, nil)
    LLVMSetLinkage(ref, LLVMExternalLinkage)
  }
  package func rename(_ name: String) { value.name = name }
}

/// A position in the source.
package struct SourcePosition: Hashable {
  package var file: String
  package var directory: String
  package var line: Int
  package var column: Int

  package init(file: String, directory: String, line: Int, column: Int) {
    self.file = file
    self.directory = directory
    self.line = line
    self.column = column
  }
}

extension Instruction {
  /// The innermost position of the instruction, and those of the calls through which it was inlined.
  package var positions: [SourcePosition] {
    var list: [SourcePosition] = []
    var location = LLVMInstructionGetDebugLoc(ref)
    while let l = location {
      let scope = LLVMDILocationGetScope(l)
      let file = scope.flatMap { LLVMDIScopeGetFile($0) }
      var n: UInt32 = 0
      func text(_ p: UnsafePointer<CChar>?) -> String {
        p.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: Int(n)), as: UTF8.self) } ?? ""
      }
      let name = file.map { text(LLVMDIFileGetFilename($0, &n)) } ?? ""
      let directory = file.map { text(LLVMDIFileGetDirectory($0, &n)) } ?? ""
      list.append(
        SourcePosition(
          file: name, directory: directory, line: Int(LLVMDILocationGetLine(l)),
          column: Int(LLVMDILocationGetColumn(l))))
      location = LLVMDILocationGetInlinedAt(l)
    }
    return list
  }
}

extension Function {
  /// The line of the function's definition; nil without debug information.
  package var line: Int? {
    guard let subprogram = LLVMGetSubprogram(ref) else { return nil }
    return Int(LLVMDISubprogramGetLine(subprogram))
  }
}

/// The LLVM that this program was built for.
package enum LLVMVersion {
  package static let major = Int(nablaLLVMMajor())
  /// The file that Nabla's code was loaded from.
  package static var ownPath: String? { take(nablaOwnPath()) }
}
internal import LLVMShims

extension Instruction {
  /// Gives argument `i` of this call an attribute that the parameter of the function has.
  package func copyArgumentAttribute(_ name: String, _ i: Int, from f: Function) {
    let kind = LLVMGetEnumAttributeKindForName(name, name.utf8.count)
    guard kind != 0, let a = LLVMGetEnumAttributeAtIndex(f.ref, LLVMAttributeIndex(i + 1), kind) else { return }
    LLVMAddCallSiteAttribute(ref, LLVMAttributeIndex(i + 1), a)
  }
}

extension Function {
  package func dropComdat() { LLVMSetComdat(ref, nil) }
}
