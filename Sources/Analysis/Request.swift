package import IR

/// How a function is to be differentiated.
package enum Mode: Hashable {
  /// Tangents: one function, primal and tangent together.
  case forward
  /// Reverse in one call: forward sweep, then reverse sweep.
  case gradient
  /// Forward half of split reverse mode: runs the primal and fills a tape.
  case augmented
  /// Reverse half of split reverse mode: consumes the tape.
  case reverse
  /// Tangents at the point a tape remembers.
  case forwardSplit
}

/// What the caller said of one parameter.
package enum ParameterActivity: Hashable {
  /// No derivative, no shadow argument.
  case constant
  /// Followed by `width` shadows.
  case duplicated
  /// As `duplicated`; what the function writes there need not be right afterwards.
  case duplicatedNoNeed
  /// By value; its adjoint is returned (reverse modes only).
  case out
}

/// What is wanted of the return value.
package enum ReturnActivity: Hashable {
  case constant
  /// Floating point (or an aggregate of it): seeded with its adjoint, or with its tangent returned.
  case active
  /// A pointer: its shadow is returned.
  case duplicated
}

/// One derivative that somebody asks for: a function, a mode and activities. Requests are the keys
/// under which derivatives are remembered.
///
/// The derivative of `R F(P1…Pn)` has the parameters `p1 [p1' × width] p2 …` (shadows behind each
/// duplicated parameter, of the same type as the parameter), then
/// - `gradient`: nothing more; the adjoint of an active result is seeded with 1;
///   with `seedParameter`, `width` values of type R;
/// - `augmented`: nothing more;
/// - `reverse`: if the result is active, `width` values of type R (its adjoints), then the tape pointer;
/// - `forward`: nothing more;
/// - `forwardSplit`: the tape pointer.
///
/// It returns a structure of the fields below that are present, in this order (a single field bare,
/// none as void):
/// - `augmented`: tape pointer (always), the primal result if `returnsPrimal`, `width` shadow results if `result ==
///   .duplicated`;
/// - `gradient`: primal result if `returnsPrimal`, then per `out` parameter its adjoint (`[W x T]` if width > 1);
/// - `reverse`: per `out` parameter its adjoint, likewise;
/// - `forward` and `forwardSplit`: primal result if `returnsPrimal`, then, unless the result is constant, its tangent (`[W x T]` if
///   width > 1).
package struct Request: Hashable {
  package var function: Function
  package var mode: Mode
  package var width: Int
  package var parameters: [ParameterActivity]
  package var result: ReturnActivity
  package var returnsPrimal: Bool
  /// `gradient` with a seed given by the caller instead of 1.
  package var seedParameter = false
  /// Split modes: memory behind these parameters is the same in both halves.
  package var notOverwritten: [Bool]
  /// Split modes: the reverse half releases the tape.
  package var freesTape = true
  /// Compare primal and shadow pointers at run time everywhere.
  package var runtimeActivity = false
  /// `augmented`: the tape is for `forwardSplit`, not for `reverse`.
  package var recordsTangents = false
  /// Something differentiates the derivative again, so that it has to show where calls through pointers lead.
  package var isDifferentiated = false
  /// Whoever calls the derivative works with the same globals: any that is not constant may hold active numbers.
  package var sharesGlobals = false
  /// A zero adjoint times anything, infinite or NaN, is zero.
  package var strongZero = false
  /// `forward`: shadows are bounds of errors instead of tangents, and operations add what they round.
  package var estimatesErrors = false

  package init(
    function: Function, mode: Mode, width: Int = 1, parameters: [ParameterActivity],
    result: ReturnActivity, returnsPrimal: Bool = false
  ) {
    self.function = function
    self.mode = mode
    self.width = width
    self.parameters = parameters
    self.result = result
    self.returnsPrimal = returnsPrimal
    notOverwritten = Array(repeating: false, count: parameters.count)
  }
}

/// What the program declares about its own functions and globals: registration arrays and attributes.
package struct Declarations {
  package struct Gradient {
    package var augmented: Function
    package var reverse: Function
    /// Parameters that the rule takes by pointer ("byref_K").
    package var byReference: Set<Int> = []

    package init(augmented: Function, reverse: Function) {
      self.augmented = augmented
      self.reverse = reverse
    }
  }
  package struct Allocator {
    package var sizeArgument: Int
    /// What to hand to the deallocator: argument indices of the allocation, -1 the returned pointer.
    package var freeArguments: [Int]
    package var deallocator: Function?

    package init(sizeArgument: Int, freeArguments: [Int], deallocator: Function?) {
      self.sizeArgument = sizeArgument
      self.freeArguments = freeArguments
      self.deallocator = deallocator
    }
  }
  package var gradients: [Function: Gradient] = [:]
  package var derivatives: [Function: Function] = [:]
  package var splitDerivatives: [Function: (augmented: Function, forward: Function)] = [:]
  package var inactiveFunctions: Set<Function> = []
  package var inactiveGlobals: Set<Global> = []
  /// Functions with the derivative of a library function, by its name.
  package var functionLike: [Function: String] = [:]
  package var allocators: [Function: Allocator] = [:]
  package var noFree: Set<Function> = []
  /// Is a function without body inactive if nothing is known of it?
  package var unknownFunctionsAreInactive = false
  /// User-supplied shadows of globals.
  package var globalShadows: [Global: Value] = [:]

  package init() {}

  /// Functions with a meaning of their own, which must stay visible as calls.
  package func mentions(_ f: Function) -> Bool {
    gradients[f] != nil || derivatives[f] != nil || splitDerivatives[f] != nil
      || inactiveFunctions.contains(f) || functionLike[f] != nil || allocators[f] != nil
  }

  /// The declarations, with those rules that count in a mode. A function that has rules only for others is looked into; if it has
  /// no body, its rules stay, so that a message can speak of them.
  package func counting(in mode: Mode) -> Declarations {
    var result = self
    result.gradients = gradients.filter { f, _ in f.isDeclaration || mode.isReverse || LibraryBodies.isRule(f) }
    result.derivatives = derivatives.filter { f, _ in
      f.isDeclaration || mode == .forward || LibraryBodies.isRule(f) && mode != .forwardSplit
        || mode == .forwardSplit && f.takesNumbersOnly
    }
    result.splitDerivatives = splitDerivatives.filter { f, _ in f.isDeclaration || mode == .forwardSplit }
    return result
  }
}

extension Mode {
  fileprivate var isReverse: Bool {
    switch self {
    case .gradient, .augmented, .reverse: true
    case .forward, .forwardSplit: false
    }
  }
}

extension Function {
  /// Does it take and return nothing but numbers, so that calling it needs no memory?
  package var takesNumbersOnly: Bool {
    returnType.containsFloat && (functionType.parameters + [returnType]).allSatisfy { !$0.containsPointer }
  }
}
