internal import IR
internal import Rules

/// Results that a function hands back through pointers: stores after which, up to its return, nothing looks at memory
/// any more. Where both sweeps are in one function, they can wait until the reverse sweep is over; so they overwrite
/// nothing that it reads, whatever their pointers may be.
struct LastStores {
  private let program: Program
  private let subject: Subject
  private var freed: Set<Int> = []

  /// The numbers of such stores in the root, which must not be called by the program itself.
  static func find(in program: Program) -> Set<Int> {
    let isCalled = program.subjects.contains { s in
      s.instructions.contains { i in i.isCall && program.bodies(of: i)?.contains { $0 === program.root } ?? false }
    }
    guard !isCalled, let exit = program.root.exit else { return [] }
    var finder = LastStores(program: program, subject: program.root)
    return finder.find(before: exit)
  }
  private init(program: Program, subject: Subject) {
    self.program = program
    self.subject = subject
  }

  private mutating func find(before exit: Int) -> Set<Int> {
    var found: Set<Int> = []
    var b = exit
    while subject.loops.innermost[b] == nil {
      for n in subject.range[b].reversed() {
        let i = subject.instructions[n]
        if isResult(i) { found.insert(n) } else if !isHarmless(i) { return found }
      }
      // All that lies between a block and its dominator may come after the dominator.
      let d = subject.dominators.parent[b]
      if d == b { return found }
      var seen: Set<Int> = [d, b]
      var work = subject.cfg.predecessors[b] + subject.cfg.successors[d]
      while let x = work.popLast() {
        guard seen.insert(x).inserted else { continue }
        for n in subject.range[x] where !isHarmless(subject.instructions[n]) { return found }
        work += subject.cfg.predecessors[x] + subject.cfg.successors[x]
      }
      b = d
    }
    return found
  }

  /// A store of numbers into memory of others, which is not given back afterwards.
  private func isResult(_ i: Instruction) -> Bool {
    guard i.opcode == .store, !i.isVolatile, !i.isAtomic, !i.operand(0).type.containsPointer,
      let c = program.graph.cell(of: i.operand(1))
    else { return false }
    return program.graph.isExternal(c.node) && !freed.contains(c.node)
  }

  /// Does nobody see whether the instruction comes before a store or after it? Memory that is given back must be known to be
  /// another.
  private mutating func isHarmless(_ i: Instruction) -> Bool {
    if i.isTerminator { return i.opcode == .br || i.opcode == .switch || i.opcode == .ret }
    if i.isCall, case .known(let k, _) = program.knowledge.target(of: i), case .deallocation = k.kind {
      for a in i.arguments where a.type.isPointer {
        guard let c = program.graph.cell(of: a) else { return false }
        freed.insert(c.node)
      }
      return true
    }
    if let name = i.intrinsicName, name.hasPrefix("llvm.lifetime.end") { return true }
    return !i.mayReadMemory && !i.mayHaveSideEffects
  }
}
