// Three things don't survive until the pass runs unless they are protected from the start of the pipeline:
// registrations (static arrays that nobody reads), marker variables that a program defines instead of only declaring
// them, and the calls to functions of which the program has said something.
//
//   static void *__nabla_register_gradient_f[] = {f, f_augmented, f_reverse};
//
// becomes, until the pass is done, a member of `llvm.used`. `f` is not inlined, and its definition counts as one that
// the linker may replace: otherwise `double f(double x) { return x; }` would be seen through without being inlined.
#include "Support.h"

#include <llvm/ADT/SetVector.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/GlobalVariable.h>
#include <llvm/Transforms/Utils/ModuleUtils.h>

using namespace llvm;

/// Marks what this file added, as metadata of variables and as attribute of functions; the latter's value says what
/// the function was before.
static const char mark[] = "nabla.kept";
static const char linkageBefore[] = "nabla.kept.linkage", nameBefore[] = "nabla.kept.name";

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

// ---- Functions --------------------------------------------------------------------------------------------------------

/// Makes the definition one that may be replaced at the link. That needs a symbol, which for functions of this file
/// alone must be one of its own.
static void hideDefinition(Function &function) {
  if (!function.hasExactDefinition()) return;
  function.addFnAttr(linkageBefore, std::to_string(function.getLinkage()));
  function.addFnAttr(nameBefore, function.getName());
  if (function.hasLocalLinkage()) function.setName(function.getName() + getUniqueModuleId(function.getParent()));
  function.setLinkage(GlobalValue::WeakAnyLinkage);
}

static void showDefinition(Function &function) {
  unsigned linkage;
  if (function.getFnAttribute(linkageBefore).getValueAsString().getAsInteger(10, linkage)) return;
  // At a link, the linker may have said more about it since.
  if (function.hasWeakAnyLinkage()) {
    function.setLinkage(GlobalValue::LinkageTypes(linkage));
    std::string name = function.getFnAttribute(nameBefore).getValueAsString().str();
    if (name != function.getName()) function.setName(name);
  }
  function.removeFnAttr(linkageBefore);
  function.removeFnAttr(nameBefore);
}

static void keep(Function &function) {
  if (function.isDeclaration()) return;
  if (!function.hasFnAttribute(mark)) {
    bool isForbidden = function.hasFnAttribute(Attribute::NoInline);
    bool isForced = function.hasFnAttribute(Attribute::AlwaysInline);
    function.addFnAttr(mark, isForbidden ? "noinline" : isForced ? "alwaysinline" : "");
    function.removeFnAttr(Attribute::AlwaysInline);
    function.addFnAttr(Attribute::NoInline);
  }
  hideDefinition(function);
}

static void release(Function &function) {
  if (!function.hasFnAttribute(mark)) return;
  StringRef inlining = function.getFnAttribute(mark).getValueAsString();
  bool isForbidden = inlining == "noinline", isForced = inlining == "alwaysinline";
  showDefinition(function);
  function.removeFnAttr(mark);
  if (!isForbidden) function.removeFnAttr(Attribute::NoInline);
  if (isForced) function.addFnAttr(Attribute::AlwaysInline);
}

// ---- Statements about functions ---------------------------------------------------------------------------------------

/// The functions that an initialiser mentions.
static void forEachFunction(Constant *constant, SmallPtrSetImpl<Constant *> &seen,
                            function_ref<void(Function &)> body) {
  if (!seen.insert(constant).second) return;
  if (auto *function = dyn_cast<Function>(constant)) return body(*function);
  if (isa<GlobalValue>(constant)) return;
  for (Use &operand : constant->operands())
    if (auto *part = dyn_cast<Constant>(operand)) forEachFunction(part, seen, body);
}

/// Is the attribute or annotation a statement about what calls of the function mean for derivatives? Those must stay
/// calls.
static bool isAboutCalls(StringRef text) {
  if (!text.consume_front("nabla_") && !text.consume_front("enzyme_")) return false;
  for (const char *word : {"inactive", "function_like", "math", "allocator"})
    if (text.consume_front(word)) return true;
  return false;
}

/// The functions that the program's `annotate` attributes make such statements about.
static void forEachAnnotated(Module &module, function_ref<void(Function &)> body) {
  GlobalVariable *list = module.getGlobalVariable("llvm.global.annotations");
  auto *entries = list && list->hasInitializer() ? dyn_cast<ConstantArray>(list->getInitializer()) : nullptr;
  for (unsigned i = 0; entries && i < entries->getNumOperands(); ++i) {
    auto *entry = dyn_cast<ConstantStruct>(entries->getOperand(i));
    if (!entry || entry->getNumOperands() < 2) continue;
    auto *function = dyn_cast<Function>(entry->getOperand(0)->stripPointerCasts());
    auto *text = dyn_cast<GlobalVariable>(entry->getOperand(1)->stripPointerCasts());
    auto *string = text && text->hasInitializer() ? dyn_cast<ConstantDataArray>(text->getInitializer()) : nullptr;
    if (function && string && string->isString() && isAboutCalls(string->getAsString())) body(*function);
  }
}

/// Has a front end made one, as an attribute such as "nabla_inactive"?
static bool hasStatement(const Function &function) {
  AttributeSet attributes = function.getAttributes().getFnAttrs();
  for (const Attribute &attribute : attributes)
    if (attribute.isStringAttribute() && isAboutCalls(attribute.getKindAsString())) return true;
  return false;
}

// ---- The whole module -------------------------------------------------------------------------------------------------

bool nablaKeepAlive(LLVMModuleRef moduleRef) {
  Module &module = *unwrap(moduleRef);
  SmallVector<GlobalValue *, 8> listed;
  collectUsedGlobalVariables(module, listed, /*CompilerUsed=*/false);
  SmallPtrSet<GlobalValue *, 8> used(listed.begin(), listed.end());
  SmallVector<GlobalVariable *, 8> found;
  for (GlobalVariable &global : module.globals())
    if (global.hasInitializer() && isMarkerName(global.getName())) found.push_back(&global);
  SmallSetVector<Function *, 8> functions;
  for (GlobalVariable *global : found) {
    if (!used.count(global)) protect(*global);
    if (!isHookName(global->getName())) continue;
    SmallPtrSet<Constant *, 8> seen;
    forEachFunction(global->getInitializer(), seen, [&](Function &function) { functions.insert(&function); });
  }
  forEachAnnotated(module, [&](Function &function) { functions.insert(&function); });
  for (Function &function : module)
    if (hasStatement(function)) functions.insert(&function);
  for (Function *function : functions) keep(*function);
  return !found.empty() || !functions.empty();
}

bool nablaShowKept(LLVMModuleRef moduleRef) {
  bool changed = false;
  for (Function &function : *unwrap(moduleRef)) {
    if (!function.hasFnAttribute(linkageBefore)) continue;
    showDefinition(function);
    changed = true;
  }
  return changed;
}

bool nablaRelease(LLVMModuleRef moduleRef) {
  Module &module = *unwrap(moduleRef);
  bool changed = false;
  for (Function &function : module) {
    changed |= function.hasFnAttribute(mark);
    release(function);
  }
  for (GlobalVariable &global : module.globals()) {
    if (!global.hasMetadata(mark)) continue;
    global.setMetadata(mark, nullptr);
    nablaRemoveFromUsed(moduleRef, wrap(&global));
    changed = true;
  }
  return changed;
}
