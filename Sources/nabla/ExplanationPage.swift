import Explaining
import IR

/// The explanation as one self-contained page: source and IR side by side, coloured by activity and cost, the tape as a
/// picture.
struct ExplanationPage {
  let explanations: [Explanation]
  let file: String

  init(_ explanations: [Explanation], file: String) {
    self.explanations = explanations
    self.file = file
  }

  var text: String {
    var sections = ""
    var contents = ""
    var number = 0
    for e in explanations {
      sections += "<h2>\(HTML.escaped(e.title))</h2>\n"
      for part in e.parts {
        let id = "part\(number)"
        contents += "<a href=\"#\(id)\">\(HTML.escaped(demangled(part.function)))</a>\n"
        sections += PartPage(part, of: file, id: id, isAlone: e.parts.count == 1).text
        number += 1
      }
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(HTML.escaped(Files.name(of: file))) · nabla explain</title>
      <style>
      \(HTML.style)
      </style>
      </head>
      <body>
      <header>
      <h1><span class="nabla">∇</span> \(HTML.escaped(Files.name(of: file)))</h1>
      <nav>\(number > 1 ? contents : "")</nav>
      <p class="legend"><span class="key active">active</span> carries a derivative
      <span class="key varied">varied</span> depends on an input, reaches no output
      <span class="tag keep">keep</span> on the tape <span class="tag again">again</span> recomputed in the reverse sweep
      <span class="tag back">restore</span> old contents are put back. Point at a line to find it on the other side; click to hold it.</p>
      </header>
      \(sections)
      <script>
      \(HTML.script)
      </script>
      </body>
      </html>

      """
  }
}

/// One function on the page.
private struct PartPage {
  let part: Explanation.Part
  let file: String
  let id: String
  let isAlone: Bool

  init(_ part: Explanation.Part, of file: String, id: String, isAlone: Bool) {
    self.part = part
    self.file = file
    self.id = id
    self.isAlone = isAlone
  }

  var text: String {
    """
    <section id="\(id)" class="part">
    \(isAlone ? "" : "<h3>\(HTML.escaped(demangled(part.function)))\(part.isSplit ? " <small>sweeps in two functions</small>" : "")</h3>")
    \(summary)
    <div class="sides">
    <div class="side source"><h4>Source</h4>\(source)</div>
    <div class="side ir"><h4>IR, in canonical form</h4>\(instructions)</div>
    </div>
    \(part.slots.isEmpty ? "" : "<h4>The tape</h4>\n<div class=\"picture\">\(TapePicture(part, id: id).text)</div>")
    \(notes)
    </section>

    """
  }

  private var summary: String {
    let lines = part.blocks.flatMap(\.instructions)
    let active = lines.filter { $0.activity == .active }.count
    let recomputed = lines.filter(\.isRecomputed).count
    let kept = part.slots.filter { $0.kind != .base }.count
    return """
      <dl class="summary">
      <div><dt>tape</dt><dd>\(HTML.escaped(TapeFormula(part).text))</dd></div>
      <div><dt>kept</dt><dd>\(kept)</dd></div>
      <div><dt>recomputed</dt><dd>\(recomputed)</dd></div>
      <div><dt>active</dt><dd>\(active) of \(lines.count) instructions</dd></div>
      </dl>
      """
  }

  // MARK: Source

  /// A line of a file as an attribute that both sides share.
  private func key(_ p: SourcePosition?) -> String {
    p.map { "\(id)-\(abs($0.file.utf8.reduce(5381) { ($0 &* 33 &+ Int($1)) & 0xffffff }))-\($0.line)" } ?? ""
  }

  private var source: String {
    let positions = part.blocks.flatMap(\.instructions).compactMap(\.position)
    let paths = Dictionary(grouping: positions) { SourceFiles.path($0) }
    guard !paths.isEmpty else {
      return "<p class=\"none\">The IR has no line numbers: compile with -g.</p>"
    }
    // The program's own file, then headers that were inlined, those with most lines first.
    func isOwn(_ path: String) -> Int { Files.name(of: path) == Files.name(of: file) ? 1 : 0 }
    return paths.sorted { (isOwn($0.key), $0.value.count, $1.key) > (isOwn($1.key), $1.value.count, $0.key) }
      .map { fileText($0.key, $0.value) }.joined()
  }

  private func fileText(_ path: String, _ positions: [SourcePosition]) -> String {
    var files = SourceFiles()
    let used = Set(positions.map(\.line))
    let title = "<p class=\"file\">\(HTML.escaped(Files.name(of: path)))</p>"
    guard let first = used.min(), let last = used.max(), let lines = files.lines(positions[0]) else {
      return title + "<p class=\"none\">\(HTML.escaped(path)) can't be read here.</p>"
    }
    var rows = ""
    var isSkipping = false
    for n in max(1, first - 3)...max(1, min(lines.count, last + 2)) {
      // Of long files only what is near a line in question.
      guard (n - 3...n + 3).contains(where: used.contains) else {
        if !isSkipping { rows += "<div class=\"gap\">⋮</div>" }
        isSkipping = true
        continue
      }
      isSkipping = false
      rows += row(n, lines[n - 1], SourcePosition(file: positions[0].file, directory: "", line: n, column: 0))
    }
    return title + "<div class=\"code\">\(rows)</div>"
  }

  private func row(_ n: Int, _ text: String, _ place: SourcePosition) -> String {
    func isHere(_ p: SourcePosition?) -> Bool { p?.line == n && p?.file == place.file }
    let lines = part.blocks.flatMap(\.instructions).filter { isHere($0.position) }
    let slots = part.slots.filter { isHere($0.position) && $0.kind != .base }
    let activity =
      lines.contains { $0.activity == .active } ? "active" : lines.contains { $0.activity == .varied } ? "varied" : ""
    let cost = slots.reduce(0) { $0 + $1.weight }
    let badge = slots.isEmpty ? "" : "<span class=\"badge\">\(HTML.escaped(Self.sum(slots)))</span>"
    let details = slots.map { slot in
      "<div class=\"detail\"><span class=\"tag keep\">keep</span> <b>\(HTML.escaped(TapeFormula.size(slot)))</b> "
        + "<code>\(HTML.escaped(slot.what))</code><br><span class=\"why\">because \(HTML.escaped(slot.why)); "
        + "\(HTML.escaped(slot.shape))</span></div>"
    }
    let notes = part.notes.filter { isHere($0.position) }.map {
      "<div class=\"detail\"><span class=\"tag note\">\($0.kind.rawValue)</span> \(HTML.escaped($0.text))</div>"
    }
    let all = (details + notes).joined()
    return "<div class=\"line \(activity)\" data-line=\"\(key(place))\" style=\"--heat:\(HTML.heat(cost))\">"
      + "<span class=\"n\">\(n)</span><span class=\"t\">\(HTML.escaped(text))</span>\(badge)</div>"
      + (all.isEmpty ? "" : "<div class=\"details\">\(all)</div>")
  }

  private static func sum(_ slots: [Explanation.Slot]) -> String {
    let total = slots.reduce(Extent(0)) { $0 + ($1.total ?? Extent(0)) }
    let open = slots.contains { $0.total == nil }
    return (total.constant == 0 && open ? "" : total.description + " B") + (open ? " + ?" : "")
  }

  // MARK: IR

  private var instructions: String {
    let blocks = part.blocks.map { block -> String in
      let depth = block.instructions.first?.depth ?? 0
      let rows = block.instructions.map { line -> String in
        var tags = line.slots.isEmpty ? "" : "<span class=\"tag keep\">keep</span>"
        if line.isRecomputed { tags += "<span class=\"tag again\">again</span>" }
        if line.isRestored { tags += "<span class=\"tag back\">restore</span>" }
        let cost = line.slots.reduce(0) { $0 + part.slots[$1].weight }
        return
          "<div class=\"line \(line.activity.rawValue)\" data-line=\"\(key(line.position))\" style=\"--heat:\(HTML.heat(cost))\">"
          + "<span class=\"n\">\(line.position.map { "\($0.line)" } ?? "")</span>"
          + "<span class=\"t\">\(HTML.escaped(line.text))</span>\(tags)</div>"
      }
      return
        "<div class=\"block\" style=\"--depth:\(depth)\"><div class=\"name\">\(HTML.escaped(block.name.isEmpty ? "entry" : block.name)):</div>"
        + rows.joined() + "</div>"
    }
    return "<div class=\"code\">\(blocks.joined())</div>"
  }

  private var notes: String {
    let rest = part.notes.filter { $0.position == nil }
    guard !rest.isEmpty else { return "" }
    return "<ul>"
      + rest.map { "<li><span class=\"tag note\">\($0.kind.rawValue)</span> \(HTML.escaped($0.text))</li>" }
      .joined() + "</ul>"
  }
}

/// The tape of a loop nest as a drawing: loops as frames in each other, what is kept as cells.
private struct TapePicture {
  let part: Explanation.Part
  let id: String

  init(_ part: Explanation.Part, id: String) {
    self.part = part
    self.id = id
  }

  private static let cell = 11, gap = 3, line = 19, margin = 12

  var text: String {
    let (body, width, height) = frame(nil)
    return "<svg viewBox=\"0 0 \(width) \(height)\" width=\"\(width)\" height=\"\(height)\" role=\"img\" "
      + "aria-label=\"The tape of \(HTML.escaped(demangled(part.function)))\">\(body)</svg>"
  }

  /// A loop, or the function itself, with what is in it.
  private func frame(_ loop: Int?) -> (text: String, width: Int, height: Int) {
    let inner = part.loops.indices.filter { part.loops[$0].parent == loop && holdsSlots($0) }
    let slots = part.slots.filter { $0.loops.last == loop && $0.kind != .base }
    var y = Self.margin + Self.line
    var width = 12 + title(loop).count * 8
    var body = ""
    for slot in slots {
      let (text, w, h) = row(slot)
      body += "<g transform=\"translate(\(Self.margin),\(y))\">\(text)</g>"
      width = max(width, w + 2 * Self.margin)
      y += h
    }
    for l in inner {
      let (text, w, h) = frame(l)
      body += "<g transform=\"translate(\(Self.margin),\(y))\">\(text)</g>"
      width = max(width, w + 2 * Self.margin)
      y += h + 8
    }
    y += 6
    let box =
      "<rect class=\"loop d\(min(4, loop.map { part.loops[$0].depth } ?? 0))\" x=\"0.5\" y=\"0.5\" width=\"\(width - 1)\" height=\"\(y - 1)\" rx=\"6\"/>"
      + "<text class=\"looptitle\" x=\"10\" y=\"19\">\(HTML.escaped(title(loop)))</text>"
    return (box + body, width, y)
  }

  private func holdsSlots(_ loop: Int) -> Bool {
    part.slots.contains { $0.loops.contains(loop) && $0.kind != .base }
  }

  private func title(_ loop: Int?) -> String {
    guard let loop else { return "\(demangled(part.function)): once" }
    let l = part.loops[loop]
    let times = l.iterations.map { "\($0.description) times" } ?? "until it ends"
    return "loop \(l.name)" + (l.line.map { " at line \($0)" } ?? "") + ": " + times
  }

  /// What is kept in one place: a cell, a row of cells, or rows of cells; then its size and name.
  private func row(_ slot: Explanation.Slot) -> (String, Int, Int) {
    let pitch = Self.cell + Self.gap
    let columns = slot.loops.isEmpty ? 1 : 8
    let rows = slot.loops.count < 2 ? 1 : 3
    var cells = ""
    for r in 0..<rows {
      for c in 0..<columns where !(columns > 1 && c == columns - 2) {
        let opacity = rows > 1 && r == rows - 2 ? 0.35 : 1
        cells +=
          "<rect class=\"cell \(slot.kind.rawValue)\" x=\"\(c * pitch)\" y=\"\(r * pitch)\" width=\"\(Self.cell)\" height=\"\(Self.cell)\" rx=\"2\" opacity=\"\(opacity)\"/>"
      }
      if columns > 1 {
        cells += "<text class=\"dots\" x=\"\((columns - 2) * pitch + 1)\" y=\"\(r * pitch + 9)\">…</text>"
      }
    }
    let size = TapeFormula.size(slot)
    let what = slot.what.count > 70 ? String(slot.what.prefix(69)) + "…" : slot.what
    let x = 8 * pitch + 8
    let label =
      "<text class=\"size\" x=\"\(x)\" y=\"10\">\(HTML.escaped(size))</text>"
      + "<text class=\"what\" x=\"\(x + size.count * 8 + 14)\" y=\"10\">\(HTML.escaped(what))</text>"
    let width = x + size.count * 8 + 14 + what.count * 8
    let tip = "<title>\(HTML.escaped("because \(slot.why); \(slot.shape)"))</title>"
    return ("<g>\(tip)\(cells)\(label)</g>", width, max(Self.line, rows * pitch + 8))
  }
}

/// The fixed parts of the page.
private enum HTML {
  static func escaped(_ text: String) -> String {
    var result = ""
    for c in text {
      switch c {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      default: result.append(c)
      }
    }
    return result
  }

  /// How warm a line looks that keeps so many bytes: 0 to 1, a step for every factor of four.
  static func heat(_ bytes: Double) -> Double {
    guard bytes > 0 else { return 0 }
    var steps = 1.0
    var b = bytes
    while b > 8, steps < 8 {
      b /= 4
      steps += 1
    }
    return (steps / 8 * 100).rounded() / 100
  }

  static let style = """
    :root { --page: #fbfbf9; --ink: #1f2328; --soft: #6a7078; --rule: #dfe2e0; --panel: #ffffff; --active: #0b62c4; --varied: #7a5d9c;
      --keep: #c9510c; --again: #1a7f52; --back: #8a6d00; --note: #b3261e; --heat-colour: 255, 140, 40; }
    @media (prefers-color-scheme: dark) {
      :root { --page: #15181c; --ink: #e4e7ea; --soft: #8d959e; --rule: #2d333a; --panel: #1b1f24; --active: #6cb2ff; --varied: #c4a5ea;
        --keep: #ff9c5b; --again: #55d39b; --back: #e0bf4a; --note: #ff8a80; --heat-colour: 255, 130, 30; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; padding: 1.2rem 1.6rem 4rem; max-width: 110rem; background: var(--page); color: var(--ink);
      font: 15px/1.5 system-ui, "Segoe UI", "Liberation Sans", "DejaVu Sans", sans-serif; }
    h1 { font-size: 1.5rem; margin: 0 0 .3rem; } h2 { font-size: 1.15rem; margin: 1.6rem 0 .6rem; } h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
    h4 { font-size: .8rem; margin: 1rem 0 .4rem; color: var(--soft); text-transform: uppercase; letter-spacing: .06em; }
    h3 small { color: var(--soft); font-weight: normal; } .nabla { color: var(--keep); }
    nav a { margin-right: 1rem; color: var(--active); } .legend { color: var(--soft); margin: .4rem 0 0; font-size: .85rem; }
    .summary { display: flex; flex-wrap: wrap; gap: .4rem 2rem; margin: 0 0 .6rem; } .summary div { display: flex; gap: .5rem; }
    .summary dt { color: var(--soft); } .summary dd { margin: 0; font-weight: 600; }
    .sides { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem; }
    @media (max-width: 900px) { .sides { grid-template-columns: minmax(0, 1fr); } }
    .side { min-width: 0; } .code, .picture { background: var(--panel); border: 1px solid var(--rule); border-radius: 8px; overflow-x: auto; padding: .4rem 0; }
    .picture { padding: .8rem; } .file { margin: .2rem 0; font-size: .85rem; color: var(--soft); } .none { color: var(--soft); }
    .line, .name, .gap { font: 12.5px/1.55 ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; white-space: pre; padding: 0 .6rem 0 0; display: flex; gap: .6rem; cursor: default; }
    .line { background: rgba(var(--heat-colour), calc(var(--heat) * .38)); border-left: 4px solid transparent; }
    .line .n { color: var(--soft); min-width: 2.6rem; text-align: right; user-select: none; flex: none; } .line .t { flex: 1 1 0; min-width: 0; white-space: pre-wrap; overflow-wrap: anywhere; padding-left: 4ch; text-indent: -4ch; }
    .line.active { border-left-color: var(--active); } .line.active .t, .key.active { color: var(--active); }
    .line.varied .t, .key.varied { color: var(--varied); } .line.inert .t { color: var(--soft); }
    .line.lit { outline: 2px solid var(--active); outline-offset: -2px; } .key { font-weight: 600; margin-left: .8rem; } .legend .key:first-child { margin-left: 0; }
    .gap { color: var(--soft); padding-left: 3.2rem; } .name { color: var(--soft); padding: .3rem 0 0 .6rem; }
    .block { border-left: calc(var(--depth) * 4px) solid rgba(var(--heat-colour), .25); }
    .badge { font-size: 11px; color: var(--keep); font-weight: 600; flex: none; background: var(--panel); border: 1px solid var(--rule); border-radius: 9px; padding: 0 .5rem; align-self: center; line-height: 1.4; }
    .tag { flex: none; font: 600 10.5px/1.5 system-ui, "Liberation Sans", sans-serif; border: 1px solid currentColor; border-radius: 8px; padding: 0 .4rem; align-self: center; }
    .tag.keep { color: var(--keep); } .tag.again { color: var(--again); } .tag.back { color: var(--back); } .tag.note { color: var(--note); }
    .details { margin: .1rem 0 .4rem 3.4rem; padding-right: .6rem; } .detail { font-size: 12.5px; margin: .15rem 0; } .detail code { font-size: 12px; overflow-wrap: anywhere; }
    .why { color: var(--soft); } svg text { font: 12px ui-monospace, "DejaVu Sans Mono", "Liberation Mono", monospace; fill: var(--ink); }
    svg .looptitle { font-weight: 600; } svg .size { fill: var(--keep); font-weight: 600; } svg .what, svg .dots { fill: var(--soft); }
    svg .loop { fill: rgba(var(--heat-colour), .05); stroke: var(--rule); stroke-width: 1.5; } svg .loop.d0 { fill: none; }
    svg .cell { fill: var(--keep); } svg .cell.branch { fill: var(--active); } svg .cell.saved { fill: var(--back); } svg .cell.frame { fill: var(--varied); }
    svg .cell.trips { fill: var(--again); } svg .cell.shadow { fill: var(--soft); }
    """

  static let script = """
    let held = null;
    function light(key) {
      document.querySelectorAll('.line.lit').forEach(e => e.classList.remove('lit'));
      if (key) document.querySelectorAll('.line[data-line="' + key + '"]').forEach(e => e.classList.add('lit'));
    }
    document.addEventListener('mouseover', e => {
      const line = e.target.closest('.line');
      light(line && line.dataset.line ? line.dataset.line : held);
    });
    document.addEventListener('click', e => {
      const line = e.target.closest('.line');
      held = line && line.dataset.line !== held ? line.dataset.line : null;
      light(held);
      if (!held) return;
      const side = line.closest('.side');
      document.querySelectorAll('.line[data-line="' + held + '"]').forEach(other => {
        if (other.closest('.side') !== side && other.closest('.part') === line.closest('.part'))
          other.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
      });
    });
    // plan.html#L12 opens at line 12.
    const wanted = /^#L(\\d+)$/.exec(location.hash);
    const first = wanted && document.querySelector('.source .line[data-line$="-' + wanted[1] + '"]');
    if (first) {
      held = first.dataset.line;
      light(held);
      first.scrollIntoView({ block: 'center' });
    }
    """
}
