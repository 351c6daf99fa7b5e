#include "Support.h"

#include <llvm/ADT/MapVector.h>
#include <llvm/Transforms/Utils/Local.h>
#include <llvm/Transforms/Utils/SSAUpdater.h>

using namespace llvm;

// What LLVM does for this (mem2reg, SROA) looks for each variable at all blocks that the first store to it dominates.

namespace {
/// The loads and stores of one variable, in order within each block.
using Accesses = MapVector<BasicBlock *, SmallVector<Instruction *, 4>>;

bool isWhole(const AllocaInst &variable) {
  if (variable.isArrayAllocation() || !variable.getAllocatedType()->isSingleValueType()) return false;
  return all_of(variable.users(), [&](const User *user) {
    if (auto *load = dyn_cast<LoadInst>(user)) return load->isSimple() && load->getType() == variable.getAllocatedType();
    auto *store = dyn_cast<StoreInst>(user);
    return store && store->isSimple() && store->getPointerOperand() == &variable &&
           store->getValueOperand()->getType() == variable.getAllocatedType();
  });
}

void promote(AllocaInst *variable, const Accesses &accesses) {
  auto *type = variable->getAllocatedType();
  SSAUpdater values;
  values.Initialize(type, variable->getName());
  SmallVector<LoadInst *, 8> begun;
  DenseMap<Value *, Value *> replaced;
  auto replace = [&](LoadInst *load, Value *value) {
    if (value == load) value = PoisonValue::get(type);
    replaced[load] = value;
    load->replaceAllUsesWith(value);
  };
  for (auto &[block, list] : accesses) {
    Value *current = nullptr;
    for (auto *access : list) {
      if (auto *store = dyn_cast<StoreInst>(access)) {
        current = store->getValueOperand();
      } else if (current) {
        replace(cast<LoadInst>(access), current);
      } else {
        begun.push_back(cast<LoadInst>(access));
      }
    }
    if (current) values.AddAvailableValue(block, current);
  }
  for (auto *load : begun) replace(load, values.GetValueInMiddleOfBlock(load->getParent()));
  // What was found later may name loads that were replaced before.
  for (auto &[block, list] : accesses) {
    for (auto *access : list) {
      if (access->use_empty()) continue;
      Value *value = access;
      while (replaced.count(value)) value = replaced[value];
      access->replaceAllUsesWith(value);
    }
  }
  for (auto &[block, list] : accesses) {
    for (auto *access : list) access->eraseFromParent();
  }
}
} // namespace

void nablaPromote(LLVMValueRef value) {
  auto &function = *unwrap<Function>(value);
  removeUnreachableBlocks(function);
  MapVector<AllocaInst *, Accesses> variables;
  for (auto &instruction : function.getEntryBlock()) {
    auto *variable = dyn_cast<AllocaInst>(&instruction);
    if (variable && isWhole(*variable)) variables[variable];
  }
  for (auto &block : function) {
    for (auto &instruction : block) {
      if (!isa<LoadInst>(instruction) && !isa<StoreInst>(instruction)) continue;
      auto *variable = dyn_cast<AllocaInst>(getLoadStorePointerOperand(&instruction));
      auto place = variables.find(variable);
      if (place != variables.end()) place->second[&block].push_back(&instruction);
    }
  }
  for (auto &[variable, accesses] : variables) {
    promote(variable, accesses);
    variable->eraseFromParent();
  }
}
