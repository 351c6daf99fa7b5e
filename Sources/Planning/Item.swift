package import IR

/// Something of the forward sweep that the reverse sweep may want to have again. Numbers are those of the
/// subject: values for `primal` and `shadow`, instructions, blocks and loops for the rest.
package enum Item: Hashable {
  /// The value itself.
  case primal(Int)
  /// The shadows of a pointer (one per lane).
  case shadow(Int)
  /// Which predecessor the block was entered from.
  case predecessor(Int)
  /// What a store overwrote.
  case saved(Int)
  /// The tape of a call.
  case frame(Int)
  /// How often the back edge of a loop was taken.
  case trips(Int)
  /// The storage of a slot group.
  case base(Int)
}

/// How an item is had in the reverse sweep.
package enum Availability: Equatable {
  /// Always at hand: constants, parameters, counters.
  case free
  /// Computed again from other items.
  case recomputed
  /// Stored in the forward sweep, in this slot.
  case kept(Int)
}

/// A minimum cut, by Dinic's algorithm ("Algorithm for solution of a problem of maximum flow in networks
/// with power estimation", 1970), without recursion.
struct MinimumCut {
  private var head: [Int]
  private var next: [Int] = []
  private var target: [Int] = []
  private var capacity: [Double] = []
  static let infinite = 1e18

  init(nodes: Int) { head = Array(repeating: -1, count: nodes) }

  mutating func addEdge(_ a: Int, _ b: Int, _ c: Double) {
    for (x, y, w) in [(a, b, c), (b, a, 0)] {
      next.append(head[x])
      target.append(y)
      capacity.append(w)
      head[x] = target.count - 1
    }
  }

  /// Saturates the network; returns for each node whether it is on the source's side.
  mutating func solve(source: Int, sink: Int) -> [Bool] {
    var level = [Int](repeating: -1, count: head.count)
    func layers(_ cut: MinimumCut, _ level: inout [Int]) {
      level = Array(repeating: -1, count: cut.head.count)
      level[source] = 0
      var queue = [source]
      var q = 0
      while q < queue.count {
        let v = queue[q]
        q += 1
        var e = cut.head[v]
        while e >= 0 {
          if cut.capacity[e] > 1e-9, level[cut.target[e]] < 0 {
            level[cut.target[e]] = level[v] + 1
            queue.append(cut.target[e])
          }
          e = cut.next[e]
        }
      }
    }
    layers(self, &level)
    var phases = 0
    while level[sink] >= 0, phases < 200 {
      phases += 1
      var cursor = head
      var path: [Int] = []
      var v = source
      while true {
        if v == sink {
          let flow = path.reduce(Double.infinity) { min($0, capacity[$1]) }
          for e in path {
            capacity[e] -= flow
            capacity[e ^ 1] += flow
          }
          // Back to the first edge that is full.
          let k = path.firstIndex { capacity[$0] <= 1e-9 } ?? 0
          v = target[path[k] ^ 1]
          path.removeSubrange(k...)
          continue
        }
        while cursor[v] >= 0, capacity[cursor[v]] <= 1e-9 || level[target[cursor[v]]] != level[v] + 1 {
          cursor[v] = next[cursor[v]]
        }
        if cursor[v] >= 0 {
          path.append(cursor[v])
          v = target[cursor[v]]
        } else {
          level[v] = -1
          guard let e = path.popLast() else { break }
          v = target[e ^ 1]
        }
      }
      layers(self, &level)
    }
    return level.map { $0 >= 0 }
  }
}
