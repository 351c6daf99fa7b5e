import Glibc
import IR

/// The memory that a checked function works on, and the memory of its shadows at a fixed distance.
///
/// Memory is not laid out beforehand: it comes to be where the function looks. A first run, in which every access is
/// announced, decides what lies where: a number where a number is read, other memory where a pointer is read. So sizes of
/// arrays are what the function uses, and structures of any depth are filled.
final class Arena {
  /// What lies at one place.
  enum Kind: Equatable {
    case number(Leaf.Format)
    case integer(bytes: Int)
    /// To a block, so many bytes behind its beginning.
    case pointer(to: Int, offset: Int = 0)
    case null
    case bytes(Int)
  }
  struct Cell {
    var kind: Kind
    /// Was it read before it was written? Then it is an input.
    var isInput: Bool
    var isWritten: Bool
    /// The number that an input starts from, or what an integer is.
    var value: Double

    var size: Int {
      switch kind {
      case .number(let f): f.bytes
      case .integer(let n), .bytes(let n): n
      case .pointer, .null: 8
      }
    }
  }
  /// One piece of memory behind a pointer.
  final class Block {
    let base: UInt
    let start: UInt
    let end: UInt
    let name: String
    let depth: Int
    /// Has it a shadow?
    let isActive: Bool
    /// By offset from the base.
    var cells: [Int: Cell] = [:]
    var low = Int.max
    var high = Int.min
    /// Numbers that the user gave, from the base on; reading behind them is an error.
    var given: [Double]?

    init(base: UInt, start: UInt, end: UInt, name: String, depth: Int, isActive: Bool) {
      self.base = base
      self.start = start
      self.end = end
      self.name = name
      self.depth = depth
      self.isActive = isActive
    }

    func touch(_ offset: Int, _ size: Int) {
      low = min(low, offset)
      high = max(high, offset + size)
    }
    /// The offsets of the cells, in order.
    var offsets: [Int] { cells.keys.sorted() }
  }

  private let region: UInt
  /// From memory to its shadow.
  let distance: Int
  private var next: UInt
  private(set) var blocks: [Block] = []
  /// What makes numbers.
  private let sample: Int
  /// How deep pointers in memory lead to memory; deeper ones are null.
  private let depth: Int
  /// A complaint of the first run.
  var complaint: String?

  private static let size: UInt = 1 << 36
  private static let margin: UInt = 1 << 20

  init(sample: Int, depth: Int) throws {
    self.sample = sample
    self.depth = depth
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let p = mmap(nil, Int(2 * Self.size), PROT_READ | PROT_WRITE, flags, -1, 0), p != MAP_FAILED else {
      throw CheckError("cannot reserve address space for the function's memory")
    }
    region = UInt(bitPattern: p)
    distance = Int(Self.size)
    next = region
  }
  deinit { munmap(UnsafeMutableRawPointer(bitPattern: region), Int(2 * Self.size)) }

  /// New memory.
  func addBlock(_ name: String, depth: Int, isActive: Bool) -> Int? {
    let size: UInt = depth == 0 ? 1 << 30 : 1 << 26
    guard next + size <= region + Self.size else { return nil }
    let block = Block(
      base: next + Self.margin, start: next, end: next + size, name: name, depth: depth, isActive: isActive)
    next += size
    blocks.append(block)
    return blocks.count - 1
  }

  func block(at address: UInt) -> Block? {
    guard address >= region, address < next else { return nil }
    var low = 0, high = blocks.count - 1
    while low < high {
      let mid = (low + high + 1) / 2
      if blocks[mid].start <= address { low = mid } else { high = mid - 1 }
    }
    return blocks.isEmpty || address >= blocks[low].end ? nil : blocks[low]
  }

