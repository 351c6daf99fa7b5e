/// What a formula may apply.
///
/// Every primitive has a rule of its own under the same name in `RuleBook.standard`, so what a
/// derivative is made of can be differentiated again. The one exception is `trigamma`, whose
/// body (`Prelude`) is differentiated instead.
public enum Primitive: String, CaseIterable, Hashable, Sendable {
  // Instructions.
  case neg, add, sub, mul, div

  // Functions of `libm`, under their C names for `double`.
  case sqrt, exp, exp2, log, sin, cos, sinh, cosh, pow
  case fabs, copysign
  case j0, j1, jn, y0, y1, yn

  // Intrinsics with an integer argument.
  case powi, ldexp

  // Functions that no library has: `Prelude` holds their text.
  case digamma, trigamma

  /// How a primitive is said in LLVM.
  public enum Form: Hashable, Sendable {
    /// One instruction.
    case instruction(FloatingInstruction)
    /// An intrinsic of every supported LLVM: `llvm.` followed by this name and the type.
    case intrinsic(String)
    /// A function of `libm`: this name with the suffix of the precision.
    case library(String)
    /// A function on `double` whose text is `Prelude.irText(for:)`. Operands of other precisions
    /// are converted to `double` and back.
    case prelude(String)
  }

  /// How this primitive is said in LLVM. `ldexp` is an intrinsic from LLVM 17 on only, and is
  /// called from the library.
  public var form: Form {
    switch self {
    case .neg: .instruction(.fneg)
    case .add: .instruction(.fadd)
    case .sub: .instruction(.fsub)
    case .mul: .instruction(.fmul)
    case .div: .instruction(.fdiv)
    case .sqrt, .exp, .exp2, .log, .sin, .cos, .pow, .fabs, .copysign, .powi:
      .intrinsic(rawValue)
    case .sinh, .cosh, .j0, .j1, .jn, .y0, .y1, .yn, .ldexp:
      .library(rawValue)
    case .digamma, .trigamma:
      .prelude("__nabla_\(rawValue)")
    }
  }

  /// The number of arguments.
  public var arity: Int {
    switch self {
    case .add, .sub, .mul, .div, .pow, .copysign, .jn, .yn, .powi, .ldexp: 2
    default: 1
    }
  }

  /// The positions of the arguments that are C `int`s.
  public var integerArguments: Set<Int> {
    switch self {
    case .jn, .yn: [0]
    case .powi, .ldexp: [1]
    default: []
    }
  }
}
