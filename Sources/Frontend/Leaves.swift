import IR

/// A scalar inside an aggregate or vector.
struct Leaf: Equatable {
  var offset: Int
  var type: Type
  var size: Int
  var end: Int { offset + size }

  /// The same kind of scalar? All pointers are of one kind.
  func matches(_ other: Leaf) -> Bool {
    type == other.type || (type.isPointer && other.type.isPointer)
  }
}

extension Type {
  /// More scalars than this in one value are not looked at one by one.
  static let leafLimit = 4096

  /// The scalars of a value of this type, by offset; nil if there are too many or they have no
  /// fixed place.
  func leaves(_ layout: DataLayout) -> [Leaf]? {
    var list: [Leaf] = []
    return collectLeaves(at: 0, layout, &list) ? list : nil
  }

  private func collectLeaves(at offset: Int, _ layout: DataLayout, _ list: inout [Leaf]) -> Bool {
    switch kind {
    case .void, .label, .metadata, .token, .function, .scalableVector, .other:
      return kind == .void
    case .structure, .array, .vector:
      if isOpaqueStruct { return false }
      let before = list.count
      for i in 0..<count {
        guard list.count < Type.leafLimit,
          member(i).collectLeaves(at: offset + layout.offset(self, i), layout, &list)
        else { return false }
        if !isStruct, list.count == before { break }
      }
    default:
      list.append(Leaf(offset: offset, type: self, size: layout.storeSize(self)))
    }
    return true
  }

  /// Do both types consist of the same scalars at the same places?
  func hasSameLeaves(as other: Type, _ layout: DataLayout) -> Bool {
    guard let mine = leaves(layout), let theirs = other.leaves(layout) else { return false }
    return mine.count == theirs.count
      && zip(mine, theirs).allSatisfy { $0.offset == $1.offset && $0.matches($1) }
  }

  /// No scalars at all: void or an empty structure.
  func isEmpty(_ layout: DataLayout) -> Bool {
    isVoid || (isAggregate && leaves(layout)?.isEmpty == true)
  }
}
