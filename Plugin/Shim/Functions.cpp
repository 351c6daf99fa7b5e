#include "Support.h"

#include <llvm/ADT/PostOrderIterator.h>
#include <llvm/Analysis/CFG.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/MDBuilder.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Linker/Linker.h>
#include <llvm/Support/SourceMgr.h>
#include <llvm/Transforms/Utils/CallPromotionUtils.h>
#include <llvm/Transforms/Utils/Cloning.h>
#include <llvm/Transforms/Utils/EscapeEnumerator.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/ModuleUtils.h>
#if LLVM_VERSION_MAJOR >= 17
#include <llvm/IR/AttributeMask.h>
#endif
#if LLVM_VERSION_MAJOR >= 16
#include <llvm/TargetParser/Triple.h>
#else
#include <llvm/ADT/Triple.h>
#endif

using namespace llvm;

// ---- Library functions -------------------------------------------------------------------------

const char *nablaLibraryFunctionName(LLVMValueRef value) {
  auto *function = dyn_cast<Function>(unwrap(value));
  if (!function || !function->hasName() || !function->isDeclarationForLinker()) return nullptr;
  // Tables per triple are large, and the triple seldom changes.
  static thread_local std::string triple;
  static thread_local std::unique_ptr<TargetLibraryInfoImpl> tables;
  if (!tables || triple != function->getParent()->getTargetTriple()) {
    triple = function->getParent()->getTargetTriple();
    tables = std::make_unique<TargetLibraryInfoImpl>(Triple(triple));
  }
  LibFunc library;
  TargetLibraryInfo information(*tables);
  return information.getLibFunc(*function, library) ? function->getName().data() : nullptr;
}

// ---- Copies, inlining --------------------------------------------------------------------------

LLVMValueRef nablaCloneFunction(LLVMValueRef value, const char *name) {
  ValueToValueMapTy map;
  Function *copy = CloneFunction(unwrap<Function>(value), map);
  copy->setName(name);
  copy->setComdat(nullptr);
  copy->setSection("");
  copy->setVisibility(GlobalValue::DefaultVisibility);
  copy->setDLLStorageClass(GlobalValue::DefaultStorageClass);
  copy->setLinkage(GlobalValue::InternalLinkage); // after cloning, which clears dso_local
  copy->removeFnAttr(Attribute::OptimizeNone);
  copy->removeFnAttr(Attribute::NoInline);
  return wrap(copy);
}

/// What a function or call may claim about memory and exceptions, and its changed copy may not.
static AttributeList withoutClaims(LLVMContext &context, AttributeList attributes, unsigned count) {
  AttrBuilder kept(context);
  for (Attribute a : attributes.getFnAttrs())
    if (a.isStringAttribute() || a.hasAttribute(Attribute::UWTable) || a.hasAttribute(Attribute::StrictFP) ||
        a.hasAttribute(Attribute::SanitizeAddress))
      kept.addAttribute(a);
  attributes = attributes.removeFnAttributes(context).addFnAttributes(context, kept);
  AttributeMask pointers;
  for (auto kind : {Attribute::ReadNone, Attribute::ReadOnly, Attribute::WriteOnly, Attribute::NoAlias, Attribute::NoCapture,
                    Attribute::NonNull, Attribute::Dereferenceable, Attribute::DereferenceableOrNull})
    pointers.addAttribute(kind);
  for (unsigned i = 0; i < count; ++i) attributes = attributes.removeParamAttributes(context, i, pointers);
  return attributes;
}

static Function *cloneWithPointers(LLVMValueRef value, const char *name, unsigned count, bool variadic) {
  auto *original = unwrap<Function>(value);
  auto *type = original->getFunctionType();
  SmallVector<Type *, 8> parameters(type->param_begin(), type->param_end());
  parameters.append(count, unwrap(nablaBytePointerType(wrap(&original->getContext()), 0)));
  auto *wider = FunctionType::get(type->getReturnType(), parameters, variadic);
  auto *copy = Function::Create(wider, GlobalValue::InternalLinkage, name, original->getParent());
  ValueToValueMapTy map;
  for (unsigned i = 0; i < original->arg_size(); ++i) {
    copy->getArg(i)->setName(original->getArg(i)->getName());
    map[original->getArg(i)] = copy->getArg(i);
  }
  SmallVector<ReturnInst *, 4> returns;
  CloneFunctionInto(copy, original, map, CloneFunctionChangeType::LocalChangesOnly, returns);
  copy->setComdat(nullptr);
  copy->setSection("");
  copy->setVisibility(GlobalValue::DefaultVisibility);
  copy->setDLLStorageClass(GlobalValue::DefaultStorageClass);
  copy->setLinkage(GlobalValue::InternalLinkage);
  copy->setAttributes(withoutClaims(copy->getContext(), copy->getAttributes(), copy->arg_size()));
  return copy;
}

