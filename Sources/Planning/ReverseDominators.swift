/// Which blocks the reverse sweep has passed whenever it comes to a block.
struct ReverseDominators {
  /// By block: the nearest other one that was passed before; its own for where the sweep begins.
  private var parent: [Int: Int] = [:]
  private var depth: [Int: Int] = [:]

  init(_ control: ReverseControl) {
    guard let start = control.order.first else { return }
    func next(_ b: Int) -> [Int] {
      switch control.exits[b]! {
      case .end: []
      case .jump(let t): [t]
      case .header(_, let p, let l): [p, l]
      case .choose(let list): list
      }
    }
    var order: [Int] = []
    var predecessors: [Int: [Int]] = [:]
    var stack: [(Int, [Int])] = [(start, next(start))]
    var seen: Set<Int> = [start]
    while !stack.isEmpty {
      guard let t = stack[stack.count - 1].1.popLast() else {
        order.append(stack.removeLast().0)
        continue
      }
      predecessors[t, default: []].append(stack[stack.count - 1].0)
      if seen.insert(t).inserted { stack.append((t, next(t))) }
    }
    order.reverse()
    // The algorithm of Cooper, Harvey and Kennedy, as for the forward direction.
    var number: [Int: Int] = [:]
    for (n, b) in order.enumerated() { number[b] = n }
    var idom = [Int](repeating: -1, count: order.count)
    idom[0] = 0
    var changed = true
    while changed {
      changed = false
      for n in 1..<max(1, order.count) {
        var new = -1
        for p in predecessors[order[n]] ?? [] {
          var x = number[p]!
          guard idom[x] >= 0 else { continue }
          if new < 0 {
            new = x
            continue
          }
          var y = new
          while x != y {
            while x > y { x = idom[x] }
            while y > x { y = idom[y] }
          }
          new = x
        }
        if idom[n] != new {
          idom[n] = new
          changed = true
        }
      }
    }
    for (n, b) in order.enumerated() {
      parent[b] = order[idom[n]]
      depth[b] = n == 0 ? 0 : depth[order[idom[n]]]! + 1
    }
  }

  /// The nearest block that was passed before any of these is come to (or is one of them); nil if one is never come to.
  func common(_ blocks: [Int]) -> Int? {
    guard var d = blocks.first, depth[d] != nil else { return nil }
    for b in blocks.dropFirst() {
      var x = b
      guard depth[x] != nil else { return nil }
      while x != d {
        if depth[x]! >= depth[d]! { x = parent[x]! } else { d = parent[d]! }
      }
    }
    return d
  }
  func above(_ b: Int) -> Int { parent[b]! }
}
