internal import CLLVM
import IR
internal import LLVMShims
internal import ToolShims

/// The machine that this program runs on.
package enum Host {
  private static let initialised: Void = {
    LLVMInitializeNativeTarget()
    LLVMInitializeNativeAsmPrinter()
    LLVMInitializeNativeAsmParser()
  }()

  static func initialise() { _ = initialised }

  package static var triple: String {
    guard let text = LLVMGetDefaultTargetTriple() else { return "" }
    defer { LLVMDisposeMessage(text) }
    return String(cString: text)
  }

  /// A description of the machine at an optimisation level; nil if LLVM has no code generator for it.
  static func machine(_ level: Int) -> LLVMTargetMachineRef? {
    initialise()
    var target: LLVMTargetRef?
    var reason: UnsafeMutablePointer<CChar>?
    guard LLVMGetTargetFromTriple(triple, &target, &reason) == 0 else {
      LLVMDisposeMessage(reason)
      return nil
    }
    let levels = [LLVMCodeGenLevelNone, LLVMCodeGenLevelLess, LLVMCodeGenLevelDefault, LLVMCodeGenLevelAggressive]
    let cpu = LLVMGetHostCPUName()
    let features = LLVMGetHostCPUFeatures()
    defer {
      LLVMDisposeMessage(cpu)
      LLVMDisposeMessage(features)
    }
    return LLVMCreateTargetMachine(
      target, triple, cpu, features, levels[level], LLVMRelocPIC, LLVMCodeModelDefault)
  }
}

/// LLVM's standard pipeline, with derivatives made where the plugin makes them.
package enum Compilation {
  /// Optimises the module at a level from 0 to 3 as clang does, and calls `body` at the place where the
  /// plugin's pass runs.
  package static func run(_ module: Module, level: Int, _ body: (Module) -> Void) {
    Host.initialise()
    module.noteParametersForPass()
    let machine = Host.machine(level)
    defer { if let machine { LLVMDisposeTargetMachine(machine) } }
    withoutActuallyEscaping(body) { body in
      var box = body
      withUnsafeMutablePointer(to: &box) { pointer in
        nablaRunCompilation(
          module.ref, machine, Int32(level),
          { module, context in
            guard let module, let context else { return }
            context.assumingMemoryBound(to: ((Module) -> Void).self).pointee(Module(ref: module))
          }, pointer)
      }
    }
  }

  /// Optimises the module as it is.
  package static func optimise(_ module: Module, level: Int) { run(module, level: level) { _ in } }
}
