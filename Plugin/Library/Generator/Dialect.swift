/// Text of LLVM IR with opaque pointers, of any newer clang, as text that LLVM 14 reads: every pointer is an `i8*`, and cast where memory
/// is accessed. What says more than what is computed (attributes, flags, alignments, marks) is left out.
///
/// Each instruction that appears is known here. Another one is an error: so no newer compiler changes silently what the plugin contains.
struct Dialect {
  struct Unknown: Error, CustomStringConvertible {
    let description: String
  }

  static func convert(_ text: String) throws -> String {
    var dialect = Dialect()
    for line in text.split(separator: "\n") { try dialect.convert(line: line) }
    return dialect.lines.joined(separator: "\n")
  }

  private var lines: [String] = []
  private var casts = 0

  private static let plain: Set<Substring> = [
    "add", "sub", "mul", "sdiv", "udiv", "srem", "urem", "shl", "lshr", "ashr", "and", "or", "xor", "fadd", "fsub",
    "fmul", "fdiv",
    "fneg", "icmp", "fcmp", "select", "phi", "trunc", "zext", "sext", "sitofp", "ptrtoint", "inttoptr", "freeze", "br",
    "ret", "switch",
    "unreachable",
  ]
  private static let flags: Set<Substring> = [
    "nuw", "nsw", "nusw", "inbounds", "exact", "nneg", "disjoint", "samesign", "tail", "dso_local",
    "local_unnamed_addr",
    "unnamed_addr",
  ]

  private mutating func convert(line: Substring) throws {
    // Comments and marks stand at the end.
    var line = line[..<(line.firstRange(of: "; preds =")?.lowerBound ?? line.endIndex)]
    line = line[..<(line.firstRange(of: ", !")?.lowerBound ?? line.endIndex)].trimmingSpaces
    if ["", ";", "!", "attributes ", "source_filename", "target "].contains(where: {
      $0.isEmpty ? line.isEmpty : line.hasPrefix($0)
    }) {
      return
    }
    if line.hasPrefix("define ") || line.hasPrefix("declare ") {
      lines.append(try head(line))
    } else if line == "}" || line == "]" || line.hasSuffix(":") {
      lines.append(String(line))
    } else {
      try instruction(line)
    }
  }

  /// The line that begins or declares a function.
  private func head(_ line: Substring) throws -> String {
    let (front, parameters, _) = try list(line)
    let words = front.split(separator: " ")
    let kept = words.dropLast(2).filter { ["define", "declare", "internal", "fastcc"].contains($0) }
    guard words.count >= 3, let name = words.last else { throw Unknown(description: "cannot read: \(line)") }
    let all = try parameters.map { try operand($0, isNamed: !line.hasPrefix("declare ")).joined(separator: " ") }
    return (kept + [Substring(type(words[words.count - 2])), name]).joined(separator: " ")
      + "(\(all.joined(separator: ", ")))" + (line.hasPrefix("define ") ? " {" : "")
  }

