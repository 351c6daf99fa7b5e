// What Nabla's engine needs from LLVM and the C API does not offer, or offers only in some of LLVM 14
// to 19. Handles and scalars only, one line of purpose each, no policy. Everything that differs
// between LLVM versions is behind this header, so that the Swift code has no version tests.
//
// Strings returned as `char *` are malloc'ed; release them with nablaFreeString.
#ifndef NABLA_SHIM_H
#define NABLA_SHIM_H
#include <llvm-c/Types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

void nablaFreeString(char *text);
/// The LLVM major version the shim was compiled for.
unsigned nablaLLVMMajor(void);
/// The file that this code was loaded from: the plugin, or a program; null if that is not known.
char *nablaOwnPath(void);

// ---- Types -------------------------------------------------------------------------------------

/// The pointee of a typed pointer; null for an opaque pointer. `type` must be a pointer type.
LLVMTypeRef nablaPointeeType(LLVMTypeRef type);
/// `ptr` in the address space, or `i8*` where the context has typed pointers.
LLVMTypeRef nablaBytePointerType(LLVMContextRef context, unsigned addressSpace);
/// A pointer to `pointee` where pointers are typed; `ptr` otherwise.
LLVMTypeRef nablaPointerTo(LLVMTypeRef pointee, unsigned addressSpace);
uint64_t nablaArrayLength(LLVMTypeRef arrayType);
LLVMTypeRef nablaArrayType(LLVMTypeRef element, uint64_t count);
bool nablaIsScalableVector(LLVMTypeRef type);
/// The type as LLVM prints it.
char *nablaTypeText(LLVMTypeRef type);

// ---- Instructions ------------------------------------------------------------------------------

/// Fast-math flags as LLVM's 7 bits (0 where the instruction has none).
unsigned nablaGetFastMathFlags(LLVMValueRef instruction);
/// Sets the flags; does nothing where the instruction can't have them.
void nablaSetFastMathFlags(LLVMValueRef instruction, unsigned flags);
/// Drops nsw, nuw, exact, inbounds, nneg, disjoint (poison-generating flags), not fast-math flags.
void nablaDropPoisonFlags(LLVMValueRef instruction);
/// Drops all metadata but the debug location.
void nablaDropMetadata(LLVMValueRef instruction);
/// Do the instructions do the same to operands of the same types?
bool nablaIsSameOperation(LLVMValueRef a, LLVMValueRef b);
/// Deletes an instruction that is in no block.
void nablaDeleteDetached(LLVMValueRef instruction);
/// Is the call `musttail`?
bool nablaIsMustTail(LLVMValueRef call);
void nablaClearTailCall(LLVMValueRef call);
bool nablaHasOperandBundles(LLVMValueRef call);
bool nablaIsInlineAsm(LLVMValueRef value);
/// The text and the constraints of an inline assembly value; null for anything else. Free with nablaFreeString.
char *nablaInlineAsmText(LLVMValueRef value);
char *nablaInlineAsmConstraints(LLVMValueRef value);
bool nablaIsAtomic(LLVMValueRef instruction);
bool nablaIsVolatile(LLVMValueRef instruction);
/// May the instruction write memory / read memory / throw or not return (LLVM's own conservative answers).
bool nablaMayWriteMemory(LLVMValueRef instruction);
bool nablaMayReadMemory(LLVMValueRef instruction);
bool nablaMayHaveSideEffects(LLVMValueRef instruction);
bool nablaMayThrow(LLVMValueRef instruction);
/// Call-site and callee attributes merged.
bool nablaDoesNotAccessMemory(LLVMValueRef callOrFunction);
bool nablaOnlyReadsMemory(LLVMValueRef callOrFunction);
bool nablaOnlyAccessesArgMemory(LLVMValueRef callOrFunction);
bool nablaArgOnlyRead(LLVMValueRef call, unsigned argument);
bool nablaArgNoCapture(LLVMValueRef call, unsigned argument);
bool nablaDoesNotReturn(LLVMValueRef callOrFunction);
/// Does the attribute (by LLVM name) stand on argument `index` of the call or its callee / parameter of a function?
bool nablaParamHasAttribute(LLVMValueRef callOrFunction, unsigned index, const char *name);
/// The type in a `byval`/`sret`/`elementtype` attribute of a parameter; null if absent.
LLVMTypeRef nablaParamTypeAttribute(LLVMValueRef callOrFunction, unsigned index, const char *name);
bool nablaReturnHasAttribute(LLVMValueRef callOrFunction, const char *name);
/// Replaces or removes the incoming block of a phi.
void nablaPhiSetIncomingBlock(LLVMValueRef phi, unsigned index, LLVMBasicBlockRef block);
void nablaPhiRemoveIncoming(LLVMValueRef phi, unsigned index);
/// Splits the block before the instruction; returns the new block that starts with it. Phis of the successors are updated.
LLVMBasicBlockRef nablaSplitBlock(LLVMValueRef before, const char *name);
/// Byte offset of a GEP whose indices are all constant. False if they are not.
bool nablaGEPConstantOffset(LLVMValueRef gep, LLVMModuleRef module, int64_t *offset);
/// A GEP as constant offset plus `count` variable terms (index value, byte scale), at most `capacity`.
/// Returns the number of terms, or -1 (vector GEP, scalable type, or more terms than fit).
int nablaGEPDecompose(LLVMValueRef gep, LLVMModuleRef module, int64_t *offset, LLVMValueRef *indices,
                      int64_t *scales, unsigned capacity);
