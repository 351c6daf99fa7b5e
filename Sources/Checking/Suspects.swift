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
  /// Where the program says it, or defines the rule.
  package let line: Int?
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
    bench.run {
      visit(root)
      // What is called through pointers and virtual tables: of that, what the program says something about.
      var named: [Function] = [root] + list.compactMap { module.function(named: $0.name) }
      var known = Set(named)
      while let f = named.popLast() {
        guard claims(f, bench.declarations).isEmpty else { continue }
        for g in mentioned(in: f) where known.insert(g).inserted {
          named.append(g)
          let isClaimed = !claims(g, bench.declarations).isEmpty
          if isClaimed, seen.insert(g).inserted { list.append(Suspect(g, [], bench)) }
        }
      }
    }
    return list
  }

  /// The functions whose addresses a function uses, directly or in constants.
  private static func mentioned(in f: Function) -> [Function] {
    var list: [Function] = []
    var seen: Set<Value> = []
    func look(_ v: Value) {
      guard v.isConstant, seen.insert(v).inserted else { return }
      if let g = v.function { return list.append(g) }
      if let global = v.global {
        if let contents = global.initializer { look(contents) }
      } else {
        for operand in v.operands { look(operand) }
      }
    }
    for block in f.blocks { for i in block.instructions { for operand in i.operands { look(operand) } } }
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
    let name = demangled(f.name)
    func rule(_ kind: Claim.Kind, _ what: String, _ rules: [Function]) -> Claim {
      Claim(
        kind: kind,
        text: "the \(what) " + rules.map { "'\(demangled($0.name))'" }.joined(separator: ", ")
          + " registered for '\(name)'",
        line: rules.last?.line)
    }
    var list: [Claim] = []
    if let g = d.gradients[f] { list.append(rule(.reverse, "reverse rule", [g.augmented, g.reverse])) }
    if let g = d.derivatives[f] { list.append(rule(.forward, "forward rule", [g])) }
    if let g = d.splitDerivatives[f] { list.append(rule(.tape, "rule over a tape", [g.augmented, g.forward])) }
    if d.inactiveFunctions.contains(f) {
      list.append(Claim(kind: nil, text: "the declaration that '\(name)' is inactive", line: f.line))
    }
    if let like = d.functionLike[f] {
      list.append(
        Claim(kind: nil, text: "the declaration that '\(name)' has the derivative of '\(like)'", line: f.line))
    }
    return list
  }
}
