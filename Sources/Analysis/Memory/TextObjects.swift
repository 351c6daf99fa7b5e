internal import IR
internal import Rules

/// Where the code shows strings: by the member functions it calls, and by the types of its loads and stores.
///
/// A short string points into itself. Without this knowledge its characters, those it keeps elsewhere, and whatever
/// lies beside it in a structure would be one object.
struct TextObjects {
  private let module: Module
  /// Where strings start: offsets from a value that is no constant distance from another.
  private var starts: [Value: [Int]] = [:]

  init(_ subjects: [Subject], _ module: Module) {
    self.module = module
    for s in subjects {
      for i in s.instructions { read(i) }
    }
  }
  var isEmpty: Bool { starts.isEmpty }

  private mutating func read(_ i: Instruction) {
    switch i.opcode {
    case .load, .store:
      guard let tag = i.accessedType, TextClass.type(tag.base) != nil else { return }
      add(i.operand(i.opcode == .load ? 0 : 1), -tag.offset)
    case .call, .invoke:
      guard let name = i.callee?.name, TextClass.member(name) != nil else { return }
      let returns = i.argumentCount > 1 && i.argumentHasAttribute(0, "sret")
      for k in 0..<min(returns ? 2 : 1, i.argumentCount) where i.operand(k).type.isPointer { add(i.operand(k), 0) }
    default: break
    }
  }
  private mutating func add(_ pointer: Value, _ offset: Int) {
    guard let p = place(pointer), !(starts[p.root] ?? []).contains(p.offset + offset) else { return }
    starts[p.root, default: []].append(p.offset + offset)
  }

  /// The pointer as a constant distance from another.
  private func place(_ pointer: Value) -> (root: Value, offset: Int)? {
    var v = pointer
    var offset = 0
    for _ in 0..<64 {
      if let i = v.instruction {
        if i.opcode == .bitcast, i.operand(0).type.isPointer {
          v = i.operand(0)
          continue
        }
        guard i.opcode == .gep, !i.type.isVector, let terms = i.gepTerms(in: module), terms.terms.isEmpty else { break }
        offset += terms.offset
        v = i.operand(0)
      } else if v.isConstantExpression, let base = v.operands.first, base.type.isPointer {
        offset += v.constantOpcode == .gep ? v.constantOffset(in: module) ?? 0 : 0
        v = base
      } else {
        break
      }
    }
    return v.isNull || v.isUndefOrPoison ? nil : (v, offset)
  }

  /// Is the pointer the address of a string's pointer to its characters?
  func isPointerField(_ address: Value) -> Bool {
    guard !isEmpty, let p = place(address) else { return false }
    return (starts[p.root] ?? []).contains { p.offset == $0 + TextClass.string.pointerOffset }
  }
  /// Does the pointer lead to the characters inside of a string?
  func isInBuffer(_ pointer: Value) -> Bool {
    guard !isEmpty, let p = place(pointer),
      (starts[p.root] ?? []).contains(where: { TextClass.string.buffer.contains(p.offset - $0) })
    else { return false }
    // The memory of a variant is a string's at some times only.
    return !pointer.users.contains { u in
      guard let i = u.instruction else { return false }
      return i.opcode == .load && i.type.containsFloat || i.opcode == .store && i.operand(0).type.containsFloat
    }
  }
}
