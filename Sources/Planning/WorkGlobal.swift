package import Analysis
package import IR

/// What becomes of the shadow of a work global, which the program works with and nobody outside asks for, where a derivative begins.
package struct WorkGlobal {
  package enum Clearing {
    /// It holds no numbers.
    case nothing
    /// It holds no pointers.
    case wholly
    /// The numbers only.
    case numbers(CopyLayout)
  }
  package let clearing: Clearing
  /// Pointers that the program stored before any derivative ran, such as the rows of a table that the first call sets up: they have no
  /// shadows yet. Those that lead into other work globals are known, and filled in. Neighbours are together.
  package let links: [(offset: Int, size: Int)]

  /// Where pointers lie that lead to the start of an allocation with nothing but numbers: a work array that grows, a `std::vector`.
  /// What the program allocated before gets shadows.
  package let blocks: [(offset: Int, allocator: HeapStarts.Allocator)]
  /// More of them in all that a derivative works with get no shadows: each is compared with each.
  package static let blockLimit = 24

  /// - Parameter ignores: functions that are not the program's own.
  package init(_ g: Global, _ program: Program, _ activity: Activity, ignoring ignores: @escaping (Function) -> Bool) {
    clearing = Self.clearing(g, program, activity)
    let size = program.module.dataLayout.allocSize(g.valueType)
    var links = Self.pointers(in: g.valueType, at: 0, program.module.dataLayout) ?? []
    guard let c = program.graph.cell(of: g.value) else {
      self.links = links
      blocks = []
      return
    }
    let period = program.graph.stride(c.node)
    let fields = program.graph.fields(c.node)
    // Pointers in what is declared as bytes or integers, such as the callable in a `std::function`.
    for f in fields where f.kinds == .pointer && period == 0 {
      let offset = f.offset - c.offset
      guard offset >= 0, offset % 8 == 0, offset + 8 <= size else { continue }
      if !links.contains(where: { $0.offset <= offset && offset < $0.offset + $0.size }) { links.append((offset, 8)) }
    }
    self.links = links
    let words = links.flatMap { Array(stride(from: $0.offset, to: $0.offset + $0.size, by: 8)) }
    blocks = HeapStarts(g, program, pointers: words, ignoring: ignores).found.filter { b in
      // All elements are the same in an object that is indexed.
      let at = period == 0 ? c.offset + b.offset : (c.offset + b.offset) % period
      guard let p = fields.first(where: { $0.offset == at })?.pointee else { return false }
      return activity.isActive(node: p.node) && program.graph.pointees(p.node).isEmpty
        && program.graph.fields(p.node).contains { $0.kinds.isFloat }
    }
  }

  private static func clearing(_ g: Global, _ program: Program, _ activity: Activity) -> Clearing {
    guard g.valueType.containsPointer else { return .wholly }
    guard let c = program.graph.cell(of: g.value), activity.isActive(node: c.node) else { return .nothing }
    // Words that may be either are told apart when the program runs.
    let size = program.module.dataLayout.allocSize(g.valueType)
    let layout = CopyLayout(c, size: size, program, activity) ?? .words
    return layout.movesNumbers ? .numbers(layout) : .nothing
  }

  /// More pointers than a table of structures is worth the code for.
  private static let limit = 64

  /// Where the pointers lie; nil if they are too scattered.
  private static func pointers(in type: Type, at offset: Int, _ layout: DataLayout) -> [(offset: Int, size: Int)]? {
    if type.isPointer { return [(offset, layout.storeSize(type))] }
    guard type.isAggregate, type.containsPointer else { return [] }
    if type.isArray {
      var element = type
      while element.isArray { element = element.element }
      if element.isPointer { return [(offset, layout.allocSize(type))] }
    }
    guard type.count <= limit else { return nil }
    var list: [(offset: Int, size: Int)] = []
    for k in 0..<type.count {
      guard let more = pointers(in: type.member(k), at: offset + layout.offset(type, k), layout) else { return nil }
      list += more
    }
    return list.count <= limit ? list : nil
  }
}
