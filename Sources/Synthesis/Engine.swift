package import Analysis
package import IR
package import Planning

/// What the shadow of a function pointer leads to.
enum FunctionShadow: Hashable {
  case tangent, halves
  /// Nothing: it is the pointer itself.
  case itself

  var suffix: String {
    switch self {
    case .tangent: "_forward"
    case .halves: ""
    case .itself: "_plain"
    }
  }
}

/// Synthesises derivatives in one module, each once.
package final class Engine {
  package let module: Module
  package let knowledge: KnowledgeBase
  private var knowledgeByMode: [Mode: KnowledgeBase] = [:]
  package let preparation: Preparation
  private let warn: (Diagnostic) -> Void
  private var derivatives: [Request: Function] = [:]
  private var units: [Request: DerivativeUnit] = [:]
  private var unitList: [DerivativeUnit] = []
  /// Functions and globals made so far.
  package var produced: [Function] = []
  private var globals: [Global] = []
  private var pending: [() -> Void] = []
  private var names: [String: Int] = [:]
  private var shadows: [Global: [ShadowKey: Value]] = [:]
  private var lastPointers: [Value: Value] = [:]
  private struct ShadowKey: Hashable {
    let lane: Int
    /// To which derivatives it leads, if it is a table of functions.
    let table: FunctionShadow?
    let level: Int
  }
  /// How often what works with the shadow has been differentiated: 1 for the shadow in a derivative of plain code.
  private(set) var shadowLevels: [Value: Int] = [:]
  private var functionShadows: [String: Global] = [:]
  /// What went wrong while writing: nothing a program contains should lead here, but if it does, it is a
  /// refusal and not a wrong derivative.
  var failures: [Diagnostic] = []

  package init(module: Module, declarations: Declarations, warn: @escaping (Diagnostic) -> Void) {
    self.module = module
    self.warn = warn
    var declarations = declarations
    let reason = LibraryBodies.define(in: module, &declarations)
    knowledge = KnowledgeBase(declarations)
    preparation = Preparation(module: module, knowledge: knowledge)
    if let reason = reason ?? TapeRuntime.define(in: module) {
      failures.append(Diagnostic(Messages.tapeRuntime(reason)))
    }
    if let reason = Sorting.define(in: module) { failures.append(Diagnostic(Messages.tapeRuntime(reason))) }
    FormulaEmitter.definePrelude(in: module)
  }

  /// Synthesises (or finds) the derivative.
  ///
  /// - Throws: `Refusal`; nothing of this request is then left to be used.
  package func derivative(_ request: Request) throws -> Function {
    if !failures.isEmpty { throw Refusal(failures) }
    let f = try declare(request)
    try writePending()
    return f
  }

  private func writePending() throws {
    var next = 0
    while next < pending.count {
      let job = pending[next]
      next += 1
      job()
    }
    pending = []
    for u in unitList { u.prepareGlobals() }
    for u in unitList { u.removeUnneededStores() }
    verifyNew()
    if !failures.isEmpty {
      defer { failures = [] }
      throw Refusal(failures)
    }
  }

  private var verified = 0
  /// Every derivative passes LLVM's verifier before anybody else sees it.
  private func verifyNew() {
    while verified < produced.count {
      let f = produced[verified]
      verified += 1
      guard failures.isEmpty, let reason = f.verificationError else { continue }
      failures.append(Diagnostic(Messages.invalid(f, reason)))
    }
  }

  /// The function, perhaps without its body yet.
  /// - Parameter begins: is this where a derivative's computation begins, rather than a part of another's?
  func declare(_ request: Request, begins: Bool = true) throws -> Function {
    if let f = derivatives[request] { return f }
    let f: Function
    switch request.mode {
    case .gradient:
      let unit = try unit(request)
      f = unit.gradient(.of(request, unit.activity))
    case .forward:
      let unit = try unit(request)
      f = unit.rootTangent(.of(request, unit.activity), begins: begins)
    case .augmented, .reverse, .forwardSplit:
      let unit = try unit(request)
      f = SplitWrapper(unit, request, begins: begins).write()
    }
    derivatives[request] = f
    return f
  }

  /// The facts and plans behind a derivative. Both halves of split mode share one unit.
  package func unit(_ request: Request) throws -> DerivativeUnit {
    let key = request.ofUnit
    if let u = units[key] { return u }
    let u = try DerivativeUnit.make(key, self)
    units[key] = u
    unitList.append(u)
    return u
  }

  /// The derivative of a function that is called through a pointer, as the engine's own functions call each other.
  func callee(_ f: Function, _ mode: Mode, from caller: DerivativeUnit) throws -> (Function, Signature) {
    var request = Request.byDefault(f, mode, width: caller.width)
    request.isDifferentiated = caller.request.isDifferentiated
    request.strongZero = caller.request.strongZero
    request.recordsTangents = mode == .augmented && caller.mode == .forwardSplit
    let unit = try unit(request)
    caller.reached.append(unit)
    let root = unit.program.root
    switch (mode, unit.mode) {
    case (.augmented, .forwardSplit): return (unit.replayPair(root).recording, unit.replayPair(root).recordingSignature)
    case (.forwardSplit, _): return (unit.replayPair(root).replaying, unit.replayPair(root).replayingSignature)
    case (.augmented, _): return (unit.pair(root).augmented, unit.pair(root).augmentedSignature)
    case (.reverse, _): return (unit.pair(root).reverse, unit.pair(root).reverseSignature)
    default: return unit.tangent(root)
    }
  }

  /// What counts for derivatives of a mode.
  func knowledge(for mode: Mode) -> KnowledgeBase {
    if let known = knowledgeByMode[mode] { return known }
    let new = KnowledgeBase(knowledge.declarations.counting(in: mode))
    knowledgeByMode[mode] = new
    return new
  }

  /// What functions hold that has to be given back when an exception leaves them.
  private var holdings: [(function: Function, giveBack: (Builder) -> Void)] = []
  func whenThrown(outOf f: Function, _ giveBack: @escaping (Builder) -> Void) { holdings.append((f, giveBack)) }

  func later(_ job: @escaping () -> Void) { pending.append(job) }

  func freshName(_ base: String) -> String {
    let n = names[base, default: 0]
    names[base] = n + 1
    return n == 0 ? "nabla.\(base)" : "nabla.\(base).\(n)"
  }

  // MARK: Shadows of globals and functions

  /// The shadow of a global variable, made at first use: zero where it holds numbers, pointers to shadows
  /// where it holds pointers.
  func shadow(of g: Global, lane: Int, _ unit: DerivativeUnit) -> Value {
    // Constant numbers have no derivative: they are their own shadows, which means none.
    if g.isConstant, !g.valueType.containsPointer { return g.value }
    if !g.isConstant, !knowledge.isShadowKnown(g) { unit.noteScratch(g, lane) }
    // A table of functions leads to their derivatives, which differ with the mode.
    let isTable = g.initializer.map { Self.holdsFunctions($0) } ?? false
    let table = isTable ? unit.functionShadow : nil
    // A derivative of a derivative has shadows of its own: those of the inner one are its data.
    let level = unit.shadowLevel
    let key = ShadowKey(lane: lane, table: table, level: level)
    if let v = shadows[g]?[key] { return v }
    if knowledge.declarations.inactiveGlobals.contains(g) { return g.value }
    if lane == 0, let v = knowledge.declarations.globalShadows[g] { return v }
    let name =
      "__nabla_shadow_\(g.name)" + (lane == 0 ? "" : "_\(lane)") + (table?.suffix ?? "")
      + (level == 0 ? "" : ".\(level + 1)")
    let s = module.addGlobal(name, g.valueType, initializer: g.valueType.zero)
    s.alignment = g.alignment
    if g.isThreadLocal { s.setThreadLocal(like: g) }
    globals.append(s)
    shadowLevels[s.value] = level + 1
    let v = Builder(module: module).cast(pointer: s.value, to: g.value.type)
    shadows[g, default: [:]][key] = v
    if let initial = g.initializer, initial.type.containsPointer {
      s.initializer = shadowInitializer(initial, lane, unit)
    }
    return v
  }
  /// Where the pointers in a global are kept as they were when a derivative that works with the shadow last returned. It belongs to the
  /// shadow, which several derivatives may share.
  func lastPointers(in g: Global, shadow: Value) -> Value {
    if let v = lastPointers[shadow] { return v }
    let copy = module.addGlobal("__nabla_linked_\(g.name)", g.valueType, initializer: g.valueType.zero)
    copy.alignment = g.alignment
    if g.isThreadLocal { copy.setThreadLocal(like: g) }
    globals.append(copy)
    lastPointers[shadow] = copy.value
    return copy.value
  }
  /// A flag in the module: a derivative that works with pointers in globals has begun and not returned.
  private(set) lazy var derivativeUnderWay: Value = {
    let g = module.addGlobal("__nabla_under_way", module.context.i1, initializer: module.context.i1.zero)
    globals.append(g)
    return g.value
  }()
  private static func holdsFunctions(_ v: Value, depth: Int = 0) -> Bool {
    if v.function != nil { return true }
    guard depth < 6, v.global == nil, v.type.containsPointer, !v.isNull else { return false }
    return v.operands.contains { holdsFunctions($0, depth: depth + 1) }
  }
  private func shadowInitializer(_ v: Value, _ lane: Int, _ unit: DerivativeUnit) -> Value {
    let type = v.type
    if type.isPointer { return Shadows(unit: unit, builder: Builder(module: module)).constant(v, lane) }
    guard type.isAggregate, type.containsPointer, !v.isNull, !v.isUndefOrPoison else { return type.zero }
    let parts = (0..<type.count).map { shadowInitializer(v.operands[$0], lane, unit) }
    return type.constant(aggregate: parts)
  }

  /// The shadow of a function: a pointer to its derivatives under default activities. Reverse: augmented
  /// and reverse half; forward: the tangent.
  func shadow(of f: Function, _ unit: DerivativeUnit) -> Value {
    guard unit.functionShadow != .itself, let f = body(of: f) else { return f.value }
    let mode: [Mode] = unit.functionShadow == .tangent ? [.forward] : [.augmented, .reverse]
    for m in mode { if let u = try? self.unit(.byDefault(f, m)) { unit.reached.append(u) } }
    let key = (unit.functionShadow == .tangent ? "f." : "r.") + f.name
    if let g = functionShadows[key] { return g.value }
    let type = f.value.type.isPointer ? module.context.bytePointer : f.value.type
    let array = type.array(mode.count)
    let table = module.addGlobal("__nabla_derivatives_\(f.name)", array, initializer: array.zero)
    table.isConstant = true
    functionShadows[key] = table
    globals.append(table)
    do {
      let entries = try mode.map { try declare(.byDefault(f, $0), begins: false) }
      let b = Builder(module: module)
      table.initializer = array.constant(aggregate: entries.map { b.cast(pointer: $0.value, to: type) })
    } catch let refusal as Refusal {
      failures += refusal.diagnostics
    } catch {}
    return table.value
  }

  /// The function itself, or for a library function with derivatives a function that calls it.
  func body(of f: Function) -> Function? {
    guard f.isDeclaration else { return f }
    switch knowledge.of(f)?.kind {
    case .math, .deallocation: break
    default: return nil
    }
    let name = "nabla.calls." + f.name
    if let g = module.function(named: name) { return g }
    let g = module.addFunction(name, f.functionType)
    g.setInternal()
    produced.append(g)
    let builder = Builder(module: module)
    builder.position(atEndOf: g.appendBlock("entry"))
    let call = builder.call(f, g.parameters)
    builder.ret(call.type.isVoid ? nil : call)
    return g
  }

  // MARK: End

  /// Cleans up after all requests: simplifies the derivative functions, deletes private copies.
  package func finish() {
    preparation.dispose()
    // Helpers are inlined into their users later by LLVM's own pipeline.
    markNoUnwind()
    for h in holdings where !h.function.hasAttribute("nounwind") { giveBack(h.giveBack, whenThrownOutOf: h.function) }
    for f in produced {
      preparation.promote(f)
      preparation.run(Self.cleanup, on: f)
    }
    removeUnused()
  }
  private func giveBack(_ what: (Builder) -> Void, whenThrownOutOf f: Function) {
    let builder = Builder(module: module)
    f.enterLandingPadsAlways()
    let ends = f.blocks.compactMap(\.terminator).filter { $0.opcode == .resume }
    for i in ends + [f.catchAtOneExit("thrown")].compactMap({ $0 }) {
      builder.position(before: i)
      what(builder)
    }
  }
  /// Marks the derivatives that no exception leaves: those that call nothing else but each other and functions
  /// that do not throw.
  private func markNoUnwind() {
    for name in ["malloc", "free"] { module.function(named: name)?.addAttribute("nounwind") }
    let own = Set(produced)
    var throwing: Set<Function> = []
    var callers: [Function: [Function]] = [:]
    var work: [Function] = []
    for f in produced {
      var throwsItself = false
      for b in f.blocks {
        for i in b.instructions {
          if i.opcode == .resume { throwsItself = true }
          guard i.opcode == .call, !i.doesNotThrow else { continue }
          if let g = i.callee, own.contains(g) { callers[g, default: []].append(f) } else { throwsItself = true }
        }
      }
      if throwsItself, throwing.insert(f).inserted { work.append(f) }
    }
    while let f = work.popLast() {
      for g in callers[f] ?? [] where throwing.insert(g).inserted { work.append(g) }
    }
    for f in produced where !throwing.contains(f) { f.addAttribute("nounwind") }
  }
  package static let cleanup =
    "sroa,early-cse<memssa>,instcombine,simplifycfg,loop-simplify,lcssa,loop-mssa(loop-rotate,licm,simple-loop-unswitch),"
    + "simplifycfg,instcombine,loop-simplify,lcssa,loop(indvars,loop-deletion),gvn,dse,instcombine,"
    + "simplifycfg,loop-simplify,lcssa,loop-mssa(licm),instcombine,adce,simplifycfg"

  private func removeUnused() {
    LibraryBodies.removeUnused(from: module)
    TapeRuntime.removeUnused(from: module)
    Sorting.removeUnused(from: module)
    FormulaEmitter.removeUnusedPrelude(from: module)
  }

  /// Removes everything synthesised so far.
  package func rollBack() {
    preparation.dispose()
    for f in produced { f.deleteBody() }
    for g in globals { g.initializer = g.valueType.zero }
    for f in produced where !f.value.hasUses { f.delete() }
    for g in globals where !g.value.hasUses { g.delete() }
    produced = []
    holdings = []
    verified = 0
    globals = []
    derivatives = [:]
    units = [:]
    unitList = []
    pending = []
    removeUnused()
  }

  /// The text of a stage: "subject", "loops", "types", "activity", "effects", "plan".
  package func show(_ stage: String, _ request: Request) throws -> String {
    let unit = try unit(request)
    return Show.text(stage, unit)
  }
}

