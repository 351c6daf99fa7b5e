import Analysis
import ArgumentParser
import Checking
import Frontend
import IR

/// Adds a derivative to a module.
struct Differentiate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add the derivative of a function to a module, without any request in the program.",
    discussion: """
      The derivative is a C function of scalars and pointers; its prototype is printed, and written to a header with \
      --header. Parameters are followed by their shadows; adjoints of numbers that are passed by value are returned, in a \
      structure at the last parameter if there are several.

      EXAMPLES
        nabla differentiate energy.c -f energy -o energy.ll --header energy.h
        nabla differentiate f.bc -f f --mode forward --width 4 --activity dup,const
        nabla differentiate f.ll -f f --mode split --separate -o df.ll
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var derivative: DerivativeOptions
  @OptionGroup var level: LevelOption

  @Option(name: [.short, .long], help: "forward, reverse, or split (reverse in two halves).")
  var mode: ModeName = .reverse

  @Option(name: [.short, .long], help: "How many directions at once.")
  var width = 1

  @Flag(name: .long, help: "Return the function's own result as well.")
  var primal = false

  @Flag(name: .long, help: "Reverse mode: take the adjoint of the result as a parameter; it is 1 otherwise.")
  var seed = false

  @Option(name: .long, help: "The derivative's name; a split derivative appends _augmented and _reverse.")
  var name: String?

  @Option(
    name: [.short, .long], help: "Where to write the module: .ll, .bc, or - for text on the standard output.",
    completion: .file())
  var output: String?

  @Option(name: .long, help: "Where to write a C header with the prototype.", completion: .file(extensions: ["h"]))
  var header: String?

  @Flag(
    name: .long,
    help: "Leave everything but the derivative to the original object file, so that the two can be linked.")
  var separate = false

  func validate() throws {
    guard 1...64 ~= width else { throw ValidationError("--width is from 1 to 64") }
    if let output, !["ll", "bc"].contains(Files.ending(of: output)), output != "-" {
      throw ValidationError("--output ends in .ll or .bc, or is -")
    }
  }

  func run() throws {
    let messages = MessagePrinter()
    var made: [ExportedDerivative] = []
    var failure: (any Error)?
    let module = try input.prepared(level: level.level) { module in
      do { made = try differentiate(module, messages) } catch { failure = error }
    }
    if let failure { throw failure }
    guard messages.errors == 0, !made.isEmpty else { throw ExitCode(1) }
    if let reason = module.verificationError { throw Failure("internal error: the module is not valid: \(reason)") }
    if separate { leaveRestElsewhere(module, Set(made.map(\.function.name))) }
    if let output { try write(module, to: output) }
    if let header { try Files.write(HeaderFile(made, name: header).text, to: header) }
    let text = made.map { ($0.structure.map { $0 + "\n" } ?? "") + $0.prototype + ";\n" }.joined()
    Terminal.print(text, to: output == "-" ? 2 : 1)
  }

  private func differentiate(_ module: Module, _ messages: MessagePrinter) throws -> [ExportedDerivative] {
    let wishes = try mode.modes.map { mode -> Wish in
      var wish = try derivative.wish(mode)
      wish.width = width
      wish.returnsPrimal = primal || mode == .augmented
      wish.takesSeed = seed
      return wish
    }
    let bench = Workbench(module, report: messages.print)
    var made: [ExportedDerivative] = []
    bench.run {
      for wish in wishes {
        var request = try bench.request(wish)
        let f = try bench.engine.derivative(request)
        let function = try wish.find(in: module)
        // A function that is known by name is differentiated through a call of it.
        let original = request.function
        request.function = original
        made.append(try ExportedDerivative(f, request, as: symbol(wish, function), bench))
      }
    }
    return made
  }

  private func symbol(_ wish: Wish, _ function: Function) -> String {
    let base = name ?? (wish.function.contains(":") ? function.name : wish.function)
    switch wish.mode {
    case .augmented: return base + "_augmented"
    case .reverse: return base + "_reverse"
    case .forward, .forwardSplit: return name ?? base + "_tangent"
    case .gradient: return name ?? base + "_gradient"
    }
  }

  /// Makes references of what the original object file defines as well.
  private func leaveRestElsewhere(_ module: Module, _ kept: Set<String>) {
    for f in module.functions where !f.isDeclaration && !f.isInternal && !kept.contains(f.name) {
      f.setAvailableExternally()
    }
    for g in module.globals
    where !g.isDeclaration && !g.isInternal && !g.name.hasPrefix("llvm.") && !g.name.hasPrefix("__nabla") {
      if g.isConstant { continue }
      g.dropDefinition()
    }
  }

  private func write(_ module: Module, to path: String) throws {
    if Files.ending(of: path) == "bc" {
      try Files.write(module.bitcode, to: path)
    } else {
      try Files.write(module.description, to: path)
    }
  }
}

/// A C header that declares derivatives.
struct HeaderFile {
  let derivatives: [ExportedDerivative]
  let guardName: String

  init(_ derivatives: [ExportedDerivative], name: String) {
    self.derivatives = derivatives
    guardName = "NABLA_" + String(Files.name(of: name).uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  var text: String {
    let parts = derivatives.map { d in
      "/* \(d.summary) */\n" + (d.structure.map { $0 + "\n" } ?? "") + d.prototype + ";\n"
    }
    return """
      /* Made by nabla differentiate. */
      #ifndef \(guardName)
      #define \(guardName)
      #ifdef __cplusplus
      extern "C" {
      #endif

      \(parts.joined(separator: "\n"))
      #ifdef __cplusplus
      }
      #endif
      #endif

      """
  }
}
