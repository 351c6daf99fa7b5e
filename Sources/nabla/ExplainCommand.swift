import Analysis
import ArgumentParser
import Explaining
import Frontend
import IR
import Synthesis

/// Says what a derivative keeps, recomputes and checks, and why.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the plan of a derivative: what is active, kept and recomputed, by source line, and why.",
    discussion: """
      For everything that the program asks derivatives of, or for --function. Lines are known if the IR has debug \
      information (-g); source code is compiled with it.

      Keeping costs memory: bytes times how often a place is passed. n and other names in these formulas are the \
      program's variables. What is kept says why it is not recomputed: which store may overwrite it, for instance.

      EXAMPLES
        nabla explain energy.c --function energy
        nabla explain solver.c --html plan.html     source and IR side by side
        nabla explain solver.ll -f step --mode split --json
      """)

  @OptionGroup var input: InputOptions
  @OptionGroup var derivative: DerivativeOptions
  @OptionGroup var level: LevelOption

  @Option(name: [.short, .long], help: "With --function: forward, reverse or split.")
  var mode: ModeName = .reverse

  @Option(
    name: .long, help: "Write a page that shows source and IR side by side.", completion: .file(extensions: ["html"]))
  var html: String?

  @Flag(name: .long, help: "Print JSON.")
  var json = false

  func run() throws {
    let messages = MessagePrinter()
    var found: [Explanation] = []
    var failure: (any Error)?
    _ = try input.prepared(level: level.level) { module in
      do { found = try explanations(of: module, messages) } catch { failure = error }
    }
    if let failure { throw failure }
    guard messages.errors == 0 || !found.isEmpty else { throw ExitCode(1) }
    if let html {
      try Files.write(ExplanationPage(found, file: input.file).text, to: html)
      Terminal.print("\(html)\n", to: 2)
    }
    if json { Terminal.print(ExplanationJSON.text(found) + "\n") }
    if !json && html == nil { for e in found { Terminal.print(ExplanationText(e).text) } }
    if messages.errors > 0 { throw ExitCode(1) }
  }

  private func explanations(of module: Module, _ messages: MessagePrinter) throws -> [Explanation] {
    let wish = try derivative.function.map { _ in try derivative.wish(mode.modes[0]) }
    if wish == nil { try input.requireRequests(of: module, messages) }
    let bench = Workbench(module, report: messages.print)
    var found: [Explanation] = []
    bench.run {
      if let wish {
        let request = try bench.request(wish)
        found.append(Explanation(try bench.engine.unit(request), title: title(request, nil)))
        return
      }
      var seen: Set<Request> = []
      for (call, place, request) in bench.ownRequests {
        // Both halves of one derivative have one plan.
        guard seen.insert(request.ofUnit).inserted else { continue }
        let where_ = place.map { "\(call), \($0)" } ?? call
        found.append(Explanation(try bench.engine.unit(request), title: title(request, where_)))
      }
    }
    return found
  }

  private func title(_ r: Request, _ call: String?) -> String {
    let f = r.function
    let active = f.functionType.parameters.indices.filter { r.parameters[$0] != .constant }
      .map { f.nameOfParameter($0) }
    let what =
      switch r.mode {
      case .gradient: "gradient of"
      case .forward: "tangent of"
      case .forwardSplit: "tangent from a tape of"
      case .augmented where r.recordsTangents: "tape for tangents of"
      case .augmented, .reverse: "gradient in two halves of"
      }
    return "\(what) \(demangled(f.name))" + (active.isEmpty ? "" : " by " + active.joined(separator: ", "))
      + (r.width > 1 ? ", \(r.width) directions" : "") + (call.map { " (\($0))" } ?? "")
  }
}

/// Source files that positions lead to, as far as they can be read.
struct SourceFiles {
  private var cache: [String: [String]?] = [:]

  mutating func lines(_ p: SourcePosition) -> [String]? {
    let path = Self.path(p)
    if let known = cache[path] { return known }
    let text = Files.text(path).map {
      $0.split(separator: "\n", omittingEmptySubsequences: false).map { String($0.last == "\r" ? $0.dropLast() : $0) }
    }
    cache[path] = .some(text)
    return text
  }
  mutating func line(_ p: SourcePosition) -> String? {
    guard let lines = lines(p), p.line >= 1, p.line <= lines.count else { return nil }
    return lines[p.line - 1]
  }
  static func path(_ p: SourcePosition) -> String {
    p.file.hasPrefix("/") || p.directory.isEmpty ? p.file : "\(p.directory)/\(p.file)"
  }
}

/// The explanation as text.
struct ExplanationText {
  let explanation: Explanation
  private let style = Terminal.output

  init(_ explanation: Explanation) { self.explanation = explanation }

  var text: String {
    var text = style.bold(explanation.title) + "\n"
    for part in explanation.parts { text += page(part) }
    return text + "\n"
  }

