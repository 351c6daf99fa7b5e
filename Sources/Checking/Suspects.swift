import Analysis
import Frontend
import IR
import Rules

/// A function below the one that is wrong.
package struct Suspect {
  package let name: String
  /// What the program says about its derivative; nil if its body speaks.
  package let claim: String?
  package let callees: [String]
  package let hasBody: Bool
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
    claim = Self.claim(f, bench.declarations)
    self.callees = callees.map(\.name)
  }

  /// What a function calls that has a derivative, or could have one. What stands behind a claim of the program is not looked
  /// into.
  private static func callees(of f: Function, _ bench: Workbench) -> [Function] {
    if claim(f, bench.declarations) != nil { return [] }
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
    if claim(g, bench.declarations) != nil { return true }
    if !g.isDeclaration { return !g.name.hasPrefix("nabla.") }
    guard case .math = bench.engine.knowledge.of(g)?.kind else { return false }
    return true
  }

  private static func claim(_ f: Function, _ d: Declarations) -> String? {
    var rules: [String] = []
    if let g = d.gradients[f] { rules.append("the reverse rule '\(g.augmented.name)', '\(g.reverse.name)'") }
    if let g = d.derivatives[f] { rules.append("the forward rule '\(g.name)'") }
    if !rules.isEmpty { return rules.joined(separator: " and ") + " registered for '\(f.name)'" }
    if d.inactiveFunctions.contains(f) { return "the declaration that '\(f.name)' is inactive" }
    if let like = d.functionLike[f] { return "the declaration that '\(f.name)' has the derivative of '\(like)'" }
    return nil
  }
}
