internal import IR
internal import Rules

/// Reads the instructions of all subjects of a program into an object graph.
struct GraphBuilder {
  let module: Module
  let layout: DataLayout
  let knowledge: KnowledgeBase
  /// Subjects by the function they are of.
  let subjects: [Function: Subject]
  /// Functions that an indirect call may reach.
  let addressTaken: [Function]
  var graph = ObjectGraph()
  private var results: [Function: Cell] = [:]
  private var exceptionCell: Cell?
  /// Objects indexed by differences of pointers: how far apart those can be is known at the end.
  private var distances: [(base: Cell, scale: Int, difference: Instruction)] = []
  private var differences: [Instruction] = []
  /// Differences of pointers into different objects: added to one, they make the other.
  private var crossings: Set<Instruction> = []
  private var texts: TextObjects?
  /// The functions that each indirect call may reach.
  var targets: [Instruction: [Function]] = [:]
  /// Instructions whose objects exist by now.
  private var made: Set<Instruction> = []
  /// The functions that are called, by what is known of the targets.
  var reached: Set<Function> = []
  /// Integers that are the bits of numbers.
  private var numbers: [Value: KindSet] = [:]

  init(module: Module, knowledge: KnowledgeBase, subjects: [Function: Subject], addressTaken: [Function]) {
    self.module = module
    layout = module.dataLayout
    self.knowledge = knowledge
    self.subjects = subjects
    self.addressTaken = addressTaken
  }

  /// - Parameter list: all that may be called from the roots, as far as types show; read is what is called.
  mutating func build(_ list: [Subject], roots: [Subject]) {
    texts = TextObjects(list, module)
    let start = graph
    var rounds = 0
    repeat {
      graph = start
      results.removeAll()
      exceptionCell = nil
      targets.removeAll()
      made.removeAll()
      readAll(list, roots)
      rounds += 1
    } while findNumbers(list) && rounds < 4
    graph.settleNumbers()
    graph.settleCopies()
  }
  private mutating func readAll(_ list: [Subject], _ roots: [Subject]) {
    repeat {
      reached = reachable(from: roots)
      differences.removeAll()
      distances.removeAll()
      for s in list where reached.contains(s.original) {
        for p in s.function.parameters where p.type.containsPointer { _ = cell(p) }
        for i in s.instructions { read(i, in: s) }
      }
      repeat { graph.settleCopies() } while foldDistances() || graph.settleShifts()
    } while findCrossings() || findTargets(list)
  }
  /// Finds integers that are loaded from where only numbers of their size lie; true if there are new ones. With them
  /// known, the memory that they are stored to is told apart from what pointers there lead to.
  private mutating func findNumbers(_ list: [Subject]) -> Bool {
    var found = false
    for s in list {
      for i in s.instructions where i.opcode == .load && i.type.isInteger && numbers[i.value] == nil {
        guard i.type.bitWidth >= 16, Self.isOnlyMoved(i), let c = graph.cell(of: i.operand(0)) else { continue }
        let kinds = graph.kinds(c.node, at: c.offset)
        guard kinds.isFloat, kinds.floatType(module.context) != nil, kinds.isSubset(of: .floats),
          kinds.size * 8 == i.type.bitWidth
        else { continue }
        numbers[i.value] = kinds
        found = true
      }
    }
    return found
  }
  /// The kind of number that an integer access moves, where the program says so.
  private func numberKind(_ i: Instruction, _ type: Type) -> KindSet? {
    guard type.isInteger, type.bitWidth >= 16, let tag = i.accessedType else { return nil }
    return Self.floatKind(tag.scalar, type.bitWidth / 8)
  }
  /// The kind of number that type-based alias information names.
  private static func floatKind(_ scalar: String, _ size: Int) -> KindSet? {
    let kinds: KindSet? =
      switch scalar {
      case "double": .double
      case "float": .float
      case "long double": .x86FP80
      default: nil
      }
    return kinds?.size == size ? kinds : nil
  }
  /// What a copy moves, where the program says so.
  private mutating func noteCopiedFields(_ i: Instruction, at c: Cell) {
    for f in i.copiedFields {
      let kinds: KindSet? = f.scalar == "any pointer" ? .pointer : Self.floatKind(f.scalar, f.size)
      if let kinds { graph.access(graph.shifted(c, by: f.offset), kinds: kinds, size: f.size) }
    }
  }

