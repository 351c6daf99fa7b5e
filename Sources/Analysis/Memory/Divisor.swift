package import IR

/// A number that divides an integer value whatever it is at run time: 8 for `n << 3`. What a byte offset is
/// a multiple of tells what lies there.
enum Divisor {
  static func of(_ v: Value, depth: Int = 0) -> Int {
    if let c = v.integerConstant { return c == 0 ? 1 << 16 : min(abs(c), 1 << 16) }
    guard depth < 6, let i = v.instruction else { return 1 }
    func operand(_ k: Int) -> Int { of(i.operand(k), depth: depth + 1) }
    switch i.opcode {
    case .shl:
      guard let c = i.operand(1).integerConstant, c >= 0, c < 16 else { return operand(0) }
      return min(operand(0) << c, 1 << 16)
    case .mul: return min(operand(0) * operand(1), 1 << 16)
    case .add, .sub, .or: return common(operand(0), operand(1))
    case .select: return common(operand(1), operand(2))
    case .sext, .zext, .freeze: return operand(0)
    case .and:
      guard let mask = i.operand(1).integerConstant, mask != 0 else { return 1 }
      return min(1 << mask.trailingZeroBitCount, 1 << 16)
    case .phi:
      // Recurrences were rewritten over counters; what is left merges a few values.
      return i.incoming.count > 4 ? 1 : i.incoming.reduce(0) { common($0, of($1.value, depth: depth + 2)) }
    default: return 1
    }
  }
  private static func common(_ a: Int, _ b: Int) -> Int {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return x
  }
}
