package import IR

/// The blocks of a function under dense numbers, in reverse postorder: block 0 is the entry.
/// Unreachable blocks have no number.
package struct ControlFlowGraph {
  package let blocks: [BasicBlock]
  package let successors: [[Int]]
  package let predecessors: [[Int]]
  private let numbers: PointerMap<Int>

  package init(_ function: Function) {
    var order: [BasicBlock] = []
    var state = PointerMap<Bool>(capacity: 64)
    var stack: [(block: BasicBlock, next: [BasicBlock])] = []
    func enter(_ b: BasicBlock) {
      state[b.ref] = true
      stack.append((b, b.successors))
    }
    enter(function.entry)
    while !stack.isEmpty {
      if let s = stack[stack.count - 1].next.popLast() {
        if state[s.ref] == nil { enter(s) }
      } else {
        order.append(stack.removeLast().block)
      }
    }
    order.reverse()
    var numbers = PointerMap<Int>(capacity: order.count)
    for (i, b) in order.enumerated() { numbers[b.ref] = i }
    var successors = [[Int]](repeating: [], count: order.count)
    var predecessors = successors
    for (i, b) in order.enumerated() {
      for s in b.successors {
        let j = numbers[s.ref]!
        if !successors[i].contains(j) {
          successors[i].append(j)
          predecessors[j].append(i)
        }
      }
    }
    blocks = order
    self.successors = successors
    self.predecessors = predecessors
    self.numbers = numbers
  }

  package func number(of block: BasicBlock) -> Int? { numbers[block.ref] }
  package var count: Int { blocks.count }

  /// The blocks from which some block satisfying `isGoal` can be reached (goals included).
  package func reaching(_ goals: [Int]) -> [Bool] {
    var seen = [Bool](repeating: false, count: count)
    var work = goals
    for g in goals { seen[g] = true }
    while let b = work.popLast() {
      for p in predecessors[b] where !seen[p] {
        seen[p] = true
        work.append(p)
      }
    }
    return seen
  }
}

/// Immediate dominators, by the algorithm of Cooper, Harvey and Kennedy ("A Simple, Fast Dominance
/// Algorithm", 2001).
package struct DominatorTree {
  /// Immediate dominator of each block; the entry's is itself.
  package let parent: [Int]
  private let enter: [Int]
  private let leave: [Int]

  package init(_ cfg: ControlFlowGraph) {
    var idom = [Int](repeating: -1, count: cfg.count)
    idom[0] = 0
    var changed = true
    while changed {
      changed = false
      for b in 1..<max(1, cfg.count) {
        var new = -1
        for p in cfg.predecessors[b] where idom[p] >= 0 {
          if new < 0 {
            new = p
          } else {
            var x = p
            var y = new
            while x != y {
              while x > y { x = idom[x] }
              while y > x { y = idom[y] }
            }
            new = x
          }
        }
        if idom[b] != new {
          idom[b] = new
          changed = true
        }
      }
    }
    parent = idom
    // Intervals of a depth-first walk answer dominance in constant time.
    var children = [[Int]](repeating: [], count: cfg.count)
    for b in 1..<max(1, cfg.count) { children[idom[b]].append(b) }
    var enter = [Int](repeating: 0, count: cfg.count)
    var leave = enter
    var clock = 0
    var stack: [(Int, Int)] = [(0, 0)]
    while let (b, i) = stack.last {
      if i == 0 {
        enter[b] = clock
        clock += 1
      }
      if i < children[b].count {
        stack[stack.count - 1].1 += 1
        stack.append((children[b][i], 0))
      } else {
        leave[b] = clock
        stack.removeLast()
      }
    }
    self.enter = enter
    self.leave = leave
  }

  /// Does block `a` dominate block `b` (every block dominates itself)?
  package func dominates(_ a: Int, _ b: Int) -> Bool { enter[a] <= enter[b] && leave[b] <= leave[a] }
  /// The nearest block that dominates both.
  package func common(_ a: Int, _ b: Int) -> Int {
    var d = a
    while !dominates(d, b) { d = parent[d] }
    return d
  }
}

/// A natural loop.
package struct Loop {
  package let header: Int
  package internal(set) var latches: [Int] = []
  package internal(set) var parent: Int?
  package internal(set) var depth = 1
  /// All blocks, those of inner loops included, in reverse postorder.
  package internal(set) var blocks: [Int] = []
  /// The only predecessor of the header outside the loop.
  package internal(set) var preheader: Int?
}

/// The natural loops of a function and how they nest.
package struct LoopTree {
  package private(set) var loops: [Loop] = []
  /// The innermost loop of each block.
  package private(set) var innermost: [Int?]

  package init(_ cfg: ControlFlowGraph, _ dominators: DominatorTree) {
    innermost = Array(repeating: nil, count: cfg.count)
    // Headers in reverse postorder: outer loops come before the loops they contain.
    for h in 0..<cfg.count {
      let latches = cfg.predecessors[h].filter { dominators.dominates(h, $0) }
      guard !latches.isEmpty else { continue }
      var inside = Set([h])
      var work = latches
      while let b = work.popLast() {
        if inside.insert(b).inserted { work += cfg.predecessors[b] }
      }
      let id = loops.count
      var loop = Loop(header: h)
      loop.latches = latches
      loop.blocks = inside.sorted()
      loop.parent = innermost[h]
      loop.depth = loop.parent.map { loops[$0].depth + 1 } ?? 1
      let outside = cfg.predecessors[h].filter { !inside.contains($0) }
      if outside.count == 1 { loop.preheader = outside[0] }
      loops.append(loop)
      for b in loop.blocks { innermost[b] = id }
    }
  }

  /// The loops around a block, outermost first.
  package func chain(_ block: Int) -> [Int] {
    var list: [Int] = []
    var l = innermost[block]
    while let x = l {
      list.append(x)
      l = loops[x].parent
    }
    return list.reversed()
  }
  /// Is `block` inside `loop`?
  package func contains(_ loop: Int, _ block: Int) -> Bool {
    var l = innermost[block]
    while let x = l {
      if x == loop { return true }
      l = loops[x].parent
    }
    return false
  }
  package func depth(_ block: Int) -> Int { innermost[block].map { loops[$0].depth } ?? 0 }
}
