package import Analysis
package import IR
internal import Rules

/// The items that the reverse sweep asks for directly.
struct Demand {
  private(set) var items: [Item] = []
  private var seen: Set<Item> = []

  init(_ needs: NeedGraph, _ reversals: [Reversal], _ saved: Set<Int>) {
    let s = needs.subject
    for b in needs.control.order { addControl(b, needs) }
    let reversed = Set(needs.control.order)
    for (n, r) in reversals.enumerated() where reversed.contains(s.blockOf[n]) {
      let i = s.instructions[n]
      if saved.contains(n) {
        add([.saved(n)])
        addRestore(i, needs)
      }
      add(Self.wants(i, n, r, needs))
    }
  }

  private mutating func add(_ list: [Item]) {
    for i in list where seen.insert(i).inserted { items.append(i) }
  }

  private mutating func addControl(_ b: Int, _ needs: NeedGraph) {
    let s = needs.subject
    switch needs.control.exits[b] {
    case .choose: add([.predecessor(b)])
    case .header(let l, _, _):
      if let n = s.tripCounts[l] { add(needs.primal(n)) } else { add([.trips(l)]) }
      // Arrays over this loop are found by the extents of the loops around it as well.
      for outer in s.loops.chain(b) { if let n = s.tripCounts[outer] { add(needs.primal(n)) } }
    default: break
    }
  }

  private mutating func addRestore(_ i: Instruction, _ needs: NeedGraph) {
    switch i.opcode {
    case .store: add(needs.primal(i.operand(1)))
    default:
      guard case .known(let k, _) = needs.program.knowledge.target(of: i), case .memory(let m) = k.kind else { return }
      add(needs.primal(i.operand(m.targetArgument)) + needs.primal(i.operand(m.sizeArgument)))
    }
  }

  /// A pointer's shadow, and the pointer itself where the two may be the same.
  private static func place(_ p: Value, _ needs: NeedGraph) -> [Item] {
    needs.shadow(p) + (needs.activity.isMixed(p) ? needs.primal(p) : [])
  }

  private static func wants(_ i: Instruction, _ n: Int, _ r: Reversal, _ needs: NeedGraph) -> [Item] {
    switch r {
    case .nothing: return []
    case .value:
      switch i.opcode {
      case .select: return needs.primal(i.operand(0))
      case .extractElement: return needs.primal(i.operand(1))
      case .insertElement: return needs.primal(i.operand(2))
      case .lshr, .shl: return needs.primal(i.operand(1))
      default: return []
      }
    case .bits(let trick):
      switch trick {
      case .absolute, .negative: return needs.primal(i.operand(0))
      case .masked(let mask): return needs.primal(i.operand(mask))
      case .signed(let magnitude): return needs.primal(i.operand(1 - magnitude))
      case .rescaled: return needs.primal(i.operand(0)) + needs.primal(i.operand(0).instruction!.operand(0))
      case .flip, .signOnly, .joined, .withoutExponent: return []
      }
    case .rule(let rule): return formulaItems(i, rule, needs)
    case .load: return place(i.operand(0), needs)
    case .store: return place(i.operand(1), needs)
    case .atomicAdd: return place(i.operand(0), needs)
    case .copy(_, let target, let source, let size, _):
      return place(target, needs) + place(source, needs) + needs.primal(size)
    case .fill(_, let target, let size): return place(target, needs) + needs.primal(size)
    case .call, .custom:
      var list: [Item] = [.frame(n)]
      if case .custom(let shape) = r, shape.tapeType == nil { list = [] }
      if case .call = r, let g = i.callee, needs.frameless.contains(g) { list = [] }
      for a in i.arguments {
        list += needs.primal(a)
        if a.type.containsPointer { list += needs.shadow(a) }
      }
      if i.callee == nil { list += needs.primal(i.calledValue) + needs.shadow(i.calledValue) }
      return list
    case .reallocation:
      return needs.shadow(i.operand(0)) + needs.shadow(i.value) + needs.primal(i.operand(0))
        + needs.primal(i.operand(1))
    }
  }

  private static func formulaItems(_ i: Instruction, _ rule: MathRule, _ needs: NeedGraph) -> [Item] {
    var list: [Item] = []
    for (k, partial) in rule.partials.enumerated() {
      guard let partial, k < i.operands.count, needs.activity.isActive(i.operand(k), in: needs.subject) else {
        continue
      }
      for o in partial.operandsRead.sorted() { list += needs.primal(i.operand(o)) }
      if partial.readsResult { list += needs.primal(i.value) }
    }
    return list
  }
}
