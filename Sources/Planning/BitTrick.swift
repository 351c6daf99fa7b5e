package import Analysis
package import IR

/// Logic on the bits of floating-point numbers that is a real function of them: what vectorised mathematics and
/// hand-written libraries use for signs, absolute values, selections and packing.
package enum BitTrick: Equatable {
  /// Signs are flipped: `-x` in these lanes.
  case flip
  /// Signs are cleared: `|x|`.
  case absolute
  /// Signs are set: `-|x|`.
  case negative
  /// Lanes are kept or zeroed, by the operand with this number.
  case masked(by: Int)
  /// Only signs are left: piecewise constant.
  case signOnly
  /// A number without sign (the operand with this number) gets the sign of another: `copysign`.
  case signed(magnitude: Int)
  /// Parts that do not overlap are put together.
  case joined
  /// The exponent is cleared, for another to be put in its place.
  case withoutExponent
  /// A number without exponent gets a constant one, as logarithms do: `x` times a power of two.
  case rescaled

  /// - Parameter kind: what the bits are (nil: numbers as wide as the integer).
  package init?(_ i: Instruction, kind: Type?, _ isActive: (Value) -> Bool) {
    guard i.operands.count == 2, let signs = Self.signs(i.type, kind) else { return nil }
    let x = i.operand(0)
    if let mask = i.operand(1).integerConstants {
      if Self.laneBits(i.type, kind) == i.type.scalar.bitWidth, Self.clearsExponent(i) {
        self = .withoutExponent
        return
      }
      guard let trick = Self.withConstant(i.opcode, mask, signs, i.type, kind, x) else { return nil }
      self = trick
      return
    }
    switch i.opcode {
    case .and:
      let masks = [0, 1].filter { !isActive(i.operand($0)) && Self.isLaneMask(i.operand($0)) }
      guard let k = masks.first else { return nil }
      self = .masked(by: k)
    case .or:
      let pure = [0, 1].filter { Self.isSignOnly(i.operand($0), signs) }
      switch pure.count {
      case 0: self = .joined
      case 1: self = .signed(magnitude: 1 - pure[0])
      default: self = .signOnly
      }
    default: return nil
    }
  }

  private static func withConstant(
    _ opcode: Opcode, _ mask: [UInt64], _ signs: UInt64, _ type: Type, _ kind: Type?, _ x: Value
  ) -> BitTrick? {
    let all = ones(type.scalar.bitWidth)
    switch opcode {
    case .xor: return mask.allSatisfy { $0 & ~signs == 0 } ? .flip : nil
    case .and:
      if mask.allSatisfy({ $0 & ~signs == 0 }) { return .signOnly }
      if mask.allSatisfy({ all & ~$0 & ~signs == 0 }) { return .absolute }
      return mask.allSatisfy { isLanes($0, type, kind) } ? .masked(by: 1) : nil
    case .or:
      if mask.allSatisfy({ $0 & ~signs == 0 }) { return .negative }
      if let whole = x.instruction, clearsExponent(whole) { return .rescaled }
      switch x.instruction?.opcode {
      case .zext, .shl, .lshr, .or: return .joined
      default: return nil
      }
    default: return nil
    }
  }

  /// Does it leave the fraction of a number, perhaps with the sign, to which only a constant exponent is put?
  private static func clearsExponent(_ i: Instruction) -> Bool {
    guard i.opcode == .and, i.operands.count == 2, let mask = i.operand(1).integerConstants else { return false }
    let width = i.type.scalar.bitWidth
    let exponent: UInt64
    switch width {
    case 64: exponent = 0x7ff0_0000_0000_0000
    case 32: exponent = 0x7f80_0000
    default: return false
    }
    let sign: UInt64 = 1 << UInt64(width - 1)
    guard mask.allSatisfy({ $0 | sign == (ones(width) & ~exponent) }) else { return false }
    return i.value.users.allSatisfy { u in
      guard let o = u.instruction, o.opcode == .or, o.operand(0) == i.value else { return false }
      return o.operand(1).integerConstants?.allSatisfy { $0 != 0 && $0 & ~exponent == 0 } ?? false
    }
  }

  private static func ones(_ bits: Int) -> UInt64 { bits >= 64 ? .max : (1 << UInt64(bits)) - 1 }

  private static func laneBits(_ type: Type, _ kind: Type?) -> Int {
    let width = type.scalar.bitWidth
    let bits = kind.map { KindSet($0).size * 8 } ?? width
    return bits > 0 && bits <= width && width % bits == 0 ? bits : width
  }
  /// The sign bits of the numbers in one integer; nil if it is too wide.
  private static func signs(_ type: Type, _ kind: Type?) -> UInt64? {
    guard type.scalar.isInteger, type.scalar.bitWidth <= 64 else { return nil }
    let lane = laneBits(type, kind)
    return stride(from: lane - 1, to: type.scalar.bitWidth, by: lane).reduce(0) { $0 | 1 << UInt64($1) }
  }
  /// Are all bits of each number set, or none?
  private static func isLanes(_ mask: UInt64, _ type: Type, _ kind: Type?) -> Bool {
    let lane = laneBits(type, kind)
    return stride(from: 0, to: type.scalar.bitWidth, by: lane).allSatisfy {
      let part = mask >> UInt64($0) & ones(lane)
      return part == 0 || part == ones(lane)
    }
  }
  /// Does the integer hold the outcomes of comparisons, all ones or zero in each element?
  private static func isLaneMask(_ v: Value, depth: Int = 0) -> Bool {
    guard depth < 8 else { return false }
    if let c = v.integerConstants {
      let all = ones(v.type.scalar.bitWidth)
      return c.allSatisfy { $0 == 0 || $0 == all }
    }
    guard let i = v.instruction else { return false }
    switch i.opcode {
    case .sext: return i.operand(0).type.scalar.bitWidth == 1
    case .and, .or, .xor: return i.operands.allSatisfy { isLaneMask($0, depth: depth + 1) }
    case .select: return i.operands.dropFirst().allSatisfy { isLaneMask($0, depth: depth + 1) }
    case .bitcast:
      let from = i.operand(0)
      return from.type.scalar.isInteger && from.type.scalar.bitWidth >= v.type.scalar.bitWidth
        && isLaneMask(from, depth: depth + 1)
    default: return false
    }
  }
  private static func isSignOnly(_ v: Value, _ signs: UInt64) -> Bool {
    if let c = v.integerConstants { return c.allSatisfy { $0 & ~signs == 0 } }
    guard let i = v.instruction else { return false }
    if i.opcode == .bitcast { return isSignOnly(i.operand(0), signs) }
    return i.opcode == .and
      && i.operands.contains { o in
        o.integerConstants.map { $0.allSatisfy { $0 & ~signs == 0 } } ?? false
      }
  }
}