LLVMValueRef nablaCloneWithPointers(LLVMValueRef value, const char *name, unsigned count) {
  return wrap(cloneWithPointers(value, name, count, unwrap<Function>(value)->isVarArg()));
}

LLVMValueRef nablaCloneWithFixedArity(LLVMValueRef value, const char *name) {
  return wrap(cloneWithPointers(value, name, 1, false));
}

LLVMValueRef nablaCallWithMore(LLVMValueRef value, LLVMValueRef callee, LLVMValueRef *more, unsigned count) {
  auto *call = asCall(value);
  auto *function = unwrap<Function>(callee);
  unsigned kept = function->isVarArg() ? call->arg_size() : function->arg_size() - count;
  SmallVector<Value *, 8> arguments(call->arg_begin(), call->arg_begin() + kept);
  for (unsigned i = 0; i < count; ++i) arguments.push_back(unwrap(more[i]));
  CallBase *made;
  if (auto *invoke = dyn_cast<InvokeInst>(call))
    made = InvokeInst::Create(function, invoke->getNormalDest(), invoke->getUnwindDest(), arguments, "", call);
  else
    made = CallInst::Create(function, arguments, "", call);
  AttributeList attributes = call->getAttributes();
  for (unsigned i = kept; i < call->arg_size(); ++i) attributes = attributes.removeParamAttributes(call->getContext(), i);
  made->setAttributes(withoutClaims(call->getContext(), attributes, kept));
  made->setCallingConv(call->getCallingConv());
  made->setDebugLoc(call->getDebugLoc());
  call->replaceAllUsesWith(made);
  made->takeName(call);
  call->eraseFromParent();
  return wrap(made);
}

char *nablaInlineCall(LLVMValueRef value) {
  auto *call = asCall(value);
  if (!call) return copyText("not a call");
  InlineFunctionInfo information;
  InlineResult result = InlineFunction(*call, information);
  return result.isSuccess() ? nullptr : copyText(result.getFailureReason());
}

bool nablaMakeDirect(LLVMValueRef value) {
  auto *call = asCall(value);
  auto *callee = call ? dyn_cast<Function>(unwrap(nablaStripCasts(wrap(call->getCalledOperand())))) : nullptr;
  if (!callee || call->isMustTailCall() || !isLegalToPromote(*call, callee)) return false;
  promoteCall(*call, callee);
  return true;
}

LLVMValueRef nablaInvokeToCall(LLVMValueRef value) {
  auto *invoke = cast<InvokeInst>(unwrap(value));
  BasicBlock *block = invoke->getParent(), *unwind = invoke->getUnwindDest();
  CallInst *call = createCallMatchingInvoke(invoke);
  call->takeName(invoke);
  call->insertBefore(invoke);
  invoke->replaceAllUsesWith(call);
  BranchInst::Create(invoke->getNormalDest(), invoke);
  unwind->removePredecessor(block, /*KeepOneInputPHIs=*/true);
  invoke->eraseFromParent();
  return wrap(call);
}

LLVMValueRef nablaCallBeforeInvoke(LLVMValueRef value, LLVMValueRef placeholder) {
  auto *invoke = cast<InvokeInst>(unwrap(value));
  CallInst *call = createCallMatchingInvoke(invoke);
  call->takeName(invoke);
  call->insertBefore(invoke);
  invoke->replaceAllUsesWith(call);
  auto *target = unwrap<Function>(placeholder);
  InvokeInst::Create(target->getFunctionType(), target, invoke->getNormalDest(), invoke->getUnwindDest(), {}, "",
                     invoke);
  invoke->eraseFromParent();
  return wrap(call);
}

bool nablaIsIrreducible(LLVMValueRef value) {
  auto *function = unwrap<Function>(value);
  DominatorTree dominators(*function);
  LoopInfo loops(dominators);
  ReversePostOrderTraversal<const Function *> order(function);
  return containsIrreducibleCFG<const BasicBlock *>(order, loops);
}

// ---- Modules -----------------------------------------------------------------------------------

char *nablaLinkText(LLVMModuleRef target, const char *text) {
  Module *module = unwrap(target);
  SMDiagnostic problem;
  // Release builds of clang discard value names, and the parser refuses to work without them.
  LLVMContext &context = module->getContext();
  bool discards = context.shouldDiscardValueNames();
  context.setDiscardValueNames(false);
  std::unique_ptr<Module> parsed = parseAssemblyString(text, problem, context);
  // A context that discards names must not be left with named locals: LLVM 14 does not free their names.
  if (discards && parsed)
    for (Function &f : *parsed) {
      for (Argument &a : f.args()) a.setName("");
      for (BasicBlock &b : f) {
        b.setName("");
        for (Instruction &i : b) i.setName("");
      }
    }
  context.setDiscardValueNames(discards);
  if (!parsed) {
    std::string reason;
    raw_string_ostream stream(reason);
    problem.print("nabla", stream, /*ShowColors=*/false);
    return copyText(stream.str());
  }
  parsed->setDataLayout(module->getDataLayout());
  parsed->setTargetTriple(module->getTargetTriple());
  return Linker::linkModules(*module, std::move(parsed)) ? copyText("linking failed") : nullptr;
}

