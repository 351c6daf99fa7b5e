internal import CLLVM
internal import LLVMShims

/// Creates instructions at a point, folding what LLVM folds.
///
/// All pointer casts that a typed-pointer context needs are made here, so that nobody above asks which
/// kind of pointers there is: `load`, `store`, `offset` and `call` accept any pointer.
package final class Builder {
  let ref: OpaquePointer
  package let module: Module
  package let context: Context
  package let layout: DataLayout

  package init(module: Module) {
    self.module = module
    context = module.context
    layout = module.dataLayout
    ref = LLVMCreateBuilderInContext(context.ref)
  }
  deinit { LLVMDisposeBuilder(ref) }

  // MARK: Position

  package func position(atEndOf block: BasicBlock) { LLVMPositionBuilderAtEnd(ref, block.ref) }
  package func position(before instruction: Instruction) { LLVMPositionBuilderBefore(ref, instruction.ref) }
  package func position(after instruction: Instruction) {
    if let next = instruction.next { position(before: next) } else { position(atEndOf: instruction.block) }
  }
  /// At the first place of the block where ordinary instructions may stand.
  package func position(atStartOf block: BasicBlock) {
    if let i = block.firstInsertionPoint { position(before: i) } else { position(atEndOf: block) }
  }
  package var block: BasicBlock { BasicBlock(ref: LLVMGetInsertBlock(ref)) }
  package var function: Function { block.function }
  /// The debug location given to instructions built from now on.
  package var debugLocation: OpaquePointer? {
    get { LLVMGetCurrentDebugLocation2(ref) }
    set { LLVMSetCurrentDebugLocation2(ref, newValue) }
  }
  /// Fast-math flags given to floating-point operations built from now on: those of the primal
  /// instruction whose derivative is being written, never more.
  package var fastMathFlags: UInt32 = 0
  /// Families for the memory accesses built from now on, if they belong to one.
  package var families: (AliasFamilies, AliasFamilies.Family)?

  private func made(_ v: OpaquePointer?) -> Value { Value(ref: v!) }
  private func float(_ v: OpaquePointer?) -> Value {
    if fastMathFlags != 0, LLVMIsAInstruction(v) != nil { nablaSetFastMathFlags(v, fastMathFlags) }
    return Value(ref: v!)
  }
  @discardableResult
  package func insert(_ instruction: Instruction) -> Value {
    LLVMInsertIntoBuilder(ref, instruction.ref)
    return instruction.value
  }

  // MARK: Arithmetic

  package func fneg(_ a: Value) -> Value { float(LLVMBuildFNeg(ref, a.ref, "")) }
  package func fadd(_ a: Value, _ b: Value) -> Value { float(LLVMBuildFAdd(ref, a.ref, b.ref, "")) }
  package func fsub(_ a: Value, _ b: Value) -> Value { float(LLVMBuildFSub(ref, a.ref, b.ref, "")) }
  package func fmul(_ a: Value, _ b: Value) -> Value { float(LLVMBuildFMul(ref, a.ref, b.ref, "")) }
  package func fdiv(_ a: Value, _ b: Value) -> Value { float(LLVMBuildFDiv(ref, a.ref, b.ref, "")) }
  package func add(_ a: Value, _ b: Value) -> Value { made(LLVMBuildAdd(ref, a.ref, b.ref, "")) }
  package func sub(_ a: Value, _ b: Value) -> Value { made(LLVMBuildSub(ref, a.ref, b.ref, "")) }
  package func mul(_ a: Value, _ b: Value) -> Value { made(LLVMBuildMul(ref, a.ref, b.ref, "")) }
  package func udiv(_ a: Value, _ b: Value) -> Value { made(LLVMBuildUDiv(ref, a.ref, b.ref, "")) }
  package func and(_ a: Value, _ b: Value) -> Value { made(LLVMBuildAnd(ref, a.ref, b.ref, "")) }
  package func or(_ a: Value, _ b: Value) -> Value { made(LLVMBuildOr(ref, a.ref, b.ref, "")) }
  package func xor(_ a: Value, _ b: Value) -> Value { made(LLVMBuildXor(ref, a.ref, b.ref, "")) }
  package func shl(_ a: Value, _ b: Value) -> Value { made(LLVMBuildShl(ref, a.ref, b.ref, "")) }
  package func lshr(_ a: Value, _ b: Value) -> Value { made(LLVMBuildLShr(ref, a.ref, b.ref, "")) }
  package func not(_ a: Value) -> Value { made(LLVMBuildNot(ref, a.ref, "")) }

  package enum IntegerComparison { case eq, ne, ugt, uge, ult, ule, sgt, sge, slt, sle }
  package func icmp(_ c: IntegerComparison, _ a: Value, _ b: Value) -> Value {
    let p: LLVMIntPredicate =
      switch c {
      case .eq: LLVMIntEQ
      case .ne: LLVMIntNE
      case .ugt: LLVMIntUGT
      case .uge: LLVMIntUGE
      case .ult: LLVMIntULT
      case .ule: LLVMIntULE
      case .sgt: LLVMIntSGT
      case .sge: LLVMIntSGE
      case .slt: LLVMIntSLT
      case .sle: LLVMIntSLE
      }
    return made(LLVMBuildICmp(ref, p, a.ref, b.ref, ""))
  }
  package enum FloatComparison { case oeq, une, olt, ole, ogt, oge, uno }
  package func fcmp(_ c: FloatComparison, _ a: Value, _ b: Value) -> Value {
    let p: LLVMRealPredicate =
      switch c {
      case .oeq: LLVMRealOEQ
      case .une: LLVMRealUNE
      case .olt: LLVMRealOLT
      case .ole: LLVMRealOLE
      case .ogt: LLVMRealOGT
      case .oge: LLVMRealOGE
      case .uno: LLVMRealUNO
      }
    return made(LLVMBuildFCmp(ref, p, a.ref, b.ref, ""))
  }
  package func select(_ c: Value, _ a: Value, _ b: Value) -> Value {
    made(LLVMBuildSelect(ref, c.ref, a.ref, b.ref, ""))
  }

  // MARK: Casts

  package func bitcast(_ v: Value, to type: Type) -> Value {
    v.type == type ? v : made(LLVMBuildBitCast(ref, v.ref, type.ref, ""))
  }
  /// A pointer as another pointer type; nothing where pointers are opaque.
  package func cast(pointer v: Value, to type: Type) -> Value {
    if v.type == type { return v }
    if v.type.addressSpace != type.addressSpace {
      return made(LLVMBuildAddrSpaceCast(ref, v.ref, type.ref, ""))
    }
    return made(LLVMBuildBitCast(ref, v.ref, type.ref, ""))
  }
  package func fpCast(_ v: Value, to type: Type) -> Value {
    v.type == type ? v : float(LLVMBuildFPCast(ref, v.ref, type.ref, ""))
  }
  package func fpext(_ v: Value, to type: Type) -> Value { made(LLVMBuildFPExt(ref, v.ref, type.ref, "")) }
  package func fptrunc(_ v: Value, to type: Type) -> Value { made(LLVMBuildFPTrunc(ref, v.ref, type.ref, "")) }
  package func sitofp(_ v: Value, to type: Type) -> Value { made(LLVMBuildSIToFP(ref, v.ref, type.ref, "")) }
  /// An integer in another width.
  package func intCast(_ v: Value, to type: Type, signed: Bool) -> Value {
    v.type == type ? v : made(LLVMBuildIntCast2(ref, v.ref, type.ref, signed ? 1 : 0, ""))
  }
  package func ptrtoint(_ v: Value, to type: Type) -> Value { made(LLVMBuildPtrToInt(ref, v.ref, type.ref, "")) }
  package func inttoptr(_ v: Value, to type: Type) -> Value { made(LLVMBuildIntToPtr(ref, v.ref, type.ref, "")) }

  // MARK: Memory

  package func alloca(_ type: Type, name: String = "") -> Value {
    Value(ref: LLVMBuildAlloca(ref, type.ref, name))
  }
  /// An alloca in the entry block of the current function.
  package func entryAlloca(_ type: Type, name: String = "") -> Value {
    let here = block
    let entry = here.function.entry
    let saved = Builder(module: module)
    if let first = entry.first { saved.position(before: first) } else { saved.position(atEndOf: entry) }
    return saved.alloca(type, name: name)
  }
  private func access(_ pointer: Value, _ type: Type) -> Value {
    cast(pointer: pointer, to: type.pointer(addressSpace: pointer.type.addressSpace))
  }
  package func load(_ type: Type, from pointer: Value, alignment: Int = 0) -> Value {
    let v = LLVMBuildLoad2(ref, type.ref, access(pointer, type).ref, "")
    if alignment > 0 { LLVMSetAlignment(v, UInt32(alignment)) }
    if let (f, family) = families { f.mark(Instruction(ref: v!), family) }
    return made(v)
  }
  @discardableResult
  package func store(_ value: Value, to pointer: Value, alignment: Int = 0) -> Instruction {
    let v = LLVMBuildStore(ref, value.ref, access(pointer, value.type).ref)
    if alignment > 0 { LLVMSetAlignment(v, UInt32(alignment)) }
    if let (f, family) = families { f.mark(Instruction(ref: v!), family) }
    return Instruction(ref: v!)
  }
  /// `pointer` plus a number of bytes, as a byte pointer.
  package func offset(_ pointer: Value, _ bytes: Value) -> Value {
    if bytes.integerConstant == 0 { return pointer }
    var index: LLVMValueRef? = bytes.ref
    let base = cast(pointer: pointer, to: context.bytePointer(addressSpace: pointer.type.addressSpace))
    return made(LLVMBuildInBoundsGEP2(ref, context.i8.ref, base.ref, &index, 1, ""))
  }
  package func offset(_ pointer: Value, _ bytes: Int) -> Value {
    offset(pointer, context.i64.constant(bytes))
  }
  /// `pointer` plus `index` elements of `type`.
  package func element(_ pointer: Value, _ type: Type, _ index: Value) -> Value {
    if index.integerConstant == 0 { return pointer }
    var i: LLVMValueRef? = index.ref
    return made(LLVMBuildInBoundsGEP2(ref, type.ref, access(pointer, type).ref, &i, 1, ""))
  }
  package func isNull(_ pointer: Value) -> Value { made(LLVMBuildIsNull(ref, pointer.ref, "")) }
  @discardableResult
  package func memset(_ pointer: Value, byte: Int, count: Value, alignment: Int = 1) -> Value {
    made(
      LLVMBuildMemSet(
        ref, cast(pointer: pointer, to: context.bytePointer(addressSpace: pointer.type.addressSpace)).ref,
        context.i8.constant(byte).ref, count.ref, UInt32(alignment)))
  }
  @discardableResult
  package func memcpy(to target: Value, from source: Value, count: Value, alignment: Int = 1) -> Value {
    let b = context.bytePointer
    return made(
      LLVMBuildMemCpy(
        ref, cast(pointer: target, to: b).ref, UInt32(alignment), cast(pointer: source, to: b).ref,
        UInt32(alignment), count.ref))
  }
  @discardableResult
  package func memmove(to target: Value, from source: Value, count: Value, alignment: Int = 1) -> Value {
    let b = context.bytePointer
    return made(
      LLVMBuildMemMove(
        ref, cast(pointer: target, to: b).ref, UInt32(alignment), cast(pointer: source, to: b).ref,
        UInt32(alignment), count.ref))
  }
  package func atomicFAdd(_ value: Value, to pointer: Value) {
    LLVMBuildAtomicRMW(
      ref, LLVMAtomicRMWBinOpFAdd, access(pointer, value.type).ref, value.ref,
      LLVMAtomicOrderingMonotonic, 0)
  }

  // MARK: Aggregates and vectors

  package func extractValue(_ v: Value, _ i: Int) -> Value {
    made(LLVMBuildExtractValue(ref, v.ref, UInt32(i), ""))
  }
  package func insertValue(_ v: Value, _ x: Value, _ i: Int) -> Value {
    made(LLVMBuildInsertValue(ref, v.ref, x.ref, UInt32(i), ""))
  }
  package func extractElement(_ v: Value, _ i: Value) -> Value {
    made(LLVMBuildExtractElement(ref, v.ref, i.ref, ""))
  }
  package func insertElement(_ v: Value, _ x: Value, _ i: Value) -> Value {
    made(LLVMBuildInsertElement(ref, v.ref, x.ref, i.ref, ""))
  }
  package func shuffle(_ a: Value, _ b: Value, mask: [Int]) -> Value {
    var lanes: [LLVMValueRef?] = mask.map {
      $0 < 0 ? LLVMGetUndef(context.i32.ref) : context.i32.constant($0).ref
    }
    let m = LLVMConstVector(&lanes, UInt32(lanes.count))
    return made(LLVMBuildShuffleVector(ref, a.ref, b.ref, m, ""))
  }
  /// A vector with `v` in each of `n` lanes.
  package func splat(_ v: Value, _ n: Int) -> Value {
    let one = insertElement(v.type.vector(n).poison, v, context.i32.constant(0))
    return shuffle(one, one, mask: Array(repeating: 0, count: n))
  }
  package func freeze(_ v: Value) -> Value { made(LLVMBuildFreeze(ref, v.ref, "")) }

  // MARK: Control flow and calls

  package func phi(_ type: Type, name: String = "") -> Instruction {
    Instruction(ref: LLVMBuildPhi(ref, type.ref, name))
  }
  package func br(_ block: BasicBlock) { LLVMBuildBr(ref, block.ref) }
  package func condBr(_ c: Value, _ yes: BasicBlock, _ no: BasicBlock) {
    LLVMBuildCondBr(ref, c.ref, yes.ref, no.ref)
  }
  package func `switch`(_ v: Value, default other: BasicBlock, cases: [(Value, BasicBlock)]) {
    let s = LLVMBuildSwitch(ref, v.ref, other.ref, UInt32(cases.count))
    for (value, target) in cases { LLVMAddCase(s, value.ref, target.ref) }
  }
  package func ret(_ v: Value?) {
    if let v { LLVMBuildRet(ref, v.ref) } else { LLVMBuildRetVoid(ref) }
  }
  package func unreachable() { LLVMBuildUnreachable(ref) }

  /// Calls `callee` as a function of type `type`, casting pointer arguments where they need it.
  package func call(_ callee: Value, _ type: Type, _ arguments: [Value]) -> Value {
    let expected = type.parameters
    var refs: [LLVMValueRef?] = arguments.enumerated().map { i, a in
      if i < expected.count, expected[i].isPointer, a.type.isPointer, a.type != expected[i] {
        return cast(pointer: a, to: expected[i]).ref
      }
      return a.ref
    }
    let target = cast(pointer: callee, to: type.pointer(addressSpace: callee.type.addressSpace))
    return made(LLVMBuildCall2(ref, type.ref, target.ref, &refs, UInt32(refs.count), ""))
  }
  @discardableResult
  package func call(_ callee: Function, _ arguments: [Value]) -> Value {
    call(callee.value, callee.functionType, arguments)
  }
}

