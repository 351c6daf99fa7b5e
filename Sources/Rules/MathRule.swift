/// The derivative of one scalar function or floating-point instruction, stated once.
///
/// Everything else follows: forward mode is `dr = Σ partials[i] · dxᵢ`, reverse mode is
/// `x̄ᵢ += r̄ · partials[i]`, vectors are elementwise, and what must be kept is what the partials
/// of the active operands mention. Conventions at singular points are in the formulas, and are
/// listed in `docs/singular-points.md`.
public struct MathRule: Hashable, Sendable {
  /// What a parameter is.
  public enum Parameter: Hashable, Sendable {
    /// A floating-point number.
    case real
    /// An integer.
    case integer
    /// A pointer to an integer that the function writes.
    case integerOut
    /// A pointer to a floating-point number that the function writes.
    case realOut
  }

  /// What the function returns.
  public enum Returned: Hashable, Sendable {
    case real, integer, nothing
  }

  /// A floating-point number written through a pointer.
  public struct Output: Hashable, Sendable {
    /// The position of the pointer.
    public let parameter: Int
    /// The partial derivatives of the number written, one per parameter of the function, as in
    /// `MathRule.partials`. They read operands only, never the result.
    public let partials: [Formula?]
  }

  /// The canonical name: the C name for `double`, or that of the LLVM instruction or intrinsic.
  public let name: String

  /// What the parameters are. Further arguments of a call (the metadata of constrained
  /// intrinsics, say) carry no derivative.
  public let parameters: [Parameter]

  /// What the function returns.
  public let returns: Returned

  /// The partial derivative of the result by each parameter. `nil`: zero wherever it exists.
  public let partials: [Formula?]

  /// What is written through `.realOut` parameters.
  public let outputs: [Output]

  /// The interval from which tests sample each parameter. It says nothing about validity.
  public let domain: [ClosedRange<Double>]

  /// Whether every derivative is zero wherever it exists, as for `floor`.
  public var isLocallyConstant: Bool {
    partials.allSatisfy { $0 == nil } && outputs.allSatisfy { $0.partials.allSatisfy { $0 == nil } }
  }

  /// A rule with the given parts. A partial that is the constant 0 becomes `nil`.
  public init(
    name: String, parameters: [Parameter], returns: Returned = .real, partials: [Formula?],
    outputs: [Output] = [], domain: [ClosedRange<Double>]
  ) {
    precondition(partials.count == parameters.count && domain.count == parameters.count)
    self.name = name
    self.parameters = parameters
    self.returns = returns
    self.partials = partials.map { $0.flatMap { $0.isZero ? nil : $0 } }
    self.outputs = outputs
    self.domain = domain
  }
}

extension MathRule: CustomStringConvertible {
  /// The rule as `nabla rules` prints it: one line for the function, one per partial.
  public var description: String {
    let names = parameters.indices.map { i in
      i < Formula.operandNames.count ? Formula.operandNames[i] : "x\(i)"
    }
    func lines(_ what: String, _ partials: [Formula?]) -> [String] {
      zip(names, partials).compactMap { name, partial in
        partial.map { "  ∂\(what)/∂\(name) = \($0.text(operandNames: names))" }
      }
    }
    let head = "\(name)(\(names.joined(separator: ", ")))"
    let body =
      lines("r", partials) + outputs.flatMap { lines("*\(names[$0.parameter])", $0.partials) }
    return isLocallyConstant ? "\(head): locally constant" : ([head] + body).joined(separator: "\n")
  }
}

extension Formula {
  fileprivate var isZero: Bool {
    if case .constant(let c) = self { return c == 0 }
    return false
  }
}
