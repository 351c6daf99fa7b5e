#include "Support.h"

#include <llvm/ADT/MapVector.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/GetElementPtrTypeIterator.h>
#include <llvm/IR/GlobalAlias.h>
#include <llvm/IR/InlineAsm.h>

using namespace llvm;

// ---- Flags and metadata ------------------------------------------------------------------------

unsigned nablaGetFastMathFlags(LLVMValueRef instruction) {
  auto *operation = dyn_cast<FPMathOperator>(unwrap(instruction));
  if (!operation) return 0;
  FastMathFlags f = operation->getFastMathFlags();
  return f.allowReassoc() | f.noNaNs() << 1 | f.noInfs() << 2 | f.noSignedZeros() << 3 |
         f.allowReciprocal() << 4 | f.allowContract() << 5 | f.approxFunc() << 6;
}

void nablaSetFastMathFlags(LLVMValueRef instruction, unsigned flags) {
  auto *target = asInstruction(instruction);
  if (!target || !isa<FPMathOperator>(target)) return;
  FastMathFlags f;
  f.setAllowReassoc(flags & 1);
  f.setNoNaNs(flags & 2);
  f.setNoInfs(flags & 4);
  f.setNoSignedZeros(flags & 8);
  f.setAllowReciprocal(flags & 16);
  f.setAllowContract(flags & 32);
  f.setApproxFunc(flags & 64);
  target->copyFastMathFlags(f);
}

void nablaDropPoisonFlags(LLVMValueRef instruction) {
  auto *target = asInstruction(instruction);
  if (!target) return;
  unsigned fastMath = nablaGetFastMathFlags(instruction); // LLVM counts nnan and ninf among them
  target->dropPoisonGeneratingFlags();
  nablaSetFastMathFlags(instruction, fastMath);
}

void nablaDropMetadata(LLVMValueRef instruction) {
  if (auto *target = asInstruction(instruction)) target->dropUnknownNonDebugMetadata();
}

bool nablaIsSameOperation(LLVMValueRef a, LLVMValueRef b) {
  return unwrap<Instruction>(a)->isSameOperationAs(unwrap<Instruction>(b));
}

void nablaDeleteDetached(LLVMValueRef instruction) {
  auto *target = asInstruction(instruction);
  target->dropAllReferences();
  target->deleteValue();
}

// ---- Questions about one instruction -----------------------------------------------------------

bool nablaIsMustTail(LLVMValueRef value) {
  auto *call = dyn_cast<CallInst>(unwrap(value));
  return call && call->isMustTailCall();
}

void nablaClearTailCall(LLVMValueRef value) {
  if (auto *call = dyn_cast<CallInst>(unwrap(value))) call->setTailCallKind(CallInst::TCK_None);
}

bool nablaHasOperandBundles(LLVMValueRef value) {
  auto *call = asCall(value);
  return call && call->hasOperandBundles();
}

bool nablaIsInlineAsm(LLVMValueRef value) {
  if (auto *call = asCall(value)) return call->isInlineAsm();
  return isa<InlineAsm>(unwrap(value));
}

char *nablaInlineAsmText(LLVMValueRef value) {
  auto *assembly = dyn_cast<InlineAsm>(unwrap(value));
  return assembly ? copyText(assembly->getAsmString()) : nullptr;
}

char *nablaInlineAsmConstraints(LLVMValueRef value) {
  auto *assembly = dyn_cast<InlineAsm>(unwrap(value));
  return assembly ? copyText(assembly->getConstraintString()) : nullptr;
}

bool nablaIsAtomic(LLVMValueRef value) {
  auto *instruction = asInstruction(value);
  return instruction && instruction->isAtomic();
}

bool nablaIsVolatile(LLVMValueRef value) {
  auto *instruction = asInstruction(value);
  return instruction && instruction->isVolatile();
}

bool nablaMayWriteMemory(LLVMValueRef value) {
  auto *instruction = asInstruction(value);
  return instruction && instruction->mayWriteToMemory();
}

bool nablaMayReadMemory(LLVMValueRef value) {
  auto *instruction = asInstruction(value);
  return instruction && instruction->mayReadFromMemory();
}