  /// Makes a block a `std::vector` of `count` elements, whose numbers come to be where they are read.
  func makeVector(_ n: Int, element: Int, count: Int, given: [Double]?) throws {
    let block = blocks[n]
    guard let content = addBlock(block.name, depth: 0, isActive: block.isActive) else {
      throw CheckError("too many pointer parameters")
    }
    blocks[content].given = given
    for (k, offset) in [0, element * count, element * count].enumerated() {
      let cell = Cell(kind: .pointer(to: content, offset: offset), isInput: true, isWritten: false, value: 0)
      let address = block.base + UInt(8 * k)
      block.cells[8 * k] = cell
      block.touch(8 * k, 8)
      setKnown(address, 8)
      place(cell, at: address, value: 0)
    }
  }

  // MARK: The first run

  /// In the first run, the memory of the shadows says of each byte whether it has a meaning yet.
  private func isKnown(_ address: UInt) -> Bool {
    UnsafePointer<UInt8>(bitPattern: UInt(Int(address) + distance))!.pointee != 0
  }
  private func setKnown(_ address: UInt, _ count: Int) {
    memset(UnsafeMutableRawPointer(bitPattern: UInt(Int(address) + distance))!, 1, count)
  }

  /// Returns whether the memory is given a content now.
  @discardableResult
  func read(_ address: UInt, _ size: Int, _ word: Access.Word) -> Bool {
    guard let block = block(at: address) else { return false }
    let offset = Int(bitPattern: address &- block.base)
    block.touch(offset, size)
    guard !isKnown(address) else { return false }
    guard block.cells.count < Self.most else { abandon(block) }
    setKnown(address, size)
    let cell = fresh(word, size, offset, block)
    block.cells[offset] = cell
    place(cell, at: address, value: cell.value)
    return true
  }

  private static let most = 2_000_000

  /// Ends the check: a loop from one pointer to another that leads elsewhere would go on for ever.
  private func abandon(_ block: Block) -> Never {
    fputs(
      "nabla: the function reads more than \(Self.most) values behind '\(block.name)', whose contents are made up. Pointers that belong "
        + "together, as in std::vector, can't be: check a function that takes plain arrays, or that builds the object\n",
      stderr)
    exit(2)
  }

  /// Memory that the function writes for itself.
  func ignore(_ address: UInt, _ size: Int) {
    guard block(at: address) != nil, !isKnown(address) else { return }
    setKnown(address, size)
  }

  func write(_ address: UInt, _ size: Int, _ word: Access.Word) {
    guard let block = block(at: address) else { return }
    let offset = Int(bitPattern: address &- block.base)
    block.touch(offset, size)
    if isKnown(address) {
      block.cells[offset]?.isWritten = true
      return
    }
    setKnown(address, size)
    let kind: Kind =
      switch word {
      case .number(let format): .number(format)
      case .integer: .integer(bytes: size)
      case .pointer: .null
      case .bytes: .bytes(size)
      }
    block.cells[offset] = Cell(kind: kind, isInput: false, isWritten: true, value: 0)
  }

  /// A block of bytes is read: what has no meaning yet is taken for numbers.
  func readBytes(_ address: UInt, _ count: Int) {
    var a = address
    while a < address &+ UInt(count) {
      if address &+ UInt(count) - a >= 8 {
        read(a, 8, .number(.double))
        a += 8
      } else {
        read(a, 1, .integer)
        a += 1
      }
    }
  }

  /// A block of bytes is copied: what is known of the source is then known of the target.
  func copy(to target: UInt, from source: UInt, _ count: Int) {
    guard count > 0, count < 1 << 24 else { return }
    if block(at: source) != nil { readBytes(source, count) }
    guard let to = block(at: target) else { return }
    let from = block(at: source)
    let shift = from.map { Int(bitPattern: source &- $0.base) } ?? 0
    to.touch(Int(bitPattern: target &- to.base), count)
    var k = 0
    while k < count {
      let cell = from?.cells[shift + k]
      let size = cell?.size ?? min(8, count - k)
      let word: Access.Word =
        switch cell?.kind {
        case .number(let format)?: .number(format)
        case .integer?: .integer
        case .pointer?, .null?: .pointer
        case .bytes?: .bytes
        case nil: size == 8 ? .number(.double) : .bytes
        }
      write(target &+ UInt(k), size, word)
      k += max(1, size)
    }
  }

