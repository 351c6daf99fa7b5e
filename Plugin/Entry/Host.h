#ifndef NABLA_HOST_H
#define NABLA_HOST_H

/// Is the program that loads the plugin built on the LLVM that the plugin was built for? Says so on
/// the standard error if not.
bool nablaHostMatches();

#endif
