// `annotate` attributes in modules: clang writes those of definitions into the array `llvm.global.annotations`; this
// adds those of declarations, in clang's shape: {what, text, file, line, arguments}.
#include "Support.h"

#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/GlobalVariable.h>

using namespace llvm;

static const char arrayName[] = "llvm.global.annotations";
/// Code generation leaves out what is in this section.
static const char section[] = "llvm.metadata";

static GlobalVariable *metadataVariable(Module &module, Constant *initializer, GlobalValue::LinkageTypes linkage,
                                        StringRef name) {
  auto *variable = new GlobalVariable(module, initializer->getType(), /*isConstant=*/linkage != GlobalValue::AppendingLinkage,
                                      linkage, initializer, name);
  variable->setSection(section);
  if (variable->isConstant()) variable->setUnnamedAddr(GlobalValue::UnnamedAddr::Global);
  return variable;
}

bool nablaAnnotate(LLVMModuleRef moduleRef, const char *name, const char *text) {
  Module &module = *unwrap(moduleRef);
  GlobalValue *subject = module.getNamedValue(name);
  if (!subject) return false;
  LLVMContext &context = module.getContext();
  auto *pointer = PointerType::getUnqual(Type::getInt8Ty(context));
  auto address = [&](Constant *value) { return ConstantExpr::getPointerBitCastOrAddrSpaceCast(value, pointer); };
  auto string = [&](StringRef content) {
    return address(metadataVariable(module, ConstantDataArray::getString(context, content),
                                    GlobalValue::PrivateLinkage, ".nabla.annotation"));
  };
  Constant *entry = ConstantStruct::getAnon({address(subject), string(text), string("declaration"),
                                             ConstantInt::get(Type::getInt32Ty(context), 0),
                                             ConstantPointerNull::get(pointer)});
  SmallVector<Constant *, 8> entries;
  if (GlobalVariable *old = module.getGlobalVariable(arrayName)) {
    if (auto *array = dyn_cast<ConstantArray>(old->getInitializer()))
      for (Use &use : array->operands()) entries.push_back(cast<Constant>(use));
    if (!entries.empty() && entries.front()->getType() != entry->getType()) return false;
    old->eraseFromParent();
  }
  entries.push_back(entry);
  metadataVariable(module, ConstantArray::get(ArrayType::get(entry->getType(), entries.size()), entries),
                   GlobalValue::AppendingLinkage, arrayName);
  return true;
}
