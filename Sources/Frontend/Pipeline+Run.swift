import Analysis
import IR
import Synthesis

extension Pipeline {
  /// Carries out the requests of a module as a pass. Returns true if the module was changed.
  static func run(on module: Module, _ stage: Stage, _ options: Options) -> Bool {
    if stage == .start { return noteParameters(in: module) }
    let hasWork = !module.hookCalls().isEmpty || module.globals.contains { $0.isOfInterest }
    guard hasWork else {
      // What is misspelt is often the only hook.
      if stage != .preLink { module.warnOfUnknownHooks(Reporter(module.context)) }
      return false
    }
    if options.check {
      CheckRun(module).run()
      return false
    }
    Pipeline(module, stage: stage, options: options, output: printToStandardError).run()
    return true
  }

  /// Before optimisation: notes what can be told only then about the functions to differentiate.
  private static func noteParameters(in module: Module) -> Bool {
    var functions: [Function] = []
    let reporter = Reporter(module.context)
    for call in module.hookCalls() where call.hook.differentiates {
      if let hook = call.instruction.callee, !hook.isDeclaration {
        reporter.report(.definedHook(hook, at: call.instruction))
      }
      functions += call.functionOperand?.possibleFunctions(in: module) ?? []
    }
    return functions.unique.reduce(false) { $1.noteParameters() || $0 }
  }
}

extension Global {
  /// Is this a marker or a registration?
  fileprivate var isOfInterest: Bool {
    RegistrationKind(name) != nil || MarkerName(name)?.marker != nil
  }
}

extension Module {
  fileprivate func warnOfUnknownHooks(_ reporter: Reporter) {
    for function in functions where function.isDeclaration {
      guard let suggestion = HookTable.suggestion(for: function.name),
        let call = function.value.users.lazy.compactMap(\.instruction).first
      else { continue }
      reporter.report(.unknownHook(function.name, suggestion, at: call))
    }
  }
}

extension Pipeline {
  // MARK: Before the requests

  /// Brings hook calls into a common form and does what needs no derivative.
  func simplifyCalls() {
    module.warnOfUnknownHooks(reporter)
    detachInvokes()
    for call in module.hookCalls() {
      switch call.hook {
      case .unsupported: refuse(.unsupportedHook(call), call)
      case .checkpoint:
        attempt(call) {
          let loop = try CheckpointRequest(call, declarations)
          loop.warnings.forEach(reporter.report)
          loop.replace()
        }
      case .callInactive: attempt(call) { try call.replaceByInactiveCall() }
      case .roundedValue: attempt(call) { try PrecisionChange(call, isFunction: false).replaceValue() }
      case .augmentsize: replaceByTapeSize(call)
      default: continue
      }
    }
  }

  /// Makes calls of the hooks that are invoked.
  func detachInvokes() {
    for call in module.hookCalls() where call.instruction.opcode == .invoke {
      if call.hook.mode != nil || [.batch, .callInactive, .checkpoint].contains(call.hook) {
        _ = Unwinding.detach(call.instruction, in: module)
      } else {
        _ = call.instruction.replacedByCall()
      }
    }
  }

  /// Copies functions for other formats, once what they call is in place.
  func changePrecision() {
    for call in module.hookCalls() where call.hook == .roundedFunction {
      var unchanged: [Instruction] = []
      attempt(call) { unchanged = try PrecisionChange(call, isFunction: true).replaceFunction() }
      for i in unchanged { reporter.report(.precisionKept(i, in: call)) }
    }
  }

  /// The tape is one pointer.
  private func replaceByTapeSize(_ call: HookCall) {
    let type = call.instruction.type
    if type.isInteger {
      call.instruction.value.replaceAllUses(with: type.constant(module.dataLayout.pointerSize))
    }
    call.discard()
  }

  /// The calls that ask for something, with the functions they name. A call on one of several
  /// functions becomes several calls.
  func resolvedCalls() -> [RequestOrder.Entry] {
    var entries: [RequestOrder.Entry] = []
    for call in module.hookCalls() where call.hook.differentiates || call.hook == .batch {
      guard let operand = call.functionOperand else {
        refuse(.noFunction(in: call), call)
        continue
      }
      guard let functions = operand.possibleFunctions(in: module), !functions.isEmpty else {
        refuseUnknownFunction(call)
        continue
      }
      for one in call.split(over: functions) {
        guard let f = one.functionOperand?.possibleFunctions(in: module)?.only else { continue }
        entries.append(RequestOrder.Entry(call: one, functions: [f]))
      }
    }
    return entries
  }

  /// In a function that nobody uses any more, such as a wrapper that was inlined, it does not
  /// matter.
  private func refuseUnknownFunction(_ call: HookCall) {
    let function = call.instruction.function
    if function.isDiscardable && !function.value.hasUses { return call.discard() }
    refuse(.unknownFunction(call.functionOperand, in: call), call)
  }

  // MARK: After the requests

  /// Puts functions of the program in place of memory where it asks for that.
  func replaceDenseViews() {
    guard options.show.isEmpty else { return }
    let views = DenseViews(module, derivatives: engine.produced, run: engine.preparation.run)
    let calls = module.hookCalls().filter { $0.hook == .denseView }
    let functions = calls.map(\.instruction.function)
    let groups = functions.unique.map { f in (f, zip(calls, functions).filter { $0.1 == f }.map(\.0)) }
    for (function, here) in groups {
      if DenseViews.isOpen(here) { continue }
      // Without optimisation addresses and arguments lie in variables.
      engine.preparation.run("sroa", on: function)
      var read: [DenseView] = []
      for call in here { attempt(call) { read.append(try DenseView(call)) } }
      guard let first = read.first?.call, read.count == here.count else { continue }
      attempt(first) { try views.replace(read, in: function) }
    }
  }

  // MARK: Errors

  /// Reports an error about a call and takes the call out, so that the module stays valid.
  func refuse(_ diagnostic: Diagnostic, _ call: HookCall) {
    attempt(call) { throw diagnostic }
  }

  /// Does something about a call; if that is refused, reports it and takes the call out.
  func attempt(_ call: HookCall, _ body: () throws -> Void) {
    reporter.current = call
    defer { reporter.current = nil }
    do { return try body() } catch let refusal as Refusal {
      reporter.report(refusal)
    } catch let diagnostic as Diagnostic {
      reporter.report(diagnostic)
    } catch {
      unreachable("an error of another kind: \(error)")
    }
    call.discard()
  }
}
