package import IR
internal import Rules

/// Everything reachable from one function that is to be differentiated: the subjects of the function
/// itself and of the functions with bodies that it may call, and the memory they work on.
package final class Program {
  package let module: Module
  package let knowledge: KnowledgeBase
  package let preparation: Preparation
  package let root: Subject
  /// The root first, then callees in the order in which they are met.
  package let subjects: [Subject]
  package let graph: ObjectGraph
  private let byFunction: [Function: Subject]
  /// The functions with bodies that each indirect call may reach.
  private let targets: [Instruction: [Function]]
  /// Functions that indirect calls in the program may reach.
  package let addressTaken: [Function]

  /// Library functions with derivatives that indirect calls may reach.
  package private(set) lazy var addressTakenLibrary: [Function] = module.functions.filter { f in
    guard f.isDeclaration, !f.isIntrinsic, Self.isAddressTaken(f) else { return false }
    switch knowledge.of(f)?.kind {
    case .math(let rule, _): return rule.parameters.allSatisfy { $0 == .real }
    case .deallocation: return true
    default: return false
    }
  }

  /// Does the module call the functions of libstdc++ for the trees of `std::map` and `std::set`?
  private(set) lazy var usesTrees = module.functions.contains { $0.isDeclaration && $0.name.contains("_Rb_tree_") }

  /// - Parameters:
  ///   - knowledge: what counts for this program, if that is not all that is known.
  ///   - seesCallers: learn what lies in the memory that a function called through pointers is given from all code of
  ///     the module that may call it. Such a function may only move words of which its callers know what they are.
  package init(
    root original: Function, preparation: Preparation, knowledge: KnowledgeBase? = nil, seesCallers: Bool = false
  ) throws {
    module = preparation.module
    let knowledge = knowledge ?? preparation.knowledge
    self.knowledge = knowledge
    self.preparation = preparation
    root = try preparation.subject(of: original)
    var found = Reachable(root, preparation, knowledge)
    try found.follow()
    let own = found.subjects
    addressTaken = found.addressTaken
    // A manager copies what only the function beside it shows the layout of.
    if let invoker = FunctionManagers.invoker(of: original, in: module) {
      try found.add(invoker)
      try found.follow(indirectCalls: false)
    }
    let siblings = VirtualSiblings.of(root, in: module)
    for f in siblings { try? found.add(f) }
    if !siblings.isEmpty { try? found.follow(indirectCalls: false) }
    if seesCallers {
      for f in Self.callersThroughPointers(of: original, in: module) { try? found.add(f) }
      try? found.follow()
    }
    let witnesses = found.subjects.dropFirst(own.count)
    var builder = GraphBuilder(
      module: module, knowledge: knowledge, subjects: found.byFunction, addressTaken: found.addressTaken)
    for w in witnesses where FunctionManagers.isInvoker(w.original, ofManager: original) {
      for p in root.function.parameters.prefix(2) { builder.join(p, w.function.parameters[0]) }
    }
    if let k = VirtualSiblings.object(of: original) {
      for f in siblings {
        guard let s = found.byFunction[f], let j = VirtualSiblings.object(of: f) else { continue }
        builder.join(root.function.parameters[k], s.function.parameters[j])
      }
    }
    for p in root.function.parameters where p.type.containsPointer {
      if let c = builder.cell(p) { builder.graph.mark(c, .argument) }
      if let c = builder.cell(p), let pointee = Self.declaredPointee(of: p, in: root.function) {
        builder.noteType(pointee, at: c)
      }
    }
    builder.build(found.subjects, roots: [root] + witnesses)
    targets = builder.targets
    let reached = builder.reachable(from: [root])
    subjects = own.filter { reached.contains($0.original) }
    byFunction = found.byFunction.filter { reached.contains($0.key) }
    if let exit = root.exit, let v = root.terminator(exit).operands.first, v.type.containsPointer,
      let c = builder.cell(v)
    {
      builder.graph.mark(c, .escaped)
    }
    builder.graph.spreadOrigins()
    graph = builder.graph
  }

  /// Can a string's own pointer be told from others wherever it is loaded? Optimised code loads it directly, and must
  /// say so by type-based alias information; all other code calls member functions.
  package private(set) lazy var showsStrings = subjects.allSatisfy { s in
    let accesses = s.instructions.lazy.filter { $0.opcode == .load || $0.opcode == .store }
    return s.original.hasAttribute("optnone") || accesses.isEmpty || accesses.contains { $0.accessedType != nil }
  }

  /// Are functions called through pointers? What they are given is a matter of programs of their own.
  package private(set) lazy var callsThroughPointers = subjects.contains { s in
    s.instructions.contains { i in
      guard i.isCall, case .indirect = knowledge.target(of: i) else { return false }
      return true
    }
  }

  /// Are all numbers that callables in the module's `std::function`s work on doubles?
  package private(set) lazy var callablesHoldDoubles = module.functions.allSatisfy { f in
    guard !f.isDeclaration, FunctionManagers.isInvoker(f) else { return true }
    guard let s = try? preparation.subject(of: f) else { return false }
    return s.instructions.allSatisfy {
      $0.opcode != .load || KindSet($0.type.scalar).isDisjoint(with: KindSet.floats.subtracting(.double))
    }
  }

  package func subject(of f: Function) -> Subject? { byFunction[f] }

  /// Is an integer that carries no derivative, stored at the cell, a floating-point number in disguise? So it is
  /// where numbers lie; where nothing is known, a constant is if it makes a plausible number, and zero is
  /// the same in either case.
  package func isNumber(_ v: Value, at c: Cell) -> Bool {
    guard v.type.scalar.isInteger, v.type.scalar.bitWidth >= 16 else { return false }
    let kinds = graph.kinds(c.node, at: c.offset)
    if !kinds.isEmpty { return kinds.isFloat && !kinds.contains(.pointer) }
    guard let n = v.integerConstant, v.type.bitWidth == 64 || v.type.bitWidth == 32 else { return false }
    // Neither denormal nor beyond all magnitudes.
    let exponent = v.type.bitWidth == 64 ? (n >> 52) & 0x7ff : (n >> 23) & 0xff
    let all = v.type.bitWidth == 64 ? 0x7ff : 0xff
    return n == 0 || exponent > 0 && exponent < all
  }

  /// Does the load take, as an integer, less than a floating-point number, out of memory that holds only wider ones?
  package func isPartOfNumber(_ load: Instruction) -> Bool {
    guard load.type.isInteger, let c = graph.cell(of: load.operand(0)) else { return false }
    let bytes = module.dataLayout.storeSize(load.type)
    let kinds = graph.kindsCovering(c)
    return kinds.isFloat && kinds.floats.allSatisfy { $0.size > bytes } || goesToParts(load, c, bytes)
  }
  /// Does a loop carry bytes from memory that came from outside, where nothing but that shows what they are, to where
  /// wider numbers lie? It copies numbers, then.
  private func goesToParts(_ load: Instruction, _ c: Cell, _ bytes: Int) -> Bool {
    partsOfNumbers.contains(c.node) && isMovedByBytes(load, c, bytes)
  }
  private func isMovedByBytes(_ load: Instruction, _ c: Cell, _ bytes: Int) -> Bool {
    bytes < 8 && (1...bytes).contains(graph.stride(c.node)) && graph.kindsCovering(c).isDisjoint(with: .floats)
      && isOnlyMoved(load)
  }
  /// Objects out of which parts of numbers are carried that came from outside, perhaps through other such objects.
  private lazy var partsOfNumbers: Set<Int> = {
    var targets: [Int: Set<Int>] = [:]
    var found: Set<Int> = []
    for s in subjects {
      for i in s.instructions where i.opcode == .load && i.type.isInteger && i.type.bitWidth < 64 {
        let bytes = module.dataLayout.storeSize(i.type)
        guard let c = graph.cell(of: i.operand(0)), isMovedByBytes(i, c, bytes) else { continue }
        for store in BitFlow(from: i.value).stores {
          guard let d = graph.cell(of: store.operand(1)), (1...bytes).contains(graph.stride(d.node)) else { continue }
          let floats = graph.kindsCovering(d).floats
          if !floats.isEmpty, floats.allSatisfy({ $0.size > bytes }) { found.insert(c.node) }
          targets[c.node, default: []].insert(d.node)
        }
      }
    }
    while let n = targets.keys.first(where: { !found.contains($0) && !found.isDisjoint(with: targets[$0]!) }) {
      found.insert(n)
    }
    var fromOutside: Set<Int> = []
    var work = found.filter { graph.isExternal($0) }
    while let n = work.popFirst() {
      if fromOutside.insert(n).inserted { work.formUnion(found.intersection(targets[n] ?? [])) }
    }
    return fromOutside
  }()

  /// Are numbers moved in parts there? Then each part is: what stands alone (a field of a structure whose offsets fold
  /// into those of its array) is an integer of its own.
  package func isMovedInParts(_ load: Instruction) -> Bool {
    guard isPartOfNumber(load), isOnlyMoved(load), let c = graph.cell(of: load.operand(0)) else { return false }
    let bytes = module.dataLayout.storeSize(load.type)
    let size = graph.kindsCovering(c).size
    let begin = (0..<size).first { graph.kinds(c.node, at: c.offset - $0).isFloat }.map { c.offset - $0 } ?? c.offset
    if bytes > 1, [begin, c.offset].contains(where: { graph.kinds(c.node, at: $0).contains(.integer) }) {
      return false
    }
    let step = graph.stride(c.node)
    if step > 0, step <= bytes { return true }
    return stride(from: begin, to: begin + size, by: bytes).allSatisfy { graph.isCarried(c.node, at: $0, size: bytes) }
  }

  /// Is an integer that was loaded only carried to other places?
  package func isOnlyMoved(_ load: Instruction) -> Bool { GraphBuilder.isOnlyMoved(load) }

  /// The callee with a body, if the call passes it more than its parameters. (C++ has `(...)` where nothing is passed.)
  package func variadicCallee(of call: Instruction) -> Subject? {
    guard let g = call.callee, g.isVarArg, let t = subject(of: g), call.argumentCount > t.parameterCount else {
      return nil
    }
    return t
  }

  /// The functions that a call may reach with a body in the program; nil if it may also go elsewhere.
  package func bodies(of call: Instruction) -> [Subject]? {
    guard call.isCall else { return nil }
    switch knowledge.target(of: call) {
    case .body(let g): return byFunction[g].map { [$0] }
    case .indirect:
      let list = (targets[call] ?? []).compactMap { byFunction[$0] }
      return list.isEmpty ? nil : list
    default: return nil
    }
  }

  private static func declaredPointee(of p: Value, in f: Function) -> Type? {
    guard let i = f.parameters.firstIndex(of: p) else { return nil }
    return f.parameterTypeAttribute(i, "byval") ?? f.parameterTypeAttribute(i, "sret")
  }

  fileprivate static func addressTakenFunctions(of module: Module) -> [Function] {
    module.functions.filter { f in
      !f.isDeclaration && !f.name.hasPrefix("nabla.") && isAddressTaken(f) && !asks(f)
    }
  }
  /// All code that may lead to a call of the function through a pointer: what calls functions of its type so, and what
  /// calls that.
  private static func callersThroughPointers(of f: Function, in module: Module) -> [Function] {
    let addressTaken = addressTakenFunctions(of: module)
    var callers: [Function: [Function]] = [:]
    for g in module.functions where !g.isDeclaration && !g.name.hasPrefix("nabla.") && !asks(g) {
      var called: Set<Function> = []
      for i in g.blocks.lazy.flatMap(\.instructions) where i.isCall {
        if let callee = i.callee {
          called.insert(callee)
        } else {
          let type = i.calledFunctionType
          called.formUnion(addressTaken.lazy.filter { type.isInterchangeable(with: $0.functionType) })
        }
      }
      for callee in called { callers[callee, default: []].append(g) }
    }
    var seen: Set = [f]
    var list = [f]
    var next = 0
    while next < list.count {
      list += (callers[list[next]] ?? []).filter { seen.insert($0).inserted }
      next += 1
    }
    return Array(list.dropFirst())
  }
  /// Does the function ask for a derivative that is not there yet? If the code that is being differentiated could call it, it would
  /// be there.
  private static func asks(_ f: Function) -> Bool {
    f.blocks.contains { $0.instructions.contains { $0.isCall && $0.callee.map(isRequest) ?? false } }
  }
  /// May a call through a pointer reach the function?
  package static func isAddressTaken(_ f: Function) -> Bool { isAddress(f.value) }
  /// Does the address of a function go anywhere but into calls of it and requests for its derivative?
  private static func isAddress(_ v: Value) -> Bool {
    v.users.contains { u in
      if u.isConstantExpression { return isAddress(u) }
      guard let i = u.instruction, i.isCall else { return true }
      return i.arguments.contains(v) && !(i.callee.map(isRequest) ?? false)
    }
  }
  private static func isRequest(_ f: Function) -> Bool {
    f.isDeclaration && ["__nabla_", "__enzyme_"].contains { f.name.contains($0) } && !f.name.contains("virtualreverse")
  }
}

