import Glibc
import IR
internal import ToolShims

/// Computes a program on complex numbers: an imaginary part beside every floating-point value.
///
///     %z = fmul double %x, %y       %z = fmul double %x, %y
///                                   %z.i = %x * %y.i + %x.i * %y
///
/// An imaginary part *h* of an input, so small that *h²* vanishes beside 1, leaves real parts as they are, and the imaginary part of a
/// result is *h* times the derivative, up to rounding: no difference is taken. Elementary functions are the C library's complex ones. What is
/// active is not asked, shadows are not needed, and no rule is read: everything goes along, in a map from addresses where values
/// are in memory, and in registers of its own through calls. Where a number goes where no imaginary part can follow, the run says so.
enum ComplexStep {
  /// The imaginary part of inputs.
  static let step = 0x1p-70

  /// Instruments all functions with bodies.
  static func instrument(_ module: Module) {
    let runtime = RuntimeCalls(module)
    ComplexRun.places = []
    for f in module.functions where !f.isDeclaration {
      var instrumenter = Instrumenter(f, module, runtime)
      instrumenter.run()
    }
  }
}

/// The functions that instrumented code calls, and the memory that it uses, all by address.
private struct RuntimeCalls {
  struct Target {
    let value: Value
    let type: Type
  }
  let load, store, forget, copy, read, lose, complex, returned, released: Target
  let registers, sources, flag: Value

  init(_ module: Module) {
    let b = Builder(module: module)
    let c = module.context
    func target(_ address: UnsafeRawPointer, _ result: Type, _ parameters: [Type]) -> Target {
      let type = Type.function(result, parameters)
      return Target(value: b.inttoptr(c.i64.constant(Int(bitPattern: address)), to: type.pointer()), type: type)
    }
    func pointer(_ address: UnsafeMutableRawPointer) -> Value {
      b.inttoptr(c.i64.constant(Int(bitPattern: address)), to: c.bytePointer)
    }
    let p = c.bytePointer, i = c.i64, d = c.double
    load = target(unsafeBitCast(ComplexRun.load, to: UnsafeRawPointer.self), d, [p])
    store = target(unsafeBitCast(ComplexRun.store, to: UnsafeRawPointer.self), c.void, [p, i, d])
    forget = target(unsafeBitCast(ComplexRun.forget, to: UnsafeRawPointer.self), c.void, [p, i])
    copy = target(unsafeBitCast(ComplexRun.copy, to: UnsafeRawPointer.self), c.void, [p, p, i])
    read = target(unsafeBitCast(ComplexRun.read, to: UnsafeRawPointer.self), c.void, [p, i, i])
    lose = target(unsafeBitCast(ComplexRun.lose, to: UnsafeRawPointer.self), c.void, [d, i])
    complex = target(unsafeBitCast(ComplexRun.complex, to: UnsafeRawPointer.self), d, [i, d, d, d, d, d, i])
    returned = target(unsafeBitCast(ComplexRun.returned, to: UnsafeRawPointer.self), c.void, [i])
    released = target(unsafeBitCast(ComplexRun.released, to: UnsafeRawPointer.self), c.void, [p])
    registers = pointer(UnsafeMutableRawPointer(ComplexRun.registers))
    sources = pointer(UnsafeMutableRawPointer(ComplexRun.sources))
    flag = pointer(UnsafeMutableRawPointer(ComplexRun.flag))
  }
}

/// One function.
private struct Instrumenter {
  private let f: Function
  private let module: Module
  private let layout: DataLayout
  private let runtime: RuntimeCalls
  private let b: Builder
  private let c: Context
  /// Where the imaginary part of a value is kept. In memory, so that the order of blocks is of no importance.
  private var slots: [Value: Value] = [:]

  init(_ f: Function, _ module: Module, _ runtime: RuntimeCalls) {
    self.f = f
    self.module = module
    self.runtime = runtime
    layout = module.dataLayout
    b = Builder(module: module)
    c = module.context
  }

  // MARK: Types

  /// The type of imaginary parts; nil for what has none.
  private func part(_ type: Type) -> Type? {
    if type.format != nil { return c.double }
    guard type.containsFloat, type.isAggregate || type.isVector, type.count <= 4096 else { return nil }
    if type.isVector { return part(type.element).map { $0.vector(type.count) } }
    let members = (0..<type.count).map { part(type.member($0)) ?? c.i8 }
    return type.isArray ? members[0].array(type.count) : c.structure(members)
  }

