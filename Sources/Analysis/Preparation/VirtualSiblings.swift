internal import IR

/// The functions beside one in tables of virtual functions: they get objects of the same class.
///
/// What copies an object, as the `__clone` of what libc++ keeps in a `std::function`, moves words of which it does not say what they are;
/// another function of the class works with them.
enum VirtualSiblings {
  /// Those that show the layout of what the function copies.
  static func of(_ f: Subject, in module: Module) -> [Function] {
    guard movesWords(f) else { return [] }
    var found: [Function] = []
    var seen: Set = [f.original]
    for g in module.globals where g.name.hasPrefix("_ZTV") {
      guard let table = g.initializer else { continue }
      for group in table.operands where group.type.isAggregate {
        let functions = group.operands.compactMap { $0.strippingCasts.function }
        if functions.contains(f.original) { found += functions.filter { seen.insert($0).inserted } }
      }
    }
    return found.filter { !$0.isDeclaration && object(of: $0) != nil }
  }

  /// The parameter that is the object.
  static func object(of f: Function) -> Int? {
    let k = !f.parameters.isEmpty && f.parameterHasAttribute(0, "sret") ? 1 : 0
    return k < f.parameters.count && f.parameters[k].type.isPointer ? k : nil
  }

  private static func movesWords(_ s: Subject) -> Bool {
    s.instructions.contains { i in
      if i.opcode == .load { return i.type.isInteger && i.type.bitWidth >= 32 && GraphBuilder.isOnlyMoved(i) }
      return i.isCall && i.intrinsicName.map { $0.hasPrefix("llvm.memcpy") || $0.hasPrefix("llvm.memmove") } ?? false
    }
  }
}