  // MARK: Cells of values

  /// The cell of a value that is or carries pointers; nil for null and undef.
  mutating func cell(_ value: Value) -> Cell? {
    if let c = graph.cell(of: value) { return c }
    if value.isNull || value.isUndefOrPoison { return nil }
    if let g = value.global {
      // Tables and descriptions of classes are constant even where they are declared without saying so.
      let isConstant = g.isConstant || ["_ZTV", "_ZTI", "_ZTS"].contains { g.name.hasPrefix($0) }
      let c = graph.makeNode(isConstant ? .constantGlobal : .mutableGlobal, source: value)
      graph.setCell(c, of: value)
      noteType(g.valueType, at: c)
      if let initial = g.initializer { readInitializer(initial, at: c, isVirtualTable: g.name.hasPrefix("_ZTV")) }
      return c
    }
    if value.function != nil {
      let c = graph.makeNode(.function, source: value)
      graph.setCell(c, of: value)
      return c
    }
    if value.isGlobalAlias { return cell(value.aliasee) }
    if value.isConstantExpression {
      if texts?.isInBuffer(value) == true {
        let place = graph.textCell()
        graph.setCell(place, of: value)
        return place
      }
      guard let base = value.operands.first, let c = cell(base) else { return nil }
      let offset = value.constantOpcode == .gep ? value.constantOffset(in: module) ?? 0 : 0
      let place = graph.shifted(c, by: offset)
      graph.setCell(place, of: value)
      return place
    }
    if value.isConstant {
      // A constant aggregate: all its pointers in one.
      var joined: Cell?
      for o in value.operands {
        guard let c = cell(o) else { continue }
        if let j = joined { graph.unify(j, c) }
        joined = c
      }
      if let j = joined { graph.setCell(graph.find(j), of: value) }
      return joined.map(graph.find)
    }
    guard value.isArgument || value.instruction != nil else { return nil }
    let c = graph.makeNode([])
    graph.setCell(c, of: value)
    return c
  }

  /// - Parameter isVirtualTable: its entries are told apart: nobody walks through it.
  private mutating func readInitializer(_ value: Value, at cell: Cell, isVirtualTable: Bool = false) {
    let type = value.type
    if type.isPointer {
      if let target = self.cell(value) { graph.unify(graph.pointee(of: cell), target) }
    } else if type.isAggregate, type.containsPointer, !value.isNull, !value.isUndefOrPoison {
      for (i, o) in value.operands.enumerated() where i < type.count {
        readInitializer(o, at: graph.shifted(cell, by: layout.offset(type, i)), isVirtualTable: isVirtualTable)
      }
      if type.isArray, !isVirtualTable { graph.fold(cell, by: layout.allocSize(type.element)) }
    }
  }

  mutating func join(_ a: Value, _ b: Value) {
    guard let x = cell(a), let y = cell(b) else { return }
    graph.unify(x, y)
  }
  private mutating func bind(_ value: Value, _ c: Cell) {
    if let old = graph.cell(of: value) { graph.unify(old, c) } else { graph.setCell(c, of: value) }
  }

  // MARK: Evidence about contents

