package import IR

/// Writes that can't overwrite what was read before them, because the memory they write was allocated later:
///
/// ```
/// loop:  x = phi [first, before], [y, latch]
///        … = load x[j]                          y is not yet there when x is read, in this iteration and in all
///        y = malloc(n)                          others: what it was in the last one, x is now, and y is new
///        store y[i]
/// ```
/// Memory that is given back does not come again: derivative code waits with that until nothing is read there any more.
struct FreshMemory {
  private let program: Program
  private let subject: Subject
  private var ways: [Way: Set<Int>] = [:]
  private var bases: [Value: Value] = [:]
  private var origins: [Value: [Instruction]] = [:]

  private struct Way: Hashable {
    let from: Int
    let without: Int
  }

  init(_ program: Program, _ subject: Subject) {
    self.program = program
    self.subject = subject
  }

  /// Is all that the writer's pointer leads to younger than what the load reads, whenever the writer runs after the load?
  ///
  /// Let `P` be the base of the load's address, and `A` an allocation that dominates the writer `W`. If `P` dominates `A`, each way from
  /// `P` to `W` leads through `A`: the `A` that `W` uses ran after the `P` that the load used. And if each way from the load to `W` leads
  /// through `A`, it ran after the load.
  mutating func isYounger(_ pointer: Value, of writer: Int, than load: Instruction) -> Bool {
    let origins = origins(of: pointer)
    guard !origins.isEmpty else { return false }
    let base = base(of: load.operand(0))
    if origins.count == 1, passes(origins[0], from: subject.id(load) - subject.parameterCount, to: writer) {
      return true
    }
    return origins.allSatisfy { $0.value != base && isThere(base, before: $0) }
  }

  private mutating func base(of pointer: Value) -> Value {
    if let known = bases[pointer] { return known }
    let base = pointer.underlyingObject
    bases[pointer] = base
    return base
  }

  /// The allocations that a pointer leads into one of, and the phis by which it comes from them; empty if it comes from elsewhere.
  private mutating func origins(of pointer: Value) -> [Instruction] {
    let start = base(of: pointer)
    if let known = origins[start] { return known }
    var result: [Instruction] = []
    var seen: Set<Value> = []
    var work = [start]
    while let v = work.popLast() {
      guard seen.insert(v).inserted, !v.isNull, !v.isUndefOrPoison else { continue }
      guard let i = v.instruction, i.isPhi || program.isAllocation(i), seen.count <= 8 else {
        result = []
        break
      }
      result.append(i)
      if i.isPhi { work += i.incoming.map { $0.value.underlyingObject } }
    }
    origins[start] = result
    return result
  }

  /// Is the value defined on every way to the instruction, after the one round of a loop before?
  private func isThere(_ v: Value, before i: Instruction) -> Bool {
    guard let id = subject.id(v) else { return v.isConstant || v.isArgument }
    guard id >= subject.parameterCount else { return true }
    let (a, b) = (subject.blockOfAvailability(id), subject.blockOf[subject.id(i) - subject.parameterCount])
    if a == b { return !i.isPhi && id < subject.id(i) }
    return subject.dominators.dominates(a, b)
  }

  /// Does each way from instruction number `load` to number `writer` lead through the allocation?
  private mutating func passes(_ allocation: Instruction, from load: Int, to writer: Int) -> Bool {
    if allocation.isPhi { return false }
    let a = subject.id(allocation) - subject.parameterCount
    let (x, b, y) = (subject.blockOf[load], subject.blockOf[a], subject.blockOf[writer])
    if x == b, load < a { return true }
    if x == y, load < writer { return false }
    let way = Way(from: x, without: b)
    if ways[way] == nil { ways[way] = reached(way) }
    return y == b || !ways[way]!.contains(y)
  }
  private func reached(_ way: Way) -> Set<Int> {
    var seen: Set<Int> = []
    var work = [way.from]
    while let b = work.popLast() {
      for s in subject.cfg.successors[b] where s != way.without && seen.insert(s).inserted { work.append(s) }
    }
    return seen
  }
}

extension Program {
  /// Does the instruction return memory that nobody else has?
  func isAllocation(_ i: Instruction) -> Bool {
    guard i.isCall, case .known(let k, _) = knowledge.target(of: i), case .allocation(let a) = k.kind else {
      return false
    }
    return a.resultThroughPointerArgument == nil
  }

  /// Do two pointers always lead into different allocations while loop `l` is gone through, because buffers that were different before an
  /// outer loop only change places there?
  ///
  /// ```
  /// outer:  a = phi [malloc, before], [b, latch]
  ///         b = phi [malloc, before], [a, latch]
  ///   l:    … a[i] … b[j] …
  /// ```
  package func isApart(_ p: Value, _ q: Value, in l: Int, _ s: Subject) -> Bool {
    guard let a = p.underlyingObject.instruction, let b = q.underlyingObject.instruction, a != b, a.isPhi, b.isPhi,
      a.block == b.block, let h = s.cfg.number(of: a.block), let outer = s.loops.innermost[h],
      s.loops.loops[outer].header == h, outer != l, s.loops.contains(outer, s.loops.loops[l].header),
      s.loops.loops[outer].latches.count == 1
    else { return false }
    let latch = s.cfg.blocks[s.loops.loops[outer].latches[0]]
    // All that one of the two may come to be, each of another allocation, and none twice.
    var group = [a, b]
    var next: Set<Value> = []
    var first: Set<Value> = []
    var n = 0
    while n < group.count {
      let phi = group[n]
      n += 1
      guard group.count <= 8, phi.incoming.count == 2 else { return false }
      for (v, from) in phi.incoming {
        let origin = v.underlyingObject
        guard let i = origin.instruction else { return false }
        if from == latch {
          guard i.isPhi, i.block == a.block, next.insert(origin).inserted else { return false }
          if !group.contains(i) { group.append(i) }
        } else {
          guard isAllocation(i), first.insert(origin).inserted else { return false }
        }
      }
    }
    return true
  }
}