extension Request {
  /// The request for a function under its default activities.
  static func byDefault(_ f: Function, _ mode: Mode, width: Int = 1) -> Request {
    let forward = mode == .forward || mode == .forwardSplit
    let parameters: [ParameterActivity] = f.functionType.parameters.map { t in
      if t.containsPointer { return .duplicated }
      if t.containsFloat { return forward ? .duplicated : .out }
      return .constant
    }
    let r = f.returnType
    let result: ReturnActivity = r.containsFloat ? .active : r.containsPointer ? .duplicated : .constant
    var request = Request(
      function: f, mode: mode, width: width, parameters: parameters, result: result,
      returnsPrimal: mode != .reverse && !r.isVoid)
    // Whoever calls through the pointer may pass pointers that have no shadow.
    request.runtimeActivity = true
    request.sharesGlobals = true
    return request
  }

  /// The request by which facts and plans are remembered: both halves of split mode share them. A tape for tangents does not
  /// depend on how many there will be at a time.
  package var ofUnit: Request {
    var key = self
    if mode == .forwardSplit || recordsTangents {
      key.mode = .forwardSplit
      if recordsTangents { key.width = 1 }
      key.recordsTangents = false
      key.parameters = parameters.map { $0 == .constant ? .constant : .duplicated }
      let r = function.returnType
      key.result = r.containsFloat ? .active : r.containsPointer ? .duplicated : .constant
    } else if mode == .reverse {
      key.mode = .augmented
    }
    if key.mode != .gradient && key.mode != .forward {
      key.returnsPrimal = false
      key.freesTape = true
    }
    return key
  }
}