/// Strips pointer casts (bitcast, addrspacecast, all-zero GEP) and looks through aliases.
LLVMValueRef nablaStripCasts(LLVMValueRef pointer);
/// LLVM's getUnderlyingObject, without limit on the depth.
LLVMValueRef nablaUnderlyingObject(LLVMValueRef pointer);
/// The shufflevector mask element, or -1 for undef/poison.
int nablaShuffleMask(LLVMValueRef shuffle, unsigned index);
/// atomicrmw operation as LLVM's AtomicRMWInst::BinOp number mapped to: 0 xchg 1 add 2 sub 3 and 4 nand 5 or 6 xor
/// 7 max 8 min 9 umax 10 umin 11 fadd 12 fsub 13 fmax 14 fmin, 99 other.
int nablaAtomicOperation(LLVMValueRef atomicRMW);
/// Name of the library function that this declaration is, prototype checked; null if none. Not to be freed.
const char *nablaLibraryFunctionName(LLVMValueRef function);

// ---- Functions and modules ---------------------------------------------------------------------

/// A private (internal linkage) copy of a function with a body, named `name`: no optnone/noinline,
/// debug info and value names kept, no comdat, no section.
LLVMValueRef nablaCloneFunction(LLVMValueRef function, const char *name);
/// As `nablaCloneFunction`, with `count` parameters more, pointers to bytes, and without what the function claims about
/// memory and exceptions.
LLVMValueRef nablaCloneWithPointers(LLVMValueRef function, const char *name, unsigned count);
/// A copy of a variadic function that takes a pointer to bytes instead of what lies beyond its parameters, and otherwise as
/// `nablaCloneWithPointers`.
LLVMValueRef nablaCloneWithFixedArity(LLVMValueRef function, const char *name);
/// Replaces a call or invoke by one of `callee` with `count` arguments more, and without those that would be too many.
LLVMValueRef nablaCallWithMore(LLVMValueRef call, LLVMValueRef callee, LLVMValueRef *more, unsigned count);
/// Inlines the call if LLVM can; 0 on success, else the reason as text.
char *nablaInlineCall(LLVMValueRef call);
/// Lets a call of a casted function call the function itself, with its arguments and result casted instead. False if the
/// types do not fit, and then nothing is changed.
bool nablaMakeDirect(LLVMValueRef call);
/// Replaces an invoke by a call and a branch to its normal destination; returns the call.
LLVMValueRef nablaInvokeToCall(LLVMValueRef invoke);
/// Puts a call in front of an invoke that does the same, and lets the invoke call `placeholder` (void ()) instead,
/// which keeps both its destinations; returns the call.
LLVMValueRef nablaCallBeforeInvoke(LLVMValueRef invoke, LLVMValueRef placeholder);
/// True if the function body contains a loop that is not a natural loop.
bool nablaIsIrreducible(LLVMValueRef function);
/// Parses IR text (in the module's pointer dialect) and links it into the module: definitions become part of it,
/// and handles to declarations of the same names become invalid. 0 on success, else the reason.
char *nablaLinkText(LLVMModuleRef module, const char *text);
/// Adds an attribute without value by LLVM's name at the index (-1 function, 0 return, 1.. parameters); false if this
/// LLVM does not know it. `readnone readonly writeonly argmemonly inaccessiblememonly` work on functions everywhere.
bool nablaAddAttribute(LLVMValueRef function, int index, const char *name);
/// Marks the function as touching only memory behind its arguments and memory that is inaccessible otherwise.
void nablaSetOnlyAccessesArgOrInaccessible(LLVMValueRef function);
/// Removes the body of a function (it becomes a declaration).
void nablaDeleteBody(LLVMValueRef function);
/// Makes invokes of the calls that may throw, all with one landing pad. Returns the instruction that ends it by letting the
/// exception go on; null if nothing throws.
LLVMValueRef nablaUnwindExit(LLVMValueRef function, const char *name);
/// Puts stack variables that are only loaded and stored as a whole into registers. The work grows with how far each is
/// alive; blocks that are never come to are deleted.
void nablaPromote(LLVMValueRef function);
/// Is the function well formed? If not, `*message` says why (null otherwise; `message` may be null).
bool nablaVerifyFunction(LLVMValueRef function, char **message);
/// Makes a distinct alias scope list usable in `alias.scope` / `noalias`: (domain per function).
LLVMMetadataRef nablaMakeAliasDomain(LLVMContextRef context, const char *name);
LLVMMetadataRef nablaMakeAliasScope(LLVMContextRef context, LLVMMetadataRef domain, const char *name);

