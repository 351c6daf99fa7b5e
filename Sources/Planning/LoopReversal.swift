package import Analysis
package import IR
internal import Rules

/// How the iterations of one loop are reversed, where it is not simply the last first with each adding to shadow memory
/// what it has to.
package struct LoopReversal {
  /// The first iteration is reversed first: no iteration's reversal depends on another's, and memory is walked through
  /// upwards, which vectorises better.
  package internal(set) var ascends = false
  package internal(set) var sums: [DelayedSum] = []
}

/// Loads that walk through memory side by side, as the reads of a stencil do. Each place gets its shares from several
/// iterations: they are handed on from one to the next, and added to shadow memory once, by the iteration that comes last to
/// the place.
///
/// ```
/// s += a[i-1] + 2*a[i] + 3*a[i+1]     in iteration i, downwards:   a'[i+1] += 3*s' + p
///                                                                  p, q = 2*s' + q, s'
/// ```
package struct DelayedSum {
  /// The load (by number) whose place no later iteration comes to.
  package let leader: Int
  /// For each load how many iterations later the leader comes to its place; the leader's own is 0, and all up to the
  /// largest occur.
  package let delays: [Int: Int]
  /// Bytes from the leader's place to its place in the iteration that is reversed next.
  package let step: Int
  package var length: Int { delays.values.max()! }
  /// Beyond this many iterations registers run out.
  static let longest = 8
}

/// Finds out for each loop how its iterations may be reversed.
struct LoopReversals {
  let program: Program
  let activity: Activity
  let effects: MemoryEffects
  let subject: Subject
  let reversals: [Reversal]
  let saved: Set<Int>
  /// Loops that are swept forward and back iteration by iteration.
  var local: [Int] = []

  func of(_ l: Int) -> LoopReversal {
    var result = LoopReversal()
    let numbers = subject.loops.loops[l].blocks.flatMap { subject.range[$0] }
    let reversed = numbers.filter { !reversals[$0].isNothing }
    guard !reversed.isEmpty, subject.runsWhollyEachTime(l) else { return result }
    result.ascends = local.contains(l) || isAnyOrderRight(l, numbers, reversed)
    result.sums = sums(l, reversed, ascends: result.ascends)
    return result
  }

  // MARK: Order

  private func isAnyOrderRight(_ l: Int, _ numbers: [Int], _ reversed: [Int]) -> Bool {
    guard numbers.allSatisfy({ !saved.contains($0) }), isRectangular(l), handsOnOnlySums(l, reversed) else {
      return false
    }
    var accesses: [Instruction] = []
    for n in reversed {
      switch reversals[n] {
      case .nothing, .rule, .value, .bits: break
      case .load, .store: accesses.append(subject.instructions[n])
      default: return false
      }
    }
    let stores = accesses.filter { $0.opcode == .store }
    guard !stores.isEmpty, stores.count * accesses.count <= 10_000 else { return stores.isEmpty }
    // Steps are told in the innermost loop only.
    guard numbers.allSatisfy({ subject.loops.innermost[subject.blockOf[$0]] == l }) else { return false }
    return stores.allSatisfy { store in
      // What was stored is read and cleared; no other iteration may have anything to do with that place.
      let pointer = store.operand(1)
      let size = program.module.dataLayout.storeSize(store.operand(0).type)
      guard let step = program.step(of: pointer, in: l, subject), abs(step) >= size else {
        return false
      }
      return accesses.allSatisfy { other in
        if other == store || !mayMeet(store, other, l) { return true }
        let place = other.opcode == .store ? other.operand(1) : other.operand(0)
        let type = other.opcode == .store ? other.operand(0).type : other.type
        return type == store.operand(0).type && program.distance(place, from: pointer, subject) == 0
      }
    }
  }

  /// May a store and another access touch the same bytes while the loop is gone through once?
  private func mayMeet(_ store: Instruction, _ other: Instruction, _ l: Int) -> Bool {
    let place = other.opcode == .store ? other.operand(1) : other.operand(0)
    return effects.mayMeet(store, other, in: subject) && !program.isApart(store.operand(1), place, in: l, subject)
  }

  /// Do the values of one iteration that carry adjoints reach others, and what comes after the loop, only as parts of sums?
  func handsOnOnlySums(_ l: Int, _ reversed: [Int]) -> Bool {
    let header = subject.loops.loops[l].header
    let latch = subject.cfg.blocks[subject.loops.loops[l].latches[0]]
    var totals: Set<Value> = []
    for n in subject.range[header] where subject.instructions[n].isPhi && !reversals[n].isNothing {
      let phi = subject.instructions[n]
      guard isPlainSum(phi, l) else { return false }
      for (v, b) in phi.incoming where b == latch { totals.insert(v) }
    }
    // What is used after the loop gets its adjoint in the last iteration only.
    return reversed.allSatisfy { n in
      let v = subject.instructions[n].value
      return totals.contains(v) || v.users.count == usesInside(v, l)
    }
  }

  /// Do inner loops run equally often in all iterations? In others the order is right, but nothing is won.
  private func isRectangular(_ l: Int) -> Bool {
    subject.loops.loops.indices.allSatisfy { inner in
      guard inner != l, subject.loops.contains(l, subject.loops.loops[inner].header) else { return true }
      guard let n = subject.tripCounts[inner] else { return false }
      return subject.id(n).map { !subject.loops.contains(l, subject.block($0)) } ?? true
    }
  }