  /// An integer that only holds the bits of a number on their way from one place in memory to another.
  private func isCarrier(_ i: Instruction) -> Bool {
    guard i.type.isInteger, i.type.bitWidth == 64 || i.type.bitWidth == 32, i.opcode == .load || i.opcode == .bitcast
    else { return false }
    if i.opcode == .bitcast, i.operand(0).type.format == nil { return false }
    return i.value.hasUses
      && i.value.users.allSatisfy { user in
        guard let u = user.instruction else { return false }
        return u.opcode == .store && u.operand(0) == i.value && u.operand(1) != i.value
          || u.opcode == .bitcast && u.type.format != nil
      }
  }

  // MARK: The function

  mutating func run() {
    for i in f.blocks.flatMap({ Array($0.instructions) }) where i.isCall {
      i.clearTailCall()
      if i.opcode == .invoke, part(i.type) != nil { splitNormalEdge(i) }
    }
    let original = f.blocks.map { Array($0.instructions) }
    b.position(atStartOf: f.entry)
    for p in f.parameters { if let type = part(p.type) { slots[p] = b.entryAlloca(type) } }
    for i in original.joined() {
      if let type = part(i.type) ?? (isCarrier(i) ? c.double : nil) { slots[i.value] = b.entryAlloca(type) }
    }
    readParameters()
    for i in original.joined() where i.isPhi { phi(i) }
    for i in original.joined() where !i.isPhi { instrument(i) }
  }

  /// A block of its own for what follows an invoke.
  private func splitNormalEdge(_ i: Instruction) {
    let normal = i.normalDestination
    let edge = f.appendBlock("complex")
    b.position(atEndOf: edge)
    b.br(normal)
    for p in normal.instructions where p.isPhi {
      for (k, incoming) in p.incoming.enumerated() where incoming.block == i.block { p.setIncomingBlock(k, edge) }
    }
    i.setSuccessor(0, edge)
  }

  private func readParameters() {
    guard let first = f.entry.instructions.first(where: { $0.opcode != .alloca }) else { return }
    b.position(before: first)
    var next = 0
    for (k, p) in f.parameters.enumerated() {
      if let slot = slots[p] { b.store(readRegisters(p.type, &next), to: slot) }
      if let type = f.parameterTypeAttribute(k, "byval") {
        let source = b.load(c.bytePointer, from: b.offset(runtime.sources, 8 * k))
        call(runtime.copy, [bytes(p), source, c.i64.constant(layout.allocSize(type))])
      }
    }
  }

  /// A value from registers.
  private func readRegisters(_ type: Type, _ next: inout Int) -> Value {
    if type.format != nil {
      defer { next += 1 }
      return b.load(c.double, from: b.offset(runtime.registers, 8 * next))
    }
    var value = part(type)!.zero
    for k in 0..<type.count where part(type.member(k)) != nil {
      value = insert(value, readRegisters(type.member(k), &next), k)
    }
    return value
  }
  private func writeRegisters(_ value: Value, _ type: Type, _ next: inout Int) {
    if type.format != nil {
      _ = b.store(value, to: b.offset(runtime.registers, 8 * next))
      next += 1
      return
    }
    for k in 0..<type.count where part(type.member(k)) != nil {
      writeRegisters(extract(value, k), type.member(k), &next)
    }
  }

  private func extract(_ v: Value, _ k: Int) -> Value {
    v.type.isVector ? b.extractElement(v, c.i64.constant(k)) : b.extractValue(v, k)
  }
  private func insert(_ v: Value, _ x: Value, _ k: Int) -> Value {
    v.type.isVector ? b.insertElement(v, x, c.i64.constant(k)) : b.insertValue(v, x, k)
  }
  @discardableResult
  private func call(_ t: RuntimeCalls.Target, _ arguments: [Value]) -> Value { b.call(t.value, t.type, arguments) }
  private func bytes(_ pointer: Value) -> Value { b.cast(pointer: pointer, to: c.bytePointer) }

  // MARK: Values

