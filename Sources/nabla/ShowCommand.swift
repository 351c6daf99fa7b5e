import Analysis
import ArgumentParser
import Frontend
import IR

/// Prints a stage of the engine.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what the engine makes of a program: requests, facts, plans.",
    discussion: """
      Of everything that the program asks for; or, with --function, of a derivative that it does not ask for.
      The stages are those of docs/architecture.md, and the same as -passes='nabla<show-STAGE>'.

      EXAMPLES
        nabla show plan energy.c
        nabla show activity energy.ll --function energy --mode forward
      """)

  enum Stage: String, CaseIterable, ExpressibleByArgument {
    case requests, subject, types, activity, effects, loops, plan
  }

  @Argument(help: "requests, subject, types, activity, effects, loops or plan.")
  var stage: Stage

  @OptionGroup var input: InputOptions
  @OptionGroup var derivative: DerivativeOptions
  @OptionGroup var level: LevelOption

  @Option(name: [.short, .long], help: "forward, reverse or split.")
  var mode: ModeName = .reverse

  func run() throws {
    let messages = MessagePrinter()
    var failure: (any Error)?
    _ = try input.prepared(level: level.level) { module in
      do { try show(module, messages) } catch { failure = error }
    }
    if let failure { throw failure }
    if messages.errors > 0 { throw ExitCode(1) }
  }

  private func show(_ module: Module, _ messages: MessagePrinter) throws {
    if derivative.function == nil {
      try input.requireRequests(of: module, messages)
      _ = Workbench.show([stage.rawValue], of: module, report: messages.print) {
        Terminal.print($0.hasSuffix("\n") ? $0 : $0 + "\n")
      }
      return
    }
    guard stage != .requests else { throw Failure("requests are in the program; leave out --function", status: 2) }
    let wish = try derivative.wish(mode.modes[0])
    let bench = Workbench(module, report: messages.print)
    bench.run { Terminal.print(try bench.show(stage.rawValue, wish) + "\n") }
  }
}

/// The modes as the command line spells them.
enum ModeName: String, CaseIterable, ExpressibleByArgument {
  case forward, reverse, split

  var modes: [Mode] {
    switch self {
    case .forward: [.forward]
    case .reverse: [.gradient]
    case .split: [.augmented, .reverse]
    }
  }
}
