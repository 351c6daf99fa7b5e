#include "Support.h"

#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/Analysis/AliasAnalysis.h>
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/ScalarEvolution.h>
#include <llvm/Analysis/ScalarEvolutionExpressions.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/Analysis/TypeBasedAliasAnalysis.h>
#include <llvm/IR/CFG.h>
#include <llvm/Passes/PassBuilder.h>
#include <llvm/Transforms/Utils/ScalarEvolutionExpander.h>

using namespace llvm;

/// The order of the managers matters: each is destroyed before those that it refers to.
struct NablaAnalysesOpaque {
  PassBuilder builder;
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager components;
  ModuleAnalysisManager modules;

  NablaAnalysesOpaque() {
    builder.registerModuleAnalyses(modules);
    builder.registerCGSCCAnalyses(components);
    builder.registerFunctionAnalyses(functions);
    builder.registerLoopAnalyses(loops);
    builder.crossRegisterProxies(loops, functions, components, modules);
  }

  template <class Analysis> auto &get(LLVMValueRef function) {
    return functions.getResult<Analysis>(*unwrap<Function>(function));
  }

  /// The loop with this header, or null.
  Loop *loop(LLVMValueRef function, LLVMBasicBlockRef header) {
    Loop *innermost = get<LoopAnalysis>(function).getLoopFor(unwrap(header));
    return innermost && innermost->getHeader() == unwrap(header) ? innermost : nullptr;
  }
};

NablaAnalysesRef nablaAnalysesCreate(void) { return new NablaAnalysesOpaque(); }

void nablaAnalysesDispose(NablaAnalysesRef analyses) { delete analyses; }

char *nablaRunOnFunction(NablaAnalysesRef analyses, LLVMValueRef value, const char *pipeline) {
  FunctionPassManager passes;
  if (auto error = analyses->builder.parsePassPipeline(passes, pipeline))
    return copyText(toString(std::move(error)));
  auto &function = *unwrap<Function>(value);
  analyses->functions.invalidate(function, passes.run(function, analyses->functions));
  return nullptr;
}

void nablaForget(NablaAnalysesRef analyses, LLVMValueRef value) {
  auto *function = unwrap<Function>(value);
  analyses->functions.clear(*function, function->getName());
}

// ---- Aliases -----------------------------------------------------------------------------------

static MemoryLocation location(LLVMValueRef pointer, uint64_t size, LLVMValueRef instruction) {
  auto *access = asInstruction(instruction);
  return MemoryLocation(unwrap(pointer),
                        size == UINT64_MAX ? LocationSize::beforeOrAfterPointer()
                                           : LocationSize::precise(size),
                        access ? access->getAAMetadata() : AAMDNodes());
}

int nablaAlias(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef pointerA,
               uint64_t sizeA, LLVMValueRef instructionA, LLVMValueRef pointerB, uint64_t sizeB,
               LLVMValueRef instructionB) {
  AliasResult result = analyses->get<AAManager>(function).alias(
      location(pointerA, sizeA, instructionA), location(pointerB, sizeB, instructionB));
  if (result == AliasResult::NoAlias) return 0;
  return result == AliasResult::MayAlias ? 1 : 2;
}

bool nablaTBAANoAlias(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef instructionA,
                      LLVMValueRef instructionB) {
  AAMDNodes a = asInstruction(instructionA)->getAAMetadata();
  AAMDNodes b = asInstruction(instructionB)->getAAMetadata();
  if (!a.TBAA || !b.TBAA) return false;
  AAResults typesOnly(analyses->get<TargetLibraryAnalysis>(function));
  typesOnly.addAAResult(analyses->get<TypeBasedAA>(function));
  Value *nowhere = PoisonValue::get(PointerType::get(Type::getInt8Ty(unwrap(function)->getContext()), 0));
  auto unknown = LocationSize::beforeOrAfterPointer();
  return typesOnly.alias(MemoryLocation(nowhere, unknown, a), MemoryLocation(nowhere, unknown, b)) ==
         AliasResult::NoAlias;
}

