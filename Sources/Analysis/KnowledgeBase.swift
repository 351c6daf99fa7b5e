package import IR
package import Rules

/// What is known about the functions of one module: the standard rule book, and what the program
/// declares about its own functions.
package final class KnowledgeBase {
  package let declarations: Declarations
  private var cache: PointerMap<FunctionKnowledge?> = PointerMap()

  package init(_ declarations: Declarations) { self.declarations = declarations }

  /// What is known about the function apart from its body; nil if the body (if there is one) must speak.
  package func of(_ f: Function) -> FunctionKnowledge? {
    if let known = cache[f.ref] { return known }
    let found = find(f)
    cache[f.ref] = .some(found)
    return found
  }

  /// Does the program supply or ask for the shadow of the global? Then it is an input and an output.
  package func isShadowKnown(_ g: Global) -> Bool {
    if declarations.globalShadows[g] != nil { return true }
    func isQuery(_ v: Value) -> Bool {
      // Not through other globals: initialisers may refer to each other in circles.
      if v.isConstantExpression { return v.users.contains(where: isQuery) }
      guard let i = v.instruction else { return false }
      guard i.isCall, let name = i.callee?.name else { return false }
      return name.contains("__enzyme_shadow") || name.contains("__nabla_shadow")
    }
    return g.value.users.contains(where: isQuery)
  }

  private func find(_ f: Function) -> FunctionKnowledge? {
    let name = f.name
    if declarations.inactiveFunctions.contains(f) {
      return FunctionKnowledge(name, .inactive, effects: declaredEffects(f))
    }
    if let like = declarations.functionLike[f] { return RuleBook.standard.function(like) }
    if let a = declarations.allocators[f] {
      return FunctionKnowledge(
        name, .allocation(Allocation(size: [a.sizeArgument], freedBy: a.deallocator?.name ?? "free")))
    }
    if declarations.allocators.values.contains(where: { $0.deallocator == f }) {
      return FunctionKnowledge(name, .deallocation(Deallocation(pointer: 0)))
    }
    if let tape = TapeFunction(name: name) { return tape.knowledge }
    guard let k = RuleBook.standard.function(name) else {
      let isHook = name.contains("__enzyme_") || name.contains("__nabla_")
      guard declarations.unknownFunctionsAreInactive, f.isDeclaration, !f.isIntrinsic, !isHook else { return nil }
      return FunctionKnowledge(name, .inactive, effects: declaredEffects(f))
    }
    if f.isDeclaration { return k }
    // With a body at hand only the library's own C++ functions are known by name: a program may
    // define a `gamma` of its own.
    guard
      name.hasPrefix("_ZNSt") || name.hasPrefix("_ZSt") || name.hasPrefix("_ZNKSt")
        || name.hasPrefix("_ZN9__gnu_cxx") || name.hasPrefix("_ZNSo") || name.hasPrefix("_ZNSi")
        || name.hasPrefix("_ZNKSo")
    else { return nil }
    switch k.kind {
    case .math: return nil
    // What is refused is the compiled part: a template around it has to be read, to see what it is given.
    case .refused: return nil
    default: return k
    }
  }

  private func declaredEffects(_ f: Function) -> Effects {
    if f.doesNotAccessMemory { return .none }
    if f.onlyReadsMemory { return Effects(rest: .reads) }
    return .unknown
  }
}

/// The functions that Nabla emits for its tape. Derivatives that contain them can be differentiated
/// again: their memory then comes from the outer tape.
package enum TapeFunction: String {
  case allocate = "__nabla_tape_allocate"
  case release = "__nabla_tape_release"
  case destroy = "__nabla_tape_destroy"
  case deferFree = "__nabla_tape_defer_free"
  /// How many steps of a checkpointed loop to do before the next state is kept: steps that remain, room for states, the one at
  /// hand included.
  case schedule = "__nabla_tape_schedule"
  /// Takes over what another tape would free: memory freed by a callee is needed until the caller's reverse sweep
  /// is over. The other tape itself goes with this one, unless its callee has been reversed before.
  case adopt = "__nabla_tape_adopt"
  /// The other tape frees itself.
  case disown = "__nabla_tape_disown"

  package init?(name: String) {
    guard name.hasPrefix("__nabla_tape_") else { return nil }
    // A linker or a linked module may have added ".12" to a second copy.
    self.init(rawValue: String(name.prefix { $0 != "." }))
  }

  var knowledge: FunctionKnowledge {
    switch self {
    case .allocate:
      FunctionKnowledge(rawValue, .allocation(Allocation(size: [1], freedBy: "none")))
    case .deferFree:
      FunctionKnowledge(rawValue, .deallocation(Deallocation(pointer: 1, alignment: 3)))
    case .release, .destroy, .adopt, .disown, .schedule:
      FunctionKnowledge(rawValue, .marker)
    }
  }
}
