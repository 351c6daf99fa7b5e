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

/// The number of a function of complex numbers with the name of C's real function; -1: there is none.
int nablaComplexFunction(const char *name);
/// How many operands it takes.
int nablaComplexOperands(int function);
/// The imaginary part of the function at x + i xi and y + i yi (where it takes two); NaN if its real part is not `real`, what the
/// real function gave.
double nablaComplexImaginary(int function, double x, double xi, double y, double yi, double real);

/// How many bytes malloc gave at an address.
long nablaAllocatedSize(const void *memory);

#ifdef __cplusplus
}
#endif
#endif
