package import IR

/// What a scalar in memory is. A field may have several (a union), or none that is known.
package struct KindSet: OptionSet, Hashable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }
  package static let half = KindSet(rawValue: 1)
  package static let bfloat = KindSet(rawValue: 2)
  package static let float = KindSet(rawValue: 4)
  package static let double = KindSet(rawValue: 8)
  package static let x86FP80 = KindSet(rawValue: 16)
  package static let fp128 = KindSet(rawValue: 32)
  package static let pointer = KindSet(rawValue: 64)
  package static let integer = KindSet(rawValue: 128)
  package static let floats: KindSet = [.half, .bfloat, .float, .double, .x86FP80, .fp128]

  package init(_ type: Type) {
    switch type.kind {
    case .half: self = .half
    case .bfloat: self = .bfloat
    case .float: self = .float
    case .double: self = .double
    case .x86FP80: self = .x86FP80
    case .fp128, .ppcFP128: self = .fp128
    case .pointer: self = .pointer
    case .integer: self = .integer
    default: self = []
    }
  }
  package var isFloat: Bool { !isDisjoint(with: .floats) }
  /// The floating-point types among the kinds, one by one.
  package var floats: [KindSet] {
    [.half, .bfloat, .float, .double, .x86FP80, .fp128].filter { contains($0) }
  }
  /// The one floating-point type among the kinds, if there is exactly one.
  package func floatType(_ context: Context) -> Type? {
    switch intersection(.floats) {
    case .half: context.half
    case .bfloat: context.bfloat
    case .float: context.float
    case .double: context.double
    case .x86FP80: context.x86FP80
    case .fp128: context.fp128
    default: nil
    }
  }
  /// Bytes of the scalar in memory.
  package var size: Int {
    if contains(.half) || contains(.bfloat) { return 2 }
    if contains(.float) { return 4 }
    if contains(.x86FP80) || contains(.fp128) { return 16 }
    return 8
  }
  package var description: String {
    let names: [(KindSet, String)] = [
      (.half, "half"), (.bfloat, "bfloat"), (.float, "float"), (.double, "double"),
      (.x86FP80, "x86_fp80"), (.fp128, "fp128"), (.pointer, "pointer"), (.integer, "integer"),
    ]
    let found = names.filter { contains($0.0) }.map(\.1)
    return found.isEmpty ? "unknown" : found.joined(separator: "|")
  }
}

/// Where the memory of an object may come from.
package struct Origin: OptionSet, Hashable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }
  /// A stack variable of the differentiated code.
  package static let stack = Origin(rawValue: 1)
  /// Allocated by the differentiated code.
  package static let heap = Origin(rawValue: 2)
  /// Behind a pointer that the caller passed.
  package static let argument = Origin(rawValue: 4)
  package static let mutableGlobal = Origin(rawValue: 8)
  package static let constantGlobal = Origin(rawValue: 16)
  /// Came out of a function without body, or an integer: could be anything that escaped.
  package static let unknown = Origin(rawValue: 32)
  package static let function = Origin(rawValue: 64)
  /// Loaded from memory that the caller owns.
  package static let loaded = Origin(rawValue: 128)
  /// Written or read by code that the engine cannot see.
  package static let touchedOutside = Origin(rawValue: 256)
  /// Its address is known to code that the engine cannot see.
  package static let escaped = Origin(rawValue: 512)
  package static let freed = Origin(rawValue: 1024)
  package static let tape = Origin(rawValue: 2048)

  package static let external: Origin = [.argument, .mutableGlobal, .constantGlobal, .unknown, .loaded, .function]
}

/// A place in an object: byte `offset` of `node`.
package struct Cell: Hashable {
  package var node: Int
  package var offset: Int
}

