import ArgumentParser
import Rules

/// Prints the rule book.
struct Rules: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what Nabla knows about operations and library functions.",
    discussion: """
      With a name: its derivative as a formula, where it holds, and what happens at singular points. Any spelling \
      will do: tanh, tanhf, llvm.sin.f64, fmul, malloc.

      Without: all that have a derivative. r is the result.

      EXAMPLES
        nabla rules pow
        nabla rules --all | grep inactive
      """)

  @Argument(help: "Names of functions or of LLVM instructions.")
  var names: [String] = []

  @Flag(name: .shortAndLong, help: "Also the functions without derivative: what is known of their effects.")
  var all = false

  @Flag(name: .long, help: "The table of conventions at singular points, as in the documentation.")
  var conventions = false

  func run() throws {
    if conventions { return Terminal.print(Conventions.table.map { $0.markdown + "\n" }.joined()) }
    if names.isEmpty { return printBook() }
    var missing: [String] = []
    for name in names where !show(name) { missing.append(name) }
    guard missing.isEmpty else {
      throw Failure(missing.map(explanation).joined(separator: "\n"), status: 1)
    }
  }

  private func printBook() {
    let book = RuleBook.standard
    for rule in book.allMath { Terminal.print(paint(rule.description) + "\n") }
    guard all else {
      let rest = book.functionNames.count
      return Terminal.print(
        Terminal.output.dim(
          "\(book.allMath.count) rules with derivatives; --all shows what is known of \(rest) functions\n"))
    }
    for name in book.functionNames {
      guard let k = book.function(name) else { continue }
      if case .math = k.kind { continue }
      Terminal.print(RuleText.summary(k, name) + "\n")
    }
    for prefix in book.functionPrefixes { Terminal.print("\(prefix)…\n") }
  }

  private func show(_ name: String) -> Bool {
    let book = RuleBook.standard
    if let k = book.function(name) {
      Terminal.print(RuleText.page(k, askedAs: name, paint) + "\n")
      return true
    }
    guard let rule = book.allMath.first(where: { $0.name == name }) else { return false }
    Terminal.print(RuleText.page(rule, paint) + "\n")
    return true
  }

  /// The name stands out.
  private func paint(_ text: String) -> String {
    let end = text.firstIndex { $0 == "(" || $0 == ":" } ?? text.startIndex
    return Terminal.output.bold(String(text[..<end])) + text[end...]
  }

  private func explanation(_ name: String) -> String {
    let book = RuleBook.standard
    let near = RuleText.nearest(name, among: book.functionNames + book.allMath.map(\.name))
    return "nothing is known about '\(name)'"
      + (near.map { "; did you mean '\($0)'?" } ?? "; a function with a body needs no rule, others may register one "
        + "(`nabla_register_gradient`, docs/semantics.md)")
  }
}
