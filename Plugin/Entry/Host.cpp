// LLVM's own plugin version number has been 1 throughout, so loading a plugin into another LLVM would
// crash. This file includes no LLVM class: it must work in every host.
#include "Host.h"

#include <llvm/Config/llvm-config.h>

#include <cstdio>
#include <cstring>
#include <dlfcn.h>

extern "C" __attribute__((weak)) void LLVMGetVersion(unsigned *, unsigned *, unsigned *);
extern "C" void *LLVMContextCreate(void);

/// The host's LLVM: since 16 it says so itself; before, the file name of its library does.
static unsigned hostVersion() {
  unsigned major = 0, minor, patch;
  if (LLVMGetVersion) {
    LLVMGetVersion(&major, &minor, &patch);
    return major;
  }
  Dl_info library{};
  if (dladdr(reinterpret_cast<void *>(&LLVMContextCreate), &library) && library.dli_fname)
    if (const char *name = std::strstr(library.dli_fname, "libLLVM-"))
      std::sscanf(name, "libLLVM-%u", &major);
  if (major) return major;
  return LLVM_VERSION_MAJOR < 16 ? LLVM_VERSION_MAJOR : 0; // linked statically: can't be told
}

bool nablaIsHostKnown() { return hostVersion() == LLVM_VERSION_MAJOR; }

bool nablaHostMatches() {
  unsigned host = hostVersion();
  if (host == LLVM_VERSION_MAJOR) return true;
  char name[32] = "an older LLVM";
  if (host) std::snprintf(name, sizeof name, "LLVM %u", host);
  std::fprintf(stderr, "nabla: this plugin was built for LLVM %d; the program that loads it uses %s\n",
               LLVM_VERSION_MAJOR, name);
  return false;
}
