internal import IR

/// What an index is always a multiple of. Layouts stay apart from each other as long as strides are known: a byte
/// offset of `n << 3` keeps an array of doubles an array of doubles.
struct IndexMultiple {
  /// 0: the index is always zero, as far as this goes; 1: nothing is known.
  private(set) var unit: Int
  /// Differences of pointers that take part: multiples of the stride of what the two point into.
  private(set) var differences: [Instruction] = []

  init(_ v: Value) {
    var seen: Set<Value> = []
    unit = 0
    unit = find(v, &seen, 0)
  }

  /// All values of an index that is chosen among constants; nil if there may be others.
  static func values(_ v: Value, depth: Int = 0) -> [Int]? {
    if let c = v.integerConstant { return [c] }
    guard depth < 3, let i = v.instruction else { return nil }
    let sources: [Value]
    switch i.opcode {
    case .select: sources = [i.operand(1), i.operand(2)]
    case .phi: sources = i.incoming.map(\.value)
    default: return nil
    }
    guard sources.count <= 4 else { return nil }
    var all: Set<Int> = []
    for s in sources {
      guard let list = values(s, depth: depth + 1) else { return nil }
      all.formUnion(list)
    }
    return all.sorted()
  }

  private mutating func find(_ v: Value, _ seen: inout Set<Value>, _ depth: Int) -> Int {
    if let c = v.integerConstant { return c == .min ? 1 : abs(c) }
    guard let i = v.instruction, depth < 12 else { return 1 }
    let next = depth + 1
    func constant(_ k: Int) -> Int? { i.operand(k).integerConstant }
    switch i.opcode {
    case .sub where i.operand(0).isPointerAsInteger && i.operand(1).isPointerAsInteger:
      differences.append(i)
      return 0
    case .add, .sub: return greatestDivisor(find(i.operand(0), &seen, next), find(i.operand(1), &seen, next))
    case .mul:
      if let c = constant(1), abs(c) < 1 << 32 { return scaled(find(i.operand(0), &seen, next), abs(c)) }
      let (a, b) = (IndexMultiple(i.operand(0)), IndexMultiple(i.operand(1)))
      return scaled(a.differences.isEmpty ? a.unit : 1, b.differences.isEmpty ? b.unit : 1)
    case .shl:
      guard let c = constant(1), c >= 0, c < 32 else { return 1 }
      return scaled(find(i.operand(0), &seen, next), 1 << c)
    case .and:
      guard let c = constant(1), c != 0 else { return 1 }
      return max(1 << c.trailingZeroBitCount, powerOfTwo(find(i.operand(0), &seen, next)))
    case .sext, .zext, .trunc: return powerOfTwo(find(i.operand(0), &seen, next))
    case .freeze: return find(i.operand(0), &seen, next)
    case .select: return greatestDivisor(find(i.operand(1), &seen, next), find(i.operand(2), &seen, next))
    case .phi:
      guard seen.insert(v).inserted else { return 0 }
      return i.incoming.reduce(0) { greatestDivisor($0, find($1.value, &seen, next)) }
    default: return 1
    }
  }
  private func scaled(_ a: Int, _ b: Int) -> Int {
    let (product, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? 1 : product
  }
  private func powerOfTwo(_ n: Int) -> Int { n == 0 ? 0 : 1 << n.trailingZeroBitCount }
}

/// Euclid's algorithm; 0 is divided by everything.
func greatestDivisor(_ a: Int, _ b: Int) -> Int {
  var (x, y) = (a, b)
  while y != 0 { (x, y) = (y, x % y) }
  return x
}

extension Value {
  /// A pointer turned into an integer, or such a constant.
  fileprivate var isPointerAsInteger: Bool {
    if let i = instruction { return i.opcode == .ptrtoint }
    return isConstantExpression && constantOpcode == .ptrtoint
  }
}