bool nablaMayHaveSideEffects(LLVMValueRef value) {
  auto *instruction = asInstruction(value);
  return instruction && instruction->mayHaveSideEffects();
}

bool nablaMayThrow(LLVMValueRef value) {
  auto *instruction = asInstruction(value);
  return instruction && instruction->mayThrow();
}

// ---- Attributes, of a call and its callee together ---------------------------------------------

/// Does the call or its direct callee, or the function, have the property?
template <class Property> static bool either(LLVMValueRef callOrFunction, Property property) {
  if (auto *call = asCall(callOrFunction))
    if (property(call)) return true;
  auto *function = calleeOrFunction(callOrFunction);
  return function && property(function);
}

bool nablaDoesNotAccessMemory(LLVMValueRef value) {
  return either(value, [](auto *it) { return it->doesNotAccessMemory(); });
}

bool nablaOnlyReadsMemory(LLVMValueRef value) {
  return either(value, [](auto *it) { return it->onlyReadsMemory(); });
}

bool nablaOnlyAccessesArgMemory(LLVMValueRef value) {
  return either(value, [](auto *it) { return it->onlyAccessesArgMemory(); });
}

bool nablaDoesNotReturn(LLVMValueRef value) {
  return either(value, [](auto *it) { return it->doesNotReturn(); });
}

bool nablaArgOnlyRead(LLVMValueRef value, unsigned argument) {
  auto *call = asCall(value);
  return nablaOnlyReadsMemory(value) || (call && call->onlyReadsMemory(argument)) ||
         nablaParamHasAttribute(value, argument, "readonly") ||
         nablaParamHasAttribute(value, argument, "readnone");
}

bool nablaArgNoCapture(LLVMValueRef value, unsigned argument) {
  auto *call = asCall(value);
  return (call && call->doesNotCapture(argument)) ||
         nablaParamHasAttribute(value, argument, "nocapture");
}

static Attribute find(AttributeSet set, StringRef name) {
  auto kind = Attribute::getAttrKindFromName(name);
  return kind == Attribute::None ? set.getAttribute(name) : set.getAttribute(kind);
}

/// The attribute of this name in the set that `choose` takes from the call's or the function's list.
template <class Choose> static Attribute find(LLVMValueRef value, StringRef name, Choose choose) {
  if (auto *call = asCall(value)) {
    Attribute found = find(choose(call->getAttributes()), name);
    if (found.isValid()) return found;
  }
  auto *function = calleeOrFunction(value);
  return function ? find(choose(function->getAttributes()), name) : Attribute();
}

static Attribute findOnParam(LLVMValueRef value, unsigned index, StringRef name) {
  return find(value, name, [=](AttributeList list) { return list.getParamAttrs(index); });
}

bool nablaParamHasAttribute(LLVMValueRef value, unsigned index, const char *name) {
  return findOnParam(value, index, name).isValid();
}

LLVMTypeRef nablaParamTypeAttribute(LLVMValueRef value, unsigned index, const char *name) {
  Attribute found = findOnParam(value, index, name);
  return found.isValid() && found.isTypeAttribute() ? wrap(found.getValueAsType()) : nullptr;
}

bool nablaReturnHasAttribute(LLVMValueRef value, const char *name) {
  return find(value, name, [](AttributeList list) { return list.getRetAttrs(); }).isValid();
}

// ---- Phis and blocks ---------------------------------------------------------------------------

void nablaPhiSetIncomingBlock(LLVMValueRef phi, unsigned index, LLVMBasicBlockRef block) {
  cast<PHINode>(unwrap(phi))->setIncomingBlock(index, unwrap(block));
}

void nablaPhiRemoveIncoming(LLVMValueRef phi, unsigned index) {
  cast<PHINode>(unwrap(phi))->removeIncomingValue(index, /*DeletePHIIfEmpty=*/false);
}

LLVMBasicBlockRef nablaSplitBlock(LLVMValueRef before, const char *name) {
  auto *instruction = asInstruction(before);
  return wrap(instruction->getParent()->splitBasicBlock(instruction, name));
}

// ---- Addresses ---------------------------------------------------------------------------------

