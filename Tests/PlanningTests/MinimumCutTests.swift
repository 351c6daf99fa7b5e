import TestSupport
import Testing

@testable import Planning

@Suite struct MinimumCutTests {
  struct Network {
    var nodes: Int
    var edges: [(from: Int, to: Int, capacity: Double)] = []

    /// What the edges carry that leave a set of nodes.
    func price(_ side: [Bool]) -> Double {
      edges.reduce(0) { side[$1.from] && !side[$1.to] ? $0 + $1.capacity : $0 }
    }
    /// The source's side, as the algorithm finds it. Node 0 is the source, the last one the sink.
    func cut() -> [Bool] {
      var network = MinimumCut(nodes: nodes)
      for e in edges { network.addEdge(e.from, e.to, e.capacity) }
      return network.solve(source: 0, sink: nodes - 1)
    }
    /// The least price, by trying all sets.
    func leastPrice() -> Double {
      (0..<(1 << (nodes - 2))).map { set in
        price((0..<nodes).map { $0 == 0 || $0 < nodes - 1 && set >> ($0 - 1) & 1 == 1 })
      }.min()!
    }
  }

  @Test(arguments: 1...300) func agreesWithTryingEverything(_ seed: UInt64) {
    var noise = Noise(seed)
    var network = Network(nodes: 2 + noise.integer(below: 8))
    for _ in 0..<noise.integer(below: 4 * network.nodes) {
      let from = noise.integer(below: network.nodes)
      let to = noise.integer(below: network.nodes)
      if from != to { network.edges.append((from, to, Double(noise.integer(below: 12)) / 2)) }
    }
    let side = network.cut()
    #expect(side[0] && !side[network.nodes - 1])
    #expect(network.price(side) == network.leastPrice())
  }

  @Test func emptyNetworks() {
    #expect(Network(nodes: 2).cut() == [true, false])
  }

  @Test func infiniteEdgesAreNotCut() {
    // Source → 1 → 2 → sink, where only the first edge has a price.
    let network = Network(
      nodes: 4, edges: [(0, 1, 5), (1, 2, MinimumCut.infinite), (2, 3, MinimumCut.infinite)])
    #expect(network.cut() == [true, false, false, false])
  }

  @Test func flowGoesBackWhereItMust() {
    // The shortest path 0 1 2 9 is in the way of the two that are the most: 0 1 3 4 9 and 0 5 6 2
    // 9.
    let paths = [[0, 1, 2, 9], [1, 3, 4, 9], [0, 5, 6, 2]]
    var network = Network(nodes: 10)
    for p in paths { network.edges += zip(p, p.dropFirst()).map { ($0, $1, $1 == 4 ? 0.5 : 1) } }
    #expect(network.price(network.cut()) == 1.5 && network.leastPrice() == 1.5)
  }

  @Test func longChainsNeedNoStack() {
    let n = 50_000
    var network = Network(nodes: n)
    for i in 0..<(n - 1) { network.edges.append((i, i + 1, i == n / 2 ? 1 : 2)) }
    let side = network.cut()
    #expect(side.firstIndex(of: false) == n / 2 + 1)
  }
}
