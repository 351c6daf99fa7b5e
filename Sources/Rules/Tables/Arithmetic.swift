/// The derivatives of LLVM's floating-point instructions.
let arithmetic = RuleBook {
  instruction(.fneg) { _ in -1 }
  instruction(.fadd) { _, _ in (1, 1) }
  instruction(.fsub) { _, _ in (1, -1) }
  instruction(.fmul) { x, y in (y, x) }
  // Written over the reciprocal, so that both partials together cost one division. Squaring `y` instead
  // would overflow where the quotient does not.
  instruction(.fdiv, on: 0.3...3) { x, y in (1 / y, -(x * (1 / y)) * (1 / y)) }
  // `(r - x) / y` is the quotient rounded to a whole number, without rounding it again.
  instruction(.frem, on: -9...9, 1...4) { x, y in (1, (result - x) / y) }

  // Tangents and adjoints are converted as the value is, and back.
  instruction(.fpext) { _ in 1 }
  instruction(.fptrunc) { _ in 1 }

  locallyConstant(.sitofp, takes: .integer, returns: .real)
  locallyConstant(.uitofp, takes: .integer, returns: .real)
  locallyConstant(.fptosi, takes: .real, returns: .integer)
  locallyConstant(.fptoui, takes: .real, returns: .integer)
  locallyConstant(.fcmp, takes: .real, .real, returns: .integer)
}