extension Builder {
  /// As `call`, as an invoke.
  package func invoke(
    _ callee: Value, _ type: Type, _ arguments: [Value], normal: BasicBlock, unwind: BasicBlock
  ) -> Instruction {
    let expected = type.parameters
    var refs: [LLVMValueRef?] = arguments.enumerated().map { i, a in
      i < expected.count && expected[i].isPointer && a.type.isPointer ? cast(pointer: a, to: expected[i]).ref : a.ref
    }
    let target = cast(pointer: callee, to: type.pointer(addressSpace: callee.type.addressSpace))
    return Instruction(
      ref: LLVMBuildInvoke2(ref, type.ref, target.ref, &refs, UInt32(refs.count), normal.ref, unwind.ref, ""))
  }
}

/// Families of memory accesses in one function that never touch the same bytes, as alias metadata: a list of scopes
/// that an access is in, and a list of those it is not.
package struct AliasFamilies {
  package enum Family: Int, CaseIterable {
    /// The program's own memory.
    case primal
    /// Where derivatives of the program's memory are.
    case shadow
    /// Values kept on the tape. Memory of the program's that was put there is not part of it.
    case tape
  }
  private let scopes: [OpaquePointer]
  private let context: Context

  /// Makes the families of a function and declares them at the builder's position.
  package init(_ builder: Builder, name: String) {
    context = builder.context
    let c = context.ref
    let domain = nablaMakeAliasDomain(c, name)
    scopes = Family.allCases.map { nablaMakeAliasScope(c, domain, "\($0)")! }
    // Without the declarations the metadata would speak about all rounds of a loop that this is inlined into.
    let declare = builder.module.intrinsic("llvm.experimental.noalias.scope.decl", [])
    for f in Family.allCases { builder.call(declare.value, declare.functionType, [list([scopes[f.rawValue]])]) }
  }

  private func list(_ scopes: [OpaquePointer]) -> Value {
    var all: [LLVMMetadataRef?] = scopes
    return Value(ref: LLVMMetadataAsValue(context.ref, LLVMMDNodeInContext2(context.ref, &all, all.count)))
  }

  /// Says of an access which family it belongs to, beside what it already knows.
  package func mark(_ i: Instruction, _ family: Family) {
    add([scopes[family.rawValue]], "alias.scope", i)
    add(Family.allCases.filter { $0 != family }.map { scopes[$0.rawValue] }, "noalias", i)
  }
  private func add(_ new: [OpaquePointer], _ kind: String, _ i: Instruction) {
    let old = i.metadataOperands(kind).map { LLVMValueAsMetadata($0.ref)! }
    i.setMetadata(kind, list(old + new.filter { !old.contains($0) }))
  }
}
