/// Signs, extrema, remainders and roundings: functions that are linear in pieces.
///
/// At a jump the partial is the slope of the pieces; conventions at kinks and ties are listed in
/// `docs/singular-points.md`.
let rounding = RuleBook {
  math("fabs") { x in when(x == 0, 0, else: copysign(1, x)) }
  math("copysign") { x, y in (when(x == 0, 0, else: copysign(1, x) * copysign(1, y)), 0) }

  // Whichever operand was returned; the first where both are equal.
  math("fmax", also: "llvm.maxnum", "fmaximum_num", "llvm.maximumnum") { x, _ in
    (firstWins(x), secondWins(x))
  }
  math("fmin", also: "llvm.minnum", "fminimum_num", "llvm.minimumnum") { x, _ in
    (firstWins(x), secondWins(x))
  }
  math("fmaximum", also: "llvm.maximum") { x, _ in (firstWins(x), secondWins(x)) }
  math("fminimum", also: "llvm.minimum") { x, _ in (firstWins(x), secondWins(x)) }
  math("fmaxmag", also: "fmaximum_mag", "fmaximum_mag_num") { x, _ in
    (firstWins(x), secondWins(x))
  }
  math("fminmag", also: "fminimum_mag", "fminimum_mag_num") { x, _ in
    (firstWins(x), secondWins(x))
  }
  math("fdim") { x, y in (when(x > y, 1, else: 0), when(x > y, -1, else: 0)) }

  // `(r - x) / y` is the quotient rounded to a whole number, without rounding it again.
  math("fmod", on: -9...9, 1...4) { x, y in (1, (result - x) / y) }
  math("remainder", also: "drem", on: -9...9, 1...4) { x, y in (1, (result - x) / y) }
  math("_FortranAModuloReal", on: -9...9, 1...4) { x, y in (1, (result - x) / y) }
  math("remquo", takes: [.real, .real, .integerOut], on: -9...9, 1...4, 0...0) { x, y, _ in
    (1, (result - x) / y, 0)
  }
  math("modf", takes: [.real, .realOut], on: 0.1...0.9) { _, _ in (1, 0) }
  math("nextafter") { _, _ in (1, 0) }
  math("nexttoward") { _, _ in (1, 0) }
  math("nextup") { _ in 1 }
  math("nextdown") { _ in 1 }
  math("llvm.canonicalize", also: "canonicalize") { _ in 1 }
  math("llvm.arithmetic.fence") { _ in 1 }

  locallyConstant("ceil", "floor", "trunc", "round", "roundeven", "rint", "nearbyint")
  locallyConstant("lrint", "llrint", "lround", "llround", returns: .integer)
  locallyConstant("logb", on: 0.6...0.9)
  locallyConstant("ilogb", "llogb", returns: .integer, on: 0.6...0.9)
}

private func firstWins(_ x: Formula) -> Formula { when(result == x, 1, else: 0) }
private func secondWins(_ x: Formula) -> Formula { when(result == x, 0, else: 1) }
