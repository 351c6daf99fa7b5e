package import IR

/// Replaces C's functions of complex numbers by real ones:
///
/// ```
/// cexp(z)      e^a (cos b + i sin b)
/// clog(z)      log |z| + i arg z
/// csqrt(z)     √((|z| + |a|) / 2), and b over twice that, in the order that the sign of a says
/// cpow(z, w)   cexp(w clog(z))
/// casinh(z)    clog(z + √(z² + 1)); cacosh(z) = clog(z + √(z + 1) √(z - 1)); catanh(z) = (clog(1 + z) - clog(1 - z)) / 2
/// csin, ccos, ctan, casin, cacos, catan, csinh, ccosh, ctanh, cproj, cabs, carg
/// ```
///
/// Complex numbers are passed and returned as two numbers, or as a vector of two `float`s; those of `long double` are passed in memory.
struct ComplexLowering {
  private let builder: Builder
  private let call: Instruction
  private let suffix: String
  private struct Complex {
    let re, im: Value
  }

  /// The real or complex value of the call; nil if it is none of these functions.
  static func value(of call: Instruction, _ name: String, _ builder: Builder) -> Value? {
    let functions: Set = [
      "cabs", "carg", "cexp", "clog", "csqrt", "cpow", "csin", "ccos", "ctan", "csinh", "ccosh", "ctanh", "casin",
      "cacos", "catan",
      "casinh", "cacosh", "catanh", "cproj",
    ]
    let suffix = functions.contains(name) ? "" : String(name.suffix(1))
    let function = String(name.dropLast(suffix.count))
    guard functions.contains(function), ["", "f", "l"].contains(suffix) else { return nil }
    return ComplexLowering(builder: builder, call: call, suffix: suffix).lower(function)
  }

  private func lower(_ function: String) -> Value? {
    builder.position(before: call)
    guard let arguments = arguments(), let z = arguments.first, arguments.count == (function == "cpow" ? 2 : 1) else {
      return nil
    }
    let isReal = function == "cabs" || function == "carg"
    guard isReal ? call.type == z.re.type.scalar : isPair(call.type, of: z.re.type) else { return nil }
    let parts = unpack(z)
    switch function {
    case "cabs": return real("hypot", parts.re, parts.im)
    case "carg": return real("atan2", parts.im, parts.re)
    case "cpow": return packed(exp(multiplied(unpack(arguments[1]), log(parts))))
    default: return packed(value(function, parts))
    }
  }

  private func value(_ function: String, _ z: Complex) -> Complex {
    switch function {
    case "cexp": return exp(z)
    case "clog": return log(z)
    case "csqrt": return squareRoot(z)
    case "csinh": return hyperbolicSine(z)
    case "ccosh": return hyperbolicCosine(z)
    case "ctanh": return hyperbolicTangent(z)
    case "ccos": return hyperbolicCosine(turned(z))
    case "casinh": return areaSine(z)
    case "cacosh":
      return log(sum(z, multiplied(squareRoot(plus(z, 1)), squareRoot(plus(z, -1)))))
    case "catanh": return areaTangent(z)
    case "cacos":
      let w = back(areaSine(turned(z)))
      return Complex(re: builder.fsub(z.re.type.constant(Double.pi / 2), w.re), im: builder.fneg(w.im))
    case "casin": return back(areaSine(turned(z)))
    case "catan": return back(areaTangent(turned(z)))
    case "cproj":
      let infinity = z.re.type.constant(Double.infinity)
      let isFinite = builder.and(
        builder.fcmp(.une, intrinsic("fabs", z.re), infinity), builder.fcmp(.une, intrinsic("fabs", z.im), infinity))
      return Complex(
        re: builder.select(isFinite, z.re, infinity),
        im: builder.select(isFinite, z.im, intrinsic("copysign", z.re.type.zero, z.im)))
    // f(z) = -i fh(iz)
    case "csin": return back(hyperbolicSine(turned(z)))
    default: return back(hyperbolicTangent(turned(z)))
    }
  }

  // MARK: Numbers