  /// Records that a value of the type is accessed at the cell.
  private mutating func note(_ type: Type, at c: Cell, moved: Bool = false) {
    switch type.kind {
    case .vector, .array, .structure:
      for i in 0..<min(type.count, 64) {
        note(
          type.member(i), at: graph.shifted(c, by: layout.offset(type, i)), moved: moved)
      }
    case .integer:
      graph.access(c, kinds: moved || type.bitWidth > 64 ? [] : .integer, size: layout.storeSize(type))
    default:
      graph.access(c, kinds: KindSet(type), size: layout.storeSize(type))
    }
  }
  /// Declared types (of variables, structures indexed): only floats and pointers count, since a union
  /// shows as any of its members.
  mutating func noteType(_ type: Type, at c: Cell, depth: Int = 0) {
    guard depth < 6, !type.isOpaqueStruct else { return }
    switch type.kind {
    case .structure:
      for (i, f) in type.fields.enumerated().prefix(64) {
        noteType(f, at: graph.shifted(c, by: layout.offset(type, i)), depth: depth + 1)
      }
    case .array, .vector:
      guard type.element.containsFloat || type.element.containsPointer else { return }
      for i in 0..<min(type.count, 16) {
        noteType(
          type.element, at: graph.shifted(c, by: layout.offset(type, i)), depth: depth + 1)
      }
    default:
      let k = KindSet(type)
      if k.isFloat || k == .pointer { graph.access(c, kinds: k, size: layout.storeSize(type)) }
    }
  }

  /// Is an integer value only carried from place to place, never computed with?
  private func isMoved(_ value: Value, depth: Int = 0) -> Bool {
    guard value.type.isInteger, value.type.bitWidth >= 16, depth < 4 else { return false }
    if value.isConstant { return true }
    guard let i = value.instruction else { return value.isArgument }
    switch i.opcode {
    case .load, .bitcast, .extractValue, .call, .invoke, .ptrtoint, .or, .zext, .trunc, .lshr, .shl: return true
    case .phi, .select, .freeze:
      return i.operands.allSatisfy { !$0.type.isInteger || $0.type.bitWidth == 1 || isMoved($0, depth: depth + 1) }
    default: return false
    }
  }
  /// Is an integer that was loaded only carried to other places, merges of control flow on the way included?
  static func isOnlyMoved(_ loaded: Instruction) -> Bool {
    var seen: Set<Value> = []
    var work = [loaded.value]
    while let v = work.popLast() {
      guard seen.insert(v).inserted else { continue }
      if seen.count > 16 { return true }
      for u in v.users {
        guard let i = u.instruction else { return false }
        switch i.opcode {
        case .phi, .select, .freeze: work.append(i.value)
        case .store, .bitcast, .inttoptr, .ret, .insertValue, .trunc, .lshr, .call, .invoke: break
        default: return false
        }
      }
    }
    return true
  }
  private func carriesPointers(_ type: Type) -> Bool {
    type.containsPointer || type.isInteger && type.bitWidth >= 64
      || type.isAggregate && (0..<min(type.count, 8)).contains { carriesPointers(type.member($0)) }
      || type.isVector && type.element.isInteger && type.element.bitWidth >= 64
  }

  // MARK: Instructions

