/// The derivatives of LLVM's floating-point instructions.
let arithmetic = RuleBook {
  instruction(.fneg) { _ in -1 }
  instruction(.fadd) { _, _ in (1, 1) }
  instruction(.fsub) { _, _ in (1, -1) }
  instruction(.fmul) { x, y in (y, x) }
  instruction(.fdiv, on: 0.3...3) { _, y in (1 / y, -result / y) }
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
