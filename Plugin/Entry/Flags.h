#ifndef NABLA_FLAGS_H
#define NABLA_FLAGS_H
#include <string>

/// The parameters of the pass that options on the command line stand for, separated by semicolons.
std::string nablaFlags();

#endif
