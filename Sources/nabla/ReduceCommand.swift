import Analysis
import ArgumentParser
import Checking
import Frontend
import Glibc
import IR

/// Makes a failure small.
struct Reduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a small reproducer of a refusal, a crash or a wrong derivative, by llvm-reduce.",
    discussion: """
      What fails is found out first: a message, a crash, or (with --wrong) a derivative that `nabla check` finds wrong. \
      Then llvm-reduce takes away whatever that does not need. A message counts as the same if it says the same apart from names.

      EXAMPLES
        nabla reduce big.ll -o small.ll                 what the program asks for itself
        nabla reduce big.c --function f --mode forward
        nabla reduce big.ll --function f --wrong
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var derivative: DerivativeOptions
  @OptionGroup var level: LevelOption

  @Option(name: [.short, .long], help: "With --function: forward, reverse or split.")
  var mode: ModeName = .reverse

  @Flag(name: .long, help: "Reduce a wrong derivative of --function, not a refusal.")
  var wrong = false

  @Option(name: .long, help: "Reduce the refusal whose message has this text.")
  var message: String?

  @Option(name: [.short, .long], help: "Where to write the reproducer.", completion: .file(extensions: ["ll"]))
  var output = "reduced.ll"

  func validate() throws {
    if wrong && derivative.function == nil { throw ValidationError("--wrong needs --function") }
  }

  func run() throws {
    guard let tool = Toolchain.tool("llvm-reduce") else {
      throw Failure(
        "llvm-reduce \(Toolchain.major) is not installed (Debian: apt install llvm-\(Toolchain.major)-tools); "
          + "without it, take away code by hand as long as the message stays")
    }
    try Files.withTemporaryDirectory { directory in
      let start = "\(directory)/start.bc"
      try writeModule(to: start)
      let trial = Trial(self)
      let failure = try trial.failure(of: start)
      Terminal.print("reducing: \(failure.description)\n", to: 2)
      let script = "\(directory)/interesting.sh"
      try Files.write(trial.script(failure), to: script)
      chmod(script, 0o755)
      let result = "\(directory)/reduced.ll"
      let progress = Progress()
      progress.show("llvm-reduce …")
      let outcome = try Subprocess.run([tool, "--test=\(script)", "-o", result, start])
      progress.clear()
      guard outcome.end.isSuccess, let reduced = try? Module.read(result) else {
        throw Failure(
          "llvm-reduce failed: " + (outcome.errors.split(separator: "\n").first.map(String.init) ?? "no message"))
      }
      try Files.write(reduced.description, to: output)
      let before = try Module.read(start).size
      let after = reduced.size
      Terminal.print(
        "\(output): \(after.functions) functions, \(after.instructions) instructions (from \(before.functions) and \(before.instructions))\n"
          + "again: \(trial.again(output))\n")
    }
  }

  /// The module as the pass would find it, with its requests.
  private func writeModule(to path: String) throws {
    var bytes: [UInt8] = []
    _ = try input.prepared(level: level.level) { bytes = $0.bitcode }
    try Files.write(bytes, to: path)
  }
}

extension Module {
  fileprivate var size: (functions: Int, instructions: Int) {
    let bodies = functions.filter { !$0.isDeclaration }
    return (bodies.count, bodies.reduce(0) { $0 + $1.instructionCount })
  }
}

/// A try to see the failure.
private struct Trial {
  enum Failing {
    case refused(String)
    case crashed
    case wrong

    var description: String {
      switch self {
      case .refused(let message): message
      case .crashed: "a crash"
      case .wrong: "a wrong derivative"
      }
    }
  }
  let command: Reduce

  init(_ command: Reduce) { self.command = command }

  private var options: [String] {
    guard let f = command.derivative.function else { return [] }
    var list = ["--function", f, "--mode", command.mode.rawValue]
    if let activity = command.derivative.activity { list += ["--activity", activity] }
    return list
  }

  /// What goes wrong with the whole program.
  func failure(of file: String) throws -> Failing {
    if command.wrong {
      let outcome = try Subprocess.run(checkCommand(file), seconds: 300)
      guard outcome.output.hasPrefix("wrong") else {
        throw Failure(
          "the derivative of '\(command.derivative.function!)' is not wrong, as far as `nabla check` can tell",
          status: 1)
      }
      return .wrong
    }
    let outcome = try Subprocess.run([Files.executable, "interesting", file] + options, seconds: 600)
    if case .killed = outcome.end { return .crashed }
    let messages = outcome.output.split(separator: "\n").map(String.init)
    let wanted = command.message.map { text in messages.filter { $0.contains(text) } } ?? messages
    guard let first = wanted.first else {
      throw Failure(
        messages.isEmpty
          ? "nothing fails: the derivative is made (for one that is wrong: --wrong)"
          : "no message has that text; there are:\n"
            + messages.joined(separator: "\n"), status: 1)
    }
    return .refused(first)
  }

  private func checkCommand(_ file: String) -> [String] {
    var list = [
      Files.executable, "check", file, "--function", command.derivative.function!, "--verdict", "--levels", "1",
      "--samples", "1", "--timeout", "20",
    ]
    if let activity = command.derivative.activity { list += ["--activity", activity] }
    return list
  }

  /// The program that llvm-reduce asks.
  func script(_ failure: Failing) -> String {
    func quoted(_ text: String) -> String {
      "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
    switch failure {
    case .wrong:
      return "#!/bin/sh\ncase \"$("
        + checkCommand("\"$1\"").enumerated().map { $0 == 2 ? $1 : quoted($1) }.joined(separator: " ")
        + " 2> /dev/null)\" in wrong*) exit 0 ;; esac\nexit 1\n"
    case .refused, .crashed:
      var words = [Files.executable, "interesting"] + options
      if case .refused(let message) = failure { words += ["--like", message] } else { words.append("--crash") }
      return "#!/bin/sh\nexec " + words.map(quoted).joined(separator: " ") + " \"$1\" > /dev/null 2>&1\n"
    }
  }

  /// How to see the failure again.
  func again(_ file: String) -> String {
    if command.wrong { return "nabla check \(file) --function \(command.derivative.function!)" }
    let f = command.derivative.function
    return f.map { "nabla differentiate \(file) --function \($0) --mode \(command.mode.rawValue)" }
      ?? "nabla explain \(file)"
  }
}

/// For llvm-reduce: does a module still fail in the same way? Prints the messages.
struct Interesting: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "For internal use.", shouldDisplay: false)

  @OptionGroup var input: InputOptions
  @OptionGroup var derivative: DerivativeOptions
  @Option(name: [.short, .long]) var mode: ModeName = .reverse
  @Option(name: .long) var like: String?
  @Flag(name: .long) var crash = false

  func run() throws {
    if crash { return try watchCrash() }
    let messages = MessagePrinter()
    messages.isSilent = true
    let module = try input.module(level: 0)
    let bench = Workbench(module, report: messages.print)
    bench.run {
      guard derivative.function != nil else { return }
      for mode in mode.modes { _ = try bench.derivative(try derivative.wish(mode)) }
    }
    let errors = messages.all.filter { $0.severity == .error }.map(\.message)
    for text in errors { Terminal.print(text + "\n") }
    if let like, !errors.contains(where: { Self.skeleton($0) == Self.skeleton(like) }) { throw ExitCode(1) }
  }

  /// The same in a process of its own, which has to crash.
  private func watchCrash() throws {
    let arguments = CommandLine.arguments.dropFirst().filter { $0 != "--crash" }
    let outcome = try Subprocess.run([Files.executable] + arguments, seconds: 60)
    guard case .killed = outcome.end else { throw ExitCode(1) }
  }

  /// A message without the names in it.
  private static func skeleton(_ text: String) -> String {
    var result = ""
    var quote: Character?
    for c in text {
      if let q = quote {
        if c == q { quote = nil }
      } else if c == "'" || c == "`" {
        quote = c
        result.append(c)
      } else if !c.isNumber {
        result.append(c)
      }
    }
    return result
  }
}
