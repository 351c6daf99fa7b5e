#ifndef NABLA_KEEP_ALIVE_H
#define NABLA_KEEP_ALIVE_H
#include <llvm/IR/Module.h>

/// Does the module mention Nabla at all: a function or global whose name contains a hook's prefix?
bool nablaIsMentioned(const llvm::Module &module);

/// Protects from the optimiser what the pass reads later. Returns true if the module was changed.
bool nablaKeepAlive(llvm::Module &module);

/// Undoes nablaKeepAlive.
bool nablaRelease(llvm::Module &module);

#endif
