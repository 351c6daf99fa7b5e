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
  /// Functions that indirect calls in the program may reach.
  package let addressTaken: [Function]

  /// Library functions with a rule that indirect calls may reach.
  package private(set) lazy var addressTakenLibrary: [Function] = module.functions.filter { f in
    guard f.isDeclaration, !f.isIntrinsic, Self.isAddressTaken(f), case .math(let rule, _) = knowledge.of(f)?.kind else { return false }
    return rule.parameters.allSatisfy { $0 == .real }
  }

  package init(root original: Function, preparation: Preparation) throws {
    module = preparation.module
    knowledge = preparation.knowledge
    self.preparation = preparation
    root = try preparation.subject(of: original)
    var list = [root]
    var map = [original: root]
    var taken: [Function] = []
    var next = 0
    var refusals: [Diagnostic] = []
    while next < list.count {
      let s = list[next]
      next += 1
      var hasIndirect = false
      var callees: [Function] = []
      for i in s.instructions where i.isCall {
        switch preparation.knowledge.target(of: i) {
        case .body(let g): callees.append(g)
        case .indirect: hasIndirect = true
        default: break
        }
      }
      if hasIndirect && taken.isEmpty { taken = Self.addressTakenFunctions(of: module) }
      if hasIndirect {
        let types = Set(s.instructions.lazy.filter { $0.isCall && $0.callee == nil }.map(\.calledFunctionType))
        callees += taken.filter { f in types.contains { $0.isInterchangeable(with: f.functionType) } }
      }
      for g in callees where map[g] == nil {
        do {
          let t = try preparation.subject(of: g)
          map[g] = t
          list.append(t)
        } catch let refusal as Refusal { refusals += refusal.diagnostics }
      }
    }
    if !refusals.isEmpty { throw Refusal(refusals) }
    subjects = list
    byFunction = map
    addressTaken = taken
    var builder = GraphBuilder(
      module: module, knowledge: preparation.knowledge, subjects: map, addressTaken: taken)
    for p in root.function.parameters where p.type.containsPointer {
      if let c = builder.cell(p) { builder.graph.mark(c, .argument) }
      if let c = builder.cell(p), let pointee = Self.declaredPointee(of: p, in: root.function) {
        builder.noteType(pointee, at: c)
      }
    }
    builder.build(list)
    if let exit = root.exit, let v = root.terminator(exit).operands.first, v.type.containsPointer,
      let c = builder.cell(v)
    {
      builder.graph.mark(c, .escaped)
    }
    builder.graph.spreadOrigins()
    graph = builder.graph
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
    return kinds.isFloat && kinds.floats.allSatisfy { $0.size > bytes }
  }
  /// Are numbers moved in parts there? Then each part is: what stands alone (a field of a structure whose offsets fold
  /// into those of its array) is an integer of its own.
  package func isMovedInParts(_ load: Instruction) -> Bool {
    guard isPartOfNumber(load), isOnlyMoved(load), let c = graph.cell(of: load.operand(0)) else { return false }
    let bytes = module.dataLayout.storeSize(load.type)
    let size = graph.kindsCovering(c).size
    let begin = (0..<size).first { graph.kinds(c.node, at: c.offset - $0).isFloat }.map { c.offset - $0 } ?? c.offset
    if bytes > 1, [begin, c.offset].contains(where: { graph.kinds(c.node, at: $0).contains(.integer) }) { return false }
    let step = graph.stride(c.node)
    if step > 0, step <= bytes { return true }
    return stride(from: begin, to: begin + size, by: bytes).allSatisfy { graph.isCarried(c.node, at: $0, size: bytes) }
  }

  /// Is an integer that was loaded only carried to other places?
  package func isOnlyMoved(_ load: Instruction) -> Bool { GraphBuilder.isOnlyMoved(load) }

  /// The functions that a call may reach with a body in the program; nil if it may also go elsewhere.
  package func bodies(of call: Instruction) -> [Subject]? {
    guard call.isCall else { return nil }
    switch knowledge.target(of: call) {
    case .body(let g): return byFunction[g].map { [$0] }
    case .indirect:
      let type = call.calledFunctionType
      let list = addressTaken.filter { $0.functionType.isInterchangeable(with: type) }.compactMap { byFunction[$0] }
      return list.isEmpty ? nil : list
    default: return nil
    }
  }

  private static func declaredPointee(of p: Value, in f: Function) -> Type? {
    guard let i = f.parameters.firstIndex(of: p) else { return nil }
    return f.parameterTypeAttribute(i, "byval") ?? f.parameterTypeAttribute(i, "sret")
  }

  private static func addressTakenFunctions(of module: Module) -> [Function] {
    module.functions.filter { f in
      !f.isDeclaration && !f.name.hasPrefix("nabla.") && isAddressTaken(f)
    }
  }
  private static func isAddressTaken(_ f: Function) -> Bool {
    f.value.users.contains { u in
      guard let i = u.instruction, i.isCall else { return true }
      return i.arguments.contains(f.value)
    }
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
      if o.contains(.touchedOutside), !o.isDisjoint(with: [.escaped, .unknown]) { add.insert([.touchedOutside, .escaped]) }
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
