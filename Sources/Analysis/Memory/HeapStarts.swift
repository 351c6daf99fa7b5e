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
  private let module: Module
  private let knowledge: KnowledgeBase
  private let layout: DataLayout
  private let ignores: (Function) -> Bool
  private let differentiated: Set<Function>

  /// - Parameters:
  ///   - pointers: where pointers lie in the variable.
  ///   - ignores: functions that are not the program's own.
  package init(_ g: Global, _ program: Program, pointers: [Int], ignoring ignores: @escaping (Function) -> Bool) {
    module = program.module
    knowledge = program.knowledge
    layout = program.module.dataLayout
    self.ignores = ignores
    differentiated = Set(program.subjects.flatMap { [$0.original, $0.function] })
    guard !g.isDeclaration else { return }
    addVectors(g.valueType, at: 0)
    guard pointers.count <= Self.limit else { return }
    for offset in pointers {
      if found.contains(where: { $0.offset <= offset && offset < $0.offset + 24 }) { continue }
      var seen: Set<Place> = []
      if let kinds = allocators(at: Place(global: g, offset: offset), &seen), let a = kinds.first, kinds.count == 1 {
        found.append((offset, a))
      }
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

  private struct Place: Hashable {
    let global: Global
    let offset: Int
  }

  /// How all that is stored in the place was allocated; nil if something else is, or if memory may be freed while the variable still
  /// leads there.
  private func allocators(at place: Place, _ seen: inout Set<Place>) -> Set<Allocator>? {
    guard seen.insert(place).inserted else { return [] }
    guard !place.global.isDeclaration, seen.count <= Self.limit else { return nil }
    if let initial = place.global.initializer, !initial.isNull, !initial.isUndefOrPoison { return nil }
    var kinds: Set<Allocator> = []
    // Addresses in the variable, and how far from its start; nil if that is not known.
    var work: [(Value, Int?)] = [(place.global.value, 0)]
    while let (at, offset) = work.popLast() {
      for u in at.users {
        guard let i = u.instruction else {
          if isIgnored(u) { continue }
          guard u.isConstantExpression, u.type.isPointer else { return nil }
          work.append((u, moved(u, offset)))
          continue
        }
        if ignores(i.block.function) { continue }
        let concerns = offset == nil || offset == place.offset
        switch i.opcode {
        case .load: if concerns, i.type.isPointer, isFreedAndKept(i, place.global.value) { return nil }
        case .bitcast, .gep: work.append((u, moved(u, offset)))
        case .store:
          guard i.operand(1) == at else { return nil }
          guard concerns else { continue }
          guard let more = allocators(of: i.operand(0), &seen) else { return nil }
          kinds.formUnion(more)
        default: return nil
        }
      }
    }
    return kinds
  }
  private func moved(_ address: Value, _ offset: Int?) -> Int? {
    let isGEP = address.instruction.map { $0.opcode == .gep } ?? (address.constantOpcode == .gep)
    guard isGEP else { return offset }
    guard let offset, let distance = address.constantOffset(in: module) else { return nil }
    return offset + distance
  }

  /// How what the value leads to was allocated; nil if it may lead elsewhere.
  private func allocators(of value: Value, _ places: inout Set<Place>) -> Set<Allocator>? {
    var kinds: Set<Allocator> = []
    var seen: Set<Value> = []
    var work = [value]
    while let next = work.popLast() {
      let v = next.strippingCasts
      if v.isNull || v.isUndefOrPoison || !seen.insert(v).inserted { continue }
      guard seen.count <= 32, let i = v.instruction else { return nil }
      switch i.opcode {
      case .phi: work += i.incoming.map(\.value)
      case .select: work += [i.operand(1), i.operand(2)]
      case .call:
        guard let a = allocator(of: i) else { return nil }
        kinds.insert(a)
      case .load:
        let from = i.operand(0)
        if let g = from.underlyingObject.global {
          let offset = from.strippingCasts == g.value ? 0 : from.constantOffset(in: module)
          guard let offset, let more = allocators(at: Place(global: g, offset: offset), &places) else { return nil }
          kinds.formUnion(more)
        } else if let variable = from.strippingCasts.instruction, variable.opcode == .alloca {
          for u in variable.value.users {
            guard let j = u.instruction, j.opcode == .load || j.opcode == .store && j.operand(1) == variable.value
            else {
              return nil
            }
            if j.opcode == .store { work.append(j.operand(0)) }
          }
        } else {
          return nil
        }
      default: return nil
      }
    }
    return kinds
  }
  private func allocator(of call: Instruction) -> Allocator? {
    guard case .known(let k, _) = knowledge.target(of: call) else { return nil }
    let free: String
    switch k.kind {
    case .allocation(let a) where a.resultThroughPointerArgument == nil: free = a.freedBy
    case .reallocation(let r): free = r.freedBy
    default: return nil
    }
    return [.malloc, .new, .newArray].first { $0.free == free }
  }

  /// Is the constant made of the variable's address used in ignored functions only?
  private func isIgnored(_ constant: Value) -> Bool {
    constant.isConstantExpression
      && constant.users.allSatisfy { u in u.instruction.map { ignores($0.block.function) } ?? isIgnored(u) }
  }

  /// Does differentiated code free the pointer, without another one taking its place right then? It is found there by the next
  /// derivative. Other code frees what nobody uses afterwards.
  private func isFreedAndKept(_ load: Instruction, _ g: Value) -> Bool {
    guard differentiated.contains(load.block.function) else { return false }
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
      if x.opcode == .store, x.operand(1).underlyingObject == g { return true }
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