  private mutating func instruction(_ line: Substring) throws {
    var rest = line
    var result = ""
    if line.hasPrefix("%"), let sign = line.firstRange(of: " = ") {
      result = line[..<sign.upperBound].description
      rest = line[sign.upperBound...]
    }
    let words = rest.split(separator: " ").filter { !Self.flags.contains($0) }
    let code = words.joined(separator: " ")
    func add(_ text: String) { lines.append("  " + text) }
    switch words[0] {
    case "load", "store", "atomicrmw":
      // The address, with its type, is one of the operands.
      let parts = split(code)
      guard let k = parts.firstIndex(where: { $0.hasPrefix("ptr ") || $0.hasPrefix("atomicrmw add ptr ") }) else {
        throw Unknown(description: "cannot read: \(line)")
      }
      let isAtomic = code.hasPrefix("load atomic") || words[0] == "atomicrmw"
      let address = parts[k].split(separator: " ")
      let at = address.firstIndex(of: "ptr")!
      let operand = (words[0] == "atomicrmw" ? parts[1] : parts[0]).split(separator: " ")
      let accessed = type(operand.first { !["load", "store", "atomic"].contains($0) }!)
      let cast = cast(address[at + 1], to: accessed)
      let target = (address[..<at] + ["\(accessed)*", cast[...]] + address[(at + 2)...]).joined(separator: " ")
      let others = parts.enumerated().filter { isAtomic || !$1.hasPrefix("align ") }.map {
        $0 == k ? target : pointers($1)
      }
      add(result + others.joined(separator: ", "))
    case "getelementptr":
      let parts = split(code.dropFirst("getelementptr ".count)[...])
      guard parts.count == 3, parts[1].hasPrefix("ptr %") else {
        throw Unknown(description: "not of one index: \(line)")
      }
      let element = type(parts[0])
      let base = cast(parts[1].dropFirst("ptr ".count), to: element)
      casts += 1
      add("%e\(casts) = getelementptr \(element), \(element)* \(base), \(parts[2])")
      add(result + "bitcast \(element)* %e\(casts) to i8*")
    case "call":
      let (front, arguments, _) = try list(code[...])
      let callee = front.split(separator: " ")
      let all = try arguments.map { try operand($0, isNamed: true) }
      let returned = type(callee[callee.count - 2])
      var name = String(callee.last!)
      if name.hasPrefix("@llvm."),
        !["@llvm.smax.i64", "@llvm.smin.i64", "@llvm.umax.i64", "@llvm.umin.i64"].contains(name)
      {
        throw Unknown(description: "an intrinsic that Dialect.swift does not know: \(line)")
      }
      if name.hasPrefix("%") {
        casts += 1
        add("%c\(casts) = bitcast i8* \(name) to \(returned) (\(all.map { $0[0] }.joined(separator: ", ")))*")
        name = "%c\(casts)"
      }
      let convention = callee.contains("fastcc") ? "fastcc " : ""
      add(
        result
          + "call \(convention)\(returned) \(name)(\(all.map { $0.joined(separator: " ") }.joined(separator: ", ")))")
    case let word where Self.plain.contains(word) || words.dropFirst(2).first == "label":
      // (Also what a switch lists.)
      add(result + pointers(code[...]))
    default: throw Unknown(description: "an instruction that Dialect.swift does not know: \(line)")
    }
  }

  private mutating func cast(_ pointer: Substring, to type: String) -> String {
    if type == "i8" { return String(pointer) }
    casts += 1
    lines.append("  %c\(casts) = bitcast i8* \(pointer) to \(type)*")
    return "%c\(casts)"
  }

  private func type(_ word: Substring) -> String { word == "ptr" ? "i8*" : String(word) }

  /// The text with its pointer types replaced.
  private func pointers(_ text: Substring) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { type($0) }.joined(separator: " ")
  }

  /// Type and value of an argument or a parameter; attributes are between the two.
  private func operand(_ text: Substring, isNamed: Bool) throws -> [String] {
    let words = text.split(separator: " ")
    guard let first = words.first, let last = words.last, !isNamed || words.count > 1 else {
      throw Unknown(description: "cannot read the operand: \(text)")
    }
    return isNamed ? [type(first), String(last)] : [type(first)]
  }

  /// What is in front of the first list in parentheses that stands behind a function, the list, and what comes after.
  private func list(_ line: Substring) throws -> (Substring, [Substring], Substring) {
    var opening: Substring.Index?
    var inName = false
    for k in line.indices {
      if line[k] == "@" || line[k] == "%" { inName = true } else if line[k] == " " { inName = false }
      if line[k] == "(", inName {
        opening = k
        break
      }
    }
    guard let opening else { throw Unknown(description: "cannot read: \(line)") }
    var depth = 0
    for k in line[opening...].indices {
      depth += line[k] == "(" ? 1 : line[k] == ")" ? -1 : 0
      if depth == 0 {
        return (line[..<opening], split(line[line.index(after: opening)..<k]), line[line.index(after: k)...])
      }
    }
    throw Unknown(description: "cannot read: \(line)")
  }

  /// The parts between commas that are in no parentheses.
  private func split(_ text: some StringProtocol) -> [Substring] {
    var parts: [Substring] = []
    var depth = 0
    var part = Substring()
    for c in text {
      depth += "([{".contains(c) ? 1 : ")]}".contains(c) ? -1 : 0
      if c == ",", depth == 0 {
        parts.append(part.trimmingSpaces)
        part = ""
      } else {
        part.append(c)
      }
    }
    let last = part.trimmingSpaces
    return last.isEmpty ? parts : parts + [last]
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return text
  }
}
