// What all files of the shim use: the casts between C handles and LLVM's classes, and strings.
#ifndef NABLA_SHIM_SUPPORT_H
#define NABLA_SHIM_SUPPORT_H
#include "nabla_shim.h"

#include <llvm/Config/llvm-config.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/Function.h>
#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Operator.h>
#include <llvm/Support/raw_ostream.h>

#include <cstring>
#include <string>

/// A copy that the caller releases with nablaFreeString.
inline char *copyText(llvm::StringRef text) { return strdup(text.str().c_str()); }

/// The handle as an instruction, or null.
inline llvm::Instruction *asInstruction(LLVMValueRef value) {
  return llvm::dyn_cast_or_null<llvm::Instruction>(llvm::unwrap(value));
}

/// The handle as a call, or null.
inline llvm::CallBase *asCall(LLVMValueRef value) {
  return llvm::dyn_cast_or_null<llvm::CallBase>(llvm::unwrap(value));
}

/// The function, or the function that the call calls directly (typed pointers may hide it behind a
/// cast), or null.
inline llvm::Function *calleeOrFunction(LLVMValueRef value) {
  if (auto *call = asCall(value))
    return llvm::dyn_cast<llvm::Function>(call->getCalledOperand()->stripPointerCasts());
  return llvm::dyn_cast_or_null<llvm::Function>(llvm::unwrap(value));
}

#endif
