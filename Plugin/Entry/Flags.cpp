// Command lines written for Enzyme: its options are taken, and those that mean something for Nabla become parameters of the pass.
#include "Flags.h"
#include "Host.h"

#include <llvm/ADT/StringSwitch.h>
#include <llvm/Config/llvm-config.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Support/raw_ostream.h>

#include <cstdlib>

using namespace llvm;

namespace {

/// All of `-enzyme-…`: what stands behind the hyphen.
cl::list<std::string> *words = nullptr;

/// What an option means as a parameter of the pass; empty for those that are only taken.
StringRef parameter(StringRef name) {
  return StringSwitch<StringRef>(name)
      .Case("strong-zero", "strong-zero")
      .Case("runtime-activity", "runtime-activity")
      .Case("emptyfn-inactive", "inactive-functions")
      .Cases("globals-default-inactive", "nonmarkedglobals-inactive", "inactive-globals")
      .Default("");
}

/// Runs when the library is loaded, which must be before the options are read: `opt -load`, `clang -fplugin=`.
__attribute__((constructor)) void registerFlags() {
  if (!nablaIsHostKnown()) return;
  auto &known = cl::getRegisteredOptions();
  // A second copy of this library leaves it to the first.
  auto found = known.find("enzyme-");
  if (found != known.end()) {
    words = static_cast<cl::list<std::string> *>(found->second);
    return;
  }
  words = new cl::list<std::string>("enzyme-", cl::Prefix, cl::ZeroOrMore, cl::Hidden,
                                    cl::desc("Options of Enzyme; see the documentation of Nabla"));
#if LLVM_VERSION_MAJOR >= 16
  if (known.count("enzyme")) return;
  auto *flag = new cl::opt<bool>("enzyme", cl::Hidden, cl::ValueDisallowed, cl::desc("Use -passes=enzyme"));
  flag->setCallback([](const bool &) {
    errs() << "nabla: '-enzyme' is of LLVM's old pass manager, which this LLVM no longer has; write '-passes=enzyme'\n";
    std::exit(1);
  });
#endif
}

} // namespace

std::string nablaFlags() {
  std::string result;
  if (!words) return result;
  for (StringRef word : *words) {
    auto [name, value] = word.split('=');
    StringRef meaning = parameter(name);
    if (meaning.empty() || value == "0" || value.equals_insensitive("false")) continue;
    if (!result.empty()) result += ';';
    result += meaning.str();
  }
  return result;
}
