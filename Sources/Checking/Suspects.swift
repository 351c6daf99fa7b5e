import Analysis
import Frontend
import IR
import Rules

/// A function below the one that is wrong.
package struct Suspect {
  package let name: String
  /// What the program says about its derivative; empty if its body speaks.
  package let claims: [Claim]
  package let callees: [String]
  package let hasBody: Bool
}

/// Something that a program says about the derivative of a function.
package struct Claim {
  package enum Kind: String, CaseIterable { case reverse, forward, tape }
  /// nil: about all derivatives.
  package let kind: Kind?
  /// `the reverse rule 'look_fwd', 'look_rev' registered for 'look'`
  package let text: String
}

extension Suspect {
  /// The functions that a function calls, those that they call before themselves.
  ///
  /// - Parameter module: is changed, and of no use afterwards.
  package static func below(_ function: String, in module: Module) throws -> [Suspect] {
    let root = try Wish(function, .gradient).find(in: module)
    let bench = Workbench(module, report: { _ in })
    var list: [Suspect] = []
    var seen: Set<Function> = [root]
    func visit(_ f: Function) {
      let callees = callees(of: f, bench)
      for g in callees where seen.insert(g).inserted { visit(g) }
      if f != root { list.append(Suspect(f, callees, bench)) }
    }
    bench.run { visit(root) }
    return list
  }

  private init(_ f: Function, _ callees: [Function], _ bench: Workbench) {
    name = f.name
    hasBody = !f.isDeclaration
    claims = Self.claims(f, bench.declarations)
    self.callees = callees.map(\.name)
  }

  /// What a function calls that has a derivative, or could have one. What stands behind a claim of the program is not looked
  /// into.
  private static func callees(of f: Function, _ bench: Workbench) -> [Function] {
    if !claims(f, bench.declarations).isEmpty { return [] }
    var list: [Function] = []
    for block in f.blocks {
      for i in block.instructions where i.isCall {
        guard let g = i.callee, !g.isIntrinsic, !list.contains(g), isInteresting(g, bench) else { continue }
        list.append(g)
      }
    }
    return list
  }

  private static func isInteresting(_ g: Function, _ bench: Workbench) -> Bool {
    guard g.functionType.parameters.contains(where: { $0.containsFloat || $0.containsPointer }), !g.isVarArg else {
      return false
    }
    if !claims(g, bench.declarations).isEmpty { return true }
    if !g.isDeclaration { return !g.name.hasPrefix("nabla.") }
    guard case .math = bench.engine.knowledge.of(g)?.kind else { return false }
    return true
  }

  private static func claims(_ f: Function, _ d: Declarations) -> [Claim] {
    func rule(_ kind: Claim.Kind, _ what: String, _ rules: [Function]) -> Claim {
      Claim(
        kind: kind,
        text: "the \(what) " + rules.map { "'\($0.name)'" }.joined(separator: ", ") + " registered for '\(f.name)'")
    }
    var list: [Claim] = []
    if let g = d.gradients[f] { list.append(rule(.reverse, "reverse rule", [g.augmented, g.reverse])) }
    if let g = d.derivatives[f] { list.append(rule(.forward, "forward rule", [g])) }
    if let g = d.splitDerivatives[f] { list.append(rule(.tape, "rule over a tape", [g.augmented, g.forward])) }
    if d.inactiveFunctions.contains(f) {
      list.append(Claim(kind: nil, text: "the declaration that '\(f.name)' is inactive"))
    }
    if let like = d.functionLike[f] {
      list.append(Claim(kind: nil, text: "the declaration that '\(f.name)' has the derivative of '\(like)'"))
    }
    return list
  }
}