  /// The imaginary part of a value, at the builder's position.
  private func imaginary(_ v: Value) -> Value {
    if let slot = slots[v] { return b.load(part(v.type) ?? c.double, from: slot) }
    return (part(v.type) ?? c.double).zero
  }
  private func isReal(_ v: Value) -> Bool { slots[v] == nil }

  /// A value in double precision, or a vector of such.
  private func real(_ v: Value) -> Value {
    let wanted = part(v.type)!
    return v.type == wanted ? v : b.fpCast(v, to: wanted)
  }

  private func set(_ i: Instruction, _ value: Value) {
    guard let slot = slots[i.value] else { return }
    _ = b.store(value, to: slot)
  }

  /// 0 where the imaginary part is 0, whatever the factor.
  private func product(_ x: Value, _ imaginary: Value) -> Value {
    let zero = imaginary.type.zero
    return b.select(b.fcmp(.oeq, imaginary, zero), zero, b.fmul(x, imaginary))
  }

  private func place(_ i: Instruction) -> Value {
    ComplexRun.places.append(ComplexRun.describe(i))
    return c.i64.constant(ComplexRun.places.count - 1)
  }

  /// Says that imaginary parts end here, if there are any.
  private func lose(_ v: Value, at i: Instruction) {
    guard let slot = slots[v] else { return }
    let type = part(v.type) ?? c.double
    loseAll(b.load(type, from: slot), place(i))
  }
  private func loseAll(_ value: Value, _ place: Value) {
    if value.type == c.double { return _ = call(runtime.lose, [value, place]) }
    guard value.type.isAggregate || value.type.isVector else { return }
    for k in 0..<value.type.count { loseAll(extract(value, k), place) }
  }

  // MARK: Instructions

  private func phi(_ i: Instruction) {
    guard let slot = slots[i.value], let type = part(i.type) else { return }
    b.position(before: i)
    let copy = b.phi(type)
    for (value, block) in i.incoming {
      b.position(before: block.terminator!)
      copy.addIncoming(imaginary(value), from: block)
    }
    if let first = i.block.firstInsertionPoint { b.position(before: first) }
    b.store(copy.value, to: slot)
  }

  private func instrument(_ i: Instruction) {
    switch i.opcode {
    case .load: load(i)
    case .store: store(i)
    case .alloca: clear(i)
    case .ret: result(i)
    case .call, .invoke: CallInstrumenter(self, i).run()
    case .atomicRMW: atomic(i)
    case .cmpxchg:
      b.position(before: i)
      sayRead(i.operand(0), i.operand(1).type, i)
      forget(i.operand(0), i.operand(1).type)
    default: compute(i)
    }
  }

  private func compute(_ i: Instruction) {
    b.position(before: i)
    guard slots[i.value] != nil else {
      // Comparisons and roundings to integers have no derivative; bits of numbers are another matter.
      switch i.opcode {
      case .bitcast, .fptrunc, .fpext: lose(i.operand(0), at: i)
      default: break
      }
      return
    }
    b.position(after: i)
    let x = { imaginary(i.operand($0)) }
    switch i.opcode {
    case .fneg: set(i, b.fneg(x(0)))
    case .fadd: set(i, b.fadd(x(0), x(1)))
    case .fsub: set(i, b.fsub(x(0), x(1)))
    case .fmul:
      set(i, b.fadd(product(real(i.operand(0)), x(1)), product(real(i.operand(1)), x(0))))
    case .fdiv:
      let y = b.fsub(x(0), product(real(i.value), x(1)))
      let zero = y.type.zero
      set(i, b.select(b.fcmp(.oeq, y, zero), zero, b.fdiv(y, real(i.operand(1)))))
    case .frem: set(i, lanes(i, "fmod", [i.operand(0), i.operand(1)]))
    case .fpext, .fptrunc, .freeze: set(i, x(0))
    case .select: set(i, b.select(i.operand(0), x(1), x(2)))
    case .bitcast: bitcast(i)
    case .extractElement: set(i, b.extractElement(x(0), i.operand(1)))
    case .insertElement: set(i, b.insertElement(x(0), x(1), i.operand(2)))
    case .shuffleVector: set(i, b.shuffle(x(0), x(1), mask: i.shuffleMask))
    case .extractValue:
      guard part(i.operand(0).type) != nil else { return set(i, part(i.type)!.zero) }
      set(i, i.indices.reduce(x(0)) { b.extractValue($0, $1) })
    case .insertValue: set(i, inserted(x(0), part(i.operand(1).type).map { _ in x(1) }, i.indices[...]))
    case .sitofp, .uitofp, .landingPad, .vaArg: set(i, part(i.type)!.zero)
    default: set(i, (part(i.type) ?? c.double).zero)
    }
  }

