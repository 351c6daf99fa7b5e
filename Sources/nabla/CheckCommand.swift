import Analysis
import ArgumentParser
import Checking
import Frontend
import Glibc
import IR

/// Checks derivatives by running them.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a function and its derivatives, and compare: differences, forward, reverse, -O levels.",
    discussion: """
      The function is compiled in memory with its gradient and its tangent, at several optimisation levels, and called. Each \
      derivative is compared with differences of the function itself, and forward mode with reverse mode. Without \
      --function everything is checked that the program asks derivatives of.

      Arguments are made up: numbers at random, integers 4 (--int), pointers lead to memory that is filled where the \
      function looks. Values can be given with --at, once per parameter.

      Where derivatives are wrong, the callee, the registered rule or the instruction that is to blame is looked for and named.

      The exit status is 0 if all is right, 1 if something is wrong or refused, 2 if the check could not be made.

      EXAMPLES
        nabla check energy.c --function energy
        nabla check energy.c -f energy --at n=3 --at q=1,2,3 --at k=0.5
        nabla check solver.ll -f step --activity dup,const,- --levels 0,2
        nabla check program.c           all derivatives that the program asks for
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var derivative: DerivativeOptions

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A value, or the values behind a pointer: x=1.5, n=3, q=1,2,3. May be repeated.", valueName: "name=values"))
  var at: [String] = []

  @Option(name: [.short, .long], help: "How many points.")
  var samples = 3

  @Option(
    name: .long,
    help: ArgumentHelp("Levels to compile at, separated by commas (source code and IR alike).", valueName: "list"))
  var levels: String = "0,1,2,3"

  @Flag(name: .customLong("as-is"), help: "IR: differentiate it as it is, without the passes that clang would run.")
  var asIs = false

  @Option(name: .customLong("int"), help: "The value of integers that --at does not name.")
  var integer = 4

  @Option(name: .long, help: "How deep pointers in memory lead to memory; deeper ones are null.")
  var depth = 3

  @Option(name: .long, help: "Relative error that is accepted against differences.")
  var tolerance: Double?

  @Option(name: .long, help: "How many inputs to look at one by one; all are in one more comparison.")
  var entries = 64

  @Flag(name: .long, help: "Also the two halves of split mode.")
  var split = false

  @Option(
    name: .long, parsing: .unconditionalSingleValue,
    help: ArgumentHelp("A library that the program needs.", valueName: "file.so"))
  var load: [String] = []

  @Option(name: .long, help: ArgumentHelp("End a check after this time.", valueName: "seconds"))
  var timeout = 300.0

  @Flag(name: .shortAndLong, help: "Print every input, not only the first and the worst.")
  var verbose = false

  @Flag(name: .long, help: "Print the report as JSON.")
  var json = false

  @Flag(name: .customLong("no-bisect"), help: "Do not look for what is to blame.")
  var noBisect = false

  /// For the search: one word instead of a report.
  @Flag(name: .customLong("verdict"), help: .private)
  var verdictOnly = false

  /// For the search: names the instruction that is wrong at a level and point, "2:0".
  @Option(name: .customLong("watch"), help: .private)
  var watch: String?

  func validate() throws {
    guard samples > 0 else { throw ValidationError("--samples is at least 1") }
    _ = try numericLevels()
    _ = try values()
  }

  private func numericLevels() throws -> [Int] {
    let list = levels.split(separator: ",").map { Int($0) }
    guard !list.isEmpty, list.allSatisfy({ $0.map { 0...3 ~= $0 } ?? false }) else {
      throw ValidationError("--levels is a list of 0, 1, 2 and 3")
    }
    return list.compactMap { $0 }
  }

  private func values() throws -> [String: [Double]] {
    var map: [String: [Double]] = [:]
    for text in at {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      let numbers =
        parts.count == 2 ? parts[1].split(whereSeparator: { $0 == "," || $0 == " " }).map { Double($0) } : []
      guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }) else {
        throw ValidationError("--at is name=value or name=value,value,…, not '\(text)'")
      }
      map[parts[0]] = numbers.compactMap { $0 }
    }
    return map
  }

  // MARK: Running

  static let workerMark = "NABLA_CHECK_WORKER"

  /// The function under check may crash or hang, so it runs in a process of its own.
  func run() throws {
    if getenv(Self.workerMark) != nil { return try work() }
    let progress = Progress()
    progress.show("checking \(input.file) …")
    let arguments = Array(CommandLine.arguments.dropFirst())
    let outcome = try Subprocess.run(
      [Files.executable] + arguments, showingErrors: true, showingOutput: true,
      environment: [Self.workerMark: "1"], seconds: timeout)
    progress.clear()
    switch outcome.end {
    case .exited(0): return
    case .exited(let status): throw ExitCode(status)
    case .timedOut:
      throw Failure(
        "the check did not end within \(Int(timeout)) s (--timeout); is the function's loop bound among the integers? (--int, --at)"
      )
    case .killed(let signal):
      throw Failure(
        "the function under check crashed (\(Self.name(of: signal))). Its arguments were made up: give real ones with "
          + "--at, and check that it does not call through pointers in memory that it is given")
    }
  }

  private static func name(of signal: Int32) -> String {
    switch signal {
    case SIGSEGV: "invalid memory access"
    case SIGBUS: "invalid memory access"
    case SIGABRT: "abort"
    case SIGFPE: "division of integers by zero"
    case SIGILL: "illegal instruction"
    default: "signal \(signal)"
    }
  }

  private func work() throws {
    for library in load where dlopen(library, RTLD_NOW | RTLD_GLOBAL) == nil {
      throw Failure("cannot load '\(library)': \(String(cString: dlerror()))")
    }
    let requests = try requests()
    if let watch { return try printBlame(requests[0], watch) }
    var reports: [FunctionReport] = []
    for request in requests {
      let report = try check(request)
      reports.append(report)
      if verdictOnly {
        let isUnknown = report.levels.contains { $0.refused || $0.problem != nil }
        let kinds = report.wrongKinds.map(\.rawValue).sorted()
        return Terminal.print(
          isUnknown ? "unknown\n" : report.isWrong ? (["wrong"] + kinds).joined(separator: " ") + "\n" : "right\n")
      }
      if !json { CheckPrinter(isVerbose: verbose).print(report) }
    }
    let isWrong = reports.contains(where: \.isWrong)
    if json {
      Terminal.print(CheckJSON.text(reports) + "\n")
    } else {
      printSum(reports)
    }
    if isWrong { throw ExitCode(1) }
  }

  private func printSum(_ reports: [FunctionReport]) {
    let bad = reports.filter(\.isWrong).count
    let style = Terminal.output
    Terminal.print(
      bad == 0
        ? style.green("all right: \(reports.count) function\(reports.count == 1 ? "" : "s")") + "\n"
        : style.red("\(bad) of \(reports.count) function\(reports.count == 1 ? "" : "s") wrong or refused") + "\n")
  }

  /// What to check: the function named, or all that the program asks derivatives of.
  private func requests() throws -> [CheckRequest] {
    var base = CheckRequest("")
    base.values = try values()
    base.defaultInteger = integer
    base.depth = depth
    base.checksSplit = split
    base.isResultConstant = derivative.isResultConstant
    base.activities = try derivative.activities()
    if let name = derivative.function {
      base.function = name
      return [base]
    }
    let messages = MessagePrinter()
    var found: [CheckRequest] = []
    let module = try input.module(level: 1)
    try input.requireRequests(of: module, messages, "which function to check")
    let bench = Workbench(module, report: messages.print)
    bench.run {
      for (_, _, request) in bench.ownRequests {
        var one = base
        one.function = request.function.name
        one.activities = request.parameters.map { $0 == .constant ? .constant : nil }
        if request.mode != .gradient && request.mode != .forward { one.checksSplit = true }
        if let n = found.firstIndex(where: { $0.function == one.function && $0.activities == one.activities }) {
          found[n].checksSplit = found[n].checksSplit || one.checksSplit
        } else {
          found.append(one)
        }
      }
    }
    guard messages.errors == 0 || !found.isEmpty else { throw ExitCode(1) }
    return found
  }

  private func checker(_ request: CheckRequest) -> Checker {
    let messages = MessagePrinter()
    messages.isSilent = verdictOnly || watch != nil
    let input = input
    let checker = Checker(
      request, runsPipeline: !asIs || input.isSource,
      report: { diagnostic in
        // The same at every level: once is enough.
        if !messages.all.contains(where: { $0.message == diagnostic.message }) { messages.print(diagnostic) }
      },
      load: { try input.module(level: $0) })
    checker.tolerance = tolerance
    checker.entries = entries
    return checker
  }

  private func printBlame(_ request: CheckRequest, _ watch: String) throws {
    let parts = watch.split(separator: ":").compactMap { Int($0) }
    guard parts.count == 2 else { throw Failure("--watch is for internal use") }
    for text in try checker(request).blame(level: parts[0], sample: parts[1]) { Terminal.print(text + "\n") }
  }

  private func check(_ request: CheckRequest) throws -> FunctionReport {
    let checker = checker(request)
    var report = FunctionReport(function: request.function)
    for level in try asIs && !input.isSource ? [0] : numericLevels() {
      Progress().show("\(request.function) at -O\(level) …")
      report.levels.append(checker.check(level: level, samples: samples))
      Progress().clear()
    }
    report.compareLevels()
    if !noBisect, !verdictOnly, let place = report.firstMismatch {
      Progress().show("looking for what is to blame …")
      report.blame = Bisection(self, request.function, place).search()
      Progress().clear()
    }
    return report
  }
}

/// All about one function.
struct FunctionReport {
  var function: String
  var levels: [LevelReport] = []
  /// Where levels differ.
  var differences: [String] = []
  /// What is to blame.
  var blame: [String] = []

  /// The first level, as number, and point with a wrong derivative.
  var firstMismatch: (level: Int, sample: Int)? {
    for level in levels {
      guard let k = level.samples.firstIndex(where: { $0.rows.contains { $0.verdict.isWrong } }) else { continue }
      return (level.level.last.flatMap { Int(String($0)) } ?? 0, k)
    }
    return nil
  }

  var isWrong: Bool { !differences.isEmpty || levels.contains(where: \.isWrong) }
  var wrongKinds: Set<Claim.Kind> {
    let samples = levels.flatMap(\.samples)
    return samples.flatMap(\.rows).reduce(into: samples.contains(where: \.hasWrongResult) ? [.reverse] : []) {
      $0.formUnion($1.verdict.wrongKinds)
    }
  }

  /// The derivative must not depend on the level.
  mutating func compareLevels() {
    guard let first = levels.first(where: { !$0.refused && $0.problem == nil }) else { return }
    for other in levels where other.level != first.level {
      if other.refused != first.refused {
        differences.append("refused at \(other.level), but not at \(first.level)")
        continue
      }
      for (s, t) in zip(first.samples, other.samples) {
        for (a, b) in zip(s.rows, t.rows) where a.name == b.name && a.verdict == .right && b.verdict == .right {
          guard let x = a.reverse ?? a.forward, let y = b.reverse ?? b.forward,
            abs(x - y) > 1e-4 * max(abs(x), abs(y)) + 1e-9
          else { continue }
          differences.append("the derivative by \(a.name) is \(x) at \(first.level) and \(y) at \(other.level)")
          return
        }
      }
    }
  }
}

/// The report as a person reads it.
struct CheckPrinter {
  let isVerbose: Bool
  private let style = Terminal.output

  func print(_ report: FunctionReport) {
    var text = style.bold(report.function) + "\n"
    // Levels that say the same are one paragraph.
    let wrong = report.levels.first(where: \.isWrong)
    for level in report.levels { text += line(level) }
    if let shown = wrong ?? report.levels.first {
      let first = shown.samples.firstIndex(where: \.isWrong) ?? 0
      for (k, sample) in shown.samples.enumerated() where isVerbose || k == first { text += page(sample, k, shown) }
    }
    for difference in report.differences { text += "  " + style.red("levels differ: ") + difference + "\n" }
    for blame in report.blame { text += "  " + style.red("to blame: ") + blame + "\n" }
    Terminal.print(text)
  }

  private func line(_ level: LevelReport) -> String {
    let label = "  \(level.level)" + String(repeating: " ", count: max(0, 9 - level.level.count))
    if level.refused { return label + style.red("refused") + " (see the messages above)\n" }
    if let problem = level.problem { return label + style.red("not checked: ") + problem + "\n" }
    let rows = level.samples.flatMap(\.rows)
    let unclear = rows.filter { $0.verdict == .unclear }.count
    let bad = rows.filter(\.verdict.isWrong).count
    let worst = level.samples.map(\.worst).max() ?? 0
    let counts =
      "\(level.samples.count) point\(level.samples.count == 1 ? "" : "s"), \(rows.count) derivatives, largest error \(Number.short(worst))"
      + (unclear > 0 ? ", \(unclear) unclear" : "")
    let verdict = level.isWrong ? style.red(bad > 0 ? "\(bad) wrong" : "wrong") : style.green("ok")
    return label + verdict + "  " + style.dim(counts) + "\n"
  }

  private func page(_ sample: SampleReport, _ k: Int, _ level: LevelReport) -> String {
    let setting = sample.setting.map { "\($0.name): \($0.text)" }.joined(separator: ", ")
    var text =
      "\n  " + style.dim("\(level.level), point \(k + 1)" + (setting.isEmpty ? "" : " (\(setting))"))
      + "\n"
    for problem in sample.problems { text += "  " + style.red("wrong: ") + problem + "\n" }
    for note in sample.notes { text += "  " + style.yellow("note: ") + note + "\n" }
    guard !sample.rows.isEmpty else { return text }
    let hasSteps = sample.rows.contains { $0.complex != nil }
    var table = Table(
      [("input", .left), ("value", .right), ("difference", .right)] + (hasSteps ? [("complex step", .right)] : [])
        + [("reverse", .right), ("forward", .right), ("error", .right), ("verdict", .left)])
    let (rows, hidden) = selected(sample.rows)
    table.rows = rows.map { row in
      [row.name, row.value.map(Number.plain) ?? "", Number.plain(row.difference)]
        + (hasSteps ? [row.complex.map(Number.plain) ?? "–"] : []) + [
          row.reverse.map(Number.plain) ?? "–", row.forward.map(Number.plain) ?? "–", Number.short(row.error),
          row.verdict.rawValue,
        ]
    }
    table.paint = { r, c, cell in
      guard c == (hasSteps ? 7 : 6) else { return cell }
      return rows[r].verdict.isWrong
        ? style.red(cell) : rows[r].verdict == .unclear ? style.yellow(cell) : style.green(cell)
    }
    text += table.text(style)
    if hidden > 0 { text += style.dim("  … and \(hidden) more, all of them right or unclear (--verbose shows them)\n") }
    return text + "\n"
  }

  /// The first few, and all that are wrong, up to a page.
  private func selected(_ rows: [CheckRow]) -> ([CheckRow], Int) {
    guard !isVerbose, rows.count > 12 else { return (rows, 0) }
    let wrong = rows.indices.filter { rows[$0].verdict.isWrong }.prefix(12)
    let kept = Set(wrong).union(rows.indices.prefix(max(4, 12 - wrong.count))).union([rows.count - 1])
    return (kept.sorted().map { rows[$0] }, rows.count - kept.count)
  }
}

/// Numbers for people.
enum Number {
  static func plain(_ x: Double) -> String { format("%.8g", x) }
  static func short(_ x: Double) -> String { x == 0 ? "0" : format("%.1e", x) }

  private static func format(_ pattern: String, _ x: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 64)
    let n = withVaList([x]) { vsnprintf(&buffer, buffer.count, pattern, $0) }
    return String(decoding: buffer[..<Int(n)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// The report for programs.
enum CheckJSON {
  static func text(_ reports: [FunctionReport]) -> String {
    JSON.object([
      ("nabla", .text("check")), ("right", .bool(!reports.contains(where: \.isWrong))),
      ("functions", .array(reports.map(function))),
    ]).text
  }

  private static func function(_ r: FunctionReport) -> JSON {
    .object([
      ("name", .text(r.function)), ("right", .bool(!r.isWrong)), ("levels", .array(r.levels.map(level))),
      ("differences", .array(r.differences.map(JSON.text))), ("blame", .array(r.blame.map(JSON.text))),
    ])
  }
  private static func level(_ l: LevelReport) -> JSON {
    .object([
      ("level", .text(l.level)), ("right", .bool(!l.isWrong)), ("refused", .bool(l.refused)),
      ("problem", l.problem.map(JSON.text) ?? .null), ("points", .array(l.samples.map(sample))),
    ])
  }
  private static func sample(_ s: SampleReport) -> JSON {
    .object([
      ("value", .number(s.value)), ("inputs", .number(Double(s.inputs))), ("outputs", .number(Double(s.outputs))),
      ("problems", .array(s.problems.map(JSON.text))), ("notes", .array(s.notes.map(JSON.text))),
      ("derivatives", .array(s.rows.map(row))),
    ])
  }
  private static func row(_ r: CheckRow) -> JSON {
    .object([
      ("input", .text(r.name)), ("value", r.value.map(JSON.number) ?? .null), ("difference", .number(r.difference)),
      ("complexStep", r.complex.map(JSON.number) ?? .null),
      ("reverse", r.reverse.map(JSON.number) ?? .null), ("forward", r.forward.map(JSON.number) ?? .null),
      ("error", .number(r.error)),
      ("verdict", .text(r.verdict.rawValue)),
    ])
  }
}

/// JSON, in a given order.
indirect enum JSON {
  case null, bool(Bool), number(Double), text(String), array([JSON]), object([(String, JSON)])

  var text: String {
    switch self {
    case .null: "null"
    case .bool(let b): b ? "true" : "false"
    case .number(let x): x.isFinite ? (x == x.rounded() && abs(x) < 1e15 ? "\(Int(x))" : "\(x)") : "null"
    case .text(let s): JSON.quoted(s)
    case .array(let list): "[" + list.map(\.text).joined(separator: ",") + "]"
    case .object(let list): "{" + list.map { JSON.quoted($0.0) + ":" + $0.1.text }.joined(separator: ",") + "}"
    }
  }

  static func quoted(_ s: String) -> String {
    var text = "\""
    for c in s.unicodeScalars {
      switch c {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case _ where c.value < 0x20: text += "\\u00" + (c.value < 16 ? "0" : "") + String(c.value, radix: 16)
      // So that the text can stand in a page.
      case "<": text += "\\u003c"
      default: text.unicodeScalars.append(c)
      }
    }
    return text + "\""
  }
}
