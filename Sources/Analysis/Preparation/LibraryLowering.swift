package import IR

/// Replaces operations that are compositions of simpler ones by those, so that no later stage has to
/// know them:
///
/// ```
/// sincos(x, s, c)                    *s = sin(x); *c = cos(x)
/// llvm.vector.reduce.fadd(a, v)      a + v0 + v1 + …
/// llvm.masked.load(p, m, else)       per lane: *(m ? p : scratch), selected
/// __muldc3(a, b, c, d)               { a·c - b·d, a·d + b·c }
/// cexp(a, b)                         { e^a cos b, e^a sin b }
/// dgemm_(&ta, &tb, &m, …)            nabla.library.blas.d.user_gemm(ta, tb, m, …), which has a body
/// ```
struct LibraryLowering {
  private let builder: Builder
  private let function: Function
  private var scratch: [Type: Value] = [:]

  /// - Parameter isDeclared: is the function one of which the program itself says something?
  static func run(on f: Function, isDeclared: (Function) -> Bool) {
    let builder = Builder(module: f.module)
    var pass = LibraryLowering(builder: builder, function: f)
    var openMP = OpenMPLowering(builder, f)
    for block in f.blocks {
      for i in block.instructions where i.isCall {
        if i.isInlineAssemblyCall { AssemblyLowering(builder, i)?.lower(); continue }
        guard let g = i.callee, g.isDeclaration, !isDeclared(g), !openMP.lower(i, g.name) else { continue }
        pass.lower(i, g.name)
      }
    }
  }

  private init(builder: Builder, function: Function) {
    self.builder = builder
    self.function = function
  }

  private mutating func lower(_ i: Instruction, _ name: String) {
    if name.hasPrefix("llvm.") {
      lowerIntrinsic(i, String(name.dropFirst(5)))
      return
    }
    switch name {
    case "sincos", "sincosf", "sincosl", "__sincos", "__sincosf": lowerSinCos(i)
    case "modf", "modff", "modfl": lowerModf(i)
    case "qsort", "bsearch": Sorting.lower(i, name)
    case "__muldc3", "__mulsc3", "__mulxc3", "__multc3": lowerComplex(i, divide: false)
    case "__divdc3", "__divsc3", "__divxc3", "__divtc3": lowerComplex(i, divide: true)
    default:
      if let value = ComplexLowering.value(of: i, name, builder) {
        replace(i, by: value)
      } else if let call = LibraryCall.build(insteadOf: i, name, builder) {
        replace(i, by: call.result)
      }
    }
  }

  private func replace(_ i: Instruction, by value: Value?) {
    if let value { i.value.replaceAllUses(with: value) }
    if i.opcode == .invoke {
      builder.br(i.normalDestination)
      for phi in i.unwindDestination.phis {
        if let k = phi.incoming.firstIndex(where: { $0.block == i.block }) { phi.removeIncoming(k) }
      }
    }
    i.erase()
  }

  private func intrinsic(_ name: String, _ x: Value) -> Value {
    builder.call(function.module.intrinsic("llvm." + name, [x.type]), [x])
  }

  private func lowerSinCos(_ i: Instruction) {
    guard i.argumentCount == 3, i.type.isVoid, i.operand(0).type.isFloat else { return }
    builder.position(before: i)
    builder.store(intrinsic("sin", i.operand(0)), to: i.operand(1))
    builder.store(intrinsic("cos", i.operand(0)), to: i.operand(2))
    replace(i, by: nil)
  }

  private func lowerModf(_ i: Instruction) {
    guard i.argumentCount == 2, i.type.isFloat else { return }
    builder.position(before: i)
    let x = i.operand(0)
    let whole = intrinsic("trunc", x)
    builder.store(whole, to: i.operand(1))
    // The fraction of an infinity is a zero; and every fraction has the sign of its number.
    let infinite = builder.fcmp(.oeq, intrinsic("fabs", x), x.type.constant(Double.infinity))
    let fraction = builder.select(infinite, x.type.zero, builder.fsub(x, whole))
    let signed = builder.call(function.module.intrinsic("llvm.copysign", [x.type]), [fraction, x])
    replace(i, by: signed)
  }

  private func lowerComplex(_ i: Instruction, divide: Bool) {
    guard i.argumentCount == 4, i.operands.prefix(4).allSatisfy({ $0.type.isFloat }) else { return }
    let (a, b, c, d) = (i.operand(0), i.operand(1), i.operand(2), i.operand(3))
    builder.position(before: i)
    let real: Value
    let imaginary: Value
    if divide {
      // Smith's algorithm (1962) without branches: scale by the larger part of the divisor.
      let wide = builder.fcmp(.oge, intrinsic("fabs", c), intrinsic("fabs", d))
      let big = builder.select(wide, c, d)
      let small = builder.select(wide, d, c)
      let ratio = builder.fdiv(small, big)
      let scale = builder.fadd(big, builder.fmul(small, ratio))
      let p = builder.select(wide, a, b)
      let q = builder.select(wide, b, a)
      let re = builder.fadd(p, builder.fmul(q, ratio))
      let im = builder.fsub(q, builder.fmul(p, ratio))
      real = builder.fdiv(re, scale)
      imaginary = builder.fdiv(builder.select(wide, im, builder.fneg(im)), scale)
    } else {
      real = builder.fsub(builder.fmul(a, c), builder.fmul(b, d))
      imaginary = builder.fadd(builder.fmul(a, d), builder.fmul(b, c))
    }
    let type = i.type
    if type.isStruct || type.isVector {
      let value: Value
      if type.isStruct {
        value = builder.insertValue(builder.insertValue(type.poison, real, 0), imaginary, 1)
      } else {
        let i32 = builder.context.i32
        value = builder.insertElement(
          builder.insertElement(type.poison, real, i32.constant(0)), imaginary, i32.constant(1))
      }
      replace(i, by: value)
    }
  }