  private func inserted(_ whole: Value, _ member: Value?, _ indices: ArraySlice<Int>) -> Value {
    guard let member, let k = indices.first else { return whole }
    if indices.count == 1 { return b.insertValue(whole, member, k) }
    return b.insertValue(whole, inserted(b.extractValue(whole, k), member, indices.dropFirst()), k)
  }

  private func bitcast(_ i: Instruction) {
    let v = i.operand(0)
    if part(v.type) == part(i.type) || part(v.type) == nil || part(i.type) == nil {
      // Between numbers of one size, or an integer that carries one.
      return set(i, imaginary(v))
    }
    set(i, part(i.type)!.zero)
    lose(v, at: i)
  }

  // MARK: Memory

  private func load(_ i: Instruction) {
    let pointer = i.operand(0)
    guard pointer.type.addressSpace == 0 else { return }
    if slots[i.value] != nil {
      b.position(after: i)
      set(i, part(i.type) == nil ? carried(i, pointer) : loaded(pointer, i.type))
    } else {
      b.position(before: i)
      sayRead(pointer, i.type, i)
    }
  }
  /// What an integer carries. More than one number in it can't be.
  private func carried(_ i: Instruction, _ pointer: Value) -> Value {
    if i.type.bitWidth == 64 { call(runtime.read, [b.offset(bytes(pointer), 4), c.i64.constant(4), place(i)]) }
    return call(runtime.load, [bytes(pointer)])
  }
  private func loaded(_ pointer: Value, _ type: Type, at offset: Int = 0) -> Value {
    if type.format != nil { return call(runtime.load, [b.offset(bytes(pointer), offset)]) }
    var value = part(type)!.zero
    for k in 0..<type.count where part(type.member(k)) != nil {
      value = insert(value, loaded(pointer, type.member(k), at: offset + layout.offset(type, k)), k)
    }
    return value
  }
  private func sayRead(_ pointer: Value, _ type: Type, _ i: Instruction) {
    guard !type.isPointer, layout.storeSize(type) >= 2 else { return }
    call(runtime.read, [bytes(pointer), c.i64.constant(layout.storeSize(type)), place(i)])
  }
  private func forget(_ pointer: Value, _ type: Type) {
    call(runtime.forget, [bytes(pointer), c.i64.constant(layout.storeSize(type))])
  }

  private func store(_ i: Instruction) {
    let (value, pointer) = (i.operand(0), i.operand(1))
    guard pointer.type.addressSpace == 0 else { return }
    b.position(before: i)
    forget(pointer, value.type)
    guard slots[value] != nil else { return }
    if part(value.type) == nil { return stored(imaginary(value), c.double, pointer) }
    stored(imaginary(value), value.type, pointer)
  }
  private func stored(_ imaginary: Value, _ type: Type, _ pointer: Value, at offset: Int = 0) {
    if type.format != nil {
      call(runtime.store, [b.offset(bytes(pointer), offset), c.i64.constant(layout.storeSize(type)), imaginary])
      return
    }
    for k in 0..<type.count where part(type.member(k)) != nil {
      stored(extract(imaginary, k), type.member(k), pointer, at: offset + layout.offset(type, k))
    }
  }
  /// Memory on the stack was used for something else before.
  private func clear(_ i: Instruction) {
    guard i.operand(0).integerConstant == 1, i.block == f.entry else { return }
    b.position(after: i)
    call(runtime.forget, [bytes(i.value), c.i64.constant(layout.allocSize(i.allocatedType))])
  }