  func fill(_ address: UInt, _ count: Int) {
    guard let block = block(at: address), count > 0, count < 1 << 24 else { return }
    var k = 0
    while k < count {
      let offset = Int(bitPattern: address &- block.base) + k
      let size = block.cells[offset]?.size ?? min(8, count - k)
      write(address &+ UInt(k), size, size == 8 ? .number(.double) : .bytes)
      k += max(1, size)
    }
  }

  private func fresh(_ word: Access.Word, _ size: Int, _ offset: Int, _ block: Block) -> Cell {
    var cell = Cell(kind: .bytes(size), isInput: true, isWritten: false, value: 0)
    let index = size == 0 ? 0 : offset / size
    let given = block.given.flatMap { index >= 0 && index < $0.count ? $0[index] : nil }
    if let count = block.given?.count, given == nil {
      complaint = complaint ?? "'\(block.name)' is accessed at [\(index)], beyond the \(count) values given"
    }
    switch word {
    case .number(let format):
      cell.kind = .number(format)
      cell.value = given ?? Self.number(sample, block.name, offset)
    case .integer:
      cell.kind = .integer(bytes: size)
      // An ascending sequence will do as an extent, as indices, and as the starts of rows.
      cell.value = given ?? (size == 1 ? 1 : Double(3 + max(0, index) % 1_000_000))
    case .pointer:
      let cellName = Self.cellName(block, offset, 8)
      if block.depth < depth, let n = addBlock(cellName, depth: block.depth + 1, isActive: block.isActive) {
        cell.kind = .pointer(to: n)
      } else {
        cell.kind = .null
      }
    case .bytes: break
    }
    return cell
  }

  /// A number that depends on nothing but its place.
  static func number(_ sample: Int, _ name: String, _ offset: Int) -> Double {
    var h: UInt64 = 0xcbf2_9ce4_8422_2325 ^ UInt64(truncatingIfNeeded: sample &* 7919)
    for byte in name.utf8 { h = (h ^ UInt64(byte)) &* 0x100_0000_01b3 }
    h = (h ^ UInt64(truncatingIfNeeded: offset)) &* 0x9e37_79b9_7f4a_7c15
    h ^= h >> 29
    h = h &* 0xbf58_476d_1ce4_e5b9
    h ^= h >> 32
    // Away from 0 and 1, where many functions are special; with few digits, so that people can read it.
    let u = Double(h >> 40) / Double(1 << 24)
    return ((0.25 + u) * 4096).rounded() / 4096
  }

  // MARK: Runs

  private func place(_ cell: Cell, at address: UInt, value: Double) {
    let p = UnsafeMutableRawPointer(bitPattern: address)!
    switch cell.kind {
    case .number(let format): p.store(number: value, format)
    case .integer(let n): storeInteger(Int(value), n, p)
    case .pointer(let to, let offset): p.storeBytes(of: blocks[to].base + UInt(offset), as: UInt.self)
    case .null: p.storeBytes(of: 0, as: UInt.self)
    case .bytes: break
    }
  }
  private func storeInteger(_ value: Int, _ bytes: Int, _ p: UnsafeMutableRawPointer) {
    withUnsafeBytes(of: value.littleEndian) { p.copyMemory(from: $0.baseAddress!, byteCount: min(8, bytes)) }
  }

  /// The part of a block that is in use, rounded to pages: a run on other numbers may go a little further.
  private func extent(_ block: Block) -> (address: UInt, count: Int)? {
    guard block.low < block.high else { return nil }
    let first = max(block.start, (block.base &+ UInt(bitPattern: block.low)) & ~4095)
    let last = min(block.end, ((block.base &+ UInt(bitPattern: block.high)) + 8191) & ~4095)
    return (first, Int(last - first))
  }

  /// Ends the first run: forgets what it wrote.
  func settle() { clear() }