/// The functions with bodies that may be called from one, and their subjects.
private struct Reachable {
  private let preparation: Preparation
  private let knowledge: KnowledgeBase
  private(set) var subjects: [Subject]
  private(set) var byFunction: [Function: Subject]
  /// Functions that indirect calls may reach; found with the first such call.
  private(set) var addressTaken: [Function] = []
  private var next = 0

  init(_ root: Subject, _ preparation: Preparation, _ knowledge: KnowledgeBase) {
    self.preparation = preparation
    self.knowledge = knowledge
    subjects = [root]
    byFunction = [root.original: root]
  }

  mutating func add(_ f: Function) throws {
    guard byFunction[f] == nil else { return }
    let s = try preparation.subject(of: f)
    byFunction[f] = s
    subjects.append(s)
  }

  /// Adds what the subjects call until there is nothing new.
  mutating func follow(indirectCalls: Bool = true) throws {
    var refusals: [Diagnostic] = []
    while next < subjects.count {
      let s = subjects[next]
      next += 1
      for g in callees(of: s, indirect: indirectCalls) {
        do { try add(g) } catch let refusal as Refusal { refusals += refusal.diagnostics }
      }
    }
    if !refusals.isEmpty { throw Refusal(refusals) }
  }

  private mutating func callees(of s: Subject, indirect: Bool) -> [Function] {
    var list: [Function] = []
    var hasIndirect = false
    for i in s.instructions where i.isCall {
      switch knowledge.target(of: i) {
      case .body(let g): list.append(g)
      case .indirect: hasIndirect = true
      default: break
      }
    }
    guard hasIndirect, indirect else { return list }
    if addressTaken.isEmpty { addressTaken = Program.addressTakenFunctions(of: preparation.module) }
    let types = Set(s.instructions.lazy.filter { $0.isCall && $0.callee == nil }.map(\.calledFunctionType))
    return list + addressTaken.filter { f in types.contains { $0.isInterchangeable(with: f.functionType) } }
  }
}

