import Analysis
import IR
import Synthesis

extension Hook {
  /// The mode of the derivatives that a hook makes.
  var mode: Mode? {
    switch self {
    case .autodiff: .gradient
    case .fwddiff, .errorEstimate: .forward
    case .augmentfwd: .augmented
    case .reverse: .reverse
    case .fwdsplit: .forwardSplit
    default: nil
    }
  }
}

extension Pipeline {
  /// Carries out one call. Returns false if it is left for the link step.
  func carryOut(_ call: HookCall) -> Bool {
    guard let named = call.functionOperand?.possibleFunctions(in: module)?.only else { return true }
    if stage == .preLink, isIncomplete(named) { return false }
    attempt(call) {
      if call.hook == .batch { return try Batch(call, named).replace() }
      guard let subject = thunks.subject(for: named) else {
        throw Diagnostic.noBody(named, in: call)
      }
      try withDerivative(of: subject, named, call)
    }
    return true
  }

  /// Synthesises what the call asks for and puts it in place.
  private func withDerivative(of subject: Function, _ named: Function, _ call: HookCall) throws {
    guard let mode = call.hook.mode else {
      return try replaceVirtualReverse(VirtualReverse(call: call, function: subject))
    }
    var reading = try HookReading(call, named, mode)
    try complete(&reading)
    let result = try ResultAdaptation(reading, module.dataLayout)
    warn(reading, result)
    reading.request.function = subject
    let derivative = try withTrace("differentiating '\(named.name)' for \(call.description)") {
      try engine.derivative(reading.request)
    }
    carriedOut.append((call.description, call.instruction.sourceLocation, reading.request))
    remark(on: call, reading.request)
    if reading.flags.check { try RuntimeCheck(reading, engine).insert() }
    var replacement = DerivativeCall(reading, derivative, result)
    replacement.replace()
  }

  private func warn(_ reading: HookReading, _ result: ResultAdaptation) {
    reading.warnings.forEach(reporter.report)
    // An augmented pass may be run for its tape alone.
    if result == .first, reading.request.mode != .augmented {
      reporter.report(.onlyFirstResult(reading))
    }
    if result == .nothing { reporter.report(.noResult(reading)) }
    if case .reordered = result { reporter.report(.tapeComesFirst(reading)) }
  }

  private func replaceVirtualReverse(_ pair: VirtualReverse) throws {
    let (first, second) = pair.requests
    let augmented = try engine.derivative(first)
    let reverse = try engine.derivative(second)
    pair.replace(augmented: augmented, reverse: reverse)
  }

  /// Is a body missing that the link step may bring?
  private func isIncomplete(_ function: Function) -> Bool {
    ReferenceGraph().reachable(from: [function]).contains {
      $0.isDeclaration && !$0.isIntrinsic && $0.hookName == nil && engine.knowledge.of($0) == nil
        && !declarations.mentions($0)
    }
  }

  /// Can the call be read as it stands?
  func isReadable(_ call: HookCall) -> Bool {
    guard let functions = call.functionOperand?.possibleFunctions(in: module), !functions.isEmpty
    else {
      return false
    }
    guard let mode = call.hook.mode else { return true }
    return functions.allSatisfy { (try? HookReading(call, $0, mode)) != nil }
  }

  // MARK: Showing

  /// Prints the requests as they are read and changes nothing.
  func showRequests() {
    for call in module.hookCalls() {
      guard let mode = call.hook.mode else { continue }
      for function in call.functionOperand?.possibleFunctions(in: module) ?? [] {
        showReading(call, function, mode)
      }
    }
  }

  private func showReading(_ call: HookCall, _ function: Function, _ mode: Mode) {
    reporter.current = call
    defer { reporter.current = nil }
    do {
      var reading = try HookReading(call, function, mode)
      applyOptions(to: &reading.request)
      output(reading.description)
    } catch let diagnostic as Diagnostic {
      reporter.report(diagnostic)
    } catch {}
  }

  /// Prints stages of one request.
  func show(_ call: HookCall) {
    guard let mode = call.hook.mode,
      let named = call.functionOperand?.possibleFunctions(in: module)?.only,
      let subject = thunks.subject(for: named), var reading = try? HookReading(call, named, mode),
      (try? complete(&reading)) != nil
    else { return }
    for stage in options.show {
      if stage == "requests" {
        output(reading.description)
      } else {
        reading.request.function = subject
        showStage(stage, reading.request)
      }
    }
  }

  private func showStage(_ stage: String, _ request: Request) {
    do { output(try engine.show(stage, request)) } catch let refusal as Refusal {
      reporter.report(refusal)
    } catch let diagnostic as Diagnostic {
      reporter.report(diagnostic)
    } catch {}
  }
}
