#ifndef NABLA_HOST_H
#define NABLA_HOST_H
#include <llvm-c/Types.h>

/// Is the program that loads the plugin built on the LLVM that the plugin was built for? Says so on
/// the standard error if not.
bool nablaHostMatches();
/// The same, without a word.
bool nablaIsHostKnown();

/// Writes into the module what clang read in attributes of functions and variables that it only declares. Returns true
/// if the module was changed.
bool nablaWriteAnnotations(LLVMModuleRef module);

#endif
