#include "Support.h"

#include <cstdlib>

using namespace llvm;

void nablaFreeString(char *text) { std::free(text); }

unsigned nablaLLVMMajor(void) { return LLVM_VERSION_MAJOR; }

LLVMTypeRef nablaPointeeType(LLVMTypeRef type) {
#if LLVM_VERSION_MAJOR < 17
  auto *pointer = cast<PointerType>(unwrap(type));
  return pointer->isOpaque() ? nullptr : wrap(pointer->getNonOpaquePointerElementType());
#else
  (void)type;
  return nullptr;
#endif
}

LLVMTypeRef nablaBytePointerType(LLVMContextRef context, unsigned addressSpace) {
  return wrap(PointerType::get(Type::getInt8Ty(*unwrap(context)), addressSpace));
}

LLVMTypeRef nablaPointerTo(LLVMTypeRef pointee, unsigned addressSpace) {
  Type *target = unwrap(pointee);
  if (!PointerType::isValidElementType(target)) target = Type::getInt8Ty(target->getContext());
  return wrap(PointerType::get(target, addressSpace));
}

uint64_t nablaArrayLength(LLVMTypeRef arrayType) {
  return cast<ArrayType>(unwrap(arrayType))->getNumElements();
}

LLVMTypeRef nablaArrayType(LLVMTypeRef element, uint64_t count) {
  return wrap(ArrayType::get(unwrap(element), count));
}

bool nablaIsScalableVector(LLVMTypeRef type) { return isa<ScalableVectorType>(unwrap(type)); }

char *nablaTypeText(LLVMTypeRef type) {
  std::string text;
  raw_string_ostream stream(text);
  unwrap(type)->print(stream);
  return copyText(stream.str());
}
