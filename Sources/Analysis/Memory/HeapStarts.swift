package import IR
internal import Rules

/// Where a global variable holds pointers that can lead to nothing but the start of an allocation.
package struct HeapStarts {
  /// Functions that allocate and free as the program does with such a pointer.
  package struct Allocator: Hashable {
    package let allocate: String
    package let free: String
    package static let malloc = Allocator(allocate: "malloc", free: "free")
    package static let new = Allocator(allocate: "_Znwm", free: "_ZdlPv")
    package static let newArray = Allocator(allocate: "_Znam", free: "_ZdaPv")
  }
  package private(set) var found: [(offset: Int, allocator: Allocator)] = []
  private let knowledge: KnowledgeBase
  private let layout: DataLayout
  private let ignores: (Function) -> Bool

  /// - Parameter ignores: functions that are not the program's own.
  package init(_ g: Global, _ program: Program, ignoring ignores: @escaping (Function) -> Bool) {
    knowledge = program.knowledge
    layout = program.module.dataLayout
    self.ignores = ignores
    guard !g.isDeclaration else { return }
    if g.valueType.isPointer {
      if let a = allocator(g.value) { found = [(0, a)] }
    } else {
      addVectors(g.valueType, at: 0)
    }
  }

  // MARK: std::vector

  /// More of them in one variable are left alone.
  private static let limit = 16

  /// The first of a vector's three pointers is where its memory starts, in libstdc++ and in libc++.
  private mutating func addVectors(_ type: Type, at offset: Int) {
    guard type.isAggregate, found.count < Self.limit else { return }
    if let name = type.structName, Self.isVector(name), layout.allocSize(type) == 24 {
      found.append((offset, .new))
      return
    }
    if type.isArray {
      guard type.count <= Self.limit, type.element.isStruct else { return }
      let size = layout.allocSize(type.element)
      for k in 0..<type.count { addVectors(type.element, at: offset + k * size) }
      return
    }
    for k in 0..<min(type.count, 64) { addVectors(type.member(k), at: offset + layout.offset(type, k)) }
  }
  private static func isVector(_ name: String) -> Bool {
    ["class.std::vector", "class.std::__1::vector"].contains { name == $0 || name.hasPrefix($0 + ".") }
  }

  // MARK: Pointers

  /// How all that is stored in the variable was allocated; nil if something else is, or if memory may be freed while the variable
  /// still leads there.
  private func allocator(_ g: Value) -> Allocator? {
    var kinds: Set<Allocator> = []
    var work = [g]
    while let place = work.popLast() {
      for u in place.users {
        guard let i = u.instruction else {
          if isIgnored(u) { continue }
          guard u.isConstantExpression, u.type.isPointer, u.strippingCasts == g else { return nil }
          work.append(u)
          continue
        }
        if ignores(i.block.function) { continue }
        switch i.opcode {
        case .load: if isFreedAndKept(i, g) { return nil }
        case .bitcast: work.append(i.value)
        case .store:
          guard i.operand(1) == place else { return nil }
          let v = i.operand(0).strippingCasts
          if v.isNull || v.isUndefOrPoison { continue }
          guard let call = v.instruction, call.isCall, let a = allocator(of: call) else { return nil }
          kinds.insert(a)
        default: return nil
        }
      }
    }
    return kinds.count == 1 ? kinds.first : nil
  }
  private func allocator(of call: Instruction) -> Allocator? {
    guard case .known(let k, let f) = knowledge.target(of: call) else { return nil }
    switch k.kind {
    case .allocation(let a) where a.resultThroughPointerArgument == nil:
      if f.name.hasPrefix("_Znwm") { return a.alignmentArgument == nil ? .new : nil }
      if f.name.hasPrefix("_Znam") { return a.alignmentArgument == nil ? .newArray : nil }
      return f.name.hasPrefix("_Z") ? nil : .malloc
    case .reallocation: return .malloc
    default: return nil
    }
  }

  /// Is the constant made of the variable's address used in ignored functions only?
  private func isIgnored(_ constant: Value) -> Bool {
    constant.isConstantExpression
      && constant.users.allSatisfy { u in u.instruction.map { ignores($0.block.function) } ?? isIgnored(u) }
  }

  /// Is the pointer freed, without another one taking its place right then?
  private func isFreedAndKept(_ load: Instruction, _ g: Value) -> Bool {
    var work = [load.value]
    while let v = work.popLast() {
      for u in v.users {
        guard let i = u.instruction else { continue }
        if i.opcode == .bitcast { work.append(u) }
        guard i.isCall, case .known(let k, _) = knowledge.target(of: i), case .deallocation = k.kind else { continue }
        if !isStored(g, behind: i) { return true }
      }
    }
    return false
  }
  private func isStored(_ g: Value, behind i: Instruction) -> Bool {
    var at = i.next
    var steps = 0
    while let x = at, steps < 64 {
      steps += 1
      if x.opcode == .store, x.operand(1).strippingCasts == g { return true }
      if x.next != nil {
        at = x.next
      } else {
        let next = x.block.successors
        at = next.count == 1 ? next[0].first : nil
      }
    }
    return false
  }
}
