package import IR
internal import LLVMShims
internal import Rules

/// Whether memory still holds, later, what was read from it.
///
/// All questions are about the whole rest of the program's run: loops are gone round, callers go on
/// after a callee returns. What LLVM's alias analysis says about two pointers is used only where neither
/// pointer changes in between.
package final class MemoryEffects {
  /// What an instruction may write.
  enum Write {
    case location(pointer: Value, size: Int)
    case nodes(Set<Int>, external: Bool)
  }
  struct Writer {
    let instruction: Instruction
    /// The number of the instruction.
    let id: Int
    let block: Int
    let write: Write
    /// What the pointer of a location points to.
    let cell: Cell?
  }
  private let program: Program
  private let graph: ObjectGraph
  private let layout: DataLayout
  private var writers: [Function: [Writer]] = [:]
  /// What each function may write, its callees included.
  private var written: [Function: (nodes: Set<Int>, external: Bool)] = [:]
  /// What each function may give back, its callees included. Derivative code waits with that until the reverse sweep is
  /// over, except in the calls that it leaves as they are: after those the memory is gone.
  private var freed: [Function: Set<Int>] = [:]
  private let touchesActive: (Instruction, Subject) -> Bool
  /// What may be written after each function returned, until the reverse sweep comes to it.
  private var writtenAfter: [Function: (nodes: Set<Int>, external: Bool)] = [:]
  private var index: [Function: WriterIndex] = [:]
  private var order: [Function: ControlOrder] = [:]
  private var fresh: [Function: FreshMemory] = [:]

  /// The numbers of stores of the root that are carried out when the reverse sweep is over.
  package let late: Set<Int>

  /// Loops of the root that are swept forward and back iteration by iteration: nothing that comes after an iteration's own end
  /// overwrites what it read before that is reversed.
  package var local: [Int] = [] { didSet { inIteration.removeAll() } }
  private var inIteration: [Int: Set<Int>] = [:]

  /// - Parameter callerWrites: split mode: the caller may write its memory between the two halves.
  /// - Parameter combined: are the sweeps of the root in one function?
  /// - Parameter touchesActive: derivative code makes the other calls of functions with bodies as the primal does, with no thought for the
  ///   reverse sweep.
  package convenience init(
    _ program: Program, callerWrites: Set<Int>, combined: Bool = false,
    touchesActive: @escaping (Instruction, Subject) -> Bool = { _, _ in true }
  ) {
    self.init(program, callerWrites, combined, touchesActive, inactiveReach: true)
  }
  private init(
    _ program: Program, _ callerWrites: Set<Int>, _ combined: Bool,
    _ touchesActive: @escaping (Instruction, Subject) -> Bool, inactiveReach: Bool
  ) {
    self.program = program
    self.touchesActive = touchesActive
    self.callerWrites = callerWrites
    self.combined = combined
    self.inactiveReach = inactiveReach
    late = combined ? LastStores.find(in: program) : []
    graph = program.graph
    layout = program.module.dataLayout
    for s in program.subjects {
      written[s.original] = ([], false)
      freed[s.original] = []
    }
    var changed = true
    while changed {
      changed = false
      for s in program.subjects.reversed() where summarizeFreed(s) { changed = true }
    }
    changed = true
    while changed {
      changed = false
      for s in program.subjects.reversed() where summarize(s) { changed = true }
    }
    for s in program.subjects {
      writers[s.original] = collect(s)
      order[s.original] = ControlOrder(s)
      var list = WriterIndex(graph)
      for (n, w) in writers[s.original]!.enumerated() { list.add(n, w.write, w.cell) }
      index[s.original] = list
    }
    for s in program.subjects { writtenAfter[s.original] = ([], false) }
    writtenAfter[program.root.original] = (callerWrites, !callerWrites.isEmpty)
    changed = true
    while changed {
      changed = false
      for s in program.subjects where spreadAfter(s) { changed = true }
    }
  }

  private let callerWrites: Set<Int>
  private let combined: Bool
  /// May functions that are declared inactive write memory that they are not given?
  private let inactiveReach: Bool
  /// The same, if they do not.
  package private(set) lazy var apartFromInactive = MemoryEffects(
    program, callerWrites, combined, touchesActive, inactiveReach: false)

  // MARK: Writers

  private func collect(_ s: Subject) -> [Writer] {
    s.instructions.enumerated().compactMap { id, i in
      if s === program.root, late.contains(id) { return nil }
      return write(of: i, in: s).map { write in
        var cell: Cell?
        if case .location(let p, _) = write { cell = graph.cell(of: p) }
        return Writer(instruction: i, id: id, block: s.blockOf[id], write: write, cell: cell)
      }
    }
  }

  private func write(of i: Instruction, in s: Subject) -> Write? {
    switch i.opcode {
    case .store: return .location(pointer: i.operand(1), size: layout.storeSize(i.operand(0).type))
    case .atomicRMW: return .location(pointer: i.operand(0), size: layout.storeSize(i.operand(1).type))
    case .cmpxchg: return .location(pointer: i.operand(0), size: layout.storeSize(i.operand(1).type))
    case .call, .invoke: return write(ofCall: i, in: s)
    default: return i.mayWriteMemory && !i.isTerminator && i.opcode != .fence ? .nodes([], external: true) : nil
    }
  }

  private func node(_ p: Value) -> Int? { graph.cell(of: p)?.node }

  private func write(ofCall i: Instruction, in s: Subject) -> Write? {
    if let bodies = program.bodies(of: i) {
      var nodes: Set<Int> = []
      var external = false
      let isLeftAlone = bodies.contains { !freed[$0.original]!.isEmpty } && !touchesActive(i, s)
      for t in bodies {
        nodes.formUnion(written[t.original]!.nodes)
        if isLeftAlone { nodes.formUnion(freed[t.original]!) }
        external = external || written[t.original]!.external
      }
      return nodes.isEmpty && !external ? nil : .nodes(nodes, external: external)
    }
    if case .known(let k, let f) = program.knowledge.target(of: i) {
      switch k.kind {
      case .memory(let m):
        let size = i.operand(m.sizeArgument).integerConstant ?? -1
        return .location(pointer: i.operand(m.targetArgument), size: size)
      case .deallocation, .reallocation:
        // Memory is given back when the reverse sweep is over, if it is read there.
        return nil
      case .math, .allocation, .marker, .noReturn, .structural, .inactive, .pointerShuffle:
        if case .inactive = k.kind, k.effects == .unknown, !f.onlyReadsMemory { return outside(i, isInactive: true) }
        var nodes: Set<Int> = []
        for (n, a) in i.arguments.enumerated() where a.type.isPointer && k.effects.access(ofArgument: n).mayWrite {
          if let x = node(a) { nodes.insert(x) }
        }
        if case .inactive = k.kind, !nodes.isEmpty { nodes = reachable(from: nodes) }
        if case .allocation(let a) = k.kind, let n = a.resultThroughPointerArgument, let x = node(i.operand(n)) {
          nodes.insert(x)
        }
        return nodes.isEmpty ? nil : .nodes(nodes, external: false)
      case .callback, .refused: return outside(i)
      }
    }
    switch program.knowledge.target(of: i) {
    case .transparent, .hint: return nil
    case .inactiveSite: return outside(i, isInactive: true)
    default: return outside(i)
    }
  }

  /// A call into unseen code.
  private func outside(_ i: Instruction, isInactive: Bool = false) -> Write? {
    if i.doesNotAccessMemory || i.onlyReadsMemory { return nil }
    let given = i.arguments.enumerated().compactMap { n, a in
      a.type.containsPointer && !i.argumentOnlyRead(n) ? node(a) : nil
    }
    let isOurs = i.callee.map(LibraryBodies.isRule) ?? false
    let reaches = !isOurs && !i.onlyAccessesArgMemory && (inactiveReach || !isInactive)
    return .nodes(reachable(from: Set(given)), external: reaches)
  }
  /// The objects, what they lead to, and the characters of the strings among them.
  private func reachable(from nodes: Set<Int>) -> Set<Int> {
    var seen: Set<Int> = []
    var work = Array(nodes)
    if let t = graph.textNode, !nodes.isEmpty { work.append(t) }
    while let n = work.popLast() {
      if seen.insert(n).inserted { work += graph.pointees(n).map(\.node) }
    }
    return seen
  }

  /// Updates what a subject may give back; true if that grew.
  private func summarizeFreed(_ s: Subject) -> Bool {
    var nodes = freed[s.original]!
    let before = nodes.count
    for i in s.instructions where i.isCall {
      if let bodies = program.bodies(of: i) {
        for t in bodies { nodes.formUnion(freed[t.original]!) }
      } else if case .known(let k, _) = program.knowledge.target(of: i) {
        switch k.kind {
        case .deallocation(let d): if let n = node(i.operand(d.pointerArgument)) { nodes.insert(n) }
        case .reallocation(let r): if let n = node(i.operand(r.pointerArgument)) { nodes.insert(n) }
        default: break
        }
      }
    }
    freed[s.original] = nodes
    return nodes.count != before
  }

  /// Updates the summary of a subject; true if it grew.
  private func summarize(_ s: Subject) -> Bool {
    var (nodes, external) = written[s.original]!
    let before = nodes.count
    let was = external
    for i in s.instructions {
      switch write(of: i, in: s) {
      case .location(let p, _): if let n = node(p) { nodes.insert(n) }
      case .nodes(let more, let e):
        nodes.formUnion(more)
        external = external || e
      case nil: break
      }
    }
    written[s.original] = (nodes, external)
    return nodes.count != before || external != was
  }

  private func spreadAfter(_ s: Subject) -> Bool {
    // A step that is reversed has been done again right before.
    if s.checkpointedLoop != nil { return false }
    var changed = false
    let own = writtenAfter[s.original]!
    for i in s.instructions where i.isCall {
      guard let bodies = program.bodies(of: i) else { continue }
      var (nodes, external) = own
      let id = s.id(i) - s.parameterCount
      for w in writers[s.original]! where follows(w, id, in: s) {
        switch w.write {
        case .location(let p, _): if let n = node(p) { nodes.insert(n) }
        case .nodes(let more, let e):
          nodes.formUnion(more)
          external = external || e
        }
      }
      for t in bodies {
        let old = writtenAfter[t.original]!
        let new = old.nodes.union(nodes)
        if new.count != old.nodes.count || (external && !old.external) {
          writtenAfter[t.original] = (new, old.external || external)
          changed = true
        }
      }
    }
    return changed
  }

  // MARK: Order

  /// May the writer run after instruction number `id` ran?
  private func follows(_ w: Writer, _ id: Int, in s: Subject) -> Bool { mayFollow(w.id, id, in: s) }

  /// May instruction `b` run after instruction `a` (both numbered in the subject)?
  package func mayFollow(_ b: Int, _ a: Int, in s: Subject) -> Bool {
    let x = s.blockOf[a]
    let y = s.blockOf[b]
    if s === program.root, let l = local.first(where: { s.loops.contains($0, x) }) {
      return x == y && b > a || reached(from: x, inIterationOf: l, s).contains(y)
    }
    return x == y && b > a || order[s.original]!.reaches(x, y)
  }

  /// The blocks that control can come to from the end of a block, up to the end of the iteration of a loop around it.
  private func reached(from block: Int, inIterationOf l: Int, _ s: Subject) -> Set<Int> {
    if let known = inIteration[block] { return known }
    let found = s.blocks(from: block, inIterationOf: l)
    inIteration[block] = found
    return found
  }

  // MARK: Questions

  /// May the memory that the load reads be overwritten after it, before the reverse sweep is over?
  package func isOverwritten(_ load: Instruction, in s: Subject) -> Bool {
    guard let c = graph.cell(of: load.operand(0)) else { return true }
    if graph.origin(c.node) == .constantGlobal { return false }
    let after = writtenAfter[s.original]!
    if after.nodes.contains(c.node) || after.external && graph.isExternal(c.node) { return true }
    return firstOverwriter(of: load, c, in: s) { _ in true } != nil
  }

  /// May any of the object that the pointer leads into be overwritten after instruction number `id`, before the reverse sweep is over?
  package func mayChange(_ pointer: Value, after id: Int, in s: Subject) -> Bool {
    guard let c = graph.cell(of: pointer) else { return true }
    if graph.origin(c.node) == .constantGlobal { return false }
    let after = writtenAfter[s.original]!
    if after.nodes.contains(c.node) || after.external && graph.isExternal(c.node) { return true }
    return writers[s.original]!.contains { w in
      guard follows(w, id, in: s) else { return false }
      switch w.write {
      case .nodes(let nodes, let external): return nodes.contains(c.node) || external && graph.isExternal(c.node)
      case .location(let p, _):
        guard let d = w.cell else { return true }
        return d.node == c.node || graph.isExternal(d.node) && graph.isExternal(c.node) && mayBeSame(p, pointer)
      }
    }
  }

  /// The instructions because of which `isOverwritten` holds; empty if it is because of what comes after the
  /// function has returned.
  package func overwriters(of load: Instruction, in s: Subject) -> [Instruction] {
    guard let c = graph.cell(of: load.operand(0)) else { return [] }
    var found: Set<Int> = []
    _ = firstOverwriter(of: load, c, in: s) {
      found.insert($0.id)
      return false
    }
    return found.sorted().map { s.instructions[$0] }
  }

  /// The first writer found, in no particular order, that may run after the load and overwrite what it read and is
  /// accepted.
  private func firstOverwriter(
    of load: Instruction, _ c: Cell, in s: Subject, where accepts: (Writer) -> Bool
  ) -> Writer? {
    let all = writers[s.original]!
    let index = index[s.original]!
    let order = order[s.original]!
    let size = layout.storeSize(load.type)
    let id = s.id(load) - s.parameterCount
    let block = s.blockOf[id]
    // Instructions are numbered in reverse postorder: what comes earlier comes again only in a loop.
    let first = order.firstBefore(block).map { s.range[$0].lowerBound } ?? id + 1
    func search(_ list: [Int]) -> Writer? {
      for n in list.suffix(from: list.partition { all[$0].id >= first }) {
        let w = all[n]
        if follows(w, id, in: s), mayOverwrite(w, load, c, size, in: s), accepts(w) { return w }
      }
      return nil
    }
    for list in index.inObject(c, size) + index.calls(c.node) + [index.unplaced] {
      if let w = search(list) { return w }
    }
    guard graph.isExternal(c.node) else { return nil }
    for f in index.families where f.node != c.node && mayBeSame(f.pointer, load.operand(0)) {
      if let w = search(f.members) { return w }
    }
    return nil
  }

  /// May the memory be overwritten on the way from the load to one of the given instructions, within one
  /// iteration of the loops that contain the load?
  package func isOverwritten(_ load: Instruction, before uses: [Int], in s: Subject) -> Bool {
    guard let c = graph.cell(of: load.operand(0)) else { return true }
    let all = writers[s.original]!
    let size = layout.storeSize(load.type)
    let id = s.id(load) - s.parameterCount
    let start = s.blockOf[id]
    // The last use in each block is after all writers that are before one of them.
    var last: [Int: Int] = [:]
    for u in uses { last[s.blockOf[u]] = max(u, last[s.blockOf[u]] ?? u) }
    let (passed, leading) = order[s.original]!.between(start, last.keys.sorted())
    for b in passed.union([start]) {
      let end = leading.contains(b) ? s.range[b].upperBound : last[b] ?? 0
      var n = all.indices.partition { all[$0].id >= (b == start ? id + 1 : s.range[b].lowerBound) }
      while n < all.count, all[n].id < end {
        if mayOverwrite(all[n], load, c, size, in: s) { return true }
        n += 1
      }
    }
    return false
  }

  private func mayOverwrite(_ w: Writer, _ load: Instruction, _ c: Cell, _ size: Int, in s: Subject) -> Bool {
    switch w.write {
    case .nodes(let nodes, let external):
      return nodes.contains(c.node) || external && graph.isExternal(c.node)
    case .location(let pointer, let wsize):
      return mayMeet(pointer, w.cell, wsize, load.operand(0), c, size)
        && !nablaTBAANoAlias(program.preparation.analyses, s.function.ref, w.instruction.ref, load.ref)
        && !fresh[s.original, default: FreshMemory(program, s)].isYounger(pointer, of: w.id, than: load)
    }
  }
  private func mayMeet(
    _ pointer: Value, _ cell: Cell?, _ wsize: Int, _ other: Value, _ c: Cell, _ size: Int
  ) -> Bool {
    guard let d = cell else { return true }
    if d.node != c.node {
      guard graph.isExternal(d.node), graph.isExternal(c.node) else { return false }
      return mayBeSame(pointer, other)
    }
    return !areDisjointFields(c, size, d, wsize)
  }
  private func mayBeSame(_ p: Value, _ q: Value) -> Bool { !isNoAlias(p, against: q) && !isNoAlias(q, against: p) }

  /// May two loads or stores touch the same bytes, in the same or in different iterations of the loops around them?
  package func mayMeet(_ a: Instruction, _ b: Instruction, in s: Subject) -> Bool {
    func place(_ i: Instruction) -> (Value, Int) {
      i.opcode == .store
        ? (i.operand(1), layout.storeSize(i.operand(0).type)) : (i.operand(0), layout.storeSize(i.type))
    }
    let (p, sizeP) = place(a)
    let (q, sizeQ) = place(b)
    guard let c = graph.cell(of: q) else { return true }
    return mayMeet(p, graph.cell(of: p), sizeP, q, c, sizeQ)
      && !nablaTBAANoAlias(program.preparation.analyses, s.function.ref, a.ref, b.ref)
  }

  /// Is the pointer derived from a `noalias` parameter that the other is not derived from?
  private func isNoAlias(_ p: Value, against q: Value) -> Bool {
    let base = p.underlyingObject
    guard base.isArgument, base != q.underlyingObject else { return false }
    guard let f = base.owner, let i = f.parameters.firstIndex(of: base) else { return false }
    return f.parameterHasAttribute(i, "noalias")
  }

  private func areDisjointFields(_ a: Cell, _ sizeA: Int, _ b: Cell, _ sizeB: Int) -> Bool {
    guard sizeA >= 0, sizeB >= 0 else { return false }
    let stride = graph.stride(a.node)
    func overlaps(_ x: Int, _ n: Int, _ y: Int, _ m: Int) -> Bool { x < y + m && y < x + n }
    func areDisjoint(_ x: Int, _ y: Int) -> Bool {
      if stride == 0 { return !overlaps(x, sizeA, y, sizeB) }
      // Both offsets are in 0..<stride; an access may run over the end into the next element.
      return sizeA <= stride && sizeB <= stride && !overlaps(x, sizeA, y, sizeB)
        && !overlaps(x + stride, sizeA, y, sizeB) && !overlaps(x, sizeA, y + stride, sizeB)
    }
    let others = graph.offsets(b)
    return graph.offsets(a).allSatisfy { x in others.allSatisfy { areDisjoint(x, $0) } }
  }

  /// What a call to a function of the program may write.
  package func written(by call: Instruction, in s: Subject) -> (nodes: Set<Int>, external: Bool) {
    guard case .nodes(let nodes, let external) = write(of: call, in: s) else { return ([], false) }
    return (nodes, external)
  }
  /// What may be written between the return of a function of the program and its reversal.
  package func writtenAfter(_ s: Subject) -> (nodes: Set<Int>, external: Bool) { writtenAfter[s.original]! }
  /// The instructions of a subject, calls to functions of the program aside, that may write memory, and what they may write.
  package func writes(in s: Subject) -> [(instruction: Instruction, nodes: Set<Int>, external: Bool)] {
    writers[s.original]!.compactMap { w in
      if w.instruction.isCall, program.bodies(of: w.instruction) != nil { return nil }
      switch w.write {
      case .location(let p, _): return (w.instruction, node(p).map { [$0] } ?? [], node(p) == nil)
      case .nodes(let nodes, let external): return (w.instruction, nodes, external)
      }
    }
  }
  /// The instructions of a subject that may write the object.
  package func writers(of node: Int, in s: Subject) -> [Instruction] {
    let all = writers[s.original]!
    return index[s.original]!.writers(of: node).map { all[$0].instruction }
  }
}

extension RandomAccessCollection where Index == Int, Element == Int {
  /// The first position in an ordered list from which on all elements are as asked for.
  fileprivate func partition(_ isAsked: (Int) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if isAsked(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Subject {
  /// The blocks that control can come to from the end of a block, up to the end of the iteration of a loop around it.
  package func blocks(from block: Int, inIterationOf l: Int) -> Set<Int> {
    var seen: Set<Int> = []
    var work = [block]
    while let b = work.popLast() {
      for s in cfg.successors[b] where s != loops.loops[l].header && loops.contains(l, s) && seen.insert(s).inserted {
        work.append(s)
      }
    }
    return seen
  }
}
