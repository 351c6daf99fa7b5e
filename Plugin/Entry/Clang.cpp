// `clang -fplugin=` loads this library like `-fpass-plugin=` does, but earlier: while clang can still learn
// attributes. What teaches it, libNablaClang.so, stands beside this library where it was built with clang's headers.
#include "Host.h"
#include "nabla_clang.h"
#include "nabla_shim.h"

#include <cstring>
#include <dlfcn.h>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

using Annotation = std::pair<std::string, std::string>;

/// What the front end said about functions and variables that are only declared: their names, and the texts.
static std::vector<Annotation> &annotations() {
  static std::vector<Annotation> all;
  return all;
}

static void annotate(const char *name, const char *text) { annotations().emplace_back(name, text); }

/// Runs when the library is loaded, so in opt too, where it finds no clang and does nothing.
__attribute__((constructor)) static void attachToClang() {
  if (!dlsym(RTLD_DEFAULT, "_ZTVN5clang15PluginASTActionE")) return;
  Dl_info self{};
  if (!dladdr(reinterpret_cast<void *>(&annotate), &self) || !self.dli_fname) return;
  const char *slash = std::strrchr(self.dli_fname, '/');
  std::string path(self.dli_fname, slash ? slash + 1 - self.dli_fname : 0);
  path += "libNablaClang.so";
  // Its constructors speak to clang at once: not to another version's.
  if (access(path.c_str(), R_OK) != 0 || !nablaHostMatches()) return;
  void *companion = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!companion) return;
  if (auto *attach = reinterpret_cast<decltype(&nablaAttachToClang)>(dlsym(companion, "nablaAttachToClang")))
    attach(self.dli_fname, &annotate);
}

bool nablaWriteAnnotations(LLVMModuleRef module) {
  bool changed = false;
  for (auto &[name, text] : annotations()) changed |= nablaAnnotate(module, name.c_str(), text.c_str());
  return changed;
}
