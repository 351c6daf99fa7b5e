package import Analysis
package import IR

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

  /// Is the range nothing but an array of one floating-point type?
  package var elementType: Type? {
    guard pointers.isEmpty, period > 0, let t = floats.first?.type, floats.allSatisfy({ $0.type == t }) else {
      return nil
    }
    let size = period / floats.count
    return floats.count * size == period && floats.enumerated().allSatisfy { $1.offset == $0 * size } ? t : nil
  }

  /// The layout of `size` bytes (nil: any number) at the cell; nil if it cannot be told.
  package init?(_ cell: Cell, size: Int?, _ program: Program, _ activity: Activity) {
    let graph = program.graph
    // A pointer into one of several fields: what lies there is known, what lies behind is not.
    if graph.offsets(cell).count > 1, size.map({ $0 > 8 }) ?? true { return nil }
    let context = program.module.context
    let stride = graph.stride(cell.node)
    let period = stride > 0 && (size == nil || size! > stride) ? stride : 0
    var floats: [Segment] = []
    var pointers: [Int] = []
    var hasOther = false
    for f in graph.fields(cell.node) {
      var offset = f.offset - cell.offset
      if stride > 0 {
        offset %= stride
        if offset < 0 { offset += stride }
      }
      guard offset >= 0, size == nil || offset < size! else { continue }
      if f.kinds.isFloat {
        if f.kinds.contains(.pointer) { return nil }
        guard let t = f.kinds.floatType(context) else { return nil }
        floats.append(Segment(offset: offset, type: t))
      } else {
        if !f.kinds.isEmpty { hasOther = true }
        if let p = f.pointee, activity.needsShadow(node: p.node) { pointers.append(offset) }
      }
    }
    floats.sort { $0.offset < $1.offset }
    pointers.sort()
    if floats.isEmpty && pointers.isEmpty && !hasOther && !graph.isPrivate(cell.node) { return nil }
    // Elements larger than the stride: the object was indexed in ways that hide what it is an array of.
    let data = program.module.dataLayout
    let isBlurred = stride > 0 && floats.contains { data.storeSize($0.type) > stride }
    if isBlurred && (hasOther || !pointers.isEmpty) { return nil }
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