  private mutating func read(_ i: Instruction, in subject: Subject) {
    switch i.opcode {
    case .alloca:
      guard made.insert(i).inserted else { return }
      let c = graph.makeNode(.stack, source: i.value)
      bind(i.value, c)
      noteType(i.allocatedType, at: c)
    case .gep: readGEP(i)
    case .load: readLoad(i)
    case .store: readStore(i.operand(0), to: i.operand(1), as: numberKind(i, i.operand(0).type))
    case .phi, .select, .freeze, .bitcast, .addrspacecast, .extractValue, .insertValue, .extractElement,
      .insertElement, .shuffleVector:
      guard carriesPointers(i.type) || i.operands.contains(where: { graph.cell(of: $0) != nil }) else { return }
      // Vectors of pointers that are only compared (a vectoriser's overlap checks) bring nothing together.
      if i.type.isVector, !becomesPointer(i.value) { return }
      if i.type.containsPointer || i.operands.contains(where: { graph.cell(of: $0) != nil }) {
        for o in i.operands where carriesPointers(o.type) || graph.cell(of: o) != nil {
          if let kinds = numbers[o] {
            if let c = cell(i.value) { graph.castBits(c, kinds) }
          } else if i.opcode == .bitcast, o.type.isInteger, i.type.containsFloat, let c = graph.cell(of: o) {
            graph.castBits(c, KindSet(i.type.scalar))
          } else {
            join(i.value, o)
          }
        }
      }
    case .ptrtoint: join(i.value, i.operand(0))
    case .inttoptr:
      if let c = graph.cell(of: i.operand(0)) {
        bind(i.value, c)
      } else if i.operand(0).instruction != nil || i.operand(0).isArgument {
        let c = graph.makeNode(.unknown)
        graph.setCell(c, of: i.operand(0))
        bind(i.value, c)
      }
    case .add, .sub, .and, .or, .xor: readArithmetic(i)
    case .atomicRMW, .cmpxchg:
      if let c = cell(i.operand(0)) {
        let value = i.operand(i.opcode == .cmpxchg ? 2 : 1)
        note(value.type, at: c)
        if value.type.isPointer {
          let p = graph.pointee(of: c)
          if let v = cell(value) { graph.unify(p, v) }
          bind(i.value, p)
        }
      }
    case .call, .invoke: readCall(i)
    case .ret:
      if let v = i.operands.first, carriesPointers(v.type), let c = cell(v) { join(c, toResultOf: subject.original) }
    case .landingPad, .vaArg:
      if i.type.containsPointer { bind(i.value, graph.makeNode(.unknown)) }
    default: break
    }
  }

  /// May an integer be used as an address again?
  private func becomesPointer(_ v: Value, depth: Int = 0) -> Bool {
    guard depth < 6 else { return true }
    return v.users.contains { u in
      guard let i = u.instruction else { return true }
      switch i.opcode {
      case .icmp, .mul, .shl, .lshr, .ashr, .udiv, .sdiv, .urem, .srem, .trunc, .sitofp, .uitofp, .gep, .switch:
        return false
      case .add, .sub, .and, .or, .xor, .phi, .select, .freeze, .insertElement, .shuffleVector, .ptrtoint, .bitcast:
        return becomesPointer(i.value, depth: depth + 1)
      default: return true
      }
    }
  }

  /// Arithmetic on pointers as integers.
  private mutating func readArithmetic(_ i: Instruction) {
    let carriers = i.operands.filter { !$0.isConstant && graph.cell(of: $0) != nil }
    guard let first = carriers.first, let c = graph.cell(of: first) else { return }
    let other = i.operand(0) == first ? i.operand(1) : i.operand(0)
    guard i.opcode == .sub && carriers.count == 2 || becomesPointer(i.value) else { return }
    switch i.opcode {
    case .sub where carriers.count == 2 && !crossings.contains(i):
      // A distance within one object is a number like any other.
      differences.append(i)
    case .add, .sub:
      if carriers.count == 1, i.operand(0) == first || i.opcode == .add {
        if let n = other.integerConstant {
          return bind(i.value, graph.shifted(c, by: (i.opcode == .add ? n : -n)))
        }
        fold(c, by: other, 1)
        return bind(i.value, c)
      }
      for o in carriers { bind(i.value, graph.cell(of: o)!) }
      graph.fold(c, by: 1)
    case .and:
      // Low bits alone, or all but the low bits: a tag, or the pointer without it.
      if let mask = other.integerConstant, mask >= 0, mask < 4096 { return }
      bind(i.value, c)
      let isAligned = first.instruction.map { $0.opcode == .ptrtoint || $0.opcode == .or || $0.opcode == .load } ?? true
      if !isAligned || other.integerConstant == nil { graph.fold(c, by: 1) }
    case .or:
      for o in carriers { bind(i.value, graph.cell(of: o)!) }
      if !isTag(other) { graph.fold(c, by: 1) }
    default:
      for o in carriers { bind(i.value, graph.cell(of: o)!) }
      graph.fold(c, by: 1)
    }
  }

