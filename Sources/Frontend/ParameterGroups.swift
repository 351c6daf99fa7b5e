import IR

/// Consecutive IR parameters that are one parameter in the source: C passes a small structure in
/// registers, as pieces, and one marker before the structure speaks of all of them.
///
/// The pieces are known by their names (`s.coerce0`, `s.coerce1`), by debug info, or because
/// clang's unoptimised code puts them into one local variable. The last clue is gone after
/// optimisation, so it is noted in an attribute at the start of the pipeline.
struct ParameterGroup: Equatable {
  var indices: Range<Int>
  var isSplit: Bool { indices.count > 1 }
}

extension Function {
  private static let groupsAttribute = "nabla.parameters"
  private static let packedAttribute = "nabla.packed"

  /// The source parameters, in order.
  var parameterGroups: [ParameterGroup] {
    if let noted = notedGroups { return noted }
    let values = parameters
    var groups: [ParameterGroup] = []
    for i in values.indices {
      if i > 0, arePieces(values[i - 1], values[i]), let last = groups.last {
        groups[groups.count - 1].indices = last.indices.lowerBound..<(i + 1)
      } else {
        groups.append(ParameterGroup(indices: i..<(i + 1)))
      }
    }
    return groups
  }

  /// Notes which parameters are pieces of one, and which integers hold floating-point numbers, if
  /// any are. Returns true if it did.
  func noteParameters() -> Bool {
    guard !isDeclaration, notedGroups == nil else { return false }
    let groups = parameterGroups
    let packed = parameters.indices.filter { parameter($0).isStoredWithFloats }
    if groups.contains(where: \.isSplit) {
      let text = groups.map { String($0.indices.count) }.joined(separator: ",")
      addStringAttribute(Function.groupsAttribute, text)
    }
    if !packed.isEmpty {
      addStringAttribute(Function.packedAttribute, packed.map(String.init).joined(separator: ","))
    }
    return !packed.isEmpty || groups.contains(where: \.isSplit)
  }

  /// Does C pass a structure with floating-point numbers in the integer parameter `i`?
  func holdsPackedFloats(_ i: Int) -> Bool {
    guard functionType.parameters[i].isInteger else { return false }
    if let noted = stringAttribute(Function.packedAttribute) {
      return noted.split(separator: ",").contains { $0 == String(i) }
    }
    return parameter(i).isStoredWithFloats
  }

  private var notedGroups: [ParameterGroup]? {
    guard let text = stringAttribute(Function.groupsAttribute) else { return nil }
    var groups: [ParameterGroup] = []
    var start = 0
    for part in text.split(separator: ",") {
      guard let n = Int(part), n > 0 else { return nil }
      groups.append(ParameterGroup(indices: start..<(start + n)))
      start += n
    }
    return start == parameters.count ? groups : nil
  }

  private func arePieces(_ a: Value, _ b: Value) -> Bool {
    if a.type.isPointer && a.type.pointee != nil && b.type == a.type { return false }
    if let x = a.coercedName, let y = b.coercedName { return x == y }
    if let x = a.sourceName, let y = b.sourceName, !x.isEmpty { return x == y }
    guard let x = a.place, let y = b.place, y.isFieldOfCoercedStructure else { return false }
    return x.home == y.home && x.offset < y.offset
  }
}

extension Value {
  /// `s` for `s.coerce0`, clang's name for a piece of the parameter `s`.
  fileprivate var coercedName: String? {
    let text = Array(name.utf8)
    guard let mark = text.firstRange(ofText: ".coerce") else { return nil }
    return String(decoding: text[..<mark.lowerBound], as: UTF8.self)
  }

  /// Where a parameter is stored, if that is all that happens to it.
  fileprivate var place: ParameterPlace? {
    let uses = users.compactMap(\.instruction).filter { !$0.isMarkOfLifetime }
    guard uses.count == 1, uses[0].opcode == .store, uses[0].operand(0) == self else { return nil }
    return ParameterPlace(uses[0].operand(1))
  }

  /// Is this an integer that goes into a structure with floating-point numbers?
  fileprivate var isStoredWithFloats: Bool {
    guard type.isInteger, type.bitWidth >= 32, let variable = place?.home.instruction else {
      return false
    }
    return variable.allocatedType.isStruct && variable.allocatedType.containsFloat
  }
}

/// A place in a local variable.
private struct ParameterPlace {
  let pointer: Value
  let home: Value
  let offset: Int

  init?(_ pointer: Value) {
    self.pointer = pointer
    home = pointer.underlyingObject
    guard let variable = home.instruction, variable.opcode == .alloca else { return nil }
    if pointer.strippingCasts == home {
      offset = 0
    } else if let n = pointer.constantOffset(in: variable.function.module) {
      offset = n
    } else {
      return nil
    }
  }

  /// clang writes pieces through a structure type without a name; the program's own types have one.
  var isFieldOfCoercedStructure: Bool {
    guard let gep = pointer.instruction, gep.opcode == .gep else { return false }
    return gep.gepSourceType.isStruct && gep.gepSourceType.structName == nil
  }
}