  /// Zeroes all memory in use and its shadow.
  func clear() {
    for block in blocks {
      guard let (address, count) = extent(block) else { continue }
      memset(UnsafeMutableRawPointer(bitPattern: address)!, 0, count)
      memset(UnsafeMutableRawPointer(bitPattern: UInt(Int(address) + distance))!, 0, count)
    }
  }

  /// Puts the inputs in place for a run: each number from `numbers`, by its place, or else as it was at first.
  func restore(_ numbers: [Place: Double]) {
    clear()
    for (b, block) in blocks.enumerated() {
      for (offset, cell) in block.cells where cell.isInput {
        let value = numbers[Place(block: b, offset: offset)] ?? cell.value
        place(cell, at: block.base &+ UInt(bitPattern: offset), value: value)
      }
    }
  }

  /// Makes the shadow memory: pointers to shadows, copies of integers, and for each number what `number` says.
  func restoreShadows(_ number: (Place) -> Double) {
    for (b, block) in blocks.enumerated() where block.isActive {
      for (offset, cell) in block.cells {
        let address = UInt(Int(block.base) + offset + distance)
        switch cell.kind {
        case .number(let format):
          UnsafeMutableRawPointer(bitPattern: address)!.store(
            number: number(Place(block: b, offset: offset)), format)
        case .pointer(let to, let start) where cell.isInput:
          UnsafeMutableRawPointer(bitPattern: address)!.storeBytes(
            of: UInt(Int(blocks[to].base) + start + distance), as: UInt.self)
        case .integer where cell.isInput: place(cell, at: address, value: cell.value)
        default: break
        }
      }
    }
  }

  /// A number in memory.
  struct Place: Hashable {
    var block: Int
    var offset: Int
  }
  func address(of p: Place) -> UInt { UInt(Int(blocks[p.block].base) + p.offset) }
  func number(at p: Place, _ format: Leaf.Format, shadow: Bool = false) -> Double {
    let address = address(of: p) + UInt(shadow ? distance : 0)
    return UnsafeMutableRawPointer(bitPattern: address)!.number(format)
  }

  /// The numbers in active blocks, in order.
  var numbers: [(place: Place, format: Leaf.Format, cell: Cell)] {
    var list: [(place: Place, format: Leaf.Format, cell: Cell)] = []
    for (b, block) in blocks.enumerated() where block.isActive {
      for offset in block.offsets {
        guard let cell = block.cells[offset], case .number(let format) = cell.kind else { continue }
        list.append((Place(block: b, offset: offset), format, cell))
      }
    }
    return list
  }

  /// What a person calls a place: `q[3]`, `s+16`, `*s+8[2]`.
  func name(of p: Place) -> String {
    let block = blocks[p.block]
    let size = block.cells[p.offset]?.size ?? 8
    return Self.cellName(block, p.offset, size)
  }
  private static func cellName(_ block: Block, _ offset: Int, _ size: Int) -> String {
    let sizes = Set(block.cells.values.map(\.size))
    let isArray = sizes.allSatisfy { $0 == size } && offset % max(1, size) == 0
    return isArray ? "\(block.name)[\(offset / max(1, size))]" : "\(block.name)+\(offset)"
  }
}

/// Accesses as the instrumented function announces them.
enum Access {
  enum Word: Equatable {
    case number(Leaf.Format), integer, pointer, bytes

    /// The number under which the instrumented code names it.
    var code: Int {
      switch self {
      case .bytes: 0
      case .integer: 1
      case .pointer: 2
      case .number(.double): 3
      case .number(.float): 4
      case .number(.half): 5
      case .number(.bfloat): 6
      case .number(.extended): 7
      case .number(.quad): 8
      }
    }
    init(code: Int) {
      let all: [Word] = [
        .bytes, .integer, .pointer, .number(.double), .number(.float), .number(.half), .number(.bfloat),
        .number(.extended), .number(.quad),
      ]
      self = all[code]
    }
    init(_ type: Type) {
      if let format = type.format {
        self = .number(format)
      } else if type.isPointer {
        self = .pointer
      } else if type.isInteger {
        self = .integer
      } else {
        self = .bytes
      }
    }
  }
}