  /// The complex arguments; a vector stands for both parts.
  private func arguments() -> [Complex]? {
    let list = call.arguments
    guard let first = list.first else { return nil }
    if first.type.isPointer {
      let types = list.indices.map { call.argumentTypeAttribute($0, "byval") }
      guard let pair = types[0], pair.isStruct, pair.count == 2, pair.member(0).isFloat,
        types.allSatisfy({ $0 == pair })
      else {
        return nil
      }
      return list.map { p in
        let next = builder.offset(p, builder.module.dataLayout.offset(pair, 1))
        return Complex(re: builder.load(pair.member(0), from: p), im: builder.load(pair.member(1), from: next))
      }
    }
    if first.type.isVector {
      guard list.allSatisfy({ $0.type.isVector && $0.type.count == 2 && $0.type.element.isFloat }) else { return nil }
      return list.map { Complex(re: $0, im: $0) }
    }
    guard list.allSatisfy({ $0.type.isFloat && $0.type == first.type }), list.count % 2 == 0 else { return nil }
    return stride(from: 0, to: list.count, by: 2).map { Complex(re: list[$0], im: list[$0 + 1]) }
  }
  private func unpack(_ z: Complex) -> Complex {
    guard z.re.type.isVector else { return z }
    let i32 = builder.context.i32
    return Complex(re: builder.extractElement(z.re, i32.constant(0)), im: builder.extractElement(z.re, i32.constant(1)))
  }
  private func isPair(_ type: Type, of part: Type) -> Bool {
    if part.isVector { return type == part }
    return type.isStruct && type.count == 2 && type.member(0) == part && type.member(1) == part
  }
  private func packed(_ z: Complex) -> Value {
    let type = call.type
    if type.isStruct { return builder.insertValue(builder.insertValue(type.poison, z.re, 0), z.im, 1) }
    let i32 = builder.context.i32
    return builder.insertElement(builder.insertElement(type.poison, z.re, i32.constant(0)), z.im, i32.constant(1))
  }
  /// iz
  private func turned(_ z: Complex) -> Complex { Complex(re: builder.fneg(z.im), im: z.re) }
  /// -iz
  private func back(_ z: Complex) -> Complex { Complex(re: z.im, im: builder.fneg(z.re)) }
  private func sum(_ z: Complex, _ w: Complex) -> Complex {
    Complex(re: builder.fadd(z.re, w.re), im: builder.fadd(z.im, w.im))
  }
  private func plus(_ z: Complex, _ x: Double) -> Complex {
    Complex(re: builder.fadd(z.re, z.re.type.constant(x)), im: z.im)
  }
  private func multiplied(_ z: Complex, _ w: Complex) -> Complex {
    Complex(
      re: builder.fsub(builder.fmul(z.re, w.re), builder.fmul(z.im, w.im)),
      im: builder.fadd(builder.fmul(z.re, w.im), builder.fmul(z.im, w.re)))
  }
  private func real(_ name: String, _ x: Value, _ y: Value? = nil) -> Value {
    let list = [x] + (y.map { [$0] } ?? [])
    let f = builder.module.declare(name + suffix, .function(x.type, list.map(\.type)))
    return builder.call(f, list)
  }
  private func intrinsic(_ name: String, _ list: Value...) -> Value {
    builder.call(builder.module.intrinsic("llvm." + name, [list[0].type]), list)
  }

  // MARK: Functions

  private func exp(_ z: Complex) -> Complex {
    let size = intrinsic("exp", z.re)
    return Complex(re: builder.fmul(size, intrinsic("cos", z.im)), im: builder.fmul(size, intrinsic("sin", z.im)))
  }
  private func log(_ z: Complex) -> Complex {
    Complex(re: intrinsic("log", real("hypot", z.re, z.im)), im: real("atan2", z.im, z.re))
  }
  /// The larger part is a root, the other follows from it by division; which is which depends on the sign of the real part.
  private func squareRoot(_ z: Complex) -> Complex {
    let type = z.re.type
    let sum = builder.fadd(real("hypot", z.re, z.im), intrinsic("fabs", z.re))
    let large = intrinsic("sqrt", builder.fmul(sum, type.constant(0.5)))
    // At zero both parts are zero.
    let isZero = builder.fcmp(.oeq, large, type.zero)
    let divisor = builder.select(isZero, type.constant(1.0), builder.fmul(large, type.constant(2.0)))
    let small = builder.fdiv(z.im, divisor)
    let sign = intrinsic("copysign", type.constant(1.0), z.im)
    let isRight = builder.fcmp(.oge, z.re, type.zero)
    return Complex(
      re: builder.select(isRight, large, builder.fmul(small, sign)),
      im: builder.select(isRight, small, builder.fmul(large, sign)))
  }
  private func hyperbolicSine(_ z: Complex) -> Complex {
    Complex(
      re: builder.fmul(real("sinh", z.re), intrinsic("cos", z.im)),
      im: builder.fmul(real("cosh", z.re), intrinsic("sin", z.im)))
  }
  private func areaSine(_ z: Complex) -> Complex { log(sum(z, squareRoot(plus(multiplied(z, z), 1)))) }
  private func areaTangent(_ z: Complex) -> Complex {
    let (a, b) = (log(plus(z, 1)), log(plus(Complex(re: builder.fneg(z.re), im: builder.fneg(z.im)), 1)))
    let half = z.re.type.constant(0.5)
    return Complex(re: builder.fmul(half, builder.fsub(a.re, b.re)), im: builder.fmul(half, builder.fsub(a.im, b.im)))
  }
  private func hyperbolicCosine(_ z: Complex) -> Complex {
    Complex(
      re: builder.fmul(real("cosh", z.re), intrinsic("cos", z.im)),
      im: builder.fmul(real("sinh", z.re), intrinsic("sin", z.im)))
  }
  /// With t = tanh a and q = 1 - t²: (t + i q sin b cos b) / (cos² b + t² sin² b). The square q comes from e^(-2|a|), which loses
  /// nothing where t is close to 1, and overflows nowhere.
  private func hyperbolicTangent(_ z: Complex) -> Complex {
    let type = z.re.type
    let t = real("tanh", z.re)
    let e = intrinsic("exp", builder.fmul(intrinsic("fabs", z.re), type.constant(-2.0)))
    let more = builder.fadd(e, type.constant(1.0))
    let q = builder.fdiv(builder.fmul(e, type.constant(4.0)), builder.fmul(more, more))
    let (s, c) = (intrinsic("sin", z.im), intrinsic("cos", z.im))
    let ts = builder.fmul(t, s)
    let below = builder.fadd(builder.fmul(c, c), builder.fmul(ts, ts))
    return Complex(re: builder.fdiv(t, below), im: builder.fdiv(builder.fmul(q, builder.fmul(s, c)), below))
  }
}
