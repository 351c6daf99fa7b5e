internal import LLVMShims

/// The two dialects of textual IR. One text serves both: pointer types are written `ptr(double)`,
/// functions as pointer operands `@f as double (double) asptr`. The lit tests read the same
/// notation.
package enum Dialect {
  /// Has this LLVM typed pointers?
  package static var isTyped: Bool { nablaLLVMMajor() < 15 }

  /// The text as an LLVM with typed or with opaque pointers reads it.
  package static func translate(_ text: String, typed: Bool = isTyped) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { pointers(functions($0, typed), typed) }.joined(separator: "\n")
  }

  /// `ptr(T)`, perhaps nested.
  private static func pointers(_ line: String, _ typed: Bool) -> String {
    guard let (before, after) = line.split(around: "ptr(") else { return line }
    var depth = 1
    let end = after.firstIndex { c in
      if c == "(" { depth += 1 }
      if c == ")" { depth -= 1 }
      return depth == 0
    }
    guard let end else { return line }
    let pointee = pointers(String(after[..<end]), typed)
    let rest = String(after[after.index(after: end)...])
    return before + (typed ? pointee + "*" : "ptr") + pointers(rest, typed)
  }

  /// `@f as T asptr`
  private static func functions(_ line: Substring, _ typed: Bool) -> String {
    guard let (head, rest) = line.split(around: " asptr"),
      let (_, type) = head.split(around: " as "),
      let at = head.dropLast(type.count + 4).lastIndex(of: "@")
    else { return String(line) }
    let name = head.dropLast(type.count + 4)[at...]
    let operand = typed ? "i8* bitcast (\(type)* \(name) to i8*)" : "ptr \(name)"
    return head[..<at] + operand + functions(rest, typed)
  }
}

extension StringProtocol where SubSequence == Substring {
  /// What stands before and after the first occurrence of `mark`.
  fileprivate func split(around mark: String) -> (before: Substring, after: Substring)? {
    var start = startIndex
    while start != endIndex {
      if self[start...].hasPrefix(mark) {
        return (self[..<start], self[index(start, offsetBy: mark.count)...])
      }
      start = index(after: start)
    }
    return nil
  }
}
