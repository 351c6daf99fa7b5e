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
  private var plans: Plans?
  package var versions: Versions? { plans?.versions }
  private var pairs: [Function: Pair] = [:]
  private var tangents: [Function: (function: Function, signature: Signature)] = [:]
  private var replayPairs: [Function: ReplayPair] = [:]
  private var replayPlans: [Function: ReplayPlan] = [:]
  private var dispatchers: [DispatchKey: (Function, Signature)] = [:]
  private struct DispatchKey: Hashable {
    let type: Type
    let mode: Mode
  }
  /// Tangents from a tape only.
  private var effects: MemoryEffects?

  /// Globals that the program works with and nobody outside asks for: their shadows start at zero whenever the
  /// derivative is called.
  private var scratchGlobals: [ScratchGlobal] = []
  private struct ScratchGlobal: Hashable {
    let global: Global
    let lane: Int
  }
  func noteScratch(_ g: Global, _ lane: Int) {
    let new = ScratchGlobal(global: g, lane: lane)
    if !scratchGlobals.contains(new) { scratchGlobals.append(new) }
  }
  /// Functions with which a derivative's computation begins.
  var entries: [Function] = []
  /// What calls through pointers lead to.
  var reached: [DerivativeUnit] = []

  /// What the shadows of function pointers lead to. They are made for one direction, and those that differentiate a derivative
  /// again could not follow them.
  var functionShadow: FunctionShadow {
    if width > 1 || mode == .forwardSplit || request.isDifferentiated { return .itself }
    return mode == .forward ? .tangent : .halves
  }

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

  /// Clears the shadows of work globals where a derivative begins: its own, and those of what it calls through pointers.
  func prepareGlobals() {
    guard !entries.isEmpty else { return }
    let work = workGlobals()
    let plans = work.map {
      WorkGlobal($0.global, $0.unit.program, $0.unit.activity, ignoring: engine.produced.contains)
    }
    let lanes = (0..<width).map { lane in
      zip(work, plans).filter { $0.0.lane == lane }.map { (primal: $0.0.global, shadow: $0.0.shadow, plan: $0.1) }
    }
    if lanes.contains(where: { $0.contains { !$0.plan.links.isEmpty } }) {
      let (enter, leave) = link(lanes)
      atEntries { builder in
        let isOutermost = builder.call(enter, [])
        isOutermost.instruction?.setDoesNotThrow()
        for exit in returns(of: builder.block.function) {
          let builder = Builder(module: program.module)
          builder.position(before: exit)
          builder.call(leave, [isOutermost]).instruction?.setDoesNotThrow()
        }
      }
    }
    for (g, plan) in zip(work, plans) {
      if let clear = clearing(g.shadow, of: g.global, plan) { atEntries(clear) }
    }
    entries = []
  }
  private func workGlobals() -> [(unit: DerivativeUnit, global: Global, lane: Int, shadow: Value)] {
    var done: Set<Value> = []
    return withReached().flatMap { u in
      u.scratchGlobals.compactMap { g in
        let s = engine.shadow(of: g.global, lane: g.lane, u)
        return s != g.global.value && done.insert(s).inserted ? (u, g.global, g.lane, s) : nil
      }
    }
  }
  private func atEntries(_ write: (Builder) -> Void) {
    for f in entries {
      let builder = Builder(module: program.module)
      var at = f.entry.first
      while let x = at, x.opcode == .alloca { at = x.next }
      builder.position(before: at!)
      write(builder)
    }
  }
  private func withReached() -> [DerivativeUnit] {
    var list: [DerivativeUnit] = []
    var seen: Set<ObjectIdentifier> = []
    var work = [self]
    while let u = work.popLast() {
      guard seen.insert(ObjectIdentifier(u)).inserted else { continue }
      list.append(u)
      work += u.reached.reversed()
    }
    return list
  }
  /// What sets the numbers in the shadow of a global to zero.
  private func clearing(_ shadow: Value, of g: Global, _ plan: WorkGlobal) -> ((Builder) -> Void)? {
    let size = program.module.context.i64.constant(program.module.dataLayout.allocSize(g.valueType))
    switch plan.clearing {
    case .nothing: return nil
    case .wholly: return { $0.memset(shadow, byte: 0, count: size, alignment: max(1, g.alignment)) }
    case .numbers(let layout):
      let f = preparing("clear.\(g.name)", .function(context.void, [])) { builder, _ in
        ShadowMemory(builder: builder, adjoints: nil)
          .reverseCopy(layout, target: shadow, source: nil, size: size, skipTarget: nil, skipSource: nil)
        return nil
      }
      return { _ = $0.call(f, []) }
    }
  }
  /// Where a derivative returns.
  private func returns(of f: Function) -> [Instruction] {
    f.blocks.compactMap { b in
      guard let exit = b.terminator, exit.opcode == .ret else { return nil }
      // Nothing may come between such a call and the return.
      if let call = exit.previous, call.opcode == .call, call.isMustTail { return nil }
      return exit
    }
  }
  /// Functions that are called where a derivative begins and where it returns.
  ///
  /// The first fills in the shadows of pointers: into any of the globals, into blocks that get shadows here, or else the pointers
  /// themselves, which means that there is none. It says whether no other derivative is under way. Only then may the second note
  /// the pointers: those that differ when the next derivative begins were changed by the program itself, and their shadows are
  /// looked for anew. After an exception nothing is noted any more, and shadows stay.
  private func link(_ lanes: [[(primal: Global, shadow: Value, plan: WorkGlobal)]]) -> (
    enter: Function, leave: Function
  ) {
    let layout = program.module.dataLayout
    let i1 = context.i1
    let i64 = context.i64
    let state = engine.derivativeUnderWay
    func forEachLink(
      _ builder: Builder, _ lane: Int, _ body: (_ primal: Value, _ shadow: Value, _ last: Value, _ size: Value) -> Void
    ) {
      for g in lanes[lane] {
        for r in g.plan.links {
          let last = engine.lastPointers(in: g.primal, shadow: g.shadow)
          body(
            builder.offset(g.primal.value, r.offset), builder.offset(g.shadow, r.offset),
            builder.offset(last, r.offset),
            i64.constant(r.size))
        }
      }
    }
    let enter = preparing("link.\(program.root.original.name)", .function(i1, [])) { builder, _ in
      let isOutermost = builder.icmp(.eq, builder.load(i1, from: state), i1.zero)
      builder.store(i1.constant(1), to: state)
      for (lane, globals) in lanes.enumerated() {
        var ranges = globals.map {
          ShadowMemory.Range(
            start: builder.ptrtoint($0.primal.value, to: i64), shadow: builder.ptrtoint($0.shadow, to: i64),
            size: i64.constant(layout.allocSize($0.primal.valueType)), isBlock: false)
        }
        ranges += ShadowBlocks(unit: self, builder: builder).provide(
          globals.flatMap { g in
            g.plan.blocks.map { b in
              let last = engine.lastPointers(in: g.primal, shadow: g.shadow)
              return ShadowBlocks.Place(
                allocator: b.allocator, primal: builder.offset(g.primal.value, b.offset),
                shadow: builder.offset(g.shadow, b.offset), last: builder.offset(last, b.offset))
            }
          })
        forEachLink(builder, lane) { primal, shadow, last, size in
          ShadowMemory(builder: builder, adjoints: nil)
            .linkWords(primal: primal, shadow: shadow, last: last, size: size, isOutermost: isOutermost, ranges)
        }
      }
      return isOutermost
    }
    let leave = preparing("linked.\(program.root.original.name)", .function(context.void, [i1])) { builder, f in
      let isOutermost = f.parameters[0]
      for lane in lanes.indices {
        forEachLink(builder, lane) { primal, _, last, size in
          ShadowMemory(builder: builder, adjoints: nil).noteWords(
            primal: primal, last: last, size: size, if: isOutermost)
        }
      }
      builder.store(builder.select(isOutermost, i1.zero, builder.load(i1, from: state)), to: state)
      return nil
    }
    return (enter, leave)
  }
  private func preparing(_ name: String, _ type: Type, _ write: (Builder, Function) -> Value?) -> Function {
    let f = program.module.addFunction(engine.freshName(name), type)
    f.setInternal()
    engine.produced.append(f)
    let builder = Builder(module: program.module)
    builder.position(atEndOf: f.appendBlock("entry"))
    builder.ret(write(builder, f))
    return f
  }

  struct Pair {
    let augmented: Function
    let reverse: Function
    let augmentedSignature: Signature
    let reverseSignature: Signature
  }

  /// The two halves of tangents from a tape.
  struct ReplayPair {
    let recording: Function
    let replaying: Function
    let recordingSignature: Signature
    let replayingSignature: Signature
  }

  /// - Throws: `Refusal`.
  static func make(_ request: Request, _ engine: Engine) throws -> DerivativeUnit {
    do {
      return try DerivativeUnit(request, engine, seesCallers: false)
    } catch let refusal as Refusal where Program.isAddressTaken(request.function) {
      // Its callers may know what the function on its own does not show.
      guard let unit = try? DerivativeUnit(request, engine, seesCallers: true) else { throw refusal }
      return unit
    }
  }

  private init(_ request: Request, _ engine: Engine, seesCallers: Bool) throws {
    self.engine = engine
    self.request = request
    program = try Program(
      root: request.function, preparation: engine.preparation, knowledge: engine.knowledge(for: request.mode),
      seesCallers: seesCallers)
    if IndirectCalls.areMade(by: program) {
      throw Refusal([Diagnostic(Messages.derivativesThroughPointers(program.root), in: request.function)])
    }
    activity = Activity(program, request)
    bitKinds = BitKinds(program)
    mode = request.mode
    try checkConstants()
    if mode == .forward || mode == .forwardSplit {
      try TangentChecker.check(program, activity)
      guard mode == .forwardSplit else { return }
      let refusals = ReplayPlan.refusals(program, activity)
      if !refusals.isEmpty { throw Refusal(refusals) }
      effects = MemoryEffects(program, callerWrites: callerMemory(), touchesActive: activity.touchesActive)
      return
    }
    let split = mode != .gradient
    let effects = MemoryEffects(
      program, callerWrites: split ? callerMemory() : [], combined: !split, touchesActive: activity.touchesActive)
    plans = try Plans(program, activity, effects, split: split)
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
        i.opcode == .store && program.graph.cell(of: i.operand(1))?.node == node
          && activity.isActive(i.operand(0), in: s)
      }
    }
  }

  package func plan(_ s: Subject, split: Bool) -> ReversePlan { plans!.plan(s, split: split) }

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
        for name in ["noalias", "nonnull", "noundef"]
        where s.function.parameterHasAttribute(i, name) && s.function.parameter(i).type.isPointer {
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

  package func replayPlan(_ s: Subject) -> ReplayPlan {
    if let p = replayPlans[s.original] { return p }
    let p = ReplayPlan(program, activity, effects!, s)
    replayPlans[s.original] = p
    return p
  }

  /// The halves of the tangents of a subject from a tape.
  func replayPair(_ s: Subject) -> ReplayPair {
    if let p = replayPairs[s.original] { return p }
    let a = Signature.recording(s)
    let r = Signature.replaying(s, activity, width, isRoot: s === program.root)
    let name = s.original.name
    let pair = ReplayPair(
      recording: create("recording.\(name)", a, like: s), replaying: create("replaying.\(name)", r, like: s),
      recordingSignature: a, replayingSignature: r)
    replayPairs[s.original] = pair
    engine.later { [self] in
      let plan = replayPlan(s)
      RecordingSweep(self, plan, pair.recording, a).write()
      TangentWriter(self, s, pair.replaying, r, tape: plan).write()
    }
    return pair
  }

  /// The function that finds the derivatives behind pointers of a type, written by `make` when it is first wanted.
  func dispatcher(_ type: Type, _ mode: Mode, _ make: () -> (Function, Signature)) -> (Function, Signature) {
    let key = DispatchKey(type: type, mode: mode)
    if let d = dispatchers[key] { return d }
    let d = make()
    dispatchers[key] = d
    return d
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
  func rootTangent(_ signature: Signature, begins: Bool) -> Function {
    let s = program.root
    let f = create("\(tangentName).\(s.original.name)", signature, like: s)
    if begins { entries.append(f) }
    noteUnneeded(f, signature)
    engine.later { [self] in TangentWriter(self, s, f, signature).write() }
    return f
  }
}