// ---- Analyses ----------------------------------------------------------------------------------

typedef struct NablaAnalysesOpaque *NablaAnalysesRef;
/// Own pass builder and analysis managers, without instrumentation, so that nothing of the user's pipeline options applies.
NablaAnalysesRef nablaAnalysesCreate(void);
void nablaAnalysesDispose(NablaAnalysesRef analyses);
/// Runs a function pass pipeline (LLVM's textual syntax) on one function and nothing else. 0 on success, else the reason.
char *nablaRunOnFunction(NablaAnalysesRef analyses, LLVMValueRef function, const char *pipeline);
/// Forgets all cached results of the function (call before it is changed by hand or erased).
void nablaForget(NablaAnalysesRef analyses, LLVMValueRef function);

/// May the two memory locations overlap? `size` in bytes, UINT64_MAX = unknown extent before or after the pointer.
/// The metadata (TBAA, scopes) of the instructions is used where given (may be null).
/// Valid only for one execution of both pointers: not across iterations.  0 no, 1 may, 2 must/partial.
int nablaAlias(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef pointerA, uint64_t sizeA,
               LLVMValueRef instructionA, LLVMValueRef pointerB, uint64_t sizeB, LLVMValueRef instructionB);
/// May the accesses be told apart by type-based alias metadata alone (independent of iteration)? true = no alias.
bool nablaTBAANoAlias(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef instructionA, LLVMValueRef instructionB);
/// The type-based alias tag of a load or store: the names of the type that was accessed through and of what was
/// accessed in it (not zero-terminated, not to be freed), and where that lies. False if there is none.
bool nablaTBAATag(LLVMValueRef instruction, const char **base, size_t *baseLength, const char **access,
                  size_t *accessLength, int64_t *offset);
/// Field number `index` of what a copy moves, by its `tbaa.struct`: where it lies, its bytes, and the name of its type.
/// False if there is no such field.
bool nablaTBAAField(LLVMValueRef copy, unsigned index, int64_t *offset, int64_t *size, const char **type, size_t *typeLength);
/// May the instruction write the location?
bool nablaMayModify(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef instruction, LLVMValueRef pointer, uint64_t size);

