package import Analysis
package import IR
package import Planning

/// Everything about the derivatives of one program for one request: facts once, then the functions that
/// are needed, each once.
package final class DerivativeUnit {
  unowned let engine: Engine
  package let request: Request
  package let program: Program
  package let activity: Activity
  package let mode: Mode
  var width: Int { request.width }
  let bitKinds: BitKinds
  /// Reverse modes only.
  package private(set) var versions: Versions?
  private var pairs: [Function: Pair] = [:]
  private var tangents: [Function: (function: Function, signature: Signature)] = [:]
  /// A recursive root has two plans: sweeps in one function and in two.
  private var plans: [PlanKey: ReversePlan] = [:]
  private struct PlanKey: Hashable {
    let function: Function
    let split: Bool
  }

  /// Globals that the program works with and nobody outside asks for: their shadows start at zero whenever the
  /// derivative is called.
  var scratchGlobals: [(global: Global, lane: Int)] = []
  /// Functions of which a derivative's computation begins.
  var entries: [Function] = []

  /// Takes out what derivatives write for nobody, once they are written.
  func removeUnneededStores() {
    for (f, pointer) in unneeded { UnneededStores.remove(from: f, behind: pointer) }
    unneeded = []
  }
  /// Primal memory that the caller does not need: derivatives with their pointers.
  private var unneeded: [(Function, Value)] = []
  private func noteUnneeded(_ f: Function, _ signature: Signature) {
    for i in request.parameters.indices where request.parameters[i] == .duplicatedNoNeed {
      if let p = signature.parameter(.primal(i), of: f), p.type.isPointer { unneeded.append((f, p)) }
    }
  }

  /// How many derivatives, one inside the other, the program consists of, as the shadows of globals show that it
  /// works with.
  private(set) lazy var shadowLevel: Int = {
    guard !engine.shadowLevels.isEmpty else { return 0 }
    func level(_ v: Value) -> Int {
      if let l = engine.shadowLevels[v] { return l }
      return v.isConstantExpression ? v.operands.reduce(0) { max($0, level($1)) } : 0
    }
    return program.subjects.reduce(0) { $1.instructions.reduce($0) { $1.operands.reduce($0) { max($0, level($1)) } } }
  }()

  /// Clears the shadows of work globals where a derivative begins.
  func clearGlobals() {
    var done: Set<Value> = []
    for (g, lane) in scratchGlobals {
      let s = engine.shadow(of: g, lane: lane, self)
      guard s != g.value, done.insert(s).inserted, let clear = clearing(s, of: g) else { continue }
      for f in entries {
        let builder = Builder(module: program.module)
        var at = f.entry.first
        while let x = at, x.opcode == .alloca { at = x.next }
        builder.position(before: at!)
        clear(builder)
      }
    }
    scratchGlobals = []
    entries = []
  }
  /// What sets the numbers in the shadow of a global to zero, in all of it if there are no pointers; nil if there are
  /// no numbers.
  private func clearing(_ shadow: Value, of g: Global) -> ((Builder) -> Void)? {
    let size = program.module.context.i64.constant(program.module.dataLayout.allocSize(g.valueType))
    guard g.valueType.containsPointer else {
      return { $0.memset(shadow, byte: 0, count: size, alignment: max(1, g.alignment)) }
    }
    guard let c = program.graph.cell(of: g.value), activity.isActive(node: c.node) else { return nil }
    // Words that may be either are told apart when the program runs.
    let layout = CopyLayout(c, size: size.integerConstant, program, activity) ?? .words
    guard layout.movesNumbers else { return nil }
    let f = program.module.addFunction(engine.freshName("clear.\(g.name)"), .function(program.module.context.void, []))
    f.setInternal()
    engine.produced.append(f)
    let builder = Builder(module: program.module)
    builder.position(atEndOf: f.appendBlock("entry"))
    ShadowMemory(builder: builder, adjoints: nil)
      .reverseCopy(layout, target: shadow, source: nil, size: size, skipTarget: nil, skipSource: nil)
    builder.ret(nil)
    return { _ = $0.call(f, []) }
  }

  struct Pair {
    let augmented: Function
    let reverse: Function
    let augmentedSignature: Signature
    let reverseSignature: Signature
  }

  init(_ request: Request, _ engine: Engine) throws {
    self.engine = engine
    self.request = request
    program = try Program(root: request.function, preparation: engine.preparation)
    if IndirectCalls.areMade(by: request.function) {
      throw Refusal([Diagnostic(Messages.derivativesThroughPointers(program.root), in: request.function)])
    }
    activity = Activity(program, request)
    bitKinds = BitKinds(program)
    mode = request.mode
    try checkConstants()
    guard mode != .forward else {
      try TangentChecker.check(program, activity)
      return
    }
    let split = mode != .gradient
    let effects = MemoryEffects(program, callerWrites: split ? callerMemory() : [])
    versions = try Versions(program, activity, effects, split: split)
  }

  /// Memory that the caller may overwrite between the two halves of split mode.
  private func callerMemory() -> Set<Int> {
    var seen: Set<Int> = []
    var work: [Int] = []
    for (i, p) in program.root.function.parameters.enumerated() where p.type.containsPointer {
      if !request.notOverwritten[i], let c = program.graph.cell(of: p) { work.append(c.node) }
    }
    for n in program.graph.representatives where program.graph.origin(n).contains(.mutableGlobal) { work.append(n) }
    while let n = work.popLast() {
      if seen.insert(n).inserted { work += program.graph.pointees(n).map(\.node) }
    }
    return seen
  }

  /// Refuses a const parameter through whose memory active data flows.
  private func checkConstants() throws {
    let graph = program.graph
    let root = program.root
    var refusals: [Diagnostic] = []
    for (i, p) in root.function.parameters.enumerated() where request.parameters[i] == .constant && p.type.isPointer {
      guard let c = graph.cell(of: p), activity.isActive(node: c.node), !request.runtimeActivity else { continue }
      // Only where nothing else shares the object: else the flow may be through the others.
      guard graph.origin(c.node).isSubset(of: [.argument, .loaded]) else { continue }
      let shared = root.function.parameters.enumerated().contains { j, q in
        j != i && request.parameters[j] != .constant && graph.cell(of: q).map { reaches($0.node, c.node) } ?? false
      }
      if !shared, storesActive(to: c.node) {
        refusals.append(Diagnostic(Messages.constantFlow(root, p, i), in: root.original))
      }
    }
    if !refusals.isEmpty { throw Refusal(refusals) }
  }
  private func reaches(_ a: Int, _ b: Int) -> Bool {
    var seen: Set<Int> = []
    var work = [a]
    while let n = work.popLast() {
      if n == b { return true }
      if seen.insert(n).inserted { work += program.graph.pointees(n).map(\.node) }
    }
    return false
  }
  private func storesActive(to node: Int) -> Bool {
    program.subjects.contains { s in
      s.instructions.contains { i in
        i.opcode == .store && program.graph.cell(of: i.operand(1))?.node == node && activity.isActive(i.operand(0), in: s)
      }
    }
  }

  /// Functions whose augmented half keeps nothing, so that no tape is handed on: assumed of all, and given up
  /// for those whose plan needs something, until that holds.
  private lazy var frameless: Set<Function> = {
    var set = Set(program.subjects.filter { $0.checkpointedLoop == nil }.map(\.original))
    var changed = true
    while changed {
      changed = false
      for s in program.subjects where set.contains(s.original) {
        if !ReversePlan(versions!, s, split: true, frameless: set).isFrameless {
          set.remove(s.original)
          changed = true
        }
      }
    }
    return set
  }()

  package func plan(_ s: Subject, split: Bool) -> ReversePlan {
    let key = PlanKey(function: s.original, split: split)
    if let p = plans[key] { return p }
    let p = ReversePlan(versions!, s, split: split, frameless: program.subjects.count > 1 ? frameless : [])
    plans[key] = p
    return p
  }

  // MARK: Functions

  private var tangentName: String { request.estimatesErrors ? "error" : "tangent" }
  private var context: Context { program.module.context }

  private func create(_ name: String, _ signature: Signature, like s: Subject) -> Function {
    let f = program.module.addFunction(engine.freshName(name), signature.type)
    f.setInternal()
    f.copyAttributes(from: s.original)
    f.copyPersonality(from: s.function)
    for (k, p) in signature.parameters.enumerated() {
      switch p {
      case .primal(let i):
        for name in ["noalias", "nonnull", "noundef"] where s.function.parameterHasAttribute(i, name) && s.function.parameter(i).type.isPointer {
          f.addAttribute(name, at: k + 1)
        }
        f.parameter(k).name = s.function.parameter(i).name
      case .shadow(let i, let lane):
        f.parameter(k).name = s.function.parameter(i).name + "'" + (lane == 0 ? "" : "\(lane)")
      case .frame, .arena: f.addAttribute("noundef", at: k + 1)
      default: break
      }
    }
    engine.produced.append(f)
    return f
  }

  /// The two halves of the reverse derivative of a subject.
  func pair(_ s: Subject) -> Pair {
    if let p = pairs[s.original] { return p }
    let a = Signature.augmented(s, activity, width)
    let r = Signature.reverse(s, activity, width)
    let name = s.original.name
    let pair = Pair(
      augmented: create("augmented.\(name)", a, like: s), reverse: create("reverse.\(name)", r, like: s),
      augmentedSignature: a, reverseSignature: r)
    pairs[s.original] = pair
    engine.later { [self] in
      if let loop = CheckpointDriver(self, s, pair) { return loop.write() }
      if let loop = fixedPoint(s, pair.augmented, a) { return loop.writePair(pair) }
      let plan = plan(s, split: true)
      let forward = ForwardSweep(self, plan, pair.augmented, a)
      forward.write()
      let reverse = ReverseSweep(self, plan, pair.reverse, r, forward: nil)
      reverse.write()
    }
    return pair
  }

  private func fixedPoint(_ s: Subject, _ f: Function, _ signature: Signature) -> FixedPointDriver? {
    s.checkpointedLoop?.kind == .fixedPoint ? FixedPointDriver(self, s, f, signature) : nil
  }

  /// Forward and reverse sweep of the root in one function.
  func gradient(_ signature: Signature) -> Function {
    let s = program.root
    let f = create("gradient.\(s.original.name)", signature, like: s)
    entries.append(f)
    noteUnneeded(f, signature)
    engine.later { [self] in
      let plan = plan(s, split: false)
      let forward = ForwardSweep(self, plan, f, signature)
      forward.write()
      ReverseSweep(self, plan, f, signature, forward: forward).write()
    }
    return f
  }

  /// The tangent of a subject.
  func tangent(_ s: Subject) -> (function: Function, signature: Signature) {
    if let t = tangents[s.original] { return t }
    let signature = Signature.tangent(s, activity, width)
    let f = create("\(tangentName).\(s.original.name)", signature, like: s)
    tangents[s.original] = (f, signature)
    engine.later { [self] in
      if let loop = fixedPoint(s, f, signature) { return loop.writeTangent(f, signature) }
      TangentWriter(self, s, f, signature).write()
    }
    return (f, signature)
  }
  /// The tangent of the root, with the signature that was asked for.
  func rootTangent(_ signature: Signature) -> Function {
    let s = program.root
    let f = create("\(tangentName).\(s.original.name)", signature, like: s)
    entries.append(f)
    noteUnneeded(f, signature)
    engine.later { [self] in TangentWriter(self, s, f, signature).write() }
    return f
  }
}
