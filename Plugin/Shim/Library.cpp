#include "Support.h"

#include <dlfcn.h>

char *nablaOwnPath(void) {
  Dl_info info{};
  if (!dladdr(reinterpret_cast<void *>(&nablaOwnPath), &info) || !info.dli_fname) return nullptr;
  return copyText(info.dli_fname);
}
