import Analysis
import IR
import Synthesis

/// The compiler on one screen: finds what the program asks for, has it synthesised, and puts it in
/// place.
final class Pipeline {
  let module: Module
  let stage: Stage
  let options: Options
  let reporter: Reporter
  let declarations: Declarations
  let registrations: [Global]
  let engine: Engine
  var thunks: Thunks
  /// Receives what `show-…` prints.
  let output: (String) -> Void

  init(
    _ module: Module, stage: Stage = .explicit, options: Options, reporter: Reporter? = nil,
    output: @escaping (String) -> Void
  ) {
    let reporter = reporter ?? Reporter(module.context)
    let reader = DeclarationsReader(module, options, report: reporter.report)
    self.module = module
    self.stage = stage
    self.options = options
    self.reporter = reporter
    self.output = output
    declarations = reader.declarations
    registrations = reader.registrations
    engine = Engine(module: module, declarations: reader.declarations, warn: reporter.report)
    thunks = Thunks(engine.knowledge)
  }

  func run() {
    if options.show == ["requests"] { return showRequests() }
    simplifyCalls()
    // Inlined into a `try`, calls become invokes.
    if Wrappers(module: module, isReadable: isReadable).inline() { detachInvokes() }
    for call in shadowQueries { call.nameGlobal() }
    changePrecision()
    let order = RequestOrder(resolvedCalls())
    hadRequests = !order.calls.isEmpty
    tapes = TapeUses(order.calls, in: module)
    inner = order.inner
    for call in order.circular { refuse(.differentiatesItself(call), call) }
    var open = 0
    for call in order.calls where !order.circular.contains(call) {
      if !options.show.isEmpty { show(call) }
      let isWanted = options.show.isEmpty || order.inner.contains(call)
      if isWanted, !carryOut(call) { open += 1 }
    }
    beforeCleanup?()
    Unwinding.finish(module)
    engine.finish()
    replaceDenseViews()
    thunks.remove()
    if options.show.isEmpty { tidyUp(open: open) }
  }

  /// What the requests leave behind, unless a later stage still needs it.
  private func tidyUp(open: Int) {
    if stage == .preLink && (open > 0 || !hadRequests) { return }
    for query in shadowQueries { attempt(query.call, query.replace) }
    let leftovers = Leftovers(module: module)
    leftovers.removeSilentHooks(reporter.report)
    leftovers.removeMarkers()
    leftovers.removeHookDeclarations()
    if stage != .preLink { leftovers.remove(registrations) }
  }

  private var shadowQueries: [ShadowQuery] {
    module.hookCalls().filter { $0.hook == .shadow }.map { ShadowQuery(call: $0, declarations: declarations) }
  }

  var hadRequests = false
  private(set) var tapes: TapeUses?
  /// Calls that another one differentiates.
  private var inner: Set<HookCall> = []

  /// What the other calls of the module mean for the request of one, and what is said of all.
  func complete(_ reading: inout HookReading) throws {
    if reading.request.mode == .augmented, let tapes {
      reading.request.recordsTangents = try tapes.areTangents(reading)
    }
    reading.request.isDifferentiated = inner.contains(reading.call)
    applyOptions(to: &reading.request)
  }
  func applyOptions(to request: inout Request) {
    if options.strongZero { request.strongZero = true }
    if options.runtimeActivity { request.runtimeActivity = true }
  }
  /// What was carried out, in order.
  var carriedOut: [(call: String, location: String?, request: Request)] = []
  /// Asks for more derivatives, when those that the module asks for are there.
  var beforeCleanup: (() -> Void)?
}