  /// The object is indexed by a variable, in units of `scale` bytes.
  private mutating func fold(_ base: Cell, by index: Value, _ scale: Int) {
    let multiple = IndexMultiple(index)
    if multiple.unit > 0 { graph.fold(base, by: multiple.unit * abs(scale)) }
    for d in multiple.differences { distances.append((base, abs(scale), d)) }
  }
  /// Folds objects that are indexed by differences of pointers; true if that changed anything.
  private mutating func foldDistances() -> Bool {
    var changed = false
    for (base, scale, difference) in distances {
      var unit = 1
      if let a = cell(difference.operand(0)), let b = cell(difference.operand(1)), a.node == b.node {
        unit = greatestDivisor(graph.stride(a.node), abs(a.offset - b.offset))
      }
      let node = graph.find(base).node
      let before = graph.stride(node)
      graph.fold(base, by: unit * scale)
      if graph.stride(graph.find(base).node) != before { changed = true }
    }
    return changed
  }
  /// Finds differences of pointers into different objects that may be added to a pointer again; true if there are new
  /// ones, with which everything has to be read anew.
  private mutating func findCrossings() -> Bool {
    var found = false
    for d in differences {
      guard let a = graph.cell(of: d.operand(0)), let b = graph.cell(of: d.operand(1)), a.node != b.node,
        mayReturn(d.value)
      else { continue }
      if crossings.insert(d).inserted { found = true }
    }
    return found
  }
  /// May the integer be added to a pointer, as far as this function shows?
  private func mayReturn(_ difference: Value) -> Bool {
    var seen: Set<Value> = []
    var work = [difference]
    while let v = work.popLast() {
      guard seen.insert(v).inserted else { continue }
      if seen.count > 100 { return true }
      for u in v.users {
        guard let i = u.instruction else { continue }
        switch i.opcode {
        case .add, .sub, .mul, .shl, .phi, .select, .freeze: work.append(i.value)
        case .gep, .inttoptr, .store, .ret: return true
        case .call, .invoke:
          if case .known = knowledge.target(of: i) { continue }
          return true
        default: continue
        }
      }
    }
    return false
  }

  private mutating func join(_ c: Cell, toResultOf f: Function) {
    if let r = results[f] { graph.unify(r, c) } else { results[f] = c }
  }

  private mutating func readGEP(_ i: Instruction) {
    if texts?.isInBuffer(i.value) == true { return bind(i.value, graph.textCell()) }
    guard let base = cell(i.operand(0)) else {
      _ = cell(i.value)
      return
    }
    let source = i.gepSourceType
    if source.isStruct, i.operands.count > 2 { noteType(source, at: base) }
    guard !i.type.isVector, let (offset, terms) = i.gepTerms(in: module) else {
      graph.fold(base, by: 1)
      bind(i.value, base)
      return
    }
    // An index with a few values makes a pointer with a few offsets; any other steps through an array.
    var distances = [offset]
    for t in terms {
      if let values = IndexMultiple.values(t.index), distances.count * values.count <= 4 {
        distances = distances.flatMap { d in values.map { d + $0 * t.scale } }
      } else {
        fold(base, by: t.index, t.scale)
      }
    }
    for d in distances { bind(i.value, graph.shifted(base, by: d)) }
  }

