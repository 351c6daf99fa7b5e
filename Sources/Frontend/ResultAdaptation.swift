import Analysis
import IR

/// How what a derivative yields becomes what the hook is declared to return.
enum ResultAdaptation: Equatable {
  /// Nobody reads it.
  case ignored
  /// The hook is declared to return something, but there is nothing: zero.
  case nothing
  /// One field of the same type.
  case direct
  /// All fields, laid out in memory at these offsets and read as the declared type.
  case memory(offsets: [Int])
  /// The same, in another order than docs/semantics.md says: the tape behind the result.
  case reordered(offsets: [Int])
  /// Only the first scalar fits.
  case first

  /// Decides. Throws if the declared type can't take the result.
  init(_ reading: HookReading, _ layout: DataLayout) throws {
    let call = reading.call
    let declared = call.resultBuffer.map(\.type) ?? call.instruction.type
    self = try ResultAdaptation.choose(reading, declared, layout)
  }

  private static func choose(
    _ reading: HookReading, _ declared: Type?, _ layout: DataLayout
  ) throws -> ResultAdaptation {
    let fields = reading.results
    guard reading.call.isResultUsed, declared?.isEmpty(layout) != true else { return .ignored }
    if fields.allSatisfy({ $0.type.isEmpty(layout) }) { return .nothing }
    guard let declared else { return .memory(offsets: Layouts.natural(fields, layout)) }
    if fields.count == 1, fields[0].type == declared, reading.call.resultBuffer == nil {
      return .direct
    }
    for offsets in [Layouts.natural(fields, layout), Layouts.byElement(fields, layout)] {
      if let fit = Fit(fields, at: offsets, in: declared, layout), fit.accepts(reading.request.mode) {
        return .memory(offsets: offsets)
      }
    }
    if reading.request.mode == .augmented, let offsets = tapeLast(fields, declared, layout) {
      return .reordered(offsets: offsets)
    }
    let first = fields[0].type.leaves(layout)?.first
    if first?.type == declared, fields.count > 1 || fields[0].type.isAggregate { return .first }
    throw Diagnostic.wrongResult(declared, reading)
  }

  /// Where the fields are if the tape, the first of them, is declared as the last; nil if that does not fit either, or if types
  /// don't tell it from the others.
  private static func tapeLast(_ fields: [ResultField], _ declared: Type, _ layout: DataLayout) -> [Int]? {
    guard let tape = fields.first, case .returned = tape.place, fields.count > 1,
      !fields.dropFirst().contains(where: { $0.type.containsPointer })
    else { return nil }
    let order = Array(fields.dropFirst()) + [tape]
    let offsets = Layouts.natural(order, layout)
    guard let fit = Fit(order, at: offsets, in: declared, layout), !fit.hasMore else { return nil }
    return offsets.suffix(1) + offsets.dropLast()
  }
}

/// Where C would put the fields of a structure.
enum Layouts {
  static func natural(_ fields: [ResultField], _ layout: DataLayout) -> [Int] {
    place(fields, layout) { layout.alignment($0) }
  }

  /// As `natural`, with vectors aligned as their elements: C passes `struct {float a, b;}` as a
  /// vector.
  static func byElement(_ fields: [ResultField], _ layout: DataLayout) -> [Int] {
    place(fields, layout) { elementAlignment($0, layout) }
  }

  private static func elementAlignment(_ type: Type, _ layout: DataLayout) -> Int {
    switch type.kind {
    case .vector: layout.alignment(type.element)
    case .array: elementAlignment(type.element, layout)
    case .structure where !type.isPacked:
      type.fields.reduce(1) { max($0, elementAlignment($1, layout)) }
    default: layout.alignment(type)
    }
  }

  private static func place(
    _ fields: [ResultField], _ layout: DataLayout, _ alignment: (Type) -> Int
  ) -> [Int] {
    var end = 0
    return fields.map { field in
      if case .tape = field.place { defer { end += layout.allocSize(field.type) }; return end }
      let a = max(1, alignment(field.type))
      let start = (end + a - 1) / a * a
      let size = field.type.isVector ? layout.storeSize(field.type) : layout.allocSize(field.type)
      end = start + size
      return start
    }
  }
}

/// How a declared type covers the fields of a result, scalar by scalar. An integer or vector in the
/// declared type may stand for the scalars in its bytes: that is how C returns small structures.
struct Fit {
  /// The declared type has scalars for which there is nothing.
  private(set) var hasMore = false

  /// nil if some scalar is not covered or is covered by something of another kind.
  init?(_ fields: [ResultField], at offsets: [Int], in declared: Type, _ layout: DataLayout) {
    guard let wanted = declared.leaves(layout), var given = Fit.leaves(fields, offsets, layout)
    else {
      return nil
    }
    let isBare = wanted.count == 1 && given.count == 1 && !declared.isAggregate
    for leaf in wanted {
      let covered = given.prefix { $0.offset < leaf.end }
      given.removeFirst(covered.count)
      if covered.isEmpty {
        if leaf.type.isInteger && leaf.size == 1 { continue }
        hasMore = true
      } else if !Fit.covers(leaf, covered, isBare: isBare) {
        return nil
      }
    }
    guard given.isEmpty else { return nil }
  }

  private static func leaves(
    _ fields: [ResultField], _ offsets: [Int], _ layout: DataLayout
  ) -> ArraySlice<Leaf>? {
    var all: [Leaf] = []
    for (field, start) in zip(fields, offsets) {
      guard let leaves = field.type.leaves(layout) else { return nil }
      all += leaves.map { Leaf(offset: start + $0.offset, type: $0.type, size: $0.size) }
    }
    return all[...]
  }

  private static func covers(_ leaf: Leaf, _ covered: ArraySlice<Leaf>, isBare: Bool) -> Bool {
    if covered.count == 1, let one = covered.first, one.offset == leaf.offset, one.matches(leaf) {
      return true
    }
    // The bytes of a tape are anything.
    if covered.allSatisfy({ $0.type.isInteger && $0.size == 1 }) { return true }
    return leaf.type.isInteger && !isBare
      && covered.allSatisfy { $0.offset >= leaf.offset && $0.end <= leaf.end }
  }

  /// The result of an augmented pass may be declared larger than it is.
  func accepts(_ mode: Mode) -> Bool { !hasMore || mode == .augmented }
}
