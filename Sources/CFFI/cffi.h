// libffi, with which the tests call compiled functions of any signature.
#include <ffi.h>
