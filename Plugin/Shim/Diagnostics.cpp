#include "Support.h"

#include <llvm/Analysis/OptimizationRemarkEmitter.h>
#include <llvm/Demangle/Demangle.h>
#include <llvm/IR/DebugInfo.h>
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/DiagnosticHandler.h>
#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/DiagnosticPrinter.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/LLVMRemarkStreamer.h>
#include <llvm/Support/FileSystem.h>
#include <llvm/Support/Path.h>
#include <llvm/Support/PrettyStackTrace.h>

using namespace llvm;

// ---- Diagnostics -------------------------------------------------------------------------------

namespace {
/// A message about the module as a whole, which LLVM has no class for.
struct ModuleMessage : DiagnosticInfo {
  StringRef text;
  ModuleMessage(StringRef text, DiagnosticSeverity severity)
      : DiagnosticInfo(kind(), severity), text(text) {}
  void print(DiagnosticPrinter &printer) const override { printer << text; }
  static int kind() {
    static const int number = getNextAvailablePluginDiagnosticKind();
    return number;
  }
};
} // namespace

static thread_local bool errorsWerePrinted = false;

/// flang's handler takes every message and shows remarks only: an error would pass unseen, and the
/// program would be built without the derivative.
static bool hostSwallowsErrors() {
  static const bool answer = [] {
    static int inThisLibrary;
    const std::string program = sys::fs::getMainExecutable(nullptr, &inThisLibrary);
    return sys::path::filename(program).contains("flang");
  }();
  return answer;
}

/// The message without its class's location, where there is none.
static StringRef withoutUnknownPlace(StringRef text) {
  text.consume_front("<unknown>:0:0: ");
  return text;
}

/// LLVM ends the program at the first error that no handler takes (as in `opt`), so such errors are
/// printed here in LLVM's form, and nablaFinishDiagnostics ends the program after the last one.
static void report(LLVMContext &context, const DiagnosticInfo &message) {
  auto *handler = const_cast<DiagnosticHandler *>(context.getDiagHandlerPtr());
  const bool isError = message.getSeverity() == DS_Error;
  const bool isSwallowed = message.getSeverity() != DS_Remark && hostSwallowsErrors();
  if (!handler || !(isError || isSwallowed)) return context.diagnose(message);
#if LLVM_VERSION_MAJOR >= 19
  if (isError) handler->HasErrors = true;
#endif
  if (!isSwallowed && handler->handleDiagnostics(message)) return;
  std::string text;
  raw_string_ostream stream(text);
  DiagnosticPrinterRawOStream printer(stream);
  message.print(printer);
  errs() << (isError ? "error: " : "warning: ")
         << withoutUnknownPlace(StringRef(stream.str()).rtrim()) << "\n";
  errorsWerePrinted |= isError;
}

void nablaFinishDiagnostics(void) {
  if (errorsWerePrinted) exit(1);
}

/// Where the instruction is in the source, else where its function begins.
static DiagnosticLocation place(Function &function, Instruction *at) {
  if (at && at->getDebugLoc()) return DiagnosticLocation(at->getDebugLoc());
  return DiagnosticLocation(function.getSubprogram());
}

void nablaDiagnose(LLVMContextRef contextRef, int severity, LLVMValueRef functionRef,
                   LLVMValueRef at, const char *message) {
  LLVMContext &context = *unwrap(contextRef);
  const DiagnosticSeverity severities[] = {DS_Error, DS_Warning, DS_Remark};
  auto *function = dyn_cast_or_null<Function>(unwrap(functionRef));
  Instruction *instruction = asInstruction(at);
  if (!function && instruction) function = instruction->getFunction();
  if (!function || severity == 2)
    return report(context, ModuleMessage(message, severities[severity]));
  report(context, DiagnosticInfoUnsupported(*function, message, place(*function, instruction),
                                            severities[severity]));
}

bool nablaWantsRemarks(LLVMContextRef contextRef) {
  LLVMContext &context = *unwrap(contextRef);
  const DiagnosticHandler *handler = context.getDiagHandlerPtr();
  return context.getLLVMRemarkStreamer() || (handler && handler->isAnyRemarkEnabled("nabla"));
}

void nablaRemark(LLVMValueRef at, int kind, const char *name, const char *message) {
  auto *instruction = asInstruction(at);
  auto emit = [&](auto remark) { instruction->getContext().diagnose(remark << message); };
  if (kind == 0)
    emit(OptimizationRemark("nabla", name, instruction));
  else if (kind == 1)
    emit(OptimizationRemarkMissed("nabla", name, instruction));
  else
    emit(OptimizationRemarkAnalysis("nabla", name, instruction));
}

// ---- What debug information says ---------------------------------------------------------------

char *nablaSourceLocation(LLVMValueRef value) {
  auto *instruction = asInstruction(value);
  const DebugLoc location = instruction ? instruction->getDebugLoc() : DebugLoc();
  if (!location) return nullptr;
  std::string text;
  raw_string_ostream stream(text);
  stream << cast<DIScope>(location.getScope())->getFilename() << ':' << location.getLine() << ':'
         << location.getCol();
  return copyText(stream.str());
}

char *nablaDemangle(const char *symbol) { return copyText(demangle(std::string(symbol))); }

unsigned nablaLoopLine(LLVMValueRef latch) {
  auto *instruction = asInstruction(latch);
  MDNode *loop = instruction ? instruction->getMetadata(LLVMContext::MD_loop) : nullptr;
  if (!loop) return 0;
  for (const MDOperand &operand : loop->operands())
    if (auto *location = dyn_cast_or_null<DILocation>(operand.get())) return location->getLine();
  return 0;
}

/// The name of the variable that a value holds. An argument also stands for variables of functions that were inlined, and for
/// others that happen to have its value: its name is that of the parameter.
template <class List> static StringRef variableName(const List &users, bool isArgument) {
  for (auto *user : users)
    if (!user->getDebugLoc().getInlinedAt() && (!isArgument || user->getVariable()->isParameter()))
      return user->getVariable()->getName();
  return isArgument || users.empty() ? StringRef() : users.front()->getVariable()->getName();
}

static StringRef variableName(Value *value, bool isArgument) {
  SmallVector<DbgVariableIntrinsic *, 4> calls;
#if LLVM_VERSION_MAJOR >= 18
  SmallVector<DbgVariableRecord *, 4> records;
  findDbgUsers(calls, value, &records);
  if (!records.empty()) return variableName(records, isArgument);
#else
  findDbgUsers(calls, value);
#endif
  return variableName(calls, isArgument);
}

char *nablaVariableName(LLVMValueRef ref) {
  Value *value = unwrap(ref);
  bool isArgument = isa<Argument>(value);
  StringRef name = variableName(value, isArgument);
  // Without optimisation a parameter is stored in a variable first, and that has the name.
  if (name.empty() && isArgument)
    for (User *user : value->users())
      if (auto *store = dyn_cast<StoreInst>(user))
        if (store->getValueOperand() == value && isa<AllocaInst>(store->getPointerOperand()))
          name = variableName(store->getPointerOperand(), isArgument);
  return name.empty() ? nullptr : copyText(name);
}

void nablaWithTrace(const char *text, void (*body)(void *), void *context) {
  std::string line = std::string("nabla: ") + text;
  PrettyStackTraceString trace(line.c_str());
  body(context);
}