extension ObjectGraph {
  /// What the caller's memory points to is the caller's as well; what escaped takes along what it points to;
  /// what a global points to is there for everybody to see.
  mutating func spreadOrigins() {
    var work = representatives
    while let n = work.popLast() {
      let o = origin(n)
      var add: Origin = []
      if !o.isDisjoint(with: [.argument, .loaded, .unknown]) { add.insert(.loaded) }
      if o.contains(.touchedOutside), !o.isDisjoint(with: [.escaped, .unknown]) {
        add.insert([.touchedOutside, .escaped])
      }
      if !o.isDisjoint(with: [.escaped, .mutableGlobal]) { add.insert(.escaped) }
      guard !add.isEmpty else { continue }
      for p in pointees(n) where !add.isSubset(of: origin(p.node)) {
        mark(p, add)
        work.append(p.node)
      }
    }
  }

  /// Only the differentiated code itself touches the object, and nobody sees it afterwards.
  package func isPrivate(_ node: Int) -> Bool {
    let o = origin(node)
    return o.isDisjoint(with: .external) && !o.contains(.touchedOutside) && !o.contains(.escaped)
      && !o.isDisjoint(with: [.stack, .heap, .tape])
  }
  /// May the object be the same memory as another external object?
  package func isExternal(_ node: Int) -> Bool {
    let o = origin(node)
    return !o.isDisjoint(with: .external) || o.contains(.escaped) || o.isEmpty
  }
}