  private func atomic(_ i: Instruction) {
    b.position(before: i)
    let (pointer, value) = (i.operand(0), i.operand(1))
    // Additions of numbers whose old value nobody reads.
    if i.atomicOperation == 11 || i.atomicOperation == 12, value.type.format != nil, !i.value.hasUses {
      let old = call(runtime.load, [bytes(pointer)])
      let new = i.atomicOperation == 11 ? b.fadd(old, imaginary(value)) : b.fsub(old, imaginary(value))
      call(runtime.store, [bytes(pointer), c.i64.constant(layout.storeSize(value.type)), new])
      return
    }
    lose(value, at: i)
    sayRead(pointer, value.type, i)
    forget(pointer, value.type)
  }

  private func result(_ i: Instruction) {
    b.position(before: i)
    b.store(c.i64.constant(1), to: runtime.flag)
    guard let value = i.operands.first, part(value.type) != nil else { return }
    var next = 0
    writeRegisters(imaginary(value), value.type, &next)
  }

  // MARK: Functions of numbers

  /// A function of C's library, lane by lane.
  private func lanes(_ i: Instruction, _ name: String, _ operands: [Value]) -> Value {
    guard i.type.isVector else { return lane(i, name, i.value, operands.map { ($0, imaginary($0)) }) }
    var value = part(i.type)!.zero
    for k in 0..<i.type.count {
      let parts = operands.map { v in
        v.type.isVector
          ? (extract(v, k), part(v.type) == nil ? c.double.zero : extract(imaginary(v), k)) : (v, imaginary(v))
      }
      value = insert(value, lane(i, name, extract(i.value, k), parts), k)
    }
    return value
  }
  private func lane(_ i: Instruction, _ name: String, _ result: Value, _ parts: [(Value, Value)]) -> Value {
    func double(_ v: Value) -> Value { v.type.isInteger ? b.sitofp(v, to: c.double) : b.fpCast(v, to: c.double) }
    let y = parts.count > 1 ? parts[1] : (c.double.zero, c.double.zero)
    return call(
      runtime.complex,
      [
        c.i64.constant(Int(nablaComplexFunction(name))), double(parts[0].0), parts[0].1, double(y.0), y.1,
        double(result),
        place(i),
      ])
  }

  // MARK: Calls

  private struct CallInstrumenter {
    let o: Instrumenter
    let i: Instruction
    private var b: Builder { o.b }

    init(_ o: Instrumenter, _ i: Instruction) {
      self.o = o
      self.i = i
    }

    func run() {
      guard let callee = i.callee else { return i.isInlineAssemblyCall ? unknown() : program(isKnown: false) }
      if !callee.isDeclaration { return program(isKnown: true) }
      let name = callee.name
      if name.hasPrefix("llvm.dbg.") || name.hasPrefix("llvm.lifetime.") || name.hasPrefix("llvm.assume") { return }
      if memory(name) || formula(Self.word(name)) || library(Self.word(name)) { return }
      unknown()
    }

    /// `llvm.sqrt.v2f64`, `sqrtf`: `sqrt`.
    private static func word(_ name: String) -> String {
      let word =
        name.hasPrefix("llvm.") ? String(name.dropFirst(5).prefix { $0 != "." }) : name
      let renamed = [
        "minnum": "fmin", "maxnum": "fmax", "minimum": "fmin", "maximum": "fmax", "fmuladd": "fma", "scalbn": "ldexp",
        "scalbln": "ldexp", "roundeven": "round",
      ]
      if let other = renamed[word] { return other }
      if isKnown(word) { return word }
      if word.hasSuffix("f") || word.hasSuffix("l"), isKnown(String(word.dropLast())) {
        let short = String(word.dropLast())
        return renamed[short] ?? short
      }
      return word
    }
    private static let others: Set = [
      "fabs", "fma", "floor", "ceil", "trunc", "round", "rint", "nearbyint", "roundeven", "canonicalize", "sincos",
      "modf",
      "frexp", "scalbn", "scalbln", "logb",
    ]
    private static func isKnown(_ word: String) -> Bool { others.contains(word) || nablaComplexFunction(word) >= 0 }

    /// After the call: an invoke with a number has a block of its own behind it.
    private func positionAfter() {
      if i.opcode == .invoke { b.position(atStartOf: i.normalDestination) } else { b.position(after: i) }
    }

