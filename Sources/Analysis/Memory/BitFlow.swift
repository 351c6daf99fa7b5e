internal import IR

/// Where the bits of an integer go within a function, through merges of control flow and arithmetic.
///
/// Tells integers that are counted with from numbers whose bits are worked on, where memory holds both.
struct BitFlow {
  /// The floating-point types that it is cast to.
  private(set) var kinds: KindSet = []
  /// Is it, or what is computed from it, stored?
  private(set) var stores: [Instruction] = []
  /// Is the sign set, cleared or flipped on the way, or something of the size of an exponent added: what integers
  /// seldom meet, and bits of numbers often?
  private(set) var meetsNumberPattern = false

  private static let limit = 64

  init(from value: Value) {
    var seen: Set<Value> = []
    var work = [value]
    while let v = work.popLast() {
      guard seen.insert(v).inserted, seen.count < Self.limit else { continue }
      for u in v.users {
        guard let i = u.instruction else { continue }
        switch i.opcode {
        case .bitcast:
          if i.type.containsFloat { kinds.formUnion(KindSet(i.type.scalar)) } else { work.append(i.value) }
        case .store:
          if i.operand(0) == v { stores.append(i) }
        case .phi, .select, .freeze, .trunc, .zext: work.append(i.value)
        case .and, .or, .xor, .add, .sub, .shl, .lshr, .ashr:
          if Self.isNumberPattern(i) { meetsNumberPattern = true }
          work.append(i.value)
        default: break
        }
      }
    }
  }

  private static func isNumberPattern(_ i: Instruction) -> Bool {
    let width = i.type.bitWidth
    guard i.type.isInteger, width <= 64, let n = i.operand(1).integerConstant ?? i.operand(0).integerConstant else {
      return false
    }
    let sign = width == 64 ? Int.min : 1 << (width - 1)
    let all = width == 64 ? -1 : (1 << width) - 1
    let mantissa = width == 64 ? 52 : width == 32 ? 23 : width == 16 ? 10 : 7
    switch i.opcode {
    case .and: return n & all == all & ~sign
    case .or, .xor: return n & all == sign
    case .add, .sub:
      return n.magnitude >= 1 << UInt(mantissa)
    case .shl, .lshr, .ashr: return n >= mantissa && i.operand(1).isConstant
    default: return false
    }
  }
}
