internal import IR

/// Integers that are addresses, perhaps with tags in them.
extension GraphBuilder {
  /// Low bits that are zero in the address of anything with pointers in it.
  static let tags = 8
  /// Is the integer nothing but such bits?
  func isTag(_ v: Value, depth: Int = 0) -> Bool {
    if let n = v.integerConstant { return (0..<Self.tags).contains(n) }
    guard depth < 4, let i = v.instruction else { return false }
    switch i.opcode {
    case .zext: return i.operand(0).type.bitWidth < 4 || isTag(i.operand(0), depth: depth + 1)
    case .and: return isTag(i.operand(0), depth: depth + 1) || isTag(i.operand(1), depth: depth + 1)
    case .or, .xor: return isTag(i.operand(0), depth: depth + 1) && isTag(i.operand(1), depth: depth + 1)
    case .select: return isTag(i.operand(1), depth: depth + 1) && isTag(i.operand(2), depth: depth + 1)
    default: return false
    }
  }
  /// Does the integer become a pointer, perhaps after some arithmetic?
  func feedsPointer(_ value: Value, depth: Int = 0) -> Bool {
    guard depth < 5 else { return false }
    return value.users.contains { u in
      guard let i = u.instruction else { return false }
      switch i.opcode {
      case .inttoptr: return true
      case .and, .or, .xor, .add, .sub, .phi, .select, .freeze:
        return i.type == value.type && feedsPointer(i.value, depth: depth + 1)
      default: return false
      }
    }
  }
}