/// The name of a type in type-based alias metadata; false if it has none.
static bool typeName(const Metadata *metadata, const char **name, size_t *length) {
  auto *node = dyn_cast_or_null<MDNode>(metadata);
  auto *text = node && node->getNumOperands() > 0 ? dyn_cast_or_null<MDString>(node->getOperand(0)) : nullptr;
  if (!text) return false;
  *name = text->getString().data();
  *length = text->getString().size();
  return true;
}

bool nablaTBAATag(LLVMValueRef instruction, const char **base, size_t *baseLength, const char **access,
                  size_t *accessLength, int64_t *offset) {
  MDNode *tag = asInstruction(instruction)->getMetadata(LLVMContext::MD_tbaa);
  if (!tag || tag->getNumOperands() < 3) return false;
  auto *place = mdconst::dyn_extract_or_null<ConstantInt>(tag->getOperand(2));
  if (!place || !typeName(tag->getOperand(0), base, baseLength)) return false;
  *offset = place->getSExtValue();
  return typeName(tag->getOperand(1), access, accessLength);
}

bool nablaTBAAField(LLVMValueRef copy, unsigned index, int64_t *offset, int64_t *size, const char **type,
                    size_t *typeLength) {
  MDNode *fields = asInstruction(copy)->getMetadata(LLVMContext::MD_tbaa_struct);
  if (!fields || 3 * index + 2 >= fields->getNumOperands()) return false;
  auto *place = mdconst::dyn_extract_or_null<ConstantInt>(fields->getOperand(3 * index));
  auto *bytes = mdconst::dyn_extract_or_null<ConstantInt>(fields->getOperand(3 * index + 1));
  auto *tag = dyn_cast_or_null<MDNode>(fields->getOperand(3 * index + 2).get());
  if (!place || !bytes || !tag || tag->getNumOperands() < 2) return false;
  *offset = place->getSExtValue();
  *size = bytes->getSExtValue();
  return typeName(tag->getOperand(1), type, typeLength);
}

bool nablaMayModify(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef instruction,
                    LLVMValueRef pointer, uint64_t size) {
  auto &aliases = analyses->get<AAManager>(function);
  return isModSet(aliases.getModRefInfo(asInstruction(instruction), location(pointer, size, nullptr)));
}

// ---- Loops -------------------------------------------------------------------------------------

/// Writes code that computes scalar evolutions before the terminator of one block.
struct Expansion {
  ScalarEvolution &evolution;
  Instruction *point;
  SCEVExpander expander;

  Expansion(NablaAnalysesRef analyses, LLVMValueRef function, LLVMBasicBlockRef at)
      : evolution(analyses->get<ScalarEvolutionAnalysis>(function)),
        point(unwrap(at)->getTerminator()),
        expander(evolution, point->getModule()->getDataLayout(), "nabla") {}

  bool canExpand(const SCEV *formula) {
#if LLVM_VERSION_MAJOR < 15
    return isSafeToExpandAt(formula, point, evolution);
#else
    return expander.isSafeToExpandAt(formula, point);
#endif
  }

  LLVMValueRef expand(const SCEV *formula, Type *type) {
    return wrap(expander.expandCodeFor(formula, type, point));
  }
};

/// May control come from the block to a return? Asked of ways out of loops: those of exceptions are soon at their end.
static bool mayReturn(BasicBlock *start) {
  SmallPtrSet<BasicBlock *, 16> seen = {start};
  SmallVector<BasicBlock *, 16> work = {start};
  while (!work.empty()) {
    BasicBlock *block = work.pop_back_val();
    if (isa<ReturnInst>(block->getTerminator()) || seen.size() > 100) return true;
    for (BasicBlock *next : successors(block))
      if (seen.insert(next).second) work.push_back(next);
  }
  return false;
}

/// How often the back edge is taken before the loop is left for where the function may still return: how often at all where that is known,
/// and otherwise by the only such way out.
static const SCEV *tripCount(ScalarEvolution &evolution, Loop *loop) {
  const SCEV *count = evolution.getBackedgeTakenCount(loop);
  if (!isa<SCEVCouldNotCompute>(count)) return count;
  SmallVector<Loop::Edge, 8> exits;
  loop->getExitEdges(exits);
  BasicBlock *only = nullptr;
  for (auto &exit : exits) {
    auto *from = const_cast<BasicBlock *>(exit.first);
    if (from == only || !mayReturn(const_cast<BasicBlock *>(exit.second))) continue;
    if (only) return count;
    only = from;
  }
  return only ? evolution.getExitCount(loop, only) : count;
}

