package import Analysis
package import IR
internal import Rules

/// Shadows of constants, and how the shadow of a pointer computation is computed. A pointer without
/// shadow has itself for shadow; memory is never accumulated through such a pointer.
struct Shadows {
  let unit: DerivativeUnit
  let builder: Builder
  /// The alias families of the function that is written.
  var families: AliasFamilies?
  var activity: Activity { unit.activity }

  /// The shadow of a constant, global or function.
  func constant(_ v: Value, _ lane: Int) -> Value {
    if v.isNull || v.isUndefOrPoison || !v.type.containsPointer { return v }
    if let g = v.global { return activity.needsShadow(v) ? unit.engine.shadow(of: g, lane: lane, unit) : v }
    if let f = v.function {
      return activity.needsShadow(v)
        ? builder.cast(pointer: unit.engine.shadow(of: f, unit), to: v.type) : v
    }
    if v.isGlobalAlias { return builder.cast(pointer: constant(v.aliasee, lane), to: v.type) }
    if v.isConstantExpression, let base = v.operands.first, base.type.isPointer {
      let s = constant(base, lane)
      if s == base { return v }
      let offset = v.constantOpcode == .gep ? v.constantOffset(in: builder.module) ?? 0 : 0
      return builder.cast(pointer: builder.offset(s, offset), to: v.type)
    }
    if v.type.isAggregate {
      var result = v
      for i in 0..<min(v.type.count, v.operands.count) where v.operands[i].type.containsPointer {
        result = builder.insertValue(result, constant(v.operands[i], lane), i)
      }
      return result
    }
    return v
  }

  /// Is the value a pointer, or an integer with the bits of one?
  func carries(_ v: Value) -> Bool {
    v.type.containsPointer || unit.program.graph.cell(of: v) != nil && !v.isConstant
  }

  /// The shadow of an instruction that computes a pointer from others, built at the builder's position.
  /// nil for instructions that have to be treated where they stand (phis, calls, allocas).
  func recompute(
    _ i: Instruction, _ shadow: (Value) -> Value, _ primal: (Value) -> Value
  ) -> Value? {
    switch i.opcode {
    case .gep, .bitcast, .addrspacecast, .inttoptr, .ptrtoint, .freeze, .extractValue, .select, .insertValue,
      .extractElement, .insertElement, .shuffleVector, .add, .sub, .and, .or, .xor, .mul, .shl, .lshr, .zext, .trunc:
      let copy = i.clone()
      copy.debugLocation = nil
      copy.dropPoisonFlags()
      for (k, o) in i.operands.enumerated() {
        let isCondition = i.opcode == .select && k == 0
        let isIndex = i.opcode == .gep && k > 0
        copy.value.setOperand(k, !isCondition && !isIndex && carries(o) ? shadow(o) : primal(o))
      }
      return builder.insert(copy)
    case .load:
      let copy = i.clone()
      copy.debugLocation = nil
      copy.dropMetadata()
      copy.alignment = i.shadowAlignment
      copy.value.setOperand(0, shadow(i.operand(0)))
      // Where a pointer may be its own shadow, this reads primal memory.
      let node = unit.program.graph.cell(of: i.operand(0))?.node
      if let families, let node, !activity.isMixed(node: node) { families.mark(copy, .shadow) }
      return builder.insert(copy)
    default: return nil
    }
  }

  /// Places in a value of the type where pointers stand, as index paths.
  static func pointerPaths(_ type: Type) -> [[Int]] {
    if type.isPointer { return [[]] }
    guard type.isAggregate else { return [] }
    return (0..<type.count).flatMap { k in pointerPaths(type.member(k)).map { [k] + $0 } }
  }
}

extension Instruction {
  /// What the load or store may take for granted if it goes to shadow memory. Code that asks at run time where memory is
  /// aligned (to use wide accesses from there) asks it of the primal memory: its shadow is aligned as single elements are.
  var shadowAlignment: Int {
    let type = opcode == .store ? operand(0).type : type
    guard !type.isAggregate, !isAtomic else { return alignment }
    return min(alignment, block.function.module.dataLayout.alignment(type.scalar))
  }
}
