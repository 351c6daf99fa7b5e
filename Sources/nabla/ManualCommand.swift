import ArgumentParser

/// Prints the manual page, which is made of the help texts.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page (man's format).", shouldDisplay: false)

  func run() {
    var page = """
      .TH NABLA 1 "" "\(Roff.escaped(Nabla.configuration.version))" "User Commands"
      .SH NAME
      nabla \\- \(Roff.escaped(Nabla.configuration.abstract))
      .SH SYNOPSIS
      .B nabla
      .I subcommand
      [options] file
      .SH DESCRIPTION

      """
    page += Roff.paragraphs(Nabla.configuration.discussion)
    page += ".SH COMMANDS\n"
    for command in Nabla.configuration.subcommands where command.configuration.shouldDisplay {
      page += section(command)
    }
    page += """
      .SH ENVIRONMENT
      .TP
      .B NABLA_PLUGIN
      The plugin that \\fBnabla doctor\\fR tries.
      .TP
      .B NO_COLOR\\fR, \\fBCLICOLOR_FORCE
      Never, or always, use colours.
      .SH EXIT STATUS
      0 if all is well; 1 if a derivative is wrong or refused; 2 if the command could not do its work; 64 for a mistake in the
      command line.
      .SH SEE ALSO
      .BR clang (1),
      .BR opt (1),
      .BR llvm-reduce (1)

      """
    Terminal.print(page)
  }

  private func section(_ command: any ParsableCommand.Type) -> String {
    let help = Nabla.helpMessage(for: command, columns: 100_000)
    var page = ".SS \"nabla \(command._commandName)\"\n"
    page += Roff.paragraphs(command.configuration.abstract + "\n\n" + command.configuration.discussion)
    var isOptions = false
    for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("ARGUMENTS:") || line.hasPrefix("OPTIONS:") {
        isOptions = true
      } else if isOptions, line.hasPrefix("  ") {
        page += option(line)
      }
    }
    return page
  }

  /// "  -f, --function <function>   The function …"
  private func option(_ line: Substring) -> String {
    let text = line.drop { $0 == " " }
    // The text goes on below a long label.
    guard line.prefix(3) != "   " else { return Roff.escaped(String(text)) + "\n" }
    var end = text.startIndex
    while end < text.endIndex, !text[end...].hasPrefix("  ") { end = text.index(after: end) }
    let label = text[..<end], rest = text[end...].drop { $0 == " " }
    return ".TP\n.B \(Roff.escaped(String(label)))\n" + (rest.isEmpty ? "" : Roff.escaped(String(rest)) + "\n")
  }
}

/// man's format.
private enum Roff {
  static func escaped(_ text: String) -> String {
    var result = ""
    for c in text {
      switch c {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      default: result.append(c)
      }
    }
    return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
  }

  /// Paragraphs, with indented lines as they are.
  static func paragraphs(_ text: String) -> String {
    var result = ""
    var isVerbatim = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let isIndented = line.hasPrefix("  ")
      if isIndented != isVerbatim {
        result += isIndented ? ".nf\n" : ".fi\n"
        isVerbatim = isIndented
      }
      if line == "EXAMPLES" {
        result += ".PP\n.I Examples\n"
      } else {
        result += line.isEmpty ? ".PP\n" : escaped(line) + "\n"
      }
    }
    return result + (isVerbatim ? ".fi\n" : "")
  }
}
