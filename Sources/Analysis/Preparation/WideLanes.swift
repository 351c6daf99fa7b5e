package import IR

/// Shuffles of numbers as integers, be it in pairs of smaller ones (`_mm_shuffle_epi32` on doubles), become shuffles of
/// numbers, so that adjoints never have to be added up in parts.
enum WideLanes {
  static func restore(in f: Function) {
    let builder = Builder(module: f.module)
    for block in f.blocks {
      for i in block.instructions where i.opcode == .shuffleVector && i.type.element.isInteger { restore(i, builder) }
    }
  }

  private static func restore(_ i: Instruction, _ builder: Builder) {
    let from = i.operand(0).type
    guard let number = number(i), let bits = bits(number), bits >= from.element.bitWidth,
      bits % from.element.bitWidth == 0
    else { return }
    let parts = bits / from.element.bitWidth
    guard from.count % parts == 0, let mask = wideMask(i.shuffleMask, parts) else { return }
    builder.position(before: i)
    let wide = number.vector(from.count / parts)
    let (a, b) = (builder.bitcast(i.operand(0), to: wide), builder.bitcast(i.operand(1), to: wide))
    i.value.replaceAllUses(with: builder.bitcast(builder.shuffle(a, b, mask: mask), to: i.type))
    i.erase()
  }

  /// What the lanes are the bits of, as casts before or behind say.
  private static func number(_ i: Instruction) -> Type? {
    let before = [0, 1].lazy.compactMap { i.operand($0).instruction }.filter { $0.opcode == .bitcast }.map {
      $0.operand(0).type
    }
    let behind = i.value.users.lazy.compactMap(\.instruction).filter { $0.opcode == .bitcast }.map(\.type)
    return before.first { $0.scalar.isFloat }?.scalar ?? behind.first { $0.scalar.isFloat }?.scalar
  }
  private static func bits(_ number: Type) -> Int? {
    switch number.kind {
    case .half, .bfloat: 16
    case .float: 32
    case .double: 64
    default: nil
    }
  }

  /// The mask in units of `parts` lanes; nil if it takes numbers apart.
  private static func wideMask(_ mask: [Int], _ parts: Int) -> [Int]? {
    guard mask.count % parts == 0 else { return nil }
    var wide: [Int] = []
    for start in stride(from: 0, to: mask.count, by: parts) {
      let group = mask[start..<(start + parts)]
      if group.allSatisfy({ $0 < 0 }) {
        wide.append(-1)
      } else {
        guard let first = group.first, first >= 0, first % parts == 0,
          group.enumerated().allSatisfy({ $0.element < 0 || $0.element == first + $0.offset })
        else { return nil }
        wide.append(first / parts)
      }
    }
    return wide
  }
}
