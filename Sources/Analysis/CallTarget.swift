package import IR
package import Rules

/// What a call goes to, as far as differentiation is concerned.
package enum CallTarget {
  /// Known by name or declaration.
  case known(FunctionKnowledge, Function)
  /// A body to look into.
  case body(Function)
  /// Has derivatives written by the user.
  case custom(Function)
  /// Neither body nor knowledge.
  case opaque(Function)
  /// Through a pointer; the functions it may reach in this module.
  case indirect
  case assembly
  /// A call marked inactive at the call site.
  case inactiveSite
  /// `__enzyme_ignore_derivatives(v)` and the like: the argument, without derivative.
  case transparent
  /// Type assertions and other hooks that only say something.
  case hint
}

extension FunctionKnowledge {
  /// Does the call pass numbers where the rule says so? A program may declare a function of another kind under this name; and some
  /// calling conventions pass pairs of numbers in memory.
  fileprivate func fits(_ call: Instruction) -> Bool {
    guard case .math(let rule, _) = kind else { return true }
    return call.argumentCount >= rule.parameters.count
      && zip(rule.parameters, call.arguments).allSatisfy { $0 != .real || $1.type.scalar.isFloat }
  }
}

extension KnowledgeBase {
  /// Classifies a call or invoke.
  package func target(of call: Instruction) -> CallTarget {
    if call.isInlineAssemblyCall { return .assembly }
    if call.callSiteAttribute("enzyme_inactive") != nil || call.callSiteAttribute("nabla_inactive") != nil {
      return .inactiveSite
    }
    guard let f = call.callee else { return .indirect }
    if declarations.gradients[f] != nil || declarations.derivatives[f] != nil
      || declarations.splitDerivatives[f] != nil
    {
      return .custom(f)
    }
    if let k = of(f) { return k.fits(call) ? .known(k, f) : .opaque(f) }
    let name = f.name
    if name.contains("__enzyme_") || name.contains("__nabla_") {
      if name.contains("_ignore_derivatives") || name.contains("__enzyme_iter")
        || name.contains("__nabla_iter")
      {
        return .transparent
      }
      if f.isDeclaration { return .hint }
    }
    return f.isDeclaration ? .opaque(f) : .body(f)
  }
}
