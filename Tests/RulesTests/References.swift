import Glibc

@testable import Rules

/// The functions that rules are the derivatives of, from the system's mathematical library.
enum References {
  /// The function called `name`, on the values of its parameters (pointers: anything).
  static func function(_ name: String) -> (([Double]) -> Double)? {
    if let f = unary[name] { return { f($0[0]) } }
    if let f = binary[name] { return { f($0[0], $0[1]) } }
    return others[name]
  }

  /// What the function called `name` writes through its pointers to numbers, in order.
  static func outputs(_ name: String) -> (([Double]) -> [Double])? {
    switch name {
    case "sincos": { [sin($0[0]), cos($0[0])] }
    case "modf": { [trunc($0[0])] }
    default: nil
    }
  }

  private static let unary: [String: (Double) -> Double] = [
    "fneg": { -$0 }, "fpext": { $0 }, "fptrunc": { $0 },
    "fptosi": trunc, "fptoui": trunc, "sitofp": { $0 }, "uitofp": { $0 },
    "exp": exp, "exp2": exp2, "exp10": { pow(10, $0) }, "expm1": expm1,
    "log": log, "log2": log2, "log10": log10, "log1p": log1p,
    "sin": sin, "cos": cos, "tan": tan, "asin": asin, "acos": acos, "atan": atan,
    "sinpi": { sin(.pi * $0) }, "cospi": { cos(.pi * $0) }, "tanpi": { tan(.pi * $0) },
    "sinh": sinh, "cosh": cosh, "tanh": tanh, "asinh": asinh, "acosh": acosh, "atanh": atanh,
    "sqrt": sqrt, "rsqrt": { 1 / sqrt($0) }, "cbrt": cbrt,
    "significand": { $0 / scalbn(1, Int(ilogb($0))) },
    "erf": erf, "erfc": erfc, "tgamma": tgamma, "lgamma": { lgamma($0) },
    "__nabla_digamma": { Primitive.digamma.applied(to: [$0]) },
    "j0": j0, "j1": j1, "y0": y0, "y1": y1,
    "fabs": fabs, "nextup": \.nextUp, "nextdown": \.nextDown,
    "llvm.canonicalize": { $0 }, "llvm.arithmetic.fence": { $0 },
    "ceil": ceil, "floor": floor, "trunc": trunc, "round": round, "rint": rint,
    "roundeven": { $0.rounded(.toNearestOrEven) }, "nearbyint": nearbyint, "logb": logb,
    "ilogb": { Double(ilogb($0)) }, "llogb": { Double(ilogb($0)) },
    "lrint": { Double(lrint($0)) }, "llrint": { Double(llrint($0)) },
    "lround": { Double(lround($0)) }, "llround": { Double(llround($0)) },
  ]

  private static let binary: [String: (Double, Double) -> Double] = [
    "fadd": { $0 + $1 }, "fsub": { $0 - $1 }, "fmul": { $0 * $1 }, "fdiv": { $0 / $1 },
    "frem": fmod, "fcmp": { $0 < $1 ? 1 : 0 },
    "atan2": atan2, "hypot": hypot, "pow": pow, "powr": pow, "powi": pow,
    "ldexp": { scalbn($0, Int($1)) }, "scalb": { scalbn($0, Int($1.rounded())) },
    "frexp": { x, _ in x.significand / 2 }, "lgamma_r": { x, _ in lgamma(x) },
    "jn": { jn(Int32($0), $1) }, "yn": { yn(Int32($0), $1) },
    "copysign": copysign, "fmax": fmax, "fmin": fmin, "fmaximum": fmax, "fminimum": fmin,
    "_FortranAModuloReal": { $0 - $1 * floor($0 / $1) },
    "cabs": hypot, "carg": { atan2($1, $0) },
    "fmaxmag": { abs($0) > abs($1) ? $0 : $1 }, "fminmag": { abs($0) < abs($1) ? $0 : $1 },
    "fdim": fdim, "fmod": fmod, "remainder": remainder,
    "nextafter": nextafter, "nexttoward": nextafter,
    "modf": { x, _ in x - trunc(x) },
  ]

  private static let others: [String: ([Double]) -> Double] = [
    "fma": { fma($0[0], $0[1], $0[2]) },
    "remquo": { remainder($0[0], $0[1]) },
    "sincos": { _ in 0 },
  ]
}