    /// Moving and filling memory, taking and giving it back.
    private func memory(_ name: String) -> Bool {
      b.position(before: i)
      if name.hasPrefix("llvm.memcpy") || name.hasPrefix("llvm.memmove") || name == "memcpy" || name == "memmove" {
        o.call(
          o.runtime.copy,
          [o.bytes(i.operand(0)), o.bytes(i.operand(1)), b.intCast(i.operand(2), to: o.c.i64, signed: false)])
      } else if name.hasPrefix("llvm.memset") || name == "memset" {
        o.call(o.runtime.forget, [o.bytes(i.operand(0)), b.intCast(i.operand(2), to: o.c.i64, signed: false)])
      } else if name == "free" || name.hasPrefix("_ZdlPv") || name.hasPrefix("_ZdaPv") || name == "realloc" {
        o.call(o.runtime.released, [o.bytes(i.operand(0))])
      } else {
        return false
      }
      return true
    }

    /// What is a formula of real and imaginary parts.
    private func formula(_ word: String) -> Bool {
      guard i.opcode == .call else { return false }
      if ["modf", "frexp", "sincos"].contains(word), i.operands.count < 2 || i.callee?.isIntrinsic == true {
        return false
      }
      b.position(after: i)
      switch word {
      case "fabs":
        let x = i.operand(0)
        let isNegative = b.fcmp(.olt, o.real(x), o.real(x).type.zero)
        let xi = o.imaginary(x)
        o.set(i, b.select(isNegative, b.fneg(xi), xi))
      case "fma":
        let (x, y) = (i.operand(0), i.operand(1))
        let sum = b.fadd(o.product(o.real(x), o.imaginary(y)), o.product(o.real(y), o.imaginary(x)))
        o.set(i, b.fadd(sum, o.imaginary(i.operand(2))))
      case "floor", "ceil", "trunc", "round", "rint", "nearbyint", "logb": o.set(i, o.part(i.type)!.zero)
      case "canonicalize": o.set(i, o.imaginary(i.operand(0)))
      case "modf":
        o.forget(i.operand(1), i.type)
        o.set(i, o.imaginary(i.operand(0)))
      case "frexp":
        o.forget(i.operand(1), o.c.integer(32))
        let x = i.operand(0)
        o.set(i, o.product(b.fdiv(o.real(i.value), o.real(x)), o.imaginary(x)))
      case "sincos":
        let x = i.operand(0)
        let (sine, cosine) = (b.load(x.type, from: i.operand(1)), b.load(x.type, from: i.operand(2)))
        o.stored(o.product(o.real(cosine), o.imaginary(x)), x.type, i.operand(1))
        o.stored(o.product(b.fneg(o.real(sine)), o.imaginary(x)), x.type, i.operand(2))
      default: return false
      }
      return true
    }

    /// A function that there is for complex numbers.
    private func library(_ word: String) -> Bool {
      let code = nablaComplexFunction(word)
      guard code >= 0, o.part(i.type) != nil, !i.type.isAggregate, i.argumentCount >= Int(nablaComplexOperands(code))
      else { return false }
      positionAfter()
      o.set(i, o.lanes(i, word, Array(i.arguments.prefix(Int(nablaComplexOperands(code))))))
      return true
    }

    /// A function with a body, or through a pointer.
    private func program(isKnown: Bool) {
      b.position(before: i)
      let fixed = i.calledFunctionType.parameters.count
      var next = 0
      var hasNumbers = o.part(i.type) != nil
      for (k, a) in i.arguments.enumerated() {
        if o.part(a.type) != nil {
          if k >= fixed {
            o.lose(a, at: i)
          } else {
            o.writeRegisters(o.imaginary(a), a.type, &next)
            hasNumbers = true
          }
        }
        if i.argumentHasAttribute(k, "byval"), k < ComplexRun.sourceCount {
          b.store(o.bytes(a), to: b.offset(o.runtime.sources, 8 * k))
        }
      }
      b.store(o.c.i64.constant(0), to: o.runtime.flag)
      guard hasNumbers else { return }
      positionAfter()
      if i.opcode == .invoke && o.part(i.type) == nil { return }
      if !isKnown { o.call(o.runtime.returned, [o.place(i)]) }
      guard o.part(i.type) != nil else { return }
      next = 0
      o.set(i, o.readRegisters(i.type, &next))
    }

    /// A function of which nothing is known: numbers may go in if they have no imaginary part.
    private func unknown() {
      b.position(before: i)
      for a in i.arguments where o.part(a.type) != nil { o.lose(a, at: i) }
      guard let type = o.part(i.type) else { return }
      positionAfter()
      o.set(i, type.zero)
    }
  }
}

