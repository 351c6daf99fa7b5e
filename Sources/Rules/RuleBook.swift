/// A collection of what is known about operations and functions.
///
/// A book is made of entries (`RuleBook { … }`) and of other books (`RuleBook(joining:)`). Lookup
/// goes from a spelling to an entry; see `Spelling`.
public struct RuleBook: Sendable {
  private(set) var instructions: [FloatingInstruction: MathRule] = [:]
  private(set) var functions: [String: FunctionKnowledge] = [:]
  private(set) var prefixes: [String: FunctionKnowledge] = [:]

  /// Every rule with a derivative: those of instructions, then those of functions, in table order.
  public private(set) var allMath: [MathRule] = []

  /// The rule of a floating-point instruction.
  public func instruction(_ instruction: FloatingInstruction) -> MathRule {
    guard let rule = instructions[instruction] else {
      preconditionFailure("the book has no rule for \(instruction)")
    }
    return rule
  }

  /// What is known about the function called `name`, under any of its spellings, or `nil`.
  ///
  /// Ask for functions that the module only declares, or whose body is known to be the library's:
  /// a program may define a `gamma` of its own. Check that the call has (at least) the parameters
  /// of the rule: it may also declare one.
  public func function(_ name: String) -> FunctionKnowledge? {
    for spelling in Spelling.candidates(for: name) {
      if let found = entry(for: spelling) { return found.spelled(in: spelling) }
    }
    return prefixes.filter { name.hasPrefix($0.key) }.max { $0.key.count < $1.key.count }?.value
      .named(by: Spelling.candidates(for: name)[0])
  }

  private func entry(for spelling: Spelling) -> FunctionKnowledge? {
    switch spelling.scope {
    case .anything: return functions[spelling.base]
    case .mathOnly: return functions[spelling.base].flatMap { $0.isMath ? $0 : nil }
    case .instructionOnly:
      return FloatingInstruction(rawValue: spelling.base).flatMap { instructions[$0] }
        .map { FunctionKnowledge($0.name, .math($0, nil)) }
    }
  }

  /// The names of all functions in the book, in alphabetical order.
  public var functionNames: [String] { functions.keys.sorted() }

  /// The beginnings of names that the book knows, in alphabetical order.
  public var functionPrefixes: [String] { prefixes.keys.sorted() }
}

extension RuleBook {
  /// One line of a table.
  enum Entry {
    case instruction(FloatingInstruction, MathRule)
    /// One piece of knowledge under all its names, the canonical one first.
    case function([String], FunctionKnowledge)
    /// The knowledge about every function whose name begins so, unless it has its own.
    case prefix([String], FunctionKnowledge)
  }

  /// The entries of a table, in order.
  @resultBuilder
  enum Table {
    static func buildExpression(_ entry: Entry) -> [Entry] { [entry] }
    static func buildExpression(_ entries: [Entry]) -> [Entry] { entries }
    static func buildBlock(_ entries: [Entry]...) -> [Entry] { Array(entries.joined()) }
  }

  init(@Table _ entries: () -> [Entry]) {
    for entry in entries() { add(entry) }
  }

  init(joining books: [RuleBook]) {
    for book in books {
      instructions.merge(book.instructions, uniquingKeysWith: refuseDuplicate)
      functions.merge(book.functions, uniquingKeysWith: refuseDuplicate)
      prefixes.merge(book.prefixes, uniquingKeysWith: refuseDuplicate)
      allMath += book.allMath
    }
  }

  private mutating func add(_ entry: Entry) {
    switch entry {
    case .instruction(let instruction, let rule):
      instructions.merge([instruction: rule], uniquingKeysWith: refuseDuplicate)
      allMath.append(rule)
    case .function(let names, let knowledge):
      functions.merge(names.map { ($0, knowledge) }, uniquingKeysWith: refuseDuplicate)
      if case .math(let rule, _) = knowledge.kind { allMath.append(rule) }
    case .prefix(let names, let knowledge):
      prefixes.merge(names.map { ($0, knowledge) }, uniquingKeysWith: refuseDuplicate)
    }
  }
}

/// Facts are stated once: a second entry for a name is a mistake in the tables.
private func refuseDuplicate<T>(_ first: T, _ second: T) -> T {
  preconditionFailure("two entries for one name: \(first) and \(second)")
}

extension FunctionKnowledge {
  fileprivate var isMath: Bool {
    if case .math = kind { true } else { false }
  }

  /// This knowledge, which was found by the beginning of a name, for the function itself.
  fileprivate func named(by spelling: Spelling) -> FunctionKnowledge {
    guard case .structural = kind else { return self }
    return FunctionKnowledge(
      spelling.base, .structural(String(spelling.base.dropFirst("llvm.".count))), effects: effects,
      returnsArgument: returnsArgument)
  }

  /// This knowledge for one spelling of the function.
  fileprivate func spelled(in spelling: Spelling) -> FunctionKnowledge {
    guard case .math(let rule, _) = kind else { return self }
    return FunctionKnowledge(
      canonicalName, .math(rule, spelling.precision), effects: effects,
      returnsArgument: returnsArgument, pointsIntoArgument: pointsIntoArgument,
      capturesArguments: capturesArguments)
  }
}