bool nablaGEPConstantOffset(LLVMValueRef value, LLVMModuleRef module, int64_t *offset) {
  auto *gep = dyn_cast<GEPOperator>(unwrap(value));
  const DataLayout &layout = unwrap(module)->getDataLayout();
  if (!gep) return false;
  APInt sum(layout.getIndexTypeSizeInBits(gep->getType()), 0);
  if (!gep->accumulateConstantOffset(layout, sum)) return false;
  *offset = sum.getSExtValue();
  return true;
}

int nablaGEPDecompose(LLVMValueRef value, LLVMModuleRef module, int64_t *offset,
                      LLVMValueRef *indices, int64_t *scales, unsigned capacity) {
  auto *gep = dyn_cast<GEPOperator>(unwrap(value));
  if (!gep || gep->getType()->isVectorTy()) return -1;
  const DataLayout &layout = unwrap(module)->getDataLayout();
  *offset = 0;
  MapVector<Value *, int64_t> terms;
  for (auto step = gep_type_begin(gep), end = gep_type_end(gep); step != end; ++step) {
    auto *constant = dyn_cast<ConstantInt>(step.getOperand());
    if (auto *record = step.getStructTypeOrNull()) {
      *offset += layout.getStructLayout(record)->getElementOffset(constant->getZExtValue());
      continue;
    }
    if (isa<ScalableVectorType>(step.getIndexedType())) return -1;
    int64_t size = layout.getTypeAllocSize(step.getIndexedType()).getFixedValue();
    if (constant)
      *offset += constant->getSExtValue() * size;
    else
      terms[step.getOperand()] += size;
  }
  if (terms.size() > capacity) return -1;
  int count = 0;
  for (auto &[index, scale] : terms) {
    indices[count] = wrap(index);
    scales[count++] = scale;
  }
  return count;
}

LLVMValueRef nablaStripCasts(LLVMValueRef pointer) {
  Value *value = unwrap(pointer);
  SmallPtrSet<Value *, 8> seen; // unreachable code may hold cycles
  while (seen.insert(value).second) {
    if (auto *alias = dyn_cast<GlobalAlias>(value)) {
      value = alias->getAliasee();
    } else if (auto *gep = dyn_cast<GEPOperator>(value)) {
      if (gep->getType()->isVectorTy() || !gep->hasAllZeroIndices()) break;
      value = gep->getPointerOperand();
    } else if (isa<BitCastOperator, AddrSpaceCastOperator>(value)) {
      auto *source = cast<Operator>(value)->getOperand(0);
      if (!source->getType()->isPointerTy()) break;
      value = source;
    } else {
      break;
    }
  }
  return wrap(value);
}

LLVMValueRef nablaUnderlyingObject(LLVMValueRef pointer) {
  return wrap(const_cast<Value *>(getUnderlyingObject(unwrap(pointer), /*MaxLookup=*/0)));
}

int nablaShuffleMask(LLVMValueRef shuffle, unsigned index) {
  if (auto *instruction = dyn_cast<ShuffleVectorInst>(unwrap(shuffle)))
    return instruction->getMaskValue(index);
  return cast<ConstantExpr>(unwrap(shuffle))->getShuffleMask()[index];
}

int nablaAtomicOperation(LLVMValueRef atomicRMW) {
  switch (cast<AtomicRMWInst>(unwrap(atomicRMW))->getOperation()) {
  case AtomicRMWInst::Xchg: return 0;
  case AtomicRMWInst::Add: return 1;
  case AtomicRMWInst::Sub: return 2;
  case AtomicRMWInst::And: return 3;
  case AtomicRMWInst::Nand: return 4;
  case AtomicRMWInst::Or: return 5;
  case AtomicRMWInst::Xor: return 6;
  case AtomicRMWInst::Max: return 7;
  case AtomicRMWInst::Min: return 8;
  case AtomicRMWInst::UMax: return 9;
  case AtomicRMWInst::UMin: return 10;
  case AtomicRMWInst::FAdd: return 11;
  case AtomicRMWInst::FSub: return 12;
#if LLVM_VERSION_MAJOR >= 15
  case AtomicRMWInst::FMax: return 13;
  case AtomicRMWInst::FMin: return 14;
#endif
  default: return 99;
  }
}