/// What instrumented code calls and uses. One run at a time.
enum ComplexRun {
  static let registerCount = 1 << 14
  static let sourceCount = 256
  /// Imaginary parts of arguments, then of the result, scalar by scalar.
  nonisolated(unsafe) static let registers = cells(Double.self, registerCount)
  /// Where arguments that are passed in memory come from, by position.
  nonisolated(unsafe) static let sources = cells(UInt.self, sourceCount)
  /// Was the function that was called last one of ours?
  nonisolated(unsafe) static let flag = cells(Int.self, 1)
  /// Imaginary parts of numbers in memory that are not zero.
  nonisolated(unsafe) static var memory: [UInt: Double] = [:]
  /// The instructions at which imaginary parts may end.
  nonisolated(unsafe) static var places: [String] = []
  /// The first at which one did.
  nonisolated(unsafe) private(set) static var lost: String?

  private static func cells<T>(_ type: T.Type, _ count: Int) -> UnsafeMutablePointer<T>
  where T: ExpressibleByIntegerLiteral {
    let p = UnsafeMutablePointer<T>.allocate(capacity: count)
    p.initialize(repeating: 0, count: count)
    return p
  }

  static func reset() {
    memory = [:]
    lost = nil
    for k in 0..<registerCount { registers[k] = 0 }
    for k in 0..<sourceCount { sources[k] = 0 }
  }

  /// What stands for an instruction in messages.
  static func describe(_ i: Instruction) -> String {
    let line = i.positions.first { $0.line > 0 }?.line
    let what =
      i.isCall
      ? i.callee.map { "'\($0.name)'" } ?? "a call through a pointer"
      : "`\(String(i.value.description.drop { $0 == " " }.prefix { $0 != "!" && $0 != "#" }.prefix(80)))`"
    return what + (line.map { " (line \($0))" } ?? "")
  }

  private static func stop(_ place: Int) { if lost == nil { lost = places[place] } }

  /// Visits the addresses in a range that have imaginary parts.
  private static func entries(_ start: UInt, _ count: Int) -> [(UInt, Double)] {
    if memory.isEmpty || count <= 0 { return [] }
    let end = start &+ UInt(count)
    if count <= 16 || count / 2 < memory.count {
      return stride(from: start & ~1, to: end, by: 2).compactMap { a in memory[a].map { (a, $0) } }
    }
    return memory.filter { $0.key >= start && $0.key < end }.map { ($0.key, $0.value) }
  }

  static let load: @convention(c) (UInt) -> Double = { memory.isEmpty ? 0 : memory[$0] ?? 0 }
  static let store: @convention(c) (UInt, Int, Double) -> Void = { address, _, x in
    if x == 0 { memory[address] = nil } else { memory[address] = x }
  }
  static let forget: @convention(c) (UInt, Int) -> Void = { address, count in
    for (a, _) in entries(address, count) { memory[a] = nil }
  }
  static let copy: @convention(c) (UInt, UInt, Int) -> Void = { target, source, count in
    let moved = entries(source, count)
    for (a, _) in entries(target, count) { memory[a] = nil }
    for (a, x) in moved { memory[a - source + target] = x }
  }
  static let read: @convention(c) (UInt, Int, Int) -> Void = { address, count, place in
    if !entries(address, count).isEmpty { stop(place) }
  }
  static let lose: @convention(c) (Double, Int) -> Void = { x, place in if x != 0 { stop(place) } }
  static let complex: @convention(c) (Int, Double, Double, Double, Double, Double, Int) -> Double = {
    code, x, xi, y, yi, real, place in
    if xi == 0 && yi == 0 { return 0 }
    let found = nablaComplexImaginary(Int32(code), x, xi, y, yi, real)
    if found.isNaN { stop(place) }
    return found.isNaN ? 0 : found
  }
  static let returned: @convention(c) (Int) -> Void = { place in if flag[0] == 0 { stop(place) } }
  static let released: @convention(c) (UnsafeMutableRawPointer?) -> Void = { p in
    if let p, !memory.isEmpty { forget(UInt(bitPattern: p), nablaAllocatedSize(p)) }
  }
}