  private func page(_ part: Explanation.Part) -> String {
    var text = ""
    if explanation.parts.count > 1 {
      text +=
        "\n" + style.bold("in \(demangled(part.function))") + (part.isSplit ? ", sweeps in two functions" : "") + "\n"
    }
    text += "  tape: \(TapeFormula(part).text)\n"
    var files = SourceFiles()
    for (place, slots, notes, lines) in byPlace(part) {
      let source = place.flatMap { files.line($0) }?.drop { $0 == " " || $0 == "\t" }
      let label = place.map { "\(Files.name(of: $0.file)):\($0.line)" } ?? "no line"
      let active = lines.contains { $0.activity == .active } ? style.cyan("active") : "      "
      let recomputed = lines.filter(\.isRecomputed).count
      guard !slots.isEmpty || !notes.isEmpty || lines.contains(where: { $0.activity == .active }) || recomputed > 0
      else {
        continue
      }
      text += "\n  \(style.dim(label))  \(active)  \(source.map(String.init) ?? "")\n"
      for slot in slots {
        text += "      \(style.yellow("keep")) \(size(slot)): \(slot.what)\n"
        text += "           \(style.dim("because \(slot.why) (\(slot.shape))"))\n"
      }
      if recomputed > 0 {
        text +=
          "      \(style.green("recompute")) "
          + lines.filter(\.isRecomputed).map { "`\($0.text)`" }.prefix(3)
          .joined(separator: ", ") + (recomputed > 3 ? " and \(recomputed - 3) more" : "") + "\n"
      }
      for note in notes { text += "      \(style.red(note.kind.rawValue)) \(note.text)\n" }
    }
    return text
  }

  private func size(_ slot: Explanation.Slot) -> String { TapeFormula.size(slot) }

  private typealias Entry = (
    place: SourcePosition?, slots: [Explanation.Slot], notes: [Explanation.Note], lines: [Explanation.Line]
  )
  /// Everything of one source line together, in order.
  private func byPlace(_ part: Explanation.Part) -> [Entry] {
    var entries: [SourcePosition?: Entry] = [:]
    func key(_ p: SourcePosition?) -> SourcePosition? {
      p.map { SourcePosition(file: $0.file, directory: $0.directory, line: $0.line, column: 0) }
    }
    func update(_ p: SourcePosition?, _ change: (inout Entry) -> Void) {
      let k = key(p)
      var entry = entries[k] ?? (k, [], [], [])
      change(&entry)
      entries[k] = entry
    }
    for slot in part.slots { update(slot.position) { $0.slots.append(slot) } }
    for note in part.notes { update(note.position) { $0.notes.append(note) } }
    for block in part.blocks { for line in block.instructions { update(line.position) { $0.lines.append(line) } } }
    return entries.values.sorted {
      ($0.place?.file ?? "~", $0.place?.line ?? 0) < ($1.place?.file ?? "~", $1.place?.line ?? 0)
    }
  }
}

/// The explanation for programs.
enum ExplanationJSON {
  static func text(_ list: [Explanation]) -> String {
    JSON.object([("nabla", .text("explain")), ("derivatives", .array(list.map(derivative)))]).text
  }
  private static func derivative(_ e: Explanation) -> JSON {
    .object([("title", .text(e.title)), ("mode", .text(e.mode)), ("functions", .array(e.parts.map(part)))])
  }
  private static func part(_ p: Explanation.Part) -> JSON {
    .object([
      ("function", .text(p.function)), ("split", .bool(p.isSplit)), ("tape", .text(TapeFormula(p).text)),
      ("loops", .array(p.loops.map(loop))), ("kept", .array(p.slots.map { slot($0, p) })),
      ("notes", .array(p.notes.map(note))),
      ("instructions", .array(p.blocks.flatMap { b in b.instructions.map { line($0, b.name) } })),
    ])
  }
  private static func place(_ p: SourcePosition?) -> (String, JSON) {
    ("line", p.map { .number(Double($0.line)) } ?? .null)
  }
  private static func file(_ p: SourcePosition?) -> (String, JSON) { ("file", p.map { .text($0.file) } ?? .null) }
  private static func loop(_ l: Explanation.Loop) -> JSON {
    .object([
      ("name", .text(l.name)), ("line", l.line.map { .number(Double($0)) } ?? .null),
      ("depth", .number(Double(l.depth))),
      ("iterations", l.iterations.map { .text($0.description) } ?? .null),
    ])
  }
  private static func slot(_ s: Explanation.Slot, _ p: Explanation.Part) -> JSON {
    .object([
      ("kind", .text(s.kind.rawValue)), ("what", .text(s.what)), ("why", .text(s.why)), file(s.position),
      place(s.position),
      ("bytes", .number(Double(s.bytes))),
      ("times", .array(s.loops.map { .text(p.loops[$0].iterations?.description ?? "?") })),
      ("total", s.total.map { .text($0.description) } ?? .null), ("shape", .text(s.shape)),
    ])
  }
  private static func note(_ n: Explanation.Note) -> JSON {
    .object([("kind", .text(n.kind.rawValue)), ("text", .text(n.text)), file(n.position), place(n.position)])
  }
  private static func line(_ l: Explanation.Line, _ block: String) -> JSON {
    .object([
      ("text", .text(l.text)), ("block", .text(block)), ("activity", .text(l.activity.rawValue)), file(l.position),
      place(l.position), ("reversed", .bool(l.isReversed)), ("recomputed", .bool(l.isRecomputed)),
      ("restored", .bool(l.isRestored)), ("slots", .array(l.slots.map { .number(Double($0)) })),
    ])
  }
}
