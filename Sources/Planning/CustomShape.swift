package import Analysis
package import IR

/// What a user-written rule takes at one place.
package enum RuleOperand: Hashable {
  case primal(Int)
  case shadow(Int)
  case resultAdjoint
  case tape
  /// The engine's own rules: the tape to allocate from; a bit for each argument (`ReversePlan.facts`).
  case arena
  case facts
}

/// How the augmented half of a user-written rule is called, read off its prototype (docs/semantics.md, custom rules).
package struct AugmentedShape {
  package let function: Function
  /// One of the engine's own.
  package let isLibrary: Bool
  package let operands: [RuleOperand]
  /// Fields of what it returns; -1: all of it.
  package let tapeField: Int?
  package let primalField: Int?
  package let shadowField: Int?
  package let tapeType: Type?

  /// nil if the prototype fits none of the shapes.
  package init?(_ augmented: Function, of f: Function) {
    function = augmented
    let types = f.functionType.parameters
    let given = augmented.functionType.parameters
    // Integers may come with or without a shadow.
    func operands(_ integers: Bool) -> [RuleOperand] {
      types.enumerated().flatMap { i, t -> [RuleOperand] in
        let shadowed = t.containsPointer || !t.containsFloat && integers
        return shadowed ? [.primal(i), .shadow(i)] : [.primal(i)]
      }
    }
    let isLibrary = LibraryBodies.isRule(f)
    let lists = isLibrary ? [[.arena, .facts] + operands(false)] : [operands(true), operands(false)]
    guard let list = lists.first(where: { $0.count == given.count }) else { return nil }
    self.isLibrary = isLibrary
    self.operands = list
    let r = f.returnType
    let result = augmented.returnType
    var tape: Int?
    var primal: Int?
    var shadow: Int?
    var type: Type?
    if result.isVoid {
    } else if !r.isVoid, result == r {
      primal = -1
    } else if result.isStruct, result.count == 3 {
      (tape, primal, shadow) = (0, 1, 2)
      type = result.member(0)
    } else if result.isStruct, result.count == 2, !r.isVoid {
      if result.member(0) == result.member(1), result.member(0) == r, r.isPointer {
        (primal, shadow) = (0, 1)
      } else {
        (tape, primal) = (0, 1)
        type = result.member(0)
      }
    } else {
      tape = -1
      type = result
    }
    tapeField = tape
    primalField = primal
    shadowField = shadow
    tapeType = type
  }
}

/// How a user-written reverse rule is called.
package struct CustomShape {
  package let augmented: AugmentedShape
  package let reverse: Function
  package let reverseOperands: [RuleOperand]
  /// Parameters whose adjoints the reverse half returns, in order.
  package let adjoints: [Int]
  package let byReference: Set<Int>
  package var tapeType: Type? { augmented.tapeType }

  /// nil if the prototypes fit none of the shapes.
  package init?(_ g: Declarations.Gradient, of f: Function) {
    guard let shape = AugmentedShape(g.augmented, of: f) else { return nil }
    augmented = shape
    reverse = g.reverse
    byReference = g.byReference
    var back = shape.operands.filter { $0 != .arena }
    if f.returnType.containsFloat { back.append(.resultAdjoint) }
    if shape.tapeType != nil { back.append(.tape) }
    guard back.count == g.reverse.functionType.parameters.count else { return nil }
    reverseOperands = back
    let types = f.functionType.parameters
    adjoints = types.indices.filter { types[$0].containsFloat && !types[$0].containsPointer }
  }
}

extension CustomShape {
  /// The reverse half can be called once for each direction, the augmented half only once. Why it must not be, if so.
  package func obstacle(toSeveralDirections program: Program) -> String? {
    if augmented.isLibrary { return nil }
    if let type = tapeType, type.containsPointer { return "its tape holds pointers, which one direction would use up" }
    if augmented.shadowField != nil { return "its augmented half returns a shadow" }
    let taken = augmented.operands.indices.filter {
      if case .shadow = augmented.operands[$0] { return augmented.function.functionType.parameters[$0].containsPointer }
      return false
    }
    if taken.isEmpty { return nil }
    guard !augmented.function.isDeclaration, let body = try? program.preparation.subject(of: augmented.function) else {
      return "its augmented half takes shadows"
    }
    return taken.contains { body.function.parameter($0).hasUses } ? "its augmented half uses shadows" : nil
  }
}

/// How a user-written forward rule over a tape is called: every parameter followed by its tangent (integers with or without),
/// then the tape.
package struct SplitShape {
  package let augmented: AugmentedShape
  package let forward: Function
  package let forwardOperands: [RuleOperand]

  /// nil if the prototypes fit none of the shapes.
  package init?(_ rule: (augmented: Function, forward: Function), of f: Function) {
    guard let shape = AugmentedShape(rule.augmented, of: f) else { return nil }
    augmented = shape
    forward = rule.forward
    let types = f.functionType.parameters
    func operands(_ integers: Bool) -> [RuleOperand] {
      types.enumerated().flatMap { i, t -> [RuleOperand] in
        t.containsPointer || t.containsFloat || integers ? [.primal(i), .shadow(i)] : [.primal(i)]
      } + (shape.tapeType != nil ? [.tape] : [])
    }
    let count = forward.functionType.parameters.count
    guard let list = [operands(true), operands(false)].first(where: { $0.count == count }) else { return nil }
    forwardOperands = list
    let (r, given) = (f.returnType, forward.returnType)
    let isPair =
      given.isStruct && given.count == 2 && given.member(1) == r
      || given.isVector && given.count == 2 && given.element == r
    guard r.isVoid && given.isVoid || given == r || isPair else { return nil }
  }
}
