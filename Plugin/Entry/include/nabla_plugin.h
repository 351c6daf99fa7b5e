// The two functions of the engine that the entry point calls. They are written in Swift
// (Sources/Frontend/CInterface.swift).
#ifndef NABLA_PLUGIN_H
#define NABLA_PLUGIN_H
#include <llvm-c/Types.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Where in a compilation the pass runs.
enum NablaStage {
  NablaStageExplicit = 0,  ///< `-passes=nabla`
  NablaStageCompile = 1,   ///< from the pipeline of a normal compilation
  NablaStagePreLink = 2,   ///< a compilation whose output is linked with optimisation: bodies may come later
  NablaStageLink = 3,      ///< the link of those
  NablaStageStart = 4      ///< before all optimisations: mark what they must not destroy
};

/// Carries out the requests of the module. Returns 1 if the module was changed, else 0.
int nablaRunOnModule(LLVMModuleRef module, const char *parameters, int stage);

/// Does the engine know these pass parameters, the text between `nabla<` and `>`?
int nablaAcceptsParameters(const char *parameters);

#ifdef __cplusplus
}
#endif
#endif