/// What pointers may point to: a partition of memory into objects by unification (Steensgaard 1996,
/// with byte offsets as in Lattner's data structure analysis). Objects merge when pointers to them flow
/// together. An object that is indexed by a variable folds its offsets modulo the stride.
///
/// Near-linear, independent of order, and valid across iterations of loops: what it separates never
/// overlaps, whatever the pointers are at the moment.
package struct ObjectGraph {
  struct Field {
    var kinds: KindSet = []
    var pointee: Cell?
    /// The widest access seen at this offset, in bytes.
    var size = 0
    /// The sizes (powers of two, or'ed) of integers that are loaded here and only carried elsewhere.
    var carried = 0
  }
  struct Node {
    var parent: Int
    /// Offset of this node's byte 0 in its parent.
    var delta = 0
    /// 0: no variable index seen; else offsets are taken modulo it.
    var stride = 0
    var fields: [Int: Field] = [:]
    /// Offsets that pointers may have in turn (`&node->left` or `&node->right`): each leads to one that stands for
    /// all of its class.
    var classes: [Int: Int] = [:]
    var origin: Origin = []
    /// The allocations, arguments and globals it stands for.
    var sources: [Value] = []
  }
  private(set) var nodes: [Node] = []
  private var cells = PointerMap<Cell>(capacity: 256)
  private var pending: [(Cell, Cell)] = []
  /// What integers that are carried about seemed to point to, where they proved to be numbers.
  private(set) var numbers: Set<Int> = []
  /// Floating-point types that such integers are cast to or from, and integers too short for a pointer.
  private var castKinds: [(Cell, KindSet)] = []
  /// Copies between objects: their contents have the same layout, but they stay apart.
  private var copies: [Copy] = []
  private struct Copy {
    let source: Cell
    let target: Cell
    /// How many bytes; nil if that is not known.
    let size: Int?
  }
  /// Copies that still tell each other news after so many rounds move what they copy (`a[i - 1] = a[i]` by way of a
  /// variable, for several constant `i`): what they connect becomes one.
  private static let copyRounds = 12
  private struct Shift: Hashable {
    let cell: Cell
    let distance: Int
  }
  private var shifts: [Shift] = []
  private var shiftsSeen: Set<Shift> = []
  /// A class of offsets that grows beyond this is an array.
  private static let classLimit = 6

  /// The characters of strings, wherever they are kept.
  private var text: Cell?

  package init() {}

  // MARK: Nodes and cells

  /// Where the callables in `std::function`s lie, or the pointers to them.
  private var callables: [Cell] = []
  package mutating func putsCallable(in cell: Cell) { callables.append(cell) }
  /// Are among the bytes some in which a `std::function` keeps its callable?
  package func holdsCallable(_ cell: Cell, size: Int?) -> Bool {
    guard let size else { return false }
    let c = find(cell)
    return callables.contains { a in
      let start = find(a)
      return start.node == c.node && c.offset < start.offset + FunctionManagers.storageSize
        && c.offset + size > start.offset
    }
  }

  /// The object that the characters of strings are in; it holds no numbers, and there are no shadows of it.
  package var textNode: Int? { text.map { find($0).node } }
  package mutating func textCell() -> Cell {
    if let t = text { return find(t) }
    let t = makeNode([.unknown, .touchedOutside, .escaped])
    text = t
    return t
  }

  package mutating func makeNode(_ origin: Origin, source: Value? = nil) -> Cell {
    nodes.append(Node(parent: nodes.count, origin: origin, sources: source.map { [$0] } ?? []))
    return Cell(node: nodes.count - 1, offset: 0)
  }

  /// The representative of the cell.
  package func find(_ cell: Cell) -> Cell {
    var c = cell
    while nodes[c.node].parent != c.node {
      c.offset += nodes[c.node].delta
      c.node = nodes[c.node].parent
    }
    c.offset = canonical(c.node, c.offset)
    return c
  }
  private func canonical(_ node: Int, _ offset: Int) -> Int {
    var o = folded(offset, nodes[node].stride)
    while let p = nodes[node].classes[o], p != o { o = p }
    return o
  }
  /// The offsets that the cell stands for, in order.
  package func offsets(_ cell: Cell) -> [Int] {
    let o = canonical(cell.node, cell.offset)
    guard nodes[cell.node].classes[o] != nil else { return [o] }
    return nodes[cell.node].classes.keys.filter { canonical(cell.node, $0) == o }.sorted()
  }
  /// The cell `distance` bytes further on.
  package mutating func shifted(_ cell: Cell, by distance: Int) -> Cell {
    let c = find(cell)
    if distance == 0 { return c }
    if shiftsSeen.insert(Shift(cell: c, distance: distance)).inserted {
      shifts.append(Shift(cell: c, distance: distance))
    }
    let all = offsets(c)
    for o in all.dropFirst() { join(c.node, all[0] + distance, o + distance) }
    drain()
    return find(Cell(node: c.node, offset: all[0] + distance))
  }
  /// What was reached from a cell before that stood for several offsets stands for several as well; true if that
  /// was new.
  package mutating func settleShifts() -> Bool {
    var changed = false
    var k = 0
    while k < shifts.count {
      let (cell, distance) = (find(shifts[k].cell), shifts[k].distance)
      k += 1
      let all = offsets(cell)
      for o in all.dropFirst()
      where canonical(cell.node, all[0] + distance) != canonical(cell.node, o + distance) {
        join(cell.node, all[0] + distance, o + distance)
        drain()
        changed = true
        break
      }
    }
    return changed
  }
  private func folded(_ offset: Int, _ stride: Int) -> Int {
    guard stride > 0 else { return offset }
    let r = offset % stride
    return r < 0 ? r + stride : r
  }

  /// The cell of a pointer value (or an integer that carries one); nil if it never had one.
  package func cell(of value: Value) -> Cell? {
    guard let c = cells[value.ref].map(find), !numbers.contains(c.node) else { return nil }
    return c
  }
  package mutating func setCell(_ cell: Cell, of value: Value) {
    if let old = cells[value.ref] { unify(old, cell) } else { cells[value.ref] = cell }
  }

  package func origin(_ node: Int) -> Origin { nodes[node].origin }
  package func sources(_ node: Int) -> [Value] { nodes[node].sources }
  package func stride(_ node: Int) -> Int { nodes[node].stride }
  package mutating func mark(_ cell: Cell, _ origin: Origin) { nodes[find(cell).node].origin.formUnion(origin) }
  package var representatives: [Int] { nodes.indices.filter { nodes[$0].parent == $0 } }

  // MARK: Unification

  package mutating func unify(_ a: Cell, _ b: Cell) {
    pending.append((a, b))
    while let (x, y) = pending.popLast() { merge(find(x), find(y)) }
  }

  private mutating func merge(_ a: Cell, _ b: Cell) {
    if a.node == b.node {
      if a.offset != b.offset { join(a.node, a.offset, b.offset) }
      return
    }
    // The younger node joins the older one, so that the outcome does not depend on hashing.
    let (keep, drop) = a.node < b.node ? (a, b) : (b, a)
    let delta = keep.offset - drop.offset
    let old = nodes[drop.node]
    nodes[drop.node].parent = keep.node
    nodes[drop.node].delta = delta
    nodes[drop.node].fields = [:]
    nodes[drop.node].sources = []
    nodes[keep.node].origin.formUnion(old.origin)
    nodes[keep.node].sources += old.sources
    if old.stride > 0 { fold(keep.node, by: old.stride) }
    for offset in old.fields.keys.sorted() {
      addField(keep.node, offset + delta, old.fields[offset]!)
    }
    nodes[drop.node].classes = [:]
    for offset in old.classes.keys.sorted() where old.classes[offset]! != offset {
      join(keep.node, offset + delta, old.classes[offset]! + delta)
    }
  }

  /// Pointers may have either offset: what lies there is the same as far as anybody can tell.
  private mutating func join(_ node: Int, _ a: Int, _ b: Int) {
    let (x, y) = (canonical(node, a), canonical(node, b))
    guard x != y else { return }
    let all = offsets(Cell(node: node, offset: x)) + offsets(Cell(node: node, offset: y))
    if all.count > Self.classLimit {
      let distance = all.dropFirst().reduce(0) { greatestDivisor($0, abs($1 - all[0])) }
      return fold(node, by: distance)
    }
    let (keep, drop) = (min(x, y), max(x, y))
    nodes[node].classes[keep] = keep
    nodes[node].classes[drop] = keep
    if let field = nodes[node].fields.removeValue(forKey: drop) { addField(node, keep, field) }
  }

  /// Declares that the object is indexed with this stride.
  package mutating func fold(_ node: Int, by stride: Int) {
    guard stride > 0 else { return }
    var a = nodes[node].stride
    var b = stride
    while b != 0 { (a, b) = (b, a % b) }
    guard a != nodes[node].stride else { return }
    let fields = nodes[node].fields
    let classes = nodes[node].classes
    nodes[node].stride = a
    nodes[node].fields = [:]
    nodes[node].classes = [:]
    for offset in classes.keys.sorted() where folded(offset, a) != folded(classes[offset]!, a) {
      join(node, offset, classes[offset]!)
    }
    for offset in fields.keys.sorted() { addField(node, offset, fields[offset]!) }
  }
  package mutating func fold(_ cell: Cell, by stride: Int) {
    fold(find(cell).node, by: abs(stride))
    drain()
  }

  private mutating func addField(_ node: Int, _ offset: Int, _ field: Field) {
    let o = canonical(node, offset)
    guard let old = nodes[node].fields[o] else {
      nodes[node].fields[o] = field
      return
    }
    var new = old
    new.kinds.formUnion(field.kinds)
    new.size = max(old.size, field.size)
    new.carried |= field.carried
    if let p = old.pointee, let q = field.pointee { pending.append((p, q)) }
    new.pointee = old.pointee ?? field.pointee
    nodes[node].fields[o] = new
  }

  // MARK: Contents

  /// Records an access of `size` bytes of these kinds.
  package mutating func access(_ cell: Cell, kinds: KindSet, size: Int) {
    let c = find(cell)
    addField(c.node, c.offset, Field(kinds: kinds, pointee: nil, size: size))
    drain()
  }
  /// Records that an integer of `size` bytes is loaded and only carried elsewhere.
  package mutating func carry(_ cell: Cell, size: Int) {
    let c = find(cell)
    addField(c.node, c.offset, Field(size: size, carried: size))
    drain()
  }
  /// What the pointer stored at `cell` points to, made if it is not known.
  package mutating func pointee(of cell: Cell) -> Cell {
    let c = find(cell)
    if let p = nodes[c.node].fields[c.offset]?.pointee { return find(p) }
    let fromCaller = !nodes[c.node].origin.isDisjoint(with: [.argument, .loaded, .unknown])
    let new = makeNode(fromCaller ? .loaded : [])
    addField(c.node, c.offset, Field(kinds: [], pointee: new, size: 0))
    return new
  }
  /// What pointers stored in the object point to.
  package func pointees(_ node: Int) -> [Cell] {
    let fields = nodes[node].fields
    return fields.keys.sorted().compactMap { fields[$0]!.pointee.map(find) }
  }
  /// Kinds known at a byte of the object.
  package func kinds(_ node: Int, at offset: Int) -> KindSet {
    nodes[node].fields[canonical(node, offset)]?.kinds ?? []
  }
  /// Are integers of the size loaded at the offset and carried elsewhere?
  package func isCarried(_ node: Int, at offset: Int, size: Int) -> Bool {
    nodes[node].fields[canonical(node, offset)].map { $0.carried & size != 0 } ?? false
  }
  /// Kinds known at the cell; where no number begins, those of numbers that reach into it from before.
  package func kindsCovering(_ c: Cell) -> KindSet {
    let here = kinds(c.node, at: c.offset)
    guard !here.isFloat else { return here }
    return (1..<KindSet.fp128.size).reduce(into: here) { found, distance in
      let before = kinds(c.node, at: c.offset - distance).floats.filter { $0.size > distance }
      for k in before { found.formUnion(k) }
    }
  }
  /// All known fields, by offset.
  package func fields(_ node: Int) -> [(offset: Int, kinds: KindSet, size: Int, pointee: Cell?)] {
    let f = nodes[node].fields
    return f.keys.sorted().flatMap { at in
      offsets(Cell(node: node, offset: at)).map { ($0, f[at]!.kinds, f[at]!.size, f[at]!.pointee.map(find)) }
    }.sorted { $0.0 < $1.0 }
  }
  private mutating func drain() {
    while let (x, y) = pending.popLast() { merge(find(x), find(y)) }
  }

  /// Records that bytes (how many, if that is known) are copied from one object to another; call `settleCopies` at the end.
  package mutating func copy(from source: Cell, to target: Cell, size: Int? = nil) {
    copies.append(Copy(source: source, target: target, size: size))
  }

  /// Spreads layouts over copies until nothing changes.
  package mutating func settleCopies() {
    var changed = true
    var rounds = 0
    while changed {
      changed = false
      rounds += 1
      for c in copies where find(c.source).node != textNode && find(c.target).node != textNode {
        var news = spread(c.source, c.target, c.size)
        news = spread(c.target, c.source, c.size) || news
        if news && rounds > Self.copyRounds { unify(c.source, c.target) }
        changed = news || changed
      }
    }
  }
  /// Gives `to` the fields in the first `size` bytes of `from`; true if that told it anything.
  private mutating func spread(_ from: Cell, _ to: Cell, _ size: Int?) -> Bool {
    let a = find(from)
    let b = find(to)
    if a.node == b.node { return false }
    var changed = false
    let stride = nodes[a.node].stride
    if stride > 0, nodes[b.node].stride != stride, size.map({ $0 > stride }) ?? true {
      let before = nodes[b.node].stride
      fold(b.node, by: stride)
      changed = nodes[b.node].stride != before
    }
    let starts = offsets(a)
    for f in fields(a.node) {
      for start in starts {
        var distance = f.offset - start
        if stride > 0 { distance = folded(distance, stride) }
        guard distance + max(f.size, 1) > 0, size.map({ distance < $0 }) ?? true else { continue }
        let field = Field(kinds: f.kinds, pointee: f.pointee, size: f.size)
        let b = find(to)
        if find(from).node == b.node { return true }
        let o = canonical(b.node, b.offset + distance)
        let old = nodes[b.node].fields[o]
        let news =
          old == nil || !field.kinds.isSubset(of: old!.kinds)
          || (field.pointee != nil && (old!.pointee == nil || find(old!.pointee!) != find(field.pointee!)))
        if news {
          changed = true
          addField(b.node, o, field)
          drain()
        }
      }
    }
    return changed
  }

  // MARK: Numbers carried as integers

  /// Records that an integer with this cell is the bits of a number of some kind.
  package mutating func castBits(_ cell: Cell, _ kinds: KindSet) { castKinds.append((cell, kinds)) }

  /// All places between which an integer is carried share what it would point to. Where some of them are known
  /// to hold numbers and none a pointer, they all hold such numbers, and the integer points nowhere.
  package mutating func settleNumbers() {
    var places: [Int: [Cell]] = [:]
    for n in representatives {
      for (offset, field) in nodes[n].fields.sorted(by: { $0.key < $1.key }) {
        if let p = field.pointee { places[find(p).node, default: []].append(Cell(node: n, offset: offset)) }
      }
    }
    var told: [Int: KindSet] = [:]
    for (c, kinds) in castKinds { told[find(c).node, default: []].formUnion(kinds) }
    for p in Set(places.keys).union(told.keys).sorted() {
      let list = places[p] ?? []
      var kinds = told[p] ?? []
      for c in list { kinds.formUnion(nodes[c.node].fields[c.offset]!.kinds) }
      let isPointer =
        kinds.contains(.pointer) || !nodes[p].fields.isEmpty || !nodes[p].sources.isEmpty
        || !nodes[p].origin.isSubset(of: .loaded)
      guard !kinds.isEmpty, !isPointer else { continue }
      numbers.insert(p)
      for c in list {
        nodes[c.node].fields[c.offset]!.pointee = nil
        nodes[c.node].fields[c.offset]!.kinds.formUnion(kinds.intersection(.floats))
      }
    }
  }
}
