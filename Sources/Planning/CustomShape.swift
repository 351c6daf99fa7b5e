package import Analysis
package import IR

/// How a user-written reverse rule is called, read off its prototypes (docs/semantics.md, custom rules).
package struct CustomShape {
  package enum Operand: Hashable {
    case primal(Int)
    case shadow(Int)
    case resultAdjoint
    case tape
  }
  package let augmented: Function
  package let reverse: Function
  package let augmentedOperands: [Operand]
  package let reverseOperands: [Operand]
  /// Fields of what the augmented half returns.
  package let tapeField: Int?
  package let primalField: Int?
  package let shadowField: Int?
  package let tapeType: Type?
  /// Parameters whose adjoints the reverse half returns, in order.
  package let adjoints: [Int]
  package let byReference: Set<Int>

  /// nil if the prototypes fit none of the shapes.
  package init?(_ g: Declarations.Gradient, of f: Function) {
    augmented = g.augmented
    reverse = g.reverse
    byReference = g.byReference
    let types = f.functionType.parameters
    let given = g.augmented.functionType.parameters
    // Integers may come with or without a shadow.
    func operands(_ integers: Bool) -> [Operand] {
      types.enumerated().flatMap { i, t -> [Operand] in
        let shadowed = t.containsPointer || !t.containsFloat && integers
        return shadowed ? [.primal(i), .shadow(i)] : [.primal(i)]
      }
    }
    guard let list = [operands(true), operands(false)].first(where: { $0.count == given.count }) else { return nil }
    augmentedOperands = list
    let r = f.returnType
    let result = g.augmented.returnType
    let isFloat = r.containsFloat
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
    var back = list
    if isFloat { back.append(.resultAdjoint) }
    if type != nil { back.append(.tape) }
    guard back.count == g.reverse.functionType.parameters.count else { return nil }
    reverseOperands = back
    adjoints = types.indices.filter { types[$0].containsFloat && !types[$0].containsPointer }
  }
}
