import Analysis
import ArgumentParser
import Checking
import Frontend
import IR

/// The program that a subcommand is about, and how it gets in.
struct InputOptions: ParsableArguments {
  @Argument(
    help: "LLVM IR (.ll, .bc), or C or C++ source, which the matching clang compiles.",
    completion: .file(extensions: ["ll", "bc", "c", "cc", "cpp", "cxx", "C"]))
  var file: String

  @Option(
    name: .customLong("cflags"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Flags for clang, as one text; may be repeated.", valueName: "flags"))
  var flags: [String] = []

  /// Is the file source code, and not IR?
  var isSource: Bool { language != nil }
  private var language: String? {
    switch Files.ending(of: file) {
    case "c": "c"
    case "cc", "cpp", "cxx", "C", "c++": "c++"
    default: nil
    }
  }

  /// The module before any optimisation. Each call gives a new one.
  ///
  /// - Parameter level: what clang is told; it shapes the IR (lifetimes, alias information) even without
  ///   optimisation.
  func module(level: Int) throws -> Module {
    guard Files.exists(file) else { throw Failure("there is no file '\(file)'") }
    guard let language else { return try read(file) }
    return try Files.withTemporaryDirectory { directory in
      let output = directory + "/input.bc"
      var command = [try Toolchain.clang(forCxx: language == "c++"), "-O\(level)", "-g", "-fno-discard-value-names"]
      command += level == 0 ? ["-Xclang", "-disable-O0-optnone"] : ["-Xclang", "-disable-llvm-passes"]
      if let headers = Toolchain.headers { command += ["-I", headers] }
      for text in flags { command += text.split(separator: " ").map(String.init) }
      command += ["-emit-llvm", "-c", file, "-o", output]
      let outcome = try Subprocess.run(command, showingErrors: true)
      guard outcome.end.isSuccess else { throw Failure("clang can't compile '\(file)'") }
      return try read(output)
    }
  }

  private func read(_ path: String) throws -> Module {
    do { return try Module.read(path) } catch let error as FileError {
      throw Failure("cannot read '\(file)' as IR of LLVM \(Toolchain.major): \(error.description)")
    }
  }

  /// Calls `body` with the module as the plugin's pass would find it: source goes through the first half of clang's
  /// pipeline, and through the second afterwards; IR is taken as it is.
  func prepared(level: Int, _ body: (Module) -> Void) throws -> Module {
    let module = try module(level: level)
    if isSource { Compilation.run(module, level: level, body) } else { body(module) }
    return module
  }
}

extension InputOptions {
  /// The module asks for derivatives, or nothing is to be done; what may be the reason (a misspelt hook) is printed.
  func requireRequests(of module: Module, _ messages: MessagePrinter, _ what: String = "which function") throws {
    if module.asksForDerivatives { return }
    Workbench(module, report: messages.print).run {}
    throw Failure("'\(file)' asks for no derivative; say \(what) with --function NAME")
  }
}

/// Which derivative of which function.
struct DerivativeOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: "The function, by its symbol or by its name in the source.")
  var function: String?

  @Option(
    name: [.short, .long], parsing: .unconditional,
    help: ArgumentHelp(
      "What each parameter is: const, dup (with a shadow), dupnoneed, out (adjoint returned), or - for what its "
        + "type says. Separated by commas.", valueName: "words"))
  var activity: String?

  @Flag(name: .customLong("const-result"), help: "The result carries no derivative.")
  var isResultConstant = false

  func wish(_ mode: Mode) throws -> Wish {
    guard let function else { throw Failure("which function? Say --function NAME") }
    var wish = Wish(function, mode)
    wish.activities = try activities()
    if isResultConstant { wish.result = .constant }
    return wish
  }

  func activities() throws -> [ParameterActivity?] {
    guard let activity else { return [] }
    return try activity.split(separator: ",", omittingEmptySubsequences: false).map { word in
      switch word.filter({ $0 != " " }) {
      case "-", "": nil
      case "const": .constant
      case "dup": .duplicated
      case "dupnoneed": .duplicatedNoNeed
      case "out": .out
      default: throw Failure("'\(word)' is no activity; there are const, dup, dupnoneed, out and -")
      }
    }
  }
}

/// The optimisation level.
struct LevelOption: ParsableArguments {
  @Option(
    name: .customShort("O", allowingJoined: true),
    help: ArgumentHelp("Optimisation level for source code, from 0 to 3.", valueName: "level"))
  var level = 2

  func validate() throws {
    guard 0...3 ~= level else { throw ValidationError("there are the levels 0, 1, 2 and 3") }
  }
}

/// Prints what the engine has to say, as compilers do.
final class MessagePrinter {
  private nonisolated(unsafe) static var printed: Set<String> = []
  private(set) var errors = 0
  private(set) var all: [Diagnostic] = []
  var isSilent = false

  func print(_ diagnostic: Diagnostic) {
    all.append(diagnostic)
    if diagnostic.severity == .error { errors += 1 }
    guard !isSilent else { return }
    // The same at every level, and for every function: once is enough.
    let place = diagnostic.location ?? diagnostic.function.map { "in '\($0.name)'" } ?? "nabla"
    guard Self.printed.insert(place + diagnostic.message).inserted else { return }
    let style = Terminal.errors
    let kind =
      switch diagnostic.severity {
      case .error: style.red("error:")
      case .warning: style.yellow("warning:")
      case .remark: style.cyan("remark:")
      }
    Terminal.print("\(style.bold(place + ":")) \(kind) \(diagnostic.message)\n", to: 2)
  }
}