  // MARK: Vector intrinsics

  private mutating func lowerIntrinsic(_ i: Instruction, _ name: String) {
    if let r = name.range(ofPrefix: "vector.reduce.") ?? name.range(ofPrefix: "experimental.vector.reduce.") {
      lowerReduction(i, String(r))
    } else if name.hasPrefix("masked.load.") {
      lowerMaskedLoad(i, mask: i.operand(2), otherwise: i.operand(3))
    } else if name.hasPrefix("masked.gather.") {
      lowerMaskedLoad(i, mask: i.operand(2), otherwise: i.operand(3))
    } else if name.hasPrefix("masked.store.") || name.hasPrefix("masked.scatter.") {
      lowerMaskedStore(i)
    }
  }

  private func lane(_ v: Value, _ n: Int) -> Value { builder.extractElement(v, builder.context.i32.constant(n)) }

  private func lowerReduction(_ i: Instruction, _ kind: String) {
    guard let v = i.operands.dropLast().last(where: { $0.type.isVector }), v.type.element.isFloat else { return }
    builder.position(before: i)
    builder.fastMathFlags = i.fastMathFlags
    defer { builder.fastMathFlags = 0 }
    var sum: Value
    let lanes = 0..<v.type.count
    if kind.hasPrefix("fadd") || kind.hasPrefix("fmul") {
      sum = i.operand(0)
      for n in lanes { sum = kind.hasPrefix("fadd") ? builder.fadd(sum, lane(v, n)) : builder.fmul(sum, lane(v, n)) }
    } else {
      let names = ["fmaximum": "maximum", "fminimum": "minimum", "fmax": "maxnum", "fmin": "minnum"]
      guard let key = names.keys.sorted(by: { $0.count > $1.count }).first(where: { kind.hasPrefix($0) }) else {
        return
      }
      let f = function.module.intrinsic("llvm." + names[key]!, [v.type.element])
      sum = lane(v, 0)
      for n in lanes.dropFirst() { sum = builder.call(f, [sum, lane(v, n)]) }
    }
    replace(i, by: sum)
  }

  /// A place where lanes that are switched off read and write.
  private mutating func scratch(_ type: Type) -> Value {
    if let s = scratch[type] { return s }
    let s = builder.entryAlloca(type, name: "nabla.scratch")
    let b = Builder(module: function.module)
    b.position(after: s.instruction!)
    b.store(type.zero, to: s)
    scratch[type] = s
    return s
  }
  private mutating func place(_ pointer: Value, _ n: Int, _ element: Type, _ mask: Value) -> Value {
    let p =
      pointer.type.isVector
      ? lane(pointer, n)
      : builder.element(pointer, element, builder.context.i64.constant(n))
    let typed = builder.cast(pointer: p, to: element.pointer(addressSpace: p.type.addressSpace))
    let m = lane(mask, n)
    if m.integerConstant == -1 || m.integerConstant == 1 { return typed }
    return builder.select(m, typed, builder.cast(pointer: scratch(element), to: typed.type))
  }
  private mutating func lowerMaskedLoad(_ i: Instruction, mask: Value, otherwise: Value) {
    guard i.type.isVector else { return }
    let element = i.type.element
    var result = otherwise.isUndefOrPoison ? i.type.poison : otherwise
    builder.position(before: i)
    for n in 0..<i.type.count {
      let value = builder.load(element, from: place(i.operand(0), n, element, mask), alignment: 1)
      let kept = otherwise.isUndefOrPoison ? value : builder.select(lane(mask, n), value, lane(otherwise, n))
      result = builder.insertElement(result, kept, builder.context.i32.constant(n))
    }
    replace(i, by: result)
  }
  private mutating func lowerMaskedStore(_ i: Instruction) {
    let value = i.operand(0)
    guard value.type.isVector else { return }
    builder.position(before: i)
    for n in 0..<value.type.count {
      let p = place(i.operand(1), n, value.type.element, i.operand(3))
      builder.store(lane(value, n), to: p, alignment: 1)
    }
    replace(i, by: nil)
  }
}

extension String {
  /// What follows the prefix; nil if the string does not begin with it.
  func range(ofPrefix prefix: String) -> Substring? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
