import Analysis
import IR
import Synthesis

/// The engine on one module, for a program that says itself which derivatives it wants.
///
///     let bench = Workbench(module, report: …)
///     bench.run { let f = try bench.derivative(wish) … }
///
/// What the module asks for itself is carried out first, as the pass would do it, so that functions
/// that differentiate others can be differentiated.
package final class Workbench {
  private let pipeline: Pipeline
  package var module: Module { pipeline.module }
  package var engine: Engine { pipeline.engine }
  package var declarations: Declarations { pipeline.declarations }

  /// - Parameter report: receives every message, worded and placed.
  package init(_ module: Module, report: @escaping (Diagnostic) -> Void) {
    let reporter = Reporter(module.context)
    reporter.printer = report
    pipeline = Pipeline(
      module, stage: .link, options: Options(show: []), reporter: reporter, output: { _ in })
  }

  /// Were there errors so far?
  package var hasErrors: Bool { pipeline.reporter.hasErrors }

  /// Carries out the module's own requests, then `body`, then tidies up. Whatever `body` throws about
  /// a derivative is reported.
  package func run(_ body: @escaping () throws -> Void) {
    pipeline.beforeCleanup = { [pipeline] in
      do { try body() } catch let refusal as Refusal {
        pipeline.reporter.report(refusal)
      } catch let diagnostic as Diagnostic {
        pipeline.reporter.report(diagnostic)
      } catch {
        pipeline.reporter.report(Diagnostic("\(error)"))
      }
    }
    pipeline.run()
    pipeline.beforeCleanup = nil
  }

  /// What the module asks for itself. Valid inside `run`.
  package var ownRequests: [(call: String, location: String?, request: Request)] {
    pipeline.carriedOut
  }

  /// The request behind a wish.
  package func request(_ wish: Wish) throws -> Request {
    var request = try wish.request(in: module)
    guard let subject = pipeline.thunks.subject(for: request.function) else {
      throw Diagnostic(
        "'\(wish.function)' has no body in this module and no known derivative; compile its source "
          + "together with it")
    }
    request.function = subject
    return request
  }

  package func derivative(_ wish: Wish) throws -> Function {
    try engine.derivative(request(wish))
  }

  package func show(_ stage: String, _ wish: Wish) throws -> String {
    try engine.show(stage, request(wish))
  }

  /// Prints stages of everything that the module asks for, and changes nothing.
  /// Returns false if there were errors.
  package static func show(
    _ stages: [String], of module: Module, report: @escaping (Diagnostic) -> Void,
    output: @escaping (String) -> Void
  ) -> Bool {
    let reporter = Reporter(module.context)
    reporter.printer = report
    Pipeline(
      module, stage: .explicit, options: Options(show: stages), reporter: reporter, output: output
    ).run()
    return !reporter.hasErrors
  }

  package static let stages = Options.stages
}

extension Module {
  /// Does the module ask for derivatives?
  package var asksForDerivatives: Bool { hookCalls().contains { $0.hook.differentiates } }

  /// Notes what only unoptimised code tells about the functions that are to be differentiated.
  package func noteParameters() { _ = Pipeline.run(on: self, .start, Options(show: [])) }
}

/// A derivative that a person asks for by the name of a function.
package struct Wish {
  package var function: String
  package var mode: Mode
  package var width = 1
  /// By position; nil, or nothing: by type.
  package var activities: [ParameterActivity?] = []
  package var result: ReturnActivity?
  package var returnsPrimal = false
  /// `gradient`: the adjoint of the result is a parameter instead of 1.
  package var takesSeed = false

  package init(_ function: String, _ mode: Mode) {
    self.function = function
    self.mode = mode
  }

  /// The function in the module: by its symbol, or by its name in the source if that is unique.
  package func find(in module: Module) throws -> Function {
    if let f = module.function(named: function) { return f }
    let named = module.functions.filter { !$0.isDeclaration && $0.hasSourceName(function) }
    if let f = named.only { return f }
    if named.count > 1 {
      throw Diagnostic(
        "several functions are called '\(function)': "
          + named.map { "'\($0.name)'" }.joined(separator: ", ") + "; name one by its symbol")
    }
    let names = module.functions.filter { !$0.isDeclaration }.map(\.name)
    let hint = closest(to: function, among: names).map { "; did you mean '\($0)'?" } ?? ""
    throw Diagnostic("there is no function '\(function)' in the module" + hint)
  }

  fileprivate func request(in module: Module) throws -> Request {
    let f = try find(in: module)
    guard !f.isVarArg else { throw Diagnostic("'\(f.name)' is variadic: it has no derivative") }
    let types = f.functionType.parameters
    guard activities.count <= types.count else {
      throw Diagnostic(
        "\(activities.count) activities for the \(types.count) parameters of '\(f.name)'")
    }
    let all = try types.indices.map { i -> ParameterActivity in
      guard i < activities.count, let said = activities[i] else {
        return types[i].defaultActivity(in: mode)
      }
      try check(said, types[i], f.parameterName(i))
      return said
    }
    let usual = f.returnType.defaultResultActivity(in: mode)
    var request = Request(
      function: f, mode: mode, width: width, parameters: all, result: result ?? usual)
    request.returnsPrimal = returnsPrimal && mode != .reverse && !f.returnType.isVoid
    request.seedParameter = takesSeed && mode == .gradient && request.result == .active
    return request
  }

  private func check(_ activity: ParameterActivity, _ type: Type, _ name: String) throws {
    switch activity {
    case .constant: return
    case .out:
      if mode.isForward {
        throw Diagnostic("'\(name)': out is for reverse mode; in forward mode say dup")
      }
      guard type.containsFloat, !type.containsPointer else {
        throw Diagnostic(
          "'\(name)' is no floating-point number, so no adjoint of it can be returned: say "
            + (type.containsPointer ? "dup or const" : "const"))
      }
    case .duplicated, .duplicatedNoNeed:
      guard type.containsPointer || mode.isForward && type.containsFloat else {
        throw Diagnostic(
          "'\(name)' is passed by value and can't have a shadow here: say "
            + (type.containsFloat ? "out or const" : "const"))
      }
    }
  }
}

extension Function {
  /// Is `name` the function's name in its source, as debug information or C++'s spelling has it?
  fileprivate func hasSourceName(_ text: String) -> Bool {
    guard name.hasPrefix("_Z") else { return false }
    if text.has("::") || text.has("(") {
      let full = demangled(name)
      return full == text || full.hasPrefix(text + "(")
    }
    return name.hasPrefix("_Z\(text.utf8.count)\(text)") || name.hasPrefix("_ZL\(text.utf8.count)\(text)")
      || name.hasSuffix("\(text.utf8.count)\(text)E") || name.contains("\(text.utf8.count)\(text)E")
  }

  /// What to call parameter `i` when talking to a person.
  package func nameOfParameter(_ i: Int) -> String { parameterName(i) }
}
