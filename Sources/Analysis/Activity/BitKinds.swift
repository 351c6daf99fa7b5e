package import IR

/// Which floating-point type the bits are of that an integer value carries: told by the casts and the memory
/// that it comes from and goes to.
package final class BitKinds {
  private let program: Program
  private var cache: PointerMap<Type?> = PointerMap()

  package init(_ program: Program) { self.program = program }

  package func kind(of v: Value) -> Type? {
    if v.type.isFloatOrVector { return v.type.scalar }
    if let known = cache[v.ref] { return known }
    var seen: Set<Value> = []
    let found = search(v, &seen)
    cache[v.ref] = .some(found)
    return found
  }

  private func search(_ v: Value, _ seen: inout Set<Value>) -> Type? {
    guard seen.insert(v).inserted, seen.count < 200 else { return nil }
    if v.type.isFloatOrVector { return v.type.scalar }
    if let i = v.instruction, let t = fromDefinition(i, &seen) { return t }
    for u in v.users {
      guard let i = u.instruction else { continue }
      switch i.opcode {
      case .store:
        if i.operand(0) == v, let t = inMemory(i.operand(1), v.type) { return t }
      case .bitcast, .phi, .select, .freeze, .trunc, .zext, .lshr, .shl, .or, .and, .xor, .insertValue,
        .insertElement, .extractElement, .shuffleVector:
        if i.type.isFloatOrVector { return i.type.scalar }
        if let t = search(i.value, &seen) { return t }
      default: break
      }
    }
    return nil
  }
  private func fromDefinition(_ i: Instruction, _ seen: inout Set<Value>) -> Type? {
    switch i.opcode {
    case .load: return inMemory(i.operand(0), i.type)
    case .bitcast, .phi, .select, .freeze, .trunc, .zext, .lshr, .shl, .or, .and, .xor, .extractElement,
      .insertElement, .shuffleVector, .extractValue, .insertValue:
      for o in i.operands where !o.isConstant {
        if let t = search(o, &seen) { return t }
      }
      return nil
    default: return nil
    }
  }
  private func inMemory(_ pointer: Value, _ type: Type) -> Type? {
    guard let c = program.graph.cell(of: pointer) else { return nil }
    let kinds = program.graph.kinds(c.node, at: c.offset)
    return kinds.floatType(program.module.context)
      ?? program.graph.kinds(c.node, at: c.offset + 8).floatType(program.module.context)
  }
}
