/// What can be computed again from what, and at which price.
protocol ItemGraph {
  /// Is the item always at hand?
  func isFree(_ item: Item) -> Bool
  /// What an item is computed from; nil if it cannot be computed again.
  func dependencies(of item: Item) -> [Item]?
  /// The loops around the place where an item comes to be, outermost first.
  func chain(_ item: Item) -> [Int]
  /// Estimated number of times the innermost of these loops' bodies runs.
  func weight(_ chain: [Int]) -> Double
  /// Price of keeping an item, in units of an addition.
  func priceOfKeeping(_ item: Item) -> Double
  /// Price of computing it once more.
  func recomputationCost(_ item: Item) -> Double
}

extension ItemGraph {
  /// The items to keep: a minimum cut between what is at hand in the reverse sweep and what is wanted.
  func itemsToKeep(for demands: [Item]) -> Set<Item> {
    var number: [Item: Int] = [:]
    var items: [Item] = []
    var edges: [(Int, Int)] = []
    var work: [Item] = []
    func node(_ item: Item) -> Int {
      if let n = number[item] { return n }
      number[item] = items.count
      items.append(item)
      work.append(item)
      return items.count - 1
    }
    var forced: Set<Item> = []
    var isSource: [Bool] = []
    for d in demands where !isFree(d) { _ = node(d) }
    let wanted = items.count
    var next = 0
    while next < work.count {
      let item = work[next]
      next += 1
      let n = number[item]!
      while isSource.count <= n { isSource.append(false) }
      guard let deps = dependencies(of: item) else {
        isSource[n] = true
        forced.insert(item)
        continue
      }
      for d in deps where !isFree(d) { edges.append((node(d), n)) }
    }
    while isSource.count < items.count { isSource.append(false) }
    // Two nodes per item, joined by the price of keeping it.
    let source = items.count * 2
    let sink = source + 1
    var network = MinimumCut(nodes: items.count * 2 + 2)
    for (n, item) in items.enumerated() {
      let weight = weight(chain(item))
      let price = priceOfKeeping(item)
      network.addEdge(2 * n, 2 * n + 1, price * weight)
      network.addEdge(source, 2 * n, isSource[n] ? MinimumCut.infinite : recomputationCost(item) * weight)
    }
    for (a, b) in edges { network.addEdge(2 * a + 1, 2 * b, MinimumCut.infinite) }
    for n in 0..<wanted { network.addEdge(2 * n + 1, sink, MinimumCut.infinite) }
    let onSourceSide = network.solve(source: source, sink: sink)
    var kept: Set<Item> = []
    for (n, item) in items.enumerated() where onSourceSide[2 * n] && !onSourceSide[2 * n + 1] { kept.insert(item) }
    return kept
  }
}