  private mutating func readLoad(_ i: Instruction) {
    guard let c = cell(i.operand(0)) else { return }
    if let kinds = numbers[i.value] ?? numberKind(i, i.type) {
      numbers[i.value] = kinds
      return graph.access(c, kinds: kinds, size: kinds.size)
    }
    let isCarried = i.type.isInteger && Self.isOnlyMoved(i)
    let moved = isCarried && i.type.bitWidth >= 16 || i.type.isInteger && i.type.bitWidth == 64 && feedsPointer(i.value)
    note(i.type, at: c, moved: moved)
    if isCarried { graph.carry(c, size: layout.storeSize(i.type)) }
    if i.type.isInteger, !moved { graph.access(c, kinds: BitFlow(from: i.value).kinds, size: layout.storeSize(i.type)) }
    if i.type.isPointer, texts?.isPointerField(i.operand(0)) == true {
      bind(i.value, graph.textCell())
    } else if i.type.containsPointer {
      bindContents(i.value, i.type, c)
    } else if moved {
      bind(i.value, graph.pointee(of: c))
      // What is too short for an address, or taken apart, is none.
      let isTaken = i.value.users.contains { [.trunc, .lshr].contains($0.instruction?.opcode) }
      if i.type.bitWidth < 64 || isTaken { graph.castBits(graph.pointee(of: c), .integer) }
      if i.type.bitWidth >= 128 { graph.unify(graph.pointee(of: c), graph.pointee(of: graph.shifted(c, by: 8))) }
    } else if i.type.isVector, i.type.element.isInteger, i.type.element.bitWidth == 64 {
      bindContents(i.value, i.type, c)
    }
  }
  /// All pointers in a value of the type stored at `c` become one with the value's cell.
  private mutating func bindContents(_ value: Value, _ type: Type, _ c: Cell) {
    if type.isPointer || type.isInteger && type.bitWidth == 64 {
      bind(value, graph.pointee(of: c))
    } else if type.isAggregate || type.isVector {
      for k in 0..<min(type.count, 64) where carriesPointers(type.member(k)) {
        bindContents(value, type.member(k), graph.shifted(c, by: layout.offset(type, k)))
      }
    }
  }

  private mutating func readStore(_ value: Value, to pointer: Value, as kind: KindSet? = nil) {
    guard let c = cell(pointer) else { return }
    if let kinds = numbers[value] ?? kind {
      if let v = graph.cell(of: value) { graph.castBits(v, kinds) }
      return graph.access(c, kinds: kinds, size: kinds.size)
    }
    let moved =
      value.type.isInteger
      && (isMoved(value) || value.type.bitWidth == 64 && graph.cell(of: value) != nil)
    note(value.type, at: c, moved: moved)
    if value.type.containsPointer || graph.cell(of: value) != nil {
      guard let v = cell(value) else { return }
      // What the pointer of a string leads to is known, and leads nowhere from the object around the string.
      if value.type.isPointer, texts?.isPointerField(pointer) == true { return graph.unify(v, graph.textCell()) }
      storeContents(v, value.type, c)
    }
  }
  private mutating func storeContents(_ v: Cell, _ type: Type, _ c: Cell) {
    if type.isPointer || type.isInteger {
      graph.unify(graph.pointee(of: c), v)
      if type.isInteger, type.bitWidth >= 128 { graph.unify(graph.pointee(of: graph.shifted(c, by: 8)), v) }
    } else if type.isAggregate || type.isVector {
      for k in 0..<min(type.count, 64) where carriesPointers(type.member(k)) {
        storeContents(v, type.member(k), graph.shifted(c, by: layout.offset(type, k)))
      }
    }
  }

  // MARK: Calls

  private mutating func readCall(_ i: Instruction) {
    if FunctionManagers.isManaged(by: i, possible: addressTaken) {
      for k in 0..<2 {
        if let c = cell(i.operand(k)) { graph.putsCallable(in: c) }
      }
    }
    switch knowledge.target(of: i) {
    case .body(let g): bindCall(i, g)
    case .indirect:
      _ = cell(i.calledValue)
      for g in targets[i] ?? [] { bindCall(i, g) }
      if !addressTaken.contains(where: { $0.functionType.isInterchangeable(with: i.calledFunctionType) }) {
        readOutside(i)
      }
    case .known(let k, _): readKnown(i, k)
    case .transparent:
      if i.type.containsPointer, let a = i.arguments.first { join(i.value, a) }
    case .hint: readHint(i)
    case .custom, .opaque, .assembly, .inactiveSite: readOutside(i)
    }
  }

  private mutating func bindCall(_ i: Instruction, _ g: Function) {
    guard let s = subjects[g] else { return readOutside(i) }
    let parameters = s.function.parameters
    for (a, p) in zip(i.arguments, parameters) where carriesPointers(p.type) {
      if p.type.containsPointer { join(p, a) } else if graph.cell(of: a) != nil { join(p, a) }
    }
    for a in i.arguments.dropFirst(parameters.count) where a.type.isPointer {
      if let c = cell(a) { graph.mark(c, [.touchedOutside, .escaped]) }
    }
    if carriesPointers(i.type), i.type.containsPointer, let c = cell(i.value) { join(c, toResultOf: g) }
  }

