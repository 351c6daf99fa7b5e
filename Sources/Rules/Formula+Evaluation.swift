import Glibc

extension Formula {
  /// The value of this formula in double precision, given the operands (integer ones as their
  /// value) and the result of the operation.
  ///
  /// - Requires: `operands` has an element for each of `operandsRead`.
  public func evaluated(operands: [Double], result: Double) -> Double {
    func value(_ part: Formula) -> Double { part.evaluated(operands: operands, result: result) }
    switch self {
    case .operand(let i): return operands[i]
    case .result: return result
    case .constant(let c): return c
    case .apply(let primitive, let arguments): return primitive.applied(to: arguments.map(value))
    case .select(let comparison, let a, let b, let then, let otherwise):
      return value(comparison.holds(value(a), value(b)) ? then : otherwise)
    }
  }
}

extension Primitive {
  /// The value of this primitive in double precision.
  ///
  /// - Requires: there are `arity` arguments, and those in integer positions are whole.
  public func applied(to x: [Double]) -> Double {
    arity == 1 ? applied(to: x[0]) : applied(to: x[0], x[1])
  }

  private func applied(to x: Double) -> Double {
    switch self {
    case .neg: return -x
    case .sqrt: return Glibc.sqrt(x)
    case .exp: return Glibc.exp(x)
    case .exp2: return Glibc.exp2(x)
    case .log: return Glibc.log(x)
    case .sin: return Glibc.sin(x)
    case .cos: return Glibc.cos(x)
    case .sinh: return Glibc.sinh(x)
    case .cosh: return Glibc.cosh(x)
    case .fabs: return Glibc.fabs(x)
    case .j0: return Glibc.j0(x)
    case .j1: return Glibc.j1(x)
    case .y0: return Glibc.y0(x)
    case .y1: return Glibc.y1(x)
    case .digamma: return Polygamma.digamma.value(at: x)
    case .trigamma: return Polygamma.trigamma.value(at: x)
    default: preconditionFailure("\(self) takes two arguments")
    }
  }

  private func applied(to x: Double, _ y: Double) -> Double {
    switch self {
    case .add: return x + y
    case .sub: return x - y
    case .mul: return x * y
    case .div: return x / y
    case .pow: return Glibc.pow(x, y)
    case .copysign: return Glibc.copysign(x, y)
    case .jn: return Glibc.jn(Int32(x), y)
    case .yn: return Glibc.yn(Int32(x), y)
    case .powi: return Glibc.pow(x, y)
    case .ldexp: return Glibc.scalbn(x, Int(y))
    default: preconditionFailure("\(self) takes one argument")
    }
  }
}