bool nablaVerifyFunction(LLVMValueRef function, char **message) {
  std::string text;
  raw_string_ostream stream(text);
  bool broken = verifyFunction(*unwrap<Function>(function), &stream);
  if (message) *message = broken ? copyText(stream.str()) : nullptr;
  return !broken;
}

void nablaSetOnlyAccessesArgOrInaccessible(LLVMValueRef function) {
  unwrap<Function>(function)->setOnlyAccessesInaccessibleMemOrArgMem();
}
void nablaDeleteBody(LLVMValueRef function) { unwrap<Function>(function)->deleteBody(); }

// ---- Attributes --------------------------------------------------------------------------------

/// The memory attributes of functions, which are one `memory(...)` attribute from LLVM 16 on.
static bool addMemoryAttribute(Function &function, StringRef name) {
  if (name == "readnone")
    function.setDoesNotAccessMemory();
  else if (name == "readonly")
    function.setOnlyReadsMemory();
  else if (name == "writeonly")
    function.setOnlyWritesMemory();
  else if (name == "argmemonly")
    function.setOnlyAccessesArgMemory();
  else if (name == "inaccessiblememonly")
    function.setOnlyAccessesInaccessibleMemory();
  else
    return false;
  return true;
}

bool nablaAddAttribute(LLVMValueRef value, int index, const char *name) {
  auto *function = unwrap<Function>(value);
  if (index < 0 && addMemoryAttribute(*function, name)) return true;
  auto kind = Attribute::getAttrKindFromName(name);
  if (kind == Attribute::None || !Attribute::isEnumAttrKind(kind)) return false;
  auto position = index < 0 ? unsigned(AttributeList::FunctionIndex) : unsigned(index);
  function->addAttributeAtIndex(position, Attribute::get(function->getContext(), kind));
  return true;
}

// ---- Metadata ----------------------------------------------------------------------------------

LLVMMetadataRef nablaMakeAliasDomain(LLVMContextRef context, const char *name) {
  Metadata *domain = MDBuilder(*unwrap(context)).createAnonymousAliasScopeDomain(name);
  return wrap(domain);
}

LLVMMetadataRef nablaMakeAliasScope(LLVMContextRef context, LLVMMetadataRef domain,
                                    const char *name) {
  auto *node = unwrap<MDNode>(domain);
  Metadata *scope = MDBuilder(*unwrap(context)).createAnonymousAliasScope(node, name);
  return wrap(scope);
}

void nablaRemoveFromUsed(LLVMModuleRef module, LLVMValueRef global) {
  for (bool compilerOnly : {false, true}) {
    SmallVector<GlobalValue *, 8> used;
    GlobalVariable *list = collectUsedGlobalVariables(*unwrap(module), used, compilerOnly);
    auto *found = llvm::find(used, unwrap<GlobalValue>(global));
    if (!list || found == used.end()) continue;
    used.erase(found);
    list->eraseFromParent();
    if (used.empty()) continue;
    if (compilerOnly)
      appendToCompilerUsed(*unwrap(module), used);
    else
      appendToUsed(*unwrap(module), used);
  }
}

LLVMValueRef nablaGlobalMetadataValue(LLVMValueRef global, const char *kind) {
  auto *object = dyn_cast<GlobalObject>(unwrap(global));
  MDNode *node = object ? object->getMetadata(kind) : nullptr;
  if (!node || node->getNumOperands() == 0) return nullptr;
  auto *value = dyn_cast_or_null<ValueAsMetadata>(node->getOperand(0).get());
  return value ? wrap(value->getValue()) : nullptr;
}

// ---- Exceptions --------------------------------------------------------------------------------

LLVMValueRef nablaUnwindExit(LLVMValueRef value, const char *name) {
  auto *function = unwrap<Function>(value);
  EscapeEnumerator exits(*function, name);
  size_t ends = 0;
  for (BasicBlock &block : *function) ends += isa<ReturnInst>(block.getTerminator()) || isa<ResumeInst>(block.getTerminator());
  // Those that are there already come first.
  for (size_t k = 0; k < ends; ++k) exits.Next();
  IRBuilder<> *builder = exits.Next();
  return builder ? wrap(&*builder->GetInsertPoint()) : nullptr;
}
