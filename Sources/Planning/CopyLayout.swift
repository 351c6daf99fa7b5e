package import Analysis
package import IR
package import Rules

/// Which bytes of a copied or filled range are floating-point numbers and which are pointers.
package struct CopyLayout {
  package struct Segment: Hashable {
    package let offset: Int
    package let type: Type
  }
  /// Bytes after which the layout repeats; 0 if it does not (the range has a constant size).
  package let period: Int
  /// The floating-point numbers in one period, by offset from the start of the range.
  package let floats: [Segment]
  /// The pointers in one period whose pointees have shadows.
  package let pointers: [Int]

  /// Each aligned word is a double or a pointer or neither, and which it is shows at run time: in the shadow memory
  /// that the function itself made, adjoints have more than 48 bits and pointers do not. (An adjoint with fewer,
  /// a denormal below 1e-309, counts as zero.)
  package private(set) var isWordwise = false
  /// Are there any pointers whose shadows are copied along?
  package var movesPointers: Bool { isWordwise || !pointers.isEmpty }
  /// Are there any adjoints to flow back?
  package var movesNumbers: Bool { isWordwise || !floats.isEmpty }

  /// The layout of `size` bytes (nil: any number) at the cell; nil if it cannot be told.
  /// - Parameter clears: are the bytes set to zero?
  package init?(_ cell: Cell, size: Int?, _ program: Program, _ activity: Activity, clears: Bool = false) {
    if let exact = CopyLayout(exactly: cell, size: size, program, activity) {
      self = exact
      return
    }
    let graph = program.graph
    let kinds = graph.fields(cell.node).reduce(into: KindSet()) { $0.formUnion($1.kinds) }
    // Memory of others may hold what nothing here accesses; of callables everything is here. Where doubles are seen, and
    // where memory is cleared, as the buckets of a hash table are, it holds no shorter numbers if nothing computes with any.
    let isOwn = graph.origin(cell.node).isDisjoint(with: [.argument, .loaded, .mutableGlobal])
    guard
      isOwn || graph.holdsCallable(cell, size: size) && program.callablesHoldDoubles
        || (clears || kinds.contains(.double)) && program.preparation.computesWithDoublesOnly,
      kinds.intersection(activity.accessedKinds).isSubset(of: .double)
    else { return nil }
    self = .words
  }

  /// Words of either sort.
  package static let words = CopyLayout()
  private init() {
    period = 8
    floats = []
    pointers = []
    isWordwise = true
  }

  private init?(exactly cell: Cell, size: Int?, _ program: Program, _ activity: Activity) {
    let graph = program.graph
    let context = program.module.context
    let stride = graph.stride(cell.node)
    let period = stride > 0 && (size == nil || size! > stride) ? stride : 0
    var floats: [Segment] = []
    var pointers: [Int] = []
    var hasOther = false
    // A pointer into one of several fields must find the same behind each.
    let starts = graph.offsets(cell)
    var fields: [Int: (kinds: KindSet, hasPointer: Bool)] = [:]
    for (start, f) in starts.flatMap({ s in graph.fields(cell.node).map { (s, $0) } }) {
      var offset = f.offset - start
      if stride > 0 {
        offset %= stride
        if offset < 0 { offset += stride }
      }
      if stride == 0, f.kinds.isFloat, isCut(offset, f.kinds.size, size) { return nil }
      guard offset >= 0, size == nil || offset < size! else { continue }
      let hasPointer = f.pointee.map { activity.needsShadow(node: $0.node) } ?? false
      fields[offset, default: ([], false)].kinds.formUnion(f.kinds)
      if hasPointer { fields[offset]!.hasPointer = true }
    }
    for (offset, f) in fields {
      if f.kinds.isFloat {
        if f.kinds.contains(.pointer) { return nil }
        guard let t = f.kinds.floatType(context) else { return nil }
        floats.append(Segment(offset: offset, type: t))
      } else {
        if !f.kinds.isEmpty { hasOther = true }
        if f.hasPointer { pointers.append(offset) }
      }
    }
    floats.sort { $0.offset < $1.offset }
    pointers.sort()
    if floats.isEmpty && pointers.isEmpty && !hasOther && !graph.isPrivate(cell.node) { return nil }
    // Elements larger than the stride: the object was indexed in ways that hide what it is an array of.
    let data = program.module.dataLayout
    let isBlurred = stride > 0 && floats.contains { data.storeSize($0.type) > stride }
    if isBlurred && (hasOther || !pointers.isEmpty) { return nil }
    let word = data.storeSize(context.bytePointer)
    if period > 0, zip(pointers, pointers.dropFirst() + [period]).contains(where: { $0 + word > $1 }) { return nil }
    // Nothing but numbers of one type, one behind the other.
    if !isBlurred, period > 0, let t = floats.first?.type, floats.count * data.allocSize(t) == period,
      floats.enumerated().allSatisfy({ $1.type == t && $1.offset == $0 * data.allocSize(t) })
    {
      self.period = data.allocSize(t)
      self.floats = [floats[0]]
      self.pointers = []
      return
    }
    // Numbers that overlap, or run over the end of the period, cannot be told apart.
    for (n, f) in floats.enumerated() where !isBlurred {
      let end = f.offset + data.storeSize(f.type)
      if period > 0 && end > period || n + 1 < floats.count && end > floats[n + 1].offset { return nil }
    }
    if !isBlurred && (period > 0 || floats.isEmpty && size != nil) {
      self.period = period
      self.floats = floats
      self.pointers = pointers
      return
    }
    // One floating-point type and nothing else is an array of it, whatever part of it was seen.
    if let t = floats.first?.type, !hasOther, pointers.isEmpty, floats.allSatisfy({ $0.type == t }) {
      let unit = data.allocSize(t)
      if isBlurred || floats.allSatisfy({ $0.offset % unit == 0 }) {
        self.period = unit
        self.floats = [Segment(offset: 0, type: t)]
        self.pointers = []
        return
      }
    }
    guard size != nil || floats.isEmpty && pointers.isEmpty else { return nil }
    self.period = 0
    self.floats = floats
    self.pointers = pointers
  }
}

extension MemoryRoutine {
  /// Does the call set memory to zero?
  package func clears(_ call: Instruction) -> Bool {
    operation == .fill && valueArgument.map { call.operand($0).integerConstant == 0 } ?? true
  }
}

/// Is only a part of the `width` bytes at `offset` among the first `size` bytes?
private func isCut(_ offset: Int, _ width: Int, _ size: Int?) -> Bool {
  let end = offset + width
  return offset < 0 && end > 0 || offset >= 0 && size != nil && offset < size! && end > size!
}
