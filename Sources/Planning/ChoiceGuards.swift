package import Analysis
package import IR
internal import Rules

/// A condition under which a value is used at all.
package struct ChoiceGuard: Hashable {
  package let condition: Value
  /// What the condition is where the value is used.
  package let whenTrue: Bool
}

/// Operations that are carried out for one arm of a `select` only, and may have an infinite slope where the other arm is taken.
///
/// ```
/// if (r > 0) s += 1 / r;      ⟶      t = 1 / r      s = s + (r > 0 ? t : 0)
/// ```
/// LLVM turns the one into the other, also in subjects. No adjoint reaches `t` where `r` is 0, but zero times an infinite slope is
/// not zero: so what flows on from such operations is chosen as well.
struct ChoiceGuards {
  let subject: Subject
  let reversals: [Reversal]
  let activity: Activity

  /// Per instruction.
  func find() -> [Int: [ChoiceGuard]] {
    var result: [Int: [ChoiceGuard]] = [:]
    for b in subject.cfg.blocks.indices {
      let range = subject.range[b]
      guard range.contains(where: { subject.instructions[$0].opcode == .select && !reversals[$0].isNothing }) else {
        continue
      }
      var known: [Int: [ChoiceGuard]] = [:]
      for n in range.reversed() {
        let i = subject.instructions[n]
        let guards = guards(i, known)
        known[n] = guards
        if !guards.isEmpty, case .rule(let rule) = reversals[n], mayBeInfinite(i, rule) { result[n] = guards }
      }
    }
    return result
  }

  /// What holds wherever something flows back to an instruction.
  private func guards(_ i: Instruction, _ known: [Int: [ChoiceGuard]]) -> [ChoiceGuard] {
    var common: [ChoiceGuard]?
    for u in i.value.users.compactMap(\.instruction) {
      guard u.block == i.block, !u.isPhi, !u.isTerminator else { return [] }
      let n = subject.id(u) - subject.parameterCount
      let here: [ChoiceGuard]
      switch reversals[n] {
      case .nothing: continue
      case .rule, .value: here = (known[n] ?? []) + choice(u, i.value)
      default: return []
      }
      common = common.map { $0.filter(here.contains) } ?? here
    }
    return (common ?? []).filter { !$0.condition.type.isVector || isAsWide(i.type, $0.condition.type) }
  }
  private func choice(_ u: Instruction, _ v: Value) -> [ChoiceGuard] {
    guard u.opcode == .select, u.operand(1) != u.operand(2) else { return [] }
    return [ChoiceGuard(condition: u.operand(0), whenTrue: u.operand(1) == v)]
  }
  private func isAsWide(_ type: Type, _ condition: Type) -> Bool { type.isVector && type.count == condition.count }

  // MARK: Slopes

  private func mayBeInfinite(_ i: Instruction, _ rule: MathRule) -> Bool {
    if i.opcode == .fdiv, i.operand(1).isConstant { return false }
    return rule.partials.enumerated().contains { k, partial in
      guard let partial, k < i.operands.count, activity.isActive(i.operand(k), in: subject) else { return false }
      return !partial.primitives.isSubset(of: Self.finite)
        || partial.operandsRead.contains { mayBeInfinite(i.operand($0), in: i.block) }
        || partial.readsResult && mayBeInfinite(i.value, in: i.block)
    }
  }
  private static let finite: Set<Primitive> = [.neg, .add, .sub, .mul, .fabs, .copysign, .sin, .cos]

  private func mayBeInfinite(_ v: Value, in block: BasicBlock, depth: Int = 0) -> Bool {
    guard let i = v.instruction, i.block == block, v.type.scalar.isFloat, depth < 8 else { return false }
    switch i.opcode {
    case .fdiv: if !i.operand(1).isConstant { return true }
    case .frem: return true
    case .call:
      if !(i.intrinsicName.map { $0.hasPrefix("llvm.fma.") || $0.hasPrefix("llvm.fmuladd.") } ?? false) { return true }
    case .fneg, .fadd, .fsub, .fmul, .fpext, .fptrunc, .select, .freeze: break
    default: return false
    }
    return i.operands.contains { mayBeInfinite($0, in: block, depth: depth + 1) }
  }
}
