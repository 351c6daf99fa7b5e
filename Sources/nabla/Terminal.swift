import Glibc

/// What a person reads: colours where they help and can be shown, plain text otherwise.
enum Terminal {
  /// Is there a person at the end of this stream? `NO_COLOR` and `CLICOLOR_FORCE` are respected.
  static func hasColours(_ descriptor: Int32) -> Bool {
    if getenv("NO_COLOR") != nil { return false }
    if getenv("CLICOLOR_FORCE") != nil { return true }
    guard let term = getenv("TERM"), String(cString: term) != "dumb" else { return false }
    return isatty(descriptor) == 1
  }

  static let output = Style(isOn: hasColours(1))
  static let errors = Style(isOn: hasColours(2))

  /// The width of the terminal, or that of a page.
  static var width: Int {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 100 }
    return Int(size.ws_col)
  }

  static func print(_ text: String, to descriptor: Int32 = 1) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let n = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if n < 0 && errno == EINTR { continue }
      guard n > 0 else { return }
      rest.removeFirst(n)
    }
  }
}

/// Colours, or none.
struct Style {
  let isOn: Bool

  private func paint(_ code: String, _ text: String) -> String {
    isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
  func bold(_ text: String) -> String { paint("1", text) }
  func dim(_ text: String) -> String { paint("2", text) }
  func red(_ text: String) -> String { paint("31;1", text) }
  func green(_ text: String) -> String { paint("32", text) }
  func yellow(_ text: String) -> String { paint("33", text) }
  func cyan(_ text: String) -> String { paint("36", text) }
}

/// What is going on, on a terminal; nothing elsewhere.
struct Progress {
  private let isShown = isatty(2) == 1

  func show(_ text: String) {
    guard isShown else { return }
    Terminal.print("\r\u{1B}[K" + Terminal.errors.dim(String(text.prefix(Terminal.width - 1))), to: 2)
  }
  func clear() {
    if isShown { Terminal.print("\r\u{1B}[K", to: 2) }
  }
}

/// A table with aligned columns.
struct Table {
  enum Alignment { case left, right }
  var columns: [(title: String, alignment: Alignment)]
  var rows: [[String]] = []
  /// Paints a cell that was padded already.
  var paint: (_ row: Int, _ column: Int, _ text: String) -> String = { $2 }

  init(_ columns: [(String, Alignment)]) { self.columns = columns.map { (title: $0.0, alignment: $0.1) } }

  func text(_ style: Style, indent: String = "  ") -> String {
    let widths = columns.indices.map { c in
      ([columns[c].title] + rows.map { $0[c] }).map(\.count).max() ?? 0
    }
    func pad(_ text: String, _ c: Int) -> String {
      let space = String(repeating: " ", count: max(0, widths[c] - text.count))
      return columns[c].alignment == .left ? text + space : space + text
    }
    func line(_ cells: [String]) -> String {
      var text = indent + cells.joined(separator: "  ")
      while text.last == " " { text.removeLast() }
      return text
    }
    var lines = [line(columns.indices.map { style.dim(pad(columns[$0].title, $0)) })]
    for (r, row) in rows.enumerated() {
      lines.append(line(row.indices.map { paint(r, $0, pad(row[$0], $0)) }))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