/// ScalarEvolution: expands the backedge-taken count of the loop with this header, as i64, before the terminator of
/// `at` (its preheader). Null if it is not computable or not safe to expand.
LLVMValueRef nablaExpandTripCount(NablaAnalysesRef analyses, LLVMValueRef function, LLVMBasicBlockRef header, LLVMBasicBlockRef at);
/// Constant backedge-taken count, or -1.
int64_t nablaConstantTripCount(NablaAnalysesRef analyses, LLVMValueRef function, LLVMBasicBlockRef header);
/// If `value` (integer or pointer) is an affine recurrence {start,+,step} of the loop with this header with invariant
/// step: expands start and step before the terminator of `at`; step in bytes (i64) for pointers. False otherwise.
bool nablaAffineRecurrence(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef value,
                           LLVMBasicBlockRef header, LLVMBasicBlockRef at, LLVMValueRef *start, LLVMValueRef *step);

/// The constant number of bytes by which a pointer moves from one iteration of the loop to the next. False if it is none.
bool nablaConstantStep(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef pointer, LLVMBasicBlockRef header,
                       int64_t *step);
/// The constant number of bytes from `b` to `a` wherever both are defined. False if it is none.
bool nablaConstantDistance(NablaAnalysesRef analyses, LLVMValueRef function, LLVMValueRef a, LLVMValueRef b,
                           int64_t *distance);

// ---- Diagnostics -------------------------------------------------------------------------------

/// Severity: 0 error, 1 warning, 2 remark. Placed at `at` (an instruction with debug location) or, if it has none or is
/// null, at `function`.
void nablaDiagnose(LLVMContextRef context, int severity, LLVMValueRef function, LLVMValueRef at, const char *message);
/// Ends the program if errors were printed that no handler of the host took (`opt` has none): the same that LLVM
/// does, but after the last error instead of the first. The plugin calls it when its pass is over.
void nablaFinishDiagnostics(void);
/// Does anybody want remarks of the pass `nabla` (-Rpass=nabla, -fsave-optimization-record)?
bool nablaWantsRemarks(LLVMContextRef context);
/// Optimisation remark (-Rpass=nabla): kind 0 passed, 1 missed, 2 analysis.
void nablaRemark(LLVMValueRef at, int kind, const char *name, const char *message);
/// Source position of an instruction, "file.c:12:7", or null.
char *nablaSourceLocation(LLVMValueRef instruction);
/// What a C++ symbol stands for; others are returned as they are.
char *nablaDemangle(const char *symbol);
/// The line at which a loop begins in the source, by what its latch's terminator says; 0: unknown.
unsigned nablaLoopLine(LLVMValueRef latch);
/// Runs `body(context)` with a line for the crash dump, "nabla: <text>".
void nablaWithTrace(const char *text, void (*body)(void *), void *context);
/// Source name of a local variable or parameter whose storage or value this is (from debug info), or null.
char *nablaVariableName(LLVMValueRef value);

// ---- Protection from the optimiser --------------------------------------------------------------

/// Does the module mention Nabla at all: a function or global whose name contains a hook's prefix?
bool nablaIsMentioned(LLVMModuleRef module);
/// Protects from the optimiser what the pass reads later. Returns true if the module was changed.
bool nablaKeepAlive(LLVMModuleRef module);
/// Shows the pass what nablaKeepAlive hid from the optimiser: the definitions of functions of which the program has said
/// something. They still aren't inlined. Returns true if the module was changed.
bool nablaShowKept(LLVMModuleRef module);
/// Undoes nablaKeepAlive.
bool nablaRelease(LLVMModuleRef module);

// ---- Globals -----------------------------------------------------------------------------------

/// Adds to the module what `annotate(text)` would say of the function or variable with this name. Returns false if the
/// module has none.
bool nablaAnnotate(LLVMModuleRef module, const char *name, const char *text);
/// Removes `value` (global) from llvm.used / llvm.compiler.used.
void nablaRemoveFromUsed(LLVMModuleRef module, LLVMValueRef global);
/// Global-variable metadata by kind name, first operand as value; null if absent.
LLVMValueRef nablaGlobalMetadataValue(LLVMValueRef global, const char *kind);

#ifdef __cplusplus
}
#endif
#endif