  /// A call to code that the engine cannot see.
  private mutating func readOutside(_ i: Instruction) {
    if let f = i.callee, LibraryBodies.isRule(f) { return readProduct(i, f) }
    for a in i.arguments where a.type.containsPointer {
      if let c = cell(a) { graph.mark(c, [.touchedOutside, .escaped]) }
    }
    if i.type.containsPointer { bind(i.value, graph.makeNode(.unknown)) }
  }

  /// A product of arrays, by a rule of the engine's own.
  private mutating func readProduct(_ i: Instruction, _ f: Function) {
    let kinds: KindSet = LibraryBodies.isDouble(f) ? .double : .float
    for a in i.arguments where a.type.isPointer {
      guard let c = cell(a) else { continue }
      graph.mark(c, .touchedOutside)
      // A structure with an array in it stays one.
      if !graph.fields(c.node).contains(where: { $0.pointee != nil }) { graph.fold(c, by: kinds.size) }
      graph.access(graph.find(c), kinds: kinds, size: kinds.size)
    }
  }

  private mutating func readHint(_ i: Instruction) {
    guard let f = i.callee, let p = i.arguments.first, p.type.isPointer, let c = cell(p) else { return }
    let name = f.name
    let kinds: KindSet =
      name.contains("_float")
      ? .float
      : name.contains("_double")
        ? .double
        : name.contains("_integer") ? .integer : name.contains("_pointer") ? .pointer : []
    guard !kinds.isEmpty else { return }
    let bytes = i.arguments.count > 1 ? i.arguments[1].integerConstant ?? kinds.size : kinds.size
    if bytes < 0 { graph.fold(c, by: kinds.size) }
    for offset in stride(from: 0, to: max(bytes, 1), by: kinds.size) {
      graph.access(graph.shifted(c, by: offset), kinds: kinds, size: kinds.size)
    }
  }

  private mutating func readKnown(_ i: Instruction, _ k: FunctionKnowledge) {
    let arguments = i.arguments
    func argument(_ n: Int) -> Value? { n < arguments.count ? arguments[n] : nil }
    switch k.kind {
    case .allocation(let a):
      guard made.insert(i).inserted else { return }
      let origin: Origin = k.canonicalName.hasPrefix("__nabla_tape") ? .tape : .heap
      let c = graph.makeNode(origin, source: i.value)
      if let p = a.resultThroughPointerArgument.flatMap(argument) {
        if let at = cell(p) { graph.unify(graph.pointee(of: at), c) }
      } else {
        bind(i.value, c)
      }
    case .reallocation(let r):
      guard made.insert(i).inserted else { return }
      // The new object holds what the old one held; they may be the same memory.
      let c = graph.makeNode(.heap, source: i.value)
      bind(i.value, c)
      if let p = argument(r.pointerArgument), let old = cell(p) {
        graph.unify(old, c)
        graph.mark(old, .freed)
      }
    case .deallocation(let d):
      if let p = argument(d.pointerArgument), let c = cell(p) { graph.mark(c, .freed) }
    case .memory(let m):
      let target = argument(m.targetArgument).flatMap { cell($0) }
      if let t = target, let s = m.sourceArgument.flatMap(argument).flatMap({ cell($0) }) {
        graph.copy(from: s, to: t, size: argument(m.sizeArgument)?.integerConstant)
        noteCopiedFields(i, at: t)
        // All that a manager copies are callables, also in programs that make none of its kind.
        if FunctionManagers.isManager(i.block.function) { [s, t].forEach { graph.putsCallable(in: $0) } }
      }
      if let t = target, i.type.isPointer { bind(i.value, t) }
    case .pointerShuffle: readShuffle(i, k)
    case .structural(let name): readStructural(i, name)
    case .noReturn where k.canonicalName == "__cxa_throw":
      if let thrown = argument(0).flatMap({ cell($0) }) { graph.unify(exceptions(), thrown) }
    case .inactive where ["__cxa_begin_catch", "__cxa_get_exception_ptr"].contains(k.canonicalName):
      bind(i.value, exceptions())
    default:
      for (n, a) in arguments.enumerated() where a.type.isPointer {
        guard let c = cell(a) else { continue }
        if k.effects.access(ofArgument: n).mayWrite || k.capturesArguments { graph.mark(c, .touchedOutside) }
        if k.capturesArguments { graph.mark(c, .escaped) }
      }
      if i.type.containsPointer {
        switch i.callee.flatMap({ TextClass.member($0.name)?.returns }) {
        case .text: return bind(i.value, graph.textCell())
        case .object: if let a = argument(0), let c = cell(a) { return bind(i.value, c) }
        default: break
        }
        if k.canonicalName == "__dynamic_cast", let whole = castBase(i) { return bind(i.value, whole) }
        if let n = k.pointsIntoArgument, let a = argument(n), let c = cell(a) {
          graph.fold(c, by: 1)
          bind(i.value, c)
        } else {
          bind(i.value, graph.makeNode(.unknown))
        }
      }
    }
  }

