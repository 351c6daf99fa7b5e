internal import IR
internal import Rules

/// Where the code shows strings: by the member functions it calls, and by the types of its loads and stores.
///
/// A short string points into itself. Without this knowledge its characters, those it keeps elsewhere, and whatever
/// lies beside it in a structure would be one object.
struct TextObjects {
  private let module: Module
  /// Where strings start: offsets from a base that is no constant distance from another.
  private var starts: [Base: [Start]] = [:]
  private struct Start: Hashable {
    let offset: Int
    let of: TextClass
  }

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
      guard let tag = i.accessedType, let text = TextClass.type(tag.base) else { return }
      add(text, i.operand(i.opcode == .load ? 0 : 1), -tag.offset)
    case .call, .invoke:
      guard let name = i.callee?.name, let text = TextClass.member(name)?.of else { return }
      let returns = i.argumentCount > 1 && i.argumentHasAttribute(0, "sret")
      for k in 0..<min(returns ? 2 : 1, i.argumentCount) where i.operand(k).type.isPointer {
        add(text, i.operand(k), 0)
      }
    default: break
    }
  }
  private mutating func add(_ text: TextClass, _ pointer: Value, _ offset: Int) {
    guard let p = place(pointer) else { return }
    let start = Start(offset: p.offset + offset, of: text)
    if !(starts[p.base] ?? []).contains(start) { starts[p.base, default: []].append(start) }
  }

  /// A pointer as another plus multiples of integers, up to a constant.
  private struct Base: Hashable {
    var root: Value
    var terms: [Value: Int] = [:]
    mutating func add(_ v: Value, _ factor: Int) {
      let sum = (terms[v] ?? 0) &+ factor
      terms[v] = sum == 0 ? nil : sum
    }
  }

  private func place(_ pointer: Value) -> (base: Base, offset: Int)? {
    var base = Base(root: pointer)
    var offset = 0
    for _ in 0..<64 {
      let v = base.root
      if let i = v.instruction {
        if i.opcode == .bitcast, i.operand(0).type.isPointer {
          base.root = i.operand(0)
          continue
        }
        if let inner = i.soleIncoming {
          base.root = inner
          continue
        }
        guard i.opcode == .gep, !i.type.isVector, let (more, terms) = i.gepTerms(in: module) else { break }
        offset &+= more
        for t in terms { offset &+= add(t.index, t.scale, to: &base) }
        base.root = i.operand(0)
      } else if v.isConstantExpression, let target = v.operands.first, target.type.isPointer {
        offset &+= v.constantOpcode == .gep ? v.constantOffset(in: module) ?? 0 : 0
        base.root = target
      } else {
        break
      }
    }
    return base.root.isNull || base.root.isUndefOrPoison ? nil : (base, offset)
  }
  /// Adds a multiple of an integer, taken apart where it is a sum; returns the constant part.
  private func add(_ v: Value, _ factor: Int, to base: inout Base, depth: Int = 0) -> Int {
    if let n = v.integerConstant { return n &* factor }
    guard depth < 8, v.type.bitWidth == 64, let i = v.instruction else {
      base.add(v, factor)
      return 0
    }
    if let inner = i.soleIncoming { return add(inner, factor, to: &base, depth: depth + 1) }
    let n = i.operands.count == 2 ? i.operand(1).integerConstant : nil
    switch i.opcode {
    case .add:
      return add(i.operand(0), factor, to: &base, depth: depth + 1)
        &+ add(i.operand(1), factor, to: &base, depth: depth + 1)
    case .sub:
      return add(i.operand(0), factor, to: &base, depth: depth + 1)
        &+ add(i.operand(1), 0 &- factor, to: &base, depth: depth + 1)
    case .mul where n != nil: return add(i.operand(0), factor &* n!, to: &base, depth: depth + 1)
    case .shl where n != nil && n! < 32: return add(i.operand(0), factor &* (1 << n!), to: &base, depth: depth + 1)
    default:
      base.add(v, factor)
      return 0
    }
  }

  /// Is the pointer the address of a string's pointer to its characters?
  func isPointerField(_ address: Value) -> Bool {
    guard !isEmpty, let p = place(address) else { return false }
    return (starts[p.base] ?? []).contains { p.offset == $0.offset + $0.of.pointerOffset }
  }
  /// Does the pointer lead to the characters inside of a string?
  func isInBuffer(_ pointer: Value) -> Bool {
    guard !isEmpty, let p = place(pointer),
      (starts[p.base] ?? []).contains(where: { $0.of.isInBuffer(p.offset - $0.offset) })
    else { return false }
    // The memory of a variant is a string's at some times only.
    return !pointer.users.contains { u in
      guard let i = u.instruction else { return false }
      return i.opcode == .load && i.type.containsFloat || i.opcode == .store && i.operand(0).type.containsFloat
    }
  }
}

extension Instruction {
  /// What a phi stands for that has one operand, as behind loops.
  fileprivate var soleIncoming: Value? {
    guard isPhi else { return nil }
    let list = incoming
    return list.count == 1 && list[0].value != value ? list[0].value : nil
  }
}
