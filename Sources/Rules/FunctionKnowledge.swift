/// What is known about a function that the module only declares.
public struct FunctionKnowledge: Hashable, Sendable {
  /// What the engine does about a call.
  public enum Kind: Hashable, Sendable {
    /// Has a derivative rule. The precision is that of the spelling, where it has one.
    case math(MathRule, Precision?)
    /// Carries no derivative: results are inactive, and what it writes is inactive data (whose
    /// shadow, if any, becomes zero).
    case inactive
    /// Returns fresh memory: a shadow is made by the same call.
    case allocation(Allocation)
    case deallocation(Deallocation)
    case reallocation(Reallocation)
    /// Copies or fills bytes, whatever they mean.
    case memory(MemoryRoutine)
    /// Links or walks nodes in the caller's memory and touches nothing but pointers and
    /// bookkeeping. *Call it again, in the forward sweep, with shadow pointers for pointer
    /// arguments and the others unchanged; what that call returns is the shadow of the result.*
    case pointerShuffle
    /// Does not return: no derivative flows past it.
    case noReturn
    /// Calls the function at this argument position, which may be active: inactive only if what
    /// it is given is.
    case callback(argument: Int)
    /// Cannot be differentiated; the reason completes "cannot differentiate: …".
    case refused(reason: String)
    /// Says something to the optimiser or debugger only; may be dropped from derivatives.
    case marker
    /// An intrinsic that the engine handles by name (reductions, masked memory, shuffles), since
    /// its derivative is not a formula over scalars. The name is without `llvm.`.
    case structural(String)
  }

  /// The name under which the tables have it.
  public let canonicalName: String

  public let kind: Kind

  /// What it does to memory, whatever the kind.
  public let effects: Effects

  /// The argument that is returned as it is, as `strcpy` and `memcpy` do.
  public let returnsArgument: Int?

  /// The argument into whose object the result points, as for `strchr`; `nil` if it returns no
  /// such pointer. Includes `returnsArgument` for pointers.
  public let pointsIntoArgument: Int?

  /// Whether a pointer argument may be kept beyond the call.
  public let capturesArguments: Bool

  /// Whether it may change pointers behind arguments that it writes, as a string does when it grows. (A function
  /// that reads numbers or characters into a buffer does not.)
  public let relinksArguments: Bool

  /// Whether a call may be made again or dropped: no side effects, and the result depends only on
  /// the arguments and on the memory that `effects` says is read through them.
  public var isPure: Bool {
    switch kind {
    case .math, .inactive, .structural, .pointerShuffle: !effects.mayWrite && !capturesArguments
    case .marker: true
    default: false
    }
  }

  public init(
    _ canonicalName: String, _ kind: Kind, effects: Effects = .none, returnsArgument: Int? = nil,
    pointsIntoArgument: Int? = nil, capturesArguments: Bool = false, relinksArguments: Bool = false
  ) {
    self.canonicalName = canonicalName
    self.kind = kind
    self.effects = effects
    self.returnsArgument = returnsArgument
    self.pointsIntoArgument = pointsIntoArgument ?? returnsArgument
    self.capturesArguments = capturesArguments
    self.relinksArguments = relinksArguments
  }
}

extension FunctionKnowledge: CustomStringConvertible {
  /// The knowledge in one line; the whole rule for a function with a derivative.
  public var description: String {
    if case .math(let rule, _) = kind { return rule.description }
    let traits = [
      isPure ? "pure" : nil, returnsArgument.map { "returns argument \($0)" },
      capturesArguments ? "captures" : nil, effects.accessesOther ? "hidden effects" : nil,
    ]
    return "\(canonicalName): " + (["\(kind)"] + traits.compactMap { $0 }).joined(separator: ", ")
  }
}