  /// What is thrown and caught, in one: what is caught may be any of what is thrown.
  private mutating func exceptions() -> Cell {
    let c = exceptionCell ?? graph.makeNode(.unknown)
    exceptionCell = c
    return c
  }

  /// Where a downcast leads: the front end says how far into the derived class its only base of the given class lies.
  private mutating func castBase(_ i: Instruction) -> Cell? {
    guard i.argumentCount == 4, let hint = i.operand(3).integerConstant, hint >= 0, let c = cell(i.operand(0)) else {
      return nil
    }
    return graph.shifted(c, by: -hint)
  }

  /// Tree and list helpers: everything reachable through their arguments is one family of nodes. A tree's links are
  /// its parent and children, behind a colour; a list's stand first.
  private mutating func readShuffle(_ i: Instruction, _ k: FunctionKnowledge) {
    var joined: Cell?
    for a in i.arguments where a.type.isPointer {
      guard let c = cell(a) else { continue }
      if let j = joined { graph.unify(j, c) }
      joined = graph.find(c)
    }
    guard let c = joined else { return }
    graph.mark(c, .touchedOutside)
    for offset in k.canonicalName.contains("_List_node") ? [0, 8] : [8, 16, 24] {
      let at = graph.shifted(c, by: offset)
      graph.unify(graph.pointee(of: at), graph.find(Cell(node: c.node, offset: c.offset)))
    }
    if i.type.isPointer { bind(i.value, graph.find(c)) }
  }

  private mutating func readStructural(_ i: Instruction, _ name: String) {
    if name.hasPrefix("masked.load") || name.hasPrefix("masked.gather") || name.hasPrefix("masked.expandload") {
      guard let c = cell(i.operand(0)) else { return }
      if name.hasPrefix("masked.gather") { graph.fold(c, by: layout.allocSize(i.type.element)) }
      note(i.type, at: c)
      if i.type.containsPointer { bindContents(i.value, i.type, c) }
    } else if name.hasPrefix("masked.store") || name.hasPrefix("masked.scatter")
      || name.hasPrefix("masked.compressstore")
    {
      guard let c = cell(i.operand(1)) else { return }
      if name.hasPrefix("masked.scatter") { graph.fold(c, by: layout.allocSize(i.operand(0).type.element)) }
      readStore(i.operand(0), to: i.operand(1))
    } else if i.type.containsPointer {
      for a in i.arguments where a.type.containsPointer { join(i.value, a) }
    } else {
      for a in i.arguments where a.type.isPointer {
        if let c = cell(a), i.mayWriteMemory { graph.mark(c, .touchedOutside) }
      }
    }
  }
}
