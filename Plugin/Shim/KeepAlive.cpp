// Two things don't survive until the pass runs unless they are protected from the start of the
// pipeline: registrations (static arrays that nobody reads), with the calls to the functions that
// they register, and marker variables that a program defines instead of only declaring them.
//
//   static void *__nabla_register_gradient_f[] = {f, f_augmented, f_reverse};
//
// becomes, until the pass is done, a member of `llvm.used`, and `f` is not inlined.
#include "Support.h"

#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/GlobalVariable.h>
#include <llvm/Transforms/Utils/ModuleUtils.h>

using namespace llvm;

/// Marks what this file added, as metadata of variables and as attribute of functions.
static const char mark[] = "nabla.kept";

static bool isHookName(StringRef name) {
  return name.contains("__nabla_") || name.contains("__enzyme_");
}

static bool isMarkerName(StringRef name) {
  return name.contains("nabla_") || name.contains("enzyme_");
}

bool nablaIsMentioned(LLVMModuleRef moduleRef) {
  const Module &module = *unwrap(moduleRef);
  for (const Function &function : module)
    if (isHookName(function.getName())) return true;
  for (const GlobalVariable &global : module.globals())
    if (isHookName(global.getName())) return true;
  return false;
}

static void protect(GlobalVariable &global) {
  global.setMetadata(mark, MDNode::get(global.getContext(), {}));
  appendToUsed(*global.getParent(), {&global});
}

/// The functions that an initialiser mentions.
static void forEachFunction(Constant *constant, SmallPtrSetImpl<Constant *> &seen,
                            function_ref<void(Function &)> body) {
  if (!seen.insert(constant).second) return;
  if (auto *function = dyn_cast<Function>(constant)) return body(*function);
  if (isa<GlobalValue>(constant)) return;
  for (Use &operand : constant->operands())
    if (auto *part = dyn_cast<Constant>(operand)) forEachFunction(part, seen, body);
}

static void forbidInlining(GlobalVariable &registration) {
  SmallPtrSet<Constant *, 8> seen;
  forEachFunction(registration.getInitializer(), seen, [](Function &function) {
    if (function.hasFnAttribute(Attribute::NoInline) ||
        function.hasFnAttribute(Attribute::AlwaysInline))
      return;
    function.addFnAttr(Attribute::NoInline);
    function.addFnAttr(mark);
  });
}

bool nablaKeepAlive(LLVMModuleRef moduleRef) {
  Module &module = *unwrap(moduleRef);
  SmallVector<GlobalValue *, 8> listed;
  collectUsedGlobalVariables(module, listed, /*CompilerUsed=*/false);
  SmallPtrSet<GlobalValue *, 8> used(listed.begin(), listed.end());
  SmallVector<GlobalVariable *, 8> found;
  for (GlobalVariable &global : module.globals())
    if (global.hasInitializer() && isMarkerName(global.getName())) found.push_back(&global);
  for (GlobalVariable *global : found) {
    if (!used.count(global)) protect(*global);
    if (isHookName(global->getName())) forbidInlining(*global);
  }
  return !found.empty();
}

bool nablaRelease(LLVMModuleRef moduleRef) {
  Module &module = *unwrap(moduleRef);
  bool changed = false;
  for (Function &function : module) {
    if (!function.hasFnAttribute(mark)) continue;
    function.removeFnAttr(mark);
    function.removeFnAttr(Attribute::NoInline);
    changed = true;
  }
  for (GlobalVariable &global : module.globals()) {
    if (!global.hasMetadata(mark)) continue;
    global.setMetadata(mark, nullptr);
    nablaRemoveFromUsed(moduleRef, wrap(&global));
    changed = true;
  }
  return changed;
}
