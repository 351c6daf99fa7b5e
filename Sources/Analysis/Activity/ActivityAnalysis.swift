package import IR
internal import Rules

/// Which values and memory objects carry derivatives.
///
/// *Varied*: depends on an active input. *Useful*: may reach an active output. *Active*: both. Two
/// monotone taints over values and objects, without hypotheses: an over-approximation, which costs time
/// but is never wrong.
package final class Activity {
  package let program: Program
  package let request: Request
  private var varied: [[Bool]]
  private var useful: [[Bool]]
  private var variedNodes: [Bool]
  private var usefulNodes: [Bool]
  private var shadowed: [Bool]
  private var unshadowable: [Bool]
  private var outside: [Int: Global] = [:]
  /// Functions that are called through pointers with active data, or with objects that need shadows.
  private var activeFunctionNodes: Set<Int> = []
  /// The subjects that work on active data; nil where that is not known yet.
  private var working: Set<Int>?
  private var index: PointerMap<Int> = PointerMap()
  private var changed = false

  package init(_ program: Program, _ request: Request) {
    self.program = program
    self.request = request
    varied = program.subjects.map { Array(repeating: false, count: $0.values.count) }
    useful = varied
    let n = (program.graph.representatives.max() ?? -1) + 1
    variedNodes = Array(repeating: false, count: n)
    usefulNodes = variedNodes
    shadowed = variedNodes
    unshadowable = variedNodes
    for (k, s) in program.subjects.enumerated() { index[s.function.ref] = k }
    seed()
    repeat {
      changed = false
      for k in program.subjects.indices { spreadVaried(k) }
    } while changed
    repeat {
      changed = false
      for k in program.subjects.indices.reversed() { spreadUseful(k) }
    } while changed
    findShadowed()
  }

  // MARK: Answers

  package func isVaried(_ v: Value, in s: Subject) -> Bool {
    guard let id = s.id(v) else { return false }
    return varied[subjectIndex(s)][id]
  }
  /// Does the value carry a derivative?
  package func isActive(_ v: Value, in s: Subject) -> Bool {
    guard let id = s.id(v) else { return false }
    let k = subjectIndex(s)
    return varied[k][id] && useful[k][id]
  }
  /// May the object hold values that carry derivatives?
  package func isActive(node: Int) -> Bool { variedNodes[node] && usefulNodes[node] }
  /// Must pointers to the object have a shadow: it is active, or leads to active objects?
  package func needsShadow(node: Int) -> Bool { shadowed[node] }
  package func needsShadow(_ pointer: Value) -> Bool {
    guard let c = program.graph.cell(of: pointer) else { return false }
    return shadowed[c.node]
  }
  /// May a pointer to the object have no shadow at run time (shadow equal to the pointer itself)?
  package func isMixed(node: Int) -> Bool { shadowed[node] && (unshadowable[node] || request.runtimeActivity) }
  package func isMixed(_ pointer: Value) -> Bool {
    program.graph.cell(of: pointer).map { isMixed(node: $0.node) } ?? false
  }
  /// A global variable that may have led to the object before any derivative ran: if so, the object has no shadow.
  package func globalLeading(to node: Int) -> Global? { request.runtimeActivity ? nil : outside[node] }
  /// Is the result of the subject useful?
  package func isResultActive(_ s: Subject) -> Bool {
    guard let e = s.exit, let v = s.terminator(e).operands.first else { return false }
    return isUsefulResult(s) && (isActive(v, in: s) || v.isConstant && s !== program.root && v.type.containsFloat)
      || isUsefulResult(s) && v.type.containsFloat && s !== program.root
  }
  /// The floating-point types in which active values are read from or written to memory, anywhere: bytes of other
  /// types carry no derivatives.
  package private(set) lazy var accessedKinds: KindSet = {
    var kinds: KindSet = []
    func add(_ type: Type) {
      if type.isAggregate || type.isVector {
        for k in 0..<min(type.count, 64) { add(type.member(k)) }
      } else {
        kinds.formUnion(KindSet(type).intersection(.floats))
      }
    }
    for s in program.subjects {
      for i in s.instructions {
        switch i.opcode {
        case .load: if isActive(i.value, in: s) { add(i.type) }
        case .store: if isActive(i.operand(0), in: s) { add(i.operand(0).type) }
        case .atomicRMW, .cmpxchg: add(i.operand(1).type)
        default: break
        }
      }
    }
    return kinds
  }()
  private func subjectIndex(_ s: Subject) -> Int { index[s.function.ref]! }
  private var usefulResults: Set<Int> = []
  private func isUsefulResult(_ s: Subject) -> Bool { usefulResults.contains(subjectIndex(s)) }

  // MARK: Seeds

  private func seed() {
    let root = program.root
    for (i, p) in root.function.parameters.enumerated() where i < request.parameters.count {
      let activity = request.parameters[i]
      let node = program.graph.cell(of: p)?.node
      if activity == .constant {
        if let node { unshadowable[node] = true }
        continue
      }
      if p.type.containsFloat { varied[0][root.id(p)!] = true }
      if let node { seedReachable(node) }
    }
    if request.result != .constant {
      usefulResults.insert(0)
      if let e = root.exit, let v = root.terminator(e).operands.first, v.type.containsPointer,
        let c = program.graph.cell(of: v)
      {
        seedReachable(c.node, varied: false)
      }
    }
    for n in program.graph.representatives {
      let o = program.graph.origin(n)
      if o.contains(.constantGlobal) || o.contains(.unknown) { unshadowable[n] = true }
      // Pointers in the caller's memory may equal their own shadows, where the pointee is inactive.
      if o.contains(.loaded) { unshadowable[n] = true }
      if request.sharesGlobals, o.contains(.mutableGlobal) { seedNumbersReachable(n) }
      for s in program.graph.sources(n) {
        if let g = s.global {
          if program.knowledge.declarations.inactiveGlobals.contains(g) { unshadowable[n] = true }
          if program.knowledge.isShadowKnown(g) { seedReachable(n) } else if !g.isConstant { seedOutside(behind: n, g) }
        }
      }
    }
  }
  /// What a global variable leads to may have been put there before any derivative ran.
  private func seedOutside(behind node: Int, _ g: Global) {
    for p in program.graph.pointees(node) where outside[p.node] == nil {
      for n in reachable(p.node) where outside[n] == nil {
        outside[n] = g
        unshadowable[n] = true
      }
    }
  }
  private func seedReachable(_ node: Int, varied: Bool = true) {
    for n in reachable(node) {
      if varied { variedNodes[n] = true }
      usefulNodes[n] = true
    }
  }
  /// Only where there are numbers: a counter or a file in a global stays what it is.
  private func seedNumbersReachable(_ node: Int) {
    for n in reachable(node) where program.graph.fields(n).contains(where: { $0.kinds.isFloat }) {
      variedNodes[n] = true
      usefulNodes[n] = true
    }
  }
  private func reachable(_ node: Int) -> Set<Int> {
    var work = [node]
    var seen = Set(work)
    while let n = work.popLast() {
      for p in program.graph.pointees(n) where seen.insert(p.node).inserted { work.append(p.node) }
    }
    return seen
  }

  // MARK: Varied

  private func node(_ pointer: Value) -> Int? { program.graph.cell(of: pointer)?.node }

  private func spreadVaried(_ k: Int) {
    let s = program.subjects[k]
    func get(_ v: Value) -> Bool { s.id(v).map { varied[k][$0] } ?? false }
    func set(_ v: Value) {
      if let id = s.id(v), !varied[k][id] {
        varied[k][id] = true
        changed = true
      }
    }
    for i in s.instructions {
      switch i.opcode {
      case .load:
        if let n = node(i.operand(0)), variedNodes[n], mayCarry(i) { set(i.value) }
      case .store:
        if get(i.operand(0)), let n = node(i.operand(1)) { setVaried(n) }
      case .atomicRMW:
        if let n = node(i.operand(0)) {
          if get(i.operand(1)) { setVaried(n) }
          if variedNodes[n], mayCarry(i) { set(i.value) }
        }
      case .cmpxchg:
        if let n = node(i.operand(0)) {
          if get(i.operand(2)) { setVaried(n) }
          if variedNodes[n], holdsNumbers(i.operand(0)) { set(i.value) }
        }
      case .call, .invoke: variedCall(i, k, get, set)
      default:
        if flows(i), i.operands.contains(where: { get($0) }) { set(i.value) }
      }
    }
  }
  private func setVaried(_ n: Int) {
    if !variedNodes[n] {
      variedNodes[n] = true
      changed = true
    }
  }
  private func setUseful(_ n: Int) {
    if !usefulNodes[n] {
      usefulNodes[n] = true
      changed = true
    }
  }

  /// Do numbers lie where the pointer leads?
  private func holdsNumbers(_ pointer: Value) -> Bool {
    program.graph.cell(of: pointer).map { program.graph.kinds($0.node, at: $0.offset).isFloat } ?? true
  }
  /// May the value loaded hold floating-point data (an integer may, as bits)?
  private func mayCarry(_ load: Instruction) -> Bool {
    let t = load.type
    if t.containsFloat { return true }
    guard t.scalar.isInteger || t.isAggregate, let c = program.graph.cell(of: load.operand(0)) else { return false }
    if t.isInteger, t.bitWidth < 8 { return false }
    if t.isInteger, program.graph.kinds(c.node, at: c.offset).contains(.integer), !program.isOnlyMoved(load) {
      return becomesNumber(load, c)
    }
    if t.isInteger, program.isPartOfNumber(load) { return program.isMovedInParts(load) }
    if t.isInteger, program.graph.kinds(c.node, at: c.offset).isEmpty, goesToNumbers(load) { return true }
    return program.graph.kinds(c.node, at: c.offset).isFloat
      || t.isInteger && t.bitWidth == 128 && !program.graph.kinds(c.node, at: c.offset + 8).isDisjoint(with: .floats)
      || t.isVector
        && (0..<t.count).contains {
          !program.graph.kinds(c.node, at: c.offset + $0 * program.module.dataLayout.storeSize(t.element)).isDisjoint(
            with: .floats)
        }
  }

  /// Memory may hold numbers and integers at the same offset: a union, a buffer cut into pieces, or structures that
  /// show as one (the head of a tree and its nodes). Is an integer loaded there and computed with the bits of a number?
  /// It is if a number is made of it; and if it goes back to such memory after what bits of numbers are put through.
  private func becomesNumber(_ load: Instruction, _ c: Cell) -> Bool {
    let flow = BitFlow(from: load.value)
    if !flow.kinds.isEmpty { return true }
    guard flow.meetsNumberPattern, !program.graph.fields(c.node).contains(where: { $0.kinds.contains(.pointer) }) else {
      return false
    }
    return flow.stores.contains { s in
      program.graph.cell(of: s.operand(1)).map { program.graph.kindsCovering($0).isFloat } ?? false
    }
  }

  /// Where nothing tells what lies in the memory: does the integer go, as it is, to where numbers of its size lie?
  private func goesToNumbers(_ load: Instruction) -> Bool {
    guard program.isOnlyMoved(load) else { return false }
    return BitFlow(from: load.value).stores.contains { s in
      guard let c = program.graph.cell(of: s.operand(1)) else { return false }
      return program.graph.kinds(c.node, at: c.offset).floats.contains { $0.size * 8 == load.type.bitWidth }
    }
  }

  /// Does a derivative flow from the operands to the result?
  private func flows(_ i: Instruction) -> Bool {
    switch i.opcode {
    case .fadd, .fsub: !roundsToInteger(i)
    case .fneg, .fmul, .fdiv, .frem, .fpext, .fptrunc, .phi, .select, .freeze, .bitcast,
      .extractElement, .insertElement, .shuffleVector, .extractValue, .insertValue, .trunc, .zext, .lshr,
      .shl, .or, .and, .xor:
      true
    // Arithmetic on the bits of numbers: if it becomes a number again it has to be refused, not forgotten.
    case .add, .sub, .mul, .ashr, .sext, .udiv, .sdiv, .urem, .srem: true
    case .vaArg: true
    default: false
    }
  }

  /// Is a number added to one so large that the sum is an integer, as in `(x + 2^52) - 2^52`, which rounds without a
  /// library function? The sum is a step function: piecewise constant. Only the constants that are used for this count:
  /// the one whose unit is 1, and one and a half times that, for numbers of either sign.
  private func roundsToInteger(_ i: Instruction) -> Bool {
    let unit: Double
    switch i.type.scalar.kind {
    case .double: unit = 4_503_599_627_370_496
    case .float: unit = 8_388_608
    default: return false
    }
    return i.operands.contains { o in
      o.splatFloatConstant.map { $0.magnitude == unit || $0.magnitude == 1.5 * unit } ?? false
    }
  }

  /// A variadic function finds what it is passed beyond its parameters where `va_start` says.
  private func variedVariadic(_ call: Instruction, _ t: Subject, _ get: (Value) -> Bool) {
    guard t.original.isVarArg else { return }
    let extra = call.arguments.dropFirst(t.parameterCount)
    guard
      extra.contains(where: {
        $0.type.containsFloat && get($0) || $0.type.isPointer && node($0).map { variedNodes[$0] } ?? false
      })
    else { return }
    for i in t.instructions where i.isCall {
      guard let name = i.callee?.name, name.hasPrefix("llvm.va_start"), let n = node(i.operand(0)) else { continue }
      var seen: Set<Int> = []
      var work = [n]
      while let x = work.popLast() {
        guard seen.insert(x).inserted else { continue }
        setVaried(x)
        work += program.graph.pointees(x).map(\.node)
      }
    }
  }

  private func variedCall(_ i: Instruction, _ k: Int, _ get: (Value) -> Bool, _ set: (Value) -> Void) {
    switch program.knowledge.target(of: i) {
    case .known(let known, _):
      switch known.kind {
      case .math(let rule, _):
        for (n, p) in rule.partials.enumerated() where p != nil && n < i.argumentCount && get(i.operand(n)) {
          set(i.value)
        }
      case .memory(let m):
        if let source = m.sourceArgument, let from = node(i.operand(source)), variedNodes[from],
          let to = node(i.operand(m.targetArgument)), !isTextOnly(i, m)
        {
          setVaried(to)
        }
      case .structural(let name): variedStructural(i, name, get, set)
      default: break
      }
    case .body, .indirect:
      guard let bodies = program.bodies(of: i) else { return variedOutside(i, get, set) }
      for t in bodies {
        let m = subjectIndex(t)
        variedVariadic(i, t, get)
        for (a, p) in zip(i.arguments, t.function.parameters) where get(a) {
          if !varied[m][t.id(p)!] {
            varied[m][t.id(p)!] = true
            changed = true
          }
        }
        if let e = t.exit, let r = t.terminator(e).operands.first, let id = t.id(r), varied[m][id] { set(i.value) }
      }
    case .custom, .opaque, .assembly: variedOutside(i, get, set)
    case .transparent, .hint, .inactiveSite: break
    }
  }

  /// Does the copy move characters of a string to or from where no numbers lie?
  private func isTextOnly(_ i: Instruction, _ m: MemoryRoutine) -> Bool {
    let graph = program.graph
    guard let text = graph.textNode, let source = m.sourceArgument, let s = graph.cell(of: i.operand(source)),
      let t = graph.cell(of: i.operand(m.targetArgument))
    else { return false }
    return s.node == text && !graph.kinds(t.node, at: t.offset).isFloat
      || t.node == text && !graph.kinds(s.node, at: s.offset).isFloat
  }

  private func variedStructural(
    _ i: Instruction, _ name: String, _ get: (Value) -> Bool, _ set: (Value) -> Void
  ) {
    if name.hasPrefix("masked.load") || name.hasPrefix("masked.gather") || name.hasPrefix("masked.expandload") {
      if let n = node(i.operand(0)), variedNodes[n] { set(i.value) }
      if i.arguments.contains(where: { get($0) }) { set(i.value) }
    } else if name.hasPrefix("masked.store") || name.hasPrefix("masked.scatter")
      || name.hasPrefix("masked.compressstore")
    {
      if get(i.operand(0)), let n = node(i.operand(1)) { setVaried(n) }
    } else if i.arguments.contains(where: { get($0) }) {
      set(i.value)
    }
  }

  /// A call into unseen code: whatever it is given may come out anywhere.
  private func variedOutside(_ i: Instruction, _ get: (Value) -> Bool, _ set: (Value) -> Void) {
    let nodes = i.arguments.compactMap { $0.type.containsPointer ? node($0) : nil }
    let taints = i.arguments.contains { $0.type.containsFloat && get($0) } || nodes.contains { variedNodes[$0] }
    guard taints else { return }
    if i.type.containsFloat { set(i.value) }
    for (n, a) in i.arguments.enumerated() where a.type.containsPointer && !i.argumentOnlyRead(n) && !i.onlyReadsMemory
    {
      if let x = node(a) { setVaried(x) }
    }
  }

  // MARK: Useful

  private func spreadUseful(_ k: Int) {
    let s = program.subjects[k]
    func get(_ v: Value) -> Bool { s.id(v).map { useful[k][$0] } ?? false }
    func set(_ v: Value) {
      if let id = s.id(v), !useful[k][id] {
        useful[k][id] = true
        changed = true
      }
    }
    for i in s.instructions.reversed() {
      switch i.opcode {
      case .load:
        if get(i.value), mayCarry(i), let n = node(i.operand(0)) { setUseful(n) }
      case .store:
        if let n = node(i.operand(1)), usefulNodes[n] { set(i.operand(0)) }
      case .atomicRMW:
        if let n = node(i.operand(0)) {
          if usefulNodes[n] { set(i.operand(1)) }
          if get(i.value) { setUseful(n) }
        }
      case .cmpxchg:
        if let n = node(i.operand(0)) {
          if usefulNodes[n] { set(i.operand(2)) }
          if get(i.value) { setUseful(n) }
        }
      case .ret:
        if usefulResults.contains(k), let v = i.operands.first { set(v) }
      case .call, .invoke: usefulCall(i, get, set)
      case .select:
        if get(i.value) {
          set(i.operand(1))
          set(i.operand(2))
        }
      default:
        if flows(i), get(i.value) { for o in i.operands { set(o) } }
      }
    }
  }

  private func usefulCall(_ i: Instruction, _ get: (Value) -> Bool, _ set: (Value) -> Void) {
    switch program.knowledge.target(of: i) {
    case .known(let known, _):
      switch known.kind {
      case .math(let rule, _):
        guard get(i.value) else { return }
        for (n, p) in rule.partials.enumerated() where p != nil && n < i.argumentCount { set(i.operand(n)) }
      case .memory(let m):
        if let source = m.sourceArgument, let to = node(i.operand(m.targetArgument)), usefulNodes[to],
          let from = node(i.operand(source)), !isTextOnly(i, m)
        {
          setUseful(from)
        }
      case .structural(let name): usefulStructural(i, name, get, set)
      default: break
      }
    case .body, .indirect:
      guard let bodies = program.bodies(of: i) else { return usefulOutside(i, get, set) }
      for t in bodies {
        let m = subjectIndex(t)
        for (a, p) in zip(i.arguments, t.function.parameters) where useful[m][t.id(p)!] { set(a) }
        if get(i.value), usefulResults.insert(m).inserted { changed = true }
      }
    case .custom, .opaque, .assembly: usefulOutside(i, get, set)
    case .transparent, .hint, .inactiveSite: break
    }
  }

  private func usefulStructural(
    _ i: Instruction, _ name: String, _ get: (Value) -> Bool, _ set: (Value) -> Void
  ) {
    if name.hasPrefix("masked.store") || name.hasPrefix("masked.scatter") || name.hasPrefix("masked.compressstore") {
      if let n = node(i.operand(1)), usefulNodes[n] { set(i.operand(0)) }
      return
    }
    guard get(i.value) else { return }
    if name.hasPrefix("masked.load") || name.hasPrefix("masked.gather") || name.hasPrefix("masked.expandload") {
      if let n = node(i.operand(0)) { setUseful(n) }
    }
    for a in i.arguments where a.type.containsFloat { set(a) }
  }

  private func usefulOutside(_ i: Instruction, _ get: (Value) -> Bool, _ set: (Value) -> Void) {
    let pointers = i.arguments.enumerated().filter { $0.element.type.containsPointer }
    let writesUseful = pointers.contains { n, a in
      !i.argumentOnlyRead(n) && !i.onlyReadsMemory && node(a).map { usefulNodes[$0] } ?? false
    }
    guard get(i.value) || writesUseful else { return }
    for a in i.arguments where a.type.containsFloat { set(a) }
    for (_, a) in pointers { if let n = node(a) { setUseful(n) } }
  }

  // MARK: Shadows

  /// Objects from which an active object, or a function that is called with active data, can be reached.
  private func findShadowed() {
    repeat {
      spreadShadows()
      working = nil
    } while findActiveFunctions()
    working = nil
  }
  private func spreadShadows() {
    var parents: [Int: [Int]] = [:]
    var work: [Int] = []
    for n in program.graph.representatives {
      for p in program.graph.pointees(n) { parents[p.node, default: []].append(n) }
      if isActive(node: n) || isActiveFunction(n) {
        shadowed[n] = true
        work.append(n)
      }
    }
    while let n = work.popLast() {
      for p in parents[n] ?? [] where !shadowed[p] {
        shadowed[p] = true
        work.append(p)
      }
    }
  }
  /// A function whose pointer is called with active data: its shadow holds its derivatives.
  private func isActiveFunction(_ node: Int) -> Bool {
    program.graph.origin(node).contains(.function) && activeFunctionNodes.contains(node)
  }
  /// Looks for more functions whose pointers need shadows; true if there are any.
  private func findActiveFunctions() -> Bool {
    let before = activeFunctionNodes.count
    for s in program.subjects {
      for i in s.instructions where i.isCall && i.callee == nil && !i.isInlineAssemblyCall {
        guard let c = program.graph.cell(of: i.calledValue) else { continue }
        if touchesActive(i, in: s) { activeFunctionNodes.insert(c.node) }
      }
    }
    return activeFunctionNodes.count > before
  }

  /// Does the call take, return or reach anything active? For functions with bodies, objects that need shadows are
  /// enough, such as one whose virtual functions are called with active data: who makes it makes its shadow, too.
  package func touchesActive(_ i: Instruction, in s: Subject) -> Bool {
    if isActive(i.value, in: s) { return true }
    if let t = program.variadicCallee(of: i), onlyLooks(t) { return false }
    return isPassedActive(i, in: s) || (program.bodies(of: i) ?? []).contains(where: worksOnActive)
  }
  private func isPassedActive(_ i: Instruction, in s: Subject) -> Bool {
    var seen: Set<Int> = []
    var work: [Int] = []
    for a in i.arguments {
      if a.type.containsFloat, isActive(a, in: s) { return true }
      if a.type.containsPointer, let n = node(a), seen.insert(n).inserted { work.append(n) }
    }
    if i.type.containsPointer, let n = node(i.value), seen.insert(n).inserted { work.append(n) }
    while let n = work.popLast() {
      if isActive(node: n) { return true }
      for p in program.graph.pointees(n) where seen.insert(p.node).inserted { work.append(p.node) }
    }
    switch program.knowledge.target(of: i) {
    case .body, .indirect: return (i.arguments + [i.value]).contains { $0.type.containsPointer && needsShadow($0) }
    default: return false
    }
  }

  /// Does a function work on active data, itself or by what it calls, whatever it is passed? It finds them in global variables.
  private func worksOnActive(_ s: Subject) -> Bool {
    let known = working ?? findWorking()
    working = known
    return known.contains(subjectIndex(s))
  }
  private func findWorking() -> Set<Int> {
    var found = Set(program.subjects.indices.filter { changesActive(program.subjects[$0]) })
    var work = Array(found)
    var callers: [Int: [Int]] = [:]
    for (k, s) in program.subjects.enumerated() {
      for t in s.instructions.flatMap({ program.bodies(of: $0) ?? [] }) {
        callers[subjectIndex(t), default: []].append(k)
      }
    }
    while let k = work.popLast() {
      for c in callers[k] ?? [] where found.insert(c).inserted { work.append(c) }
    }
    return found
  }
  private func changesActive(_ s: Subject) -> Bool {
    func hasShadow(_ p: Value) -> Bool { node(p).map { shadowed[$0] } ?? false }
    return s.instructions.contains { i in
      switch i.opcode {
      case .store: isActive(i.operand(0), in: s) || hasShadow(i.operand(1))
      case .atomicRMW, .cmpxchg: hasShadow(i.operand(0))
      case .call, .invoke: isActive(i.value, in: s) || isPassedActive(i, in: s)
      default: isActive(i.value, in: s)
      }
    }
  }

  /// A variadic function that prints, say, what it is passed: nothing in it is active, and it changes nothing that has
  /// a shadow. (It could not be called in another way: what lies behind its parameters can't be passed on.)
  private func onlyLooks(_ t: Subject) -> Bool {
    func hasShadow(_ p: Value) -> Bool { node(p).map { needsShadow(node: $0) } ?? true }
    return t.instructions.allSatisfy { i in
      if isActive(i.value, in: t) { return false }
      switch i.opcode {
      case .store: return !hasShadow(i.operand(1))
      case .atomicRMW, .cmpxchg: return !hasShadow(i.operand(0))
      case .call, .invoke:
        switch program.knowledge.target(of: i) {
        case .known(let k, _):
          switch k.kind {
          case .inactive, .math, .noReturn, .marker, .structural: return true
          default: return !i.arguments.contains { $0.type.isPointer && hasShadow($0) }
          }
        case .transparent, .hint, .inactiveSite: return true
        default: return i.callee != t.original && !touchesActive(i, in: t)
        }
      default: return true
      }
    }
  }
}
