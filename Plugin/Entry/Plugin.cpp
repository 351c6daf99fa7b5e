// The entry point of the plugin: puts Nabla's pass where LLVM's pipelines have a place for it and
// hands the module to the engine.
#include "Flags.h"
#include "Host.h"
#include "nabla_plugin.h"
#include "nabla_shim.h"

#include <llvm/Config/llvm-config.h>
#include <llvm/IR/Module.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Passes/PassPlugin.h>
#if LLVM_VERSION_MAJOR < 16
#include <llvm/Pass.h>
#endif

using namespace llvm;

namespace {

/// A compilation for full LTO says so in a module flag. Its modules meet the pass again at the link.
bool isPreLink(const Module &module) {
  auto *flag = mdconst::extract_or_null<ConstantInt>(module.getModuleFlag("ThinLTO"));
  return flag && flag->isZero();
}

/// Protects what the pass will read, before the optimiser sees it.
struct StartPass : PassInfoMixin<StartPass> {
  static StringRef name() { return "nabla-start"; }
  static bool isRequired() { return true; }

  PreservedAnalyses run(Module &module, ModuleAnalysisManager &) {
    bool changed = nablaWriteAnnotations(wrap(&module));
    if (!nablaIsMentioned(wrap(&module))) return changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
    changed |= nablaKeepAlive(wrap(&module));
    changed |= nablaRunOnModule(wrap(&module), "", NablaStageStart) != 0;
    nablaFinishDiagnostics();
    return changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
  }
};

/// Carries out the requests of a module.
struct NablaPass : PassInfoMixin<NablaPass> {
  std::string parameters;
  NablaStage stage;

  NablaPass(StringRef parameters, NablaStage stage) : parameters(parameters.str()), stage(stage) {}
  static StringRef name() { return "nabla"; }
  static bool isRequired() { return true; }

  PreservedAnalyses run(Module &module, ModuleAnalysisManager &) {
    if (!nablaIsMentioned(wrap(&module))) return PreservedAnalyses::all();
    bool preLink = stage == NablaStageCompile && isPreLink(module);
    auto now = preLink ? NablaStagePreLink : stage;
    bool changed = !preLink && nablaShowKept(wrap(&module));
    std::string all = nablaFlags();
    all = parameters + (parameters.empty() || all.empty() ? "" : ";") + all;
    changed |= nablaRunOnModule(wrap(&module), all.c_str(), now) != 0;
    nablaFinishDiagnostics();
    if (!preLink) changed |= nablaRelease(wrap(&module));
    return changed ? PreservedAnalyses::none() : PreservedAnalyses::all();
  }
};

#if LLVM_VERSION_MAJOR < 15
/// Simplifies a module that the pass will find work in. LLVM 14 has no place for a module pass between simplification
/// and vectorisation; so this runs ahead of the former, which then meets the derivatives, and the vectorisers do too.
struct SimplifyPass : PassInfoMixin<SimplifyPass> {
  OptimizationLevel level;

  explicit SimplifyPass(OptimizationLevel level) : level(level) {}
  static StringRef name() { return "nabla-simplify"; }
  static bool isRequired() { return true; }

  PreservedAnalyses run(Module &module, ModuleAnalysisManager &analyses) {
    if (!nablaIsMentioned(wrap(&module))) return PreservedAnalyses::all();
    // A builder of its own: what others registered, and profiles, belong to the pipeline that follows.
    PassBuilder builder;
    return builder.buildModuleSimplificationPipeline(level, ThinOrFullLTOPhase::None).run(module, analyses);
  }
};
#endif

#if LLVM_VERSION_MAJOR == 15
/// LLVM 15 forgets the early extension point when it compiles for ThinLTO, so the late one serves.
struct ThinLTOPass : NablaPass {
  ThinLTOPass() : NablaPass("", NablaStageCompile) {}

  PreservedAnalyses run(Module &module, ModuleAnalysisManager &analyses) {
    bool forLTO = module.getModuleFlag("EnableSplitLTOUnit") && !isPreLink(module);
    return forLTO ? NablaPass::run(module, analyses) : PreservedAnalyses::all();
  }
};
#endif

#if LLVM_VERSION_MAJOR < 16
/// For `opt -enable-new-pm=0 -load … -enzyme`.
struct OldPass : ModulePass {
  static char ID;
  OldPass() : ModulePass(ID) {}
  StringRef getPassName() const override { return "nabla"; }
  bool runOnModule(Module &module) override {
    ModuleAnalysisManager analyses;
    return !NablaPass("", NablaStageExplicit).run(module, analyses).areAllPreserved();
  }
};
char OldPass::ID = 0;

__attribute__((constructor)) void registerOldPass() {
  if (nablaIsHostKnown() && !PassRegistry::getPassRegistry()->getPassInfo(StringRef("enzyme")))
    new RegisterPass<OldPass>("enzyme", "Differentiate by Nabla");
}
#endif

/// `nabla` or `nabla<parameters>`; `enzyme` is the same, for the scripts of people who come from there.
bool parsePass(StringRef name, ModulePassManager &passes,
               ArrayRef<PassBuilder::PipelineElement> inner) {
  // Keeps Enzyme's own declarations from the optimiser, which ours need not.
  if (inner.empty() && name == "preserve-nvvm") return true;
  if (!inner.empty() || !(name.consume_front("nabla") || name.consume_front("enzyme"))) return false;
  if (!name.empty() && !(name.consume_front("<") && name.consume_back(">"))) return false;
  if (!nablaAcceptsParameters(name.str().c_str())) return false;
  passes.addPass(NablaPass(name, NablaStageExplicit));
  return true;
}

void registerPasses(PassBuilder &builder) {
  builder.registerPipelineParsingCallback(parsePass);
  builder.registerPipelineStartEPCallback(
      [](ModulePassManager &passes, auto) { passes.addPass(StartPass()); });
  // After simplification, before vectorisation, so that derivatives are vectorised too.
  auto compile = [](ModulePassManager &passes, auto...) {
    passes.addPass(NablaPass("", NablaStageCompile));
  };
#if LLVM_VERSION_MAJOR < 15
  builder.registerPipelineEarlySimplificationEPCallback([=](ModulePassManager &passes, OptimizationLevel level) {
    if (level == OptimizationLevel::O0) return;
    passes.addPass(SimplifyPass(level));
    compile(passes);
  });
  builder.registerOptimizerLastEPCallback([=](ModulePassManager &passes, OptimizationLevel level) {
    if (level == OptimizationLevel::O0) compile(passes);
  });
#else
  builder.registerOptimizerEarlyEPCallback(compile);
#if LLVM_VERSION_MAJOR == 15
  builder.registerOptimizerLastEPCallback([](ModulePassManager &passes, OptimizationLevel level) {
    if (level != OptimizationLevel::O0) passes.addPass(ThinLTOPass());
  });
#endif
  // What was one file's own, or anybody's, may be the program's own now.
  builder.registerFullLinkTimeOptimizationEarlyEPCallback(
      [](ModulePassManager &passes, auto) { passes.addPass(StartPass()); });
  builder.registerFullLinkTimeOptimizationLastEPCallback(
      [](ModulePassManager &passes, auto) { passes.addPass(NablaPass("", NablaStageLink)); });
#endif
}

} // namespace

extern "C" __attribute__((visibility("default"))) PassPluginLibraryInfo llvmGetPassPluginInfo() {
  const char *version = LLVM_VERSION_STRING;
  if (!nablaHostMatches()) return {0, "nabla", version, nullptr};
  return {LLVM_PLUGIN_API_VERSION, "nabla", version, registerPasses};
}
