internal import IR

/// The writers of one function, found by what they may write, so that a question about one load does not look at all.
/// Lists of writers are in the order of their instructions.
struct WriterIndex {
  /// Pointers into one object that is not private, derived from the same one.
  struct Family {
    let node: Int
    let pointer: Value
    var members: [Int] = []
  }
  /// Stores and copies into an object: by the words that they touch, and those that are not told apart.
  private struct Object {
    var words: [Int: [Int]] = [:]
    var anywhere: [Int] = []
    var all: [Int] = []
  }
  private struct FamilyKey: Hashable {
    let node: Int
    let base: Value
  }
  private var objects: [Int: Object] = [:]
  private(set) var families: [Family] = []
  private var familyOf: [FamilyKey: Int] = [:]
  /// Calls that may write an object, and those that may write all that is not private.
  private var calls: [Int: [Int]] = [:]
  private var outside: [Int] = []
  /// Where it is not known what a pointer points to.
  private(set) var unplaced: [Int] = []
  private let graph: ObjectGraph

  init(_ graph: ObjectGraph) { self.graph = graph }

  mutating func add(_ n: Int, _ write: MemoryEffects.Write, _ cell: Cell?) {
    switch write {
    case .nodes(let nodes, let external):
      for x in nodes { calls[x, default: []].append(n) }
      if external { outside.append(n) }
    case .location(let pointer, let size):
      guard let cell else {
        unplaced.append(n)
        return
      }
      objects[cell.node, default: Object()].all.append(n)
      if let words = words(cell, size) {
        for w in words { objects[cell.node]!.words[w, default: []].append(n) }
      } else {
        objects[cell.node]!.anywhere.append(n)
      }
      guard graph.isExternal(cell.node) else { return }
      let key = FamilyKey(node: cell.node, base: pointer.underlyingObject)
      if familyOf[key] == nil {
        familyOf[key] = families.count
        families.append(Family(node: cell.node, pointer: pointer))
      }
      families[familyOf[key]!].members.append(n)
    }
  }

  /// The words of an object in which an access of so many bytes lies; nil if they are too many, or unknown.
  private func words(_ c: Cell, _ size: Int) -> [Int]? {
    let stride = graph.stride(c.node)
    guard size >= 0, size <= 128, stride == 0 || size <= stride else { return nil }
    var list: [Int] = []
    func cover(_ from: Int, _ to: Int) {
      for w in from >> 3...max(from, to - 1) >> 3 where !list.contains(w) { list.append(w) }
    }
    for x in graph.offsets(c) {
      cover(x, x + size)
      // Over the end of an element begins the next.
      if stride > 0, x + size > stride {
        cover(x, stride)
        cover(0, x + size - stride)
      }
      if list.count > 64 { return nil }
    }
    return list
  }

  /// Lists of stores and copies into the object that may meet an access to the cell.
  func inObject(_ c: Cell, _ size: Int) -> [[Int]] {
    guard let o = objects[c.node] else { return [] }
    guard let words = words(c, size) else { return [o.all] }
    return [o.anywhere] + words.compactMap { o.words[$0] }
  }
  /// Calls that may write the object.
  func calls(_ node: Int) -> [[Int]] {
    (calls[node].map { [$0] } ?? []) + (graph.isExternal(node) ? [outside] : [])
  }
  /// All that may write the object and is not unplaced.
  func writers(of node: Int) -> [Int] {
    let lists = [objects[node]?.all ?? []] + calls(node)
    let filled = lists.filter { !$0.isEmpty }
    return filled.count == 1 ? filled[0] : Array(Set(filled.joined())).sorted()
  }
}
