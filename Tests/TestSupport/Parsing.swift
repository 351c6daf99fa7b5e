internal import CLLVM
package import IR

/// A complaint of a tool that a test uses: the parser, the verifier, the JIT.
package struct ToolError: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

/// Parses a module, written as `Dialect` says, in a context of its own. The context lives on:
/// handles into it don't keep it alive, and tests are short.
package func parse(_ text: String) throws -> Module {
  let written = Dialect.translate(text)
  let buffer = LLVMCreateMemoryBufferWithMemoryRangeCopy(written, written.utf8.count, "test")
  var module: LLVMModuleRef?
  var reason: UnsafeMutablePointer<CChar>?
  let failed = LLVMParseIRInContext(LLVMContextCreate(), buffer, &module, &reason) != 0
  guard let module, !failed else {
    throw ToolError(reason.map { String(cString: $0) + "\n" + written } ?? "cannot parse")
  }
  if LLVMGetTarget(module).pointee == 0 {
    LLVMSetTarget(module, NativeCode.host.triple)
    LLVMSetDataLayout(module, NativeCode.host.layout)
  }
  return Module(ref: module)
}

extension Module {
  /// A function that the test wrote itself.
  package subscript(_ name: String) -> Function {
    guard let f = function(named: name) else { fatalError("the test has no function '\(name)'") }
    return f
  }
}

extension Function {
  /// The instruction, parameter or block of this name.
  package func value(_ name: String) -> Value? {
    parameters.first { $0.name == name }
      ?? blocks.lazy.flatMap { $0.instructions.map(\.value) }.first { $0.name == name }
  }
  package func instruction(_ name: String) -> Instruction? { value(name)?.instruction }
  package func block(_ name: String) -> BasicBlock? { blocks.first { $0.name == name } }
  /// The instructions with this opcode, in order.
  package func all(_ opcode: Opcode) -> [Instruction] {
    blocks.flatMap { $0.instructions.filter { $0.opcode == opcode } }
  }
}