  /// Does the phi only add something up? Its adjoint is then the same in all iterations.
  private func isPlainSum(_ phi: Instruction, _ l: Int) -> Bool {
    let latch = subject.cfg.blocks[subject.loops.loops[l].latches[0]]
    guard var v = phi.incoming.first(where: { $0.block == latch })?.value else { return false }
    var steps = 0
    while v != phi.value {
      steps += 1
      // Besides the next addition, only what comes after the loop may use it.
      guard steps < 1000, let i = v.instruction, subject.id(v) != nil, usesInside(v, l) == 1 else {
        return false
      }
      var next: Value?
      for (k, o) in i.operands.enumerated()
      where isPassedOn(i, k) && (o == phi.value || leads(o, to: phi, l)) {
        if next != nil { return false }
        next = o
      }
      guard let n = next else { return false }
      v = n
    }
    return usesInside(phi.value, l) == 1
  }
  private func usesInside(_ v: Value, _ l: Int) -> Int {
    v.users.filter { u in
      guard let i = u.instruction, let b = subject.cfg.number(of: i.block) else { return false }
      return subject.loops.contains(l, b)
    }.count
  }
  /// Is the operand's adjoint that of the result?
  private func isPassedOn(_ i: Instruction, _ k: Int) -> Bool {
    switch i.opcode {
    case .fadd: true
    case .fsub: k == 0
    case .call: k == 2 && (i.intrinsicName?.hasPrefix("llvm.fmuladd.") ?? false)
    default: false
    }
  }
  /// Does adding up lead from the phi to the value?
  private func leads(_ v: Value, to phi: Instruction, _ l: Int) -> Bool {
    var work = [v]
    var seen: Set<Value> = []
    while let x = work.popLast(), seen.count < 1000 {
      if x == phi.value { return true }
      guard seen.insert(x).inserted, let i = x.instruction, subject.id(x) != nil,
        let b = subject.cfg.number(of: i.block), subject.loops.contains(l, b), !i.isPhi
      else { continue }
      for (k, o) in i.operands.enumerated() where isPassedOn(i, k) { work.append(o) }
    }
    return false
  }

  // MARK: Sums

  private func sums(_ l: Int, _ reversed: [Int], ascends: Bool) -> [DelayedSum] {
    let latch = subject.loops.loops[l].latches[0]
    var loads: [Int] = []
    var stores: [Instruction] = []
    for n in reversed {
      let i = subject.instructions[n]
      switch reversals[n] {
      case .nothing, .rule, .value, .bits: break
      case .load:
        let b = subject.blockOf[n]
        guard subject.loops.innermost[b] == l, subject.dominators.dominates(b, latch),
          i.type.isFloat,
          let c = program.graph.cell(of: i.operand(0)), !activity.isMixed(node: c.node)
        else { continue }
        loads.append(n)
      case .store: stores.append(i)
      default: return []
      }
    }
    guard loads.count > 1, loads.count <= 200, stores.count <= 50 else { return [] }
    // Nothing in the loop may look at what is still missing there.
    loads.removeAll { n in
      stores.contains { mayMeet($0, subject.instructions[n], l) }
    }
    var families: [(first: Int, step: Int, members: [(load: Int, distance: Int)])] = []
    for n in loads {
      let i = subject.instructions[n]
      guard let step = program.step(of: i.operand(0), in: l, subject), step != 0 else { continue }
      let k = families.firstIndex { f in
        let first = subject.instructions[f.first]
        guard f.step == step, first.type == i.type,
          let d = program.distance(i.operand(0), from: first.operand(0), subject), d % step == 0
        else { return false }
        return abs(d / step) <= DelayedSum.longest
      }
      guard let k else {
        families.append((n, step, [(n, 0)]))
        continue
      }
      let d = program.distance(
        i.operand(0), from: subject.instructions[families[k].first].operand(0), subject)!
      families[k].members.append((n, d / step))
    }
    return families.flatMap { f in split(f.members, f.step, ascends) }
  }

  /// Cuts a family where places are left out.
  private func split(_ members: [(load: Int, distance: Int)], _ step: Int, _ ascends: Bool)
    -> [DelayedSum]
  {
    let order = members.sorted { ascends ? $0.distance < $1.distance : $0.distance > $1.distance }
    var result: [DelayedSum] = []
    var start = 0
    for k in 1...order.count {
      let isEnd =
        k == order.count || abs(order[k].distance - order[k - 1].distance) > 1
        || abs(order[k].distance - order[start].distance) > DelayedSum.longest
      guard isEnd else { continue }
      let part = order[start..<k]
      let lead = order[start]
      start = k
      guard part.contains(where: { $0.distance != lead.distance }) else { continue }
      result.append(
        DelayedSum(
          leader: lead.load,
          delays: Dictionary(
            uniqueKeysWithValues: part.map { ($0.load, abs($0.distance - lead.distance)) }),
          step: ascends ? step : -step))
    }
    return result
  }
}

extension Subject {
  /// Is the number of iterations known before, and the last one as whole as the others?
  func runsWhollyEachTime(_ l: Int) -> Bool {
    let loop = loops.loops[l]
    guard tripCounts[l] != nil, loop.latches.count == 1 else { return false }
    return loop.blocks.allSatisfy { b in
      b == loop.latches[0] || cfg.successors[b].allSatisfy { loops.contains(l, $0) }
    }
  }
}