LLVMValueRef nablaExpandTripCount(NablaAnalysesRef analyses, LLVMValueRef function,
                                  LLVMBasicBlockRef header, LLVMBasicBlockRef at) {
  Loop *loop = analyses->loop(function, header);
  if (!loop) return nullptr;
  Expansion code(analyses, function, at);
  const SCEV *count = tripCount(code.evolution, loop);
  if (isa<SCEVCouldNotCompute>(count)) return nullptr;
  Type *i64 = Type::getInt64Ty(unwrap(at)->getContext());
  if (code.evolution.getTypeSizeInBits(count->getType()) > 64) return nullptr;
  count = code.evolution.getNoopOrZeroExtend(count, i64);
  return code.canExpand(count) ? code.expand(count, i64) : nullptr;
}

int64_t nablaConstantTripCount(NablaAnalysesRef analyses, LLVMValueRef function,
                               LLVMBasicBlockRef header) {
  Loop *loop = analyses->loop(function, header);
  if (!loop) return -1;
  auto &evolution = analyses->get<ScalarEvolutionAnalysis>(function);
  auto *count = dyn_cast<SCEVConstant>(tripCount(evolution, loop));
  if (!count || count->getAPInt().getActiveBits() > 63) return -1;
  return count->getAPInt().getZExtValue();
}

bool nablaAffineRecurrence(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef value,
                           LLVMBasicBlockRef header, LLVMBasicBlockRef at, LLVMValueRef *start,
                           LLVMValueRef *step) {
  Loop *loop = analyses->loop(function, header);
  Type *type = unwrap(value)->getType();
  Expansion code(analyses, function, at);
  if (!loop || !code.evolution.isSCEVable(type)) return false;
  auto *recurrence = dyn_cast<SCEVAddRecExpr>(code.evolution.getSCEV(unwrap(value)));
  if (!recurrence || recurrence->getLoop() != loop || !recurrence->isAffine()) return false;
  const SCEV *first = recurrence->getStart(), *stride = recurrence->getStepRecurrence(code.evolution);
  Type *strideType = type->isPointerTy() ? Type::getInt64Ty(type->getContext()) : type;
  if (type->isPointerTy()) stride = code.evolution.getTruncateOrSignExtend(stride, strideType);
  if (!code.canExpand(first) || !code.canExpand(stride)) return false;
  *start = code.expand(first, type);
  *step = code.expand(stride, strideType);
  return true;
}

static bool asConstant(const SCEV *formula, int64_t *value) {
  auto *constant = dyn_cast<SCEVConstant>(formula);
  if (!constant || constant->getAPInt().getSignificantBits() > 64) return false;
  *value = constant->getAPInt().getSExtValue();
  return true;
}

bool nablaConstantStep(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef pointer,
                       LLVMBasicBlockRef header, int64_t *step) {
  Loop *loop = analyses->loop(function, header);
  auto &evolution = analyses->get<ScalarEvolutionAnalysis>(function);
  if (!loop || !evolution.isSCEVable(unwrap(pointer)->getType())) return false;
  auto *recurrence = dyn_cast<SCEVAddRecExpr>(evolution.getSCEV(unwrap(pointer)));
  return recurrence && recurrence->getLoop() == loop && recurrence->isAffine() &&
         asConstant(recurrence->getStepRecurrence(evolution), step);
}

bool nablaConstantDistance(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef a, LLVMValueRef b,
                           int64_t *distance) {
  auto &evolution = analyses->get<ScalarEvolutionAnalysis>(function);
  Type *type = unwrap(a)->getType();
  if (type != unwrap(b)->getType() || !evolution.isSCEVable(type)) return false;
  const SCEV *difference = evolution.getMinusSCEV(evolution.getSCEV(unwrap(a)), evolution.getSCEV(unwrap(b)));
  return asConstant(difference, distance);
}
