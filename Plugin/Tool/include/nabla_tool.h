// What the command line program needs from LLVM and the C API does not offer. The plugin does not
// contain it.
#ifndef NABLA_TOOL_H
#define NABLA_TOOL_H
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Types.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Runs LLVM's standard pipeline at a level (0 to 3) as clang does, with Nabla's two passes where the plugin has
/// them: registrations are protected at the start, and `body(module, context)` is called where derivatives are made.
void nablaRunCompilation(LLVMModuleRef module, LLVMTargetMachineRef machine, int level,
                         void (*body)(LLVMModuleRef module, void *context), void *context);

#ifdef __cplusplus
}
#endif
#endif
