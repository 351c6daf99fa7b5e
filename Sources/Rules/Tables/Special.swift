/// The derivatives of the special functions of `libm`.
let special = RuleBook {
  math("erf") { x in twoOverSqrtPi * exp(-(x * x)) }  // DLMF 7.2.1
  math("erfc") { x in -twoOverSqrtPi * exp(-(x * x)) }

  math("tgamma", on: 0.3...5) { x in result * digamma(x) }  // DLMF 5.2.2
  math("lgamma", also: "gamma", on: 0.3...9) { x in digamma(x) }
  math("lgamma_r", also: "gamma_r", takes: [.real, .integerOut], on: 0.3...9) { x, _ in
    (digamma(x), 0)
  }
  // Named as `Prelude` names it, so that derivatives can be differentiated again.
  math("__nabla_digamma", on: -0.8...(-0.2)) { x in trigamma(x) }

  // DLMF 10.6.1. At 0, (J₀ - J₂) / 2 is defined and J₀ - J₁ / x is not.
  math("j0", on: -9...9) { x in -j1(x) }
  math("j1", on: -9...9) { x in (j0(x) - jn(2, x)) / 2 }
  math("jn", takes: [.integer, .real], on: -3...5, 0.5...9) { n, x in
    (0, (jn(n - 1, x) - jn(n + 1, x)) / 2)
  }
  math("y0", on: 0.5...9) { x in -y1(x) }
  math("y1", on: 0.5...9) { x in (y0(x) - yn(2, x)) / 2 }
  math("yn", takes: [.integer, .real], on: -3...5, 0.5...9) { n, x in
    (0, (yn(n - 1, x) - yn(n + 1, x)) / 2)
  }
}

private let twoOverSqrtPi: Formula = 1.12837916709551257390
