#include "nabla_shim.h"
#include "nabla_tool.h"

#include <llvm/Config/llvm-config.h>
#include <llvm/IR/Module.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Target/TargetMachine.h>

using namespace llvm;

namespace {

struct ProtectPass : PassInfoMixin<ProtectPass> {
  static bool isRequired() { return true; }
  PreservedAnalyses run(Module &module, ModuleAnalysisManager &) {
    if (nablaIsMentioned(wrap(&module))) nablaKeepAlive(wrap(&module));
    return PreservedAnalyses::none();
  }
};

struct BodyPass : PassInfoMixin<BodyPass> {
  void (*body)(LLVMModuleRef, void *);
  void *context;
  BodyPass(void (*body)(LLVMModuleRef, void *), void *context) : body(body), context(context) {}
  static bool isRequired() { return true; }
  PreservedAnalyses run(Module &module, ModuleAnalysisManager &) {
    nablaShowKept(wrap(&module));
    body(wrap(&module), context);
    nablaRelease(wrap(&module));
    return PreservedAnalyses::none();
  }
};

#if LLVM_VERSION_MAJOR < 15
/// As in the plugin: LLVM 14 has no place for a module pass between simplification and vectorisation.
struct SimplifyPass : PassInfoMixin<SimplifyPass> {
  OptimizationLevel level;
  explicit SimplifyPass(OptimizationLevel level) : level(level) {}
  static bool isRequired() { return true; }
  PreservedAnalyses run(Module &module, ModuleAnalysisManager &analyses) {
    PassBuilder builder;
    return builder.buildModuleSimplificationPipeline(level, ThinOrFullLTOPhase::None).run(module, analyses);
  }
};
#endif

} // namespace

void nablaRunCompilation(LLVMModuleRef module, LLVMTargetMachineRef machine, int level,
                         void (*body)(LLVMModuleRef, void *), void *context) {
  const OptimizationLevel levels[] = {OptimizationLevel::O0, OptimizationLevel::O1,
                                      OptimizationLevel::O2, OptimizationLevel::O3};
  PassBuilder builder(reinterpret_cast<TargetMachine *>(machine));
  builder.registerPipelineStartEPCallback(
      [](ModulePassManager &passes, auto) { passes.addPass(ProtectPass()); });
  auto middle = [=](ModulePassManager &passes, auto...) { passes.addPass(BodyPass(body, context)); };
#if LLVM_VERSION_MAJOR < 15
  if (level == 0)
    builder.registerOptimizerLastEPCallback(middle);
  else
    builder.registerPipelineEarlySimplificationEPCallback([=](ModulePassManager &passes, OptimizationLevel level) {
      passes.addPass(SimplifyPass(level));
      middle(passes);
    });
#else
  builder.registerOptimizerEarlyEPCallback(middle);
#endif
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager components;
  ModuleAnalysisManager modules;
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  ModulePassManager passes = level == 0
                                 ? builder.buildO0DefaultPipeline(OptimizationLevel::O0)
                                 : builder.buildPerModuleDefaultPipeline(levels[level]);
  passes.run(*unwrap(module), modules);
}
