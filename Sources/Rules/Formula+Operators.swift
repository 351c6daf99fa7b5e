/// The vocabulary of the rule tables: literals, operators and functions that build formulas.

extension Formula: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  public init(integerLiteral value: Int) { self = .constant(Double(value)) }
  public init(floatLiteral value: Double) { self = .constant(value) }
}

extension Formula {
  static prefix func - (x: Formula) -> Formula { .apply(.neg, [x]) }
  static func + (x: Formula, y: Formula) -> Formula { .apply(.add, [x, y]) }
  static func - (x: Formula, y: Formula) -> Formula { .apply(.sub, [x, y]) }
  static func * (x: Formula, y: Formula) -> Formula { .apply(.mul, [x, y]) }
  static func / (x: Formula, y: Formula) -> Formula { .apply(.div, [x, y]) }

  static func == (x: Formula, y: Formula) -> Condition { Condition(.oeq, x, y) }
  static func < (x: Formula, y: Formula) -> Condition { Condition(.olt, x, y) }
  static func > (x: Formula, y: Formula) -> Condition { Condition(.ogt, x, y) }
  static func >= (x: Formula, y: Formula) -> Condition { Condition(.oge, x, y) }
}

/// Something that holds or does not hold where a formula is evaluated.
struct Condition {
  /// The choice between two formulas that this condition makes.
  let choose: (_ then: Formula, _ otherwise: Formula) -> Formula

  init(_ comparison: Comparison, _ a: Formula, _ b: Formula) {
    choose = { .select(comparison, a, b, $0, $1) }
  }

  private init(choose: @escaping (Formula, Formula) -> Formula) {
    self.choose = choose
  }

  static func && (a: Condition, b: Condition) -> Condition {
    Condition { then, otherwise in a.choose(b.choose(then, otherwise), otherwise) }
  }
}

/// The value the operation returned.
let result = Formula.result

/// `then` where `condition` holds, and `otherwise` elsewhere.
func when(_ condition: Condition, _ then: Formula, else otherwise: Formula) -> Formula {
  condition.choose(then, otherwise)
}

/// `x / y`, and 0 where `y` is 0.
///
/// The division is made harmless where it is not used, so that differentiating it again yields
/// 0 there and not `0 · ∞`.
func ratio(_ x: Formula, _ y: Formula) -> Formula {
  when(y == 0, 0, else: x / when(y == 0, 1, else: y))
}

func sqrt(_ x: Formula) -> Formula { .apply(.sqrt, [x]) }
func exp(_ x: Formula) -> Formula { .apply(.exp, [x]) }
func exp2(_ x: Formula) -> Formula { .apply(.exp2, [x]) }
func log(_ x: Formula) -> Formula { .apply(.log, [x]) }
func sin(_ x: Formula) -> Formula { .apply(.sin, [x]) }
func cos(_ x: Formula) -> Formula { .apply(.cos, [x]) }
func sinh(_ x: Formula) -> Formula { .apply(.sinh, [x]) }
func cosh(_ x: Formula) -> Formula { .apply(.cosh, [x]) }
func pow(_ x: Formula, _ y: Formula) -> Formula { .apply(.pow, [x, y]) }
func powi(_ x: Formula, _ n: Formula) -> Formula { .apply(.powi, [x, n]) }
func ldexp(_ x: Formula, _ n: Formula) -> Formula { .apply(.ldexp, [x, n]) }
func fabs(_ x: Formula) -> Formula { .apply(.fabs, [x]) }
func copysign(_ x: Formula, _ y: Formula) -> Formula { .apply(.copysign, [x, y]) }
func j0(_ x: Formula) -> Formula { .apply(.j0, [x]) }
func j1(_ x: Formula) -> Formula { .apply(.j1, [x]) }
func jn(_ n: Formula, _ x: Formula) -> Formula { .apply(.jn, [n, x]) }
func y0(_ x: Formula) -> Formula { .apply(.y0, [x]) }
func y1(_ x: Formula) -> Formula { .apply(.y1, [x]) }
func yn(_ n: Formula, _ x: Formula) -> Formula { .apply(.yn, [n, x]) }
func digamma(_ x: Formula) -> Formula { .apply(.digamma, [x]) }
func trigamma(_ x: Formula) -> Formula { .apply(.trigamma, [x]) }
