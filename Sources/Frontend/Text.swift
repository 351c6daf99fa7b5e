// The few operations on text that the standard library lacks.

extension Array where Element == UInt8 {
  /// The first place where `text` stands, at or after `start`.
  func firstRange(ofText text: String, from start: Int = 0) -> Range<Int>? {
    let wanted = Array(text.utf8)
    guard !wanted.isEmpty, count >= wanted.count else { return nil }
    var i = start
    while i + wanted.count <= count {
      if self[i] == wanted[0], self[i..<(i + wanted.count)].elementsEqual(wanted) {
        return i..<(i + wanted.count)
      }
      i += 1
    }
    return nil
  }
}

extension String {
  /// Does the text contain the other?
  func has(_ text: String) -> Bool { Array(utf8).firstRange(ofText: text) != nil }

  /// The text without blanks at both ends.
  var trimmed: String {
    var view = self[...]
    while view.first == " " { view.removeFirst() }
    while view.last == " " { view.removeLast() }
    return String(view)
  }

  /// The text without the prefix; nil if it does not begin with it.
  func dropping(prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}

/// How many insertions, deletions, replacements and exchanges of neighbours turn `a` into `b`.
func editDistance(_ a: String, _ b: String) -> Int {
  let x = Array(a.utf8), y = Array(b.utf8)
  var before = [Int](), row = Array(0...y.count)
  for i in 0..<x.count {
    var next = [i + 1]
    for j in 0..<y.count {
      var best = min(row[j] + (x[i] == y[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
      if i > 0, j > 0, x[i] == y[j - 1], x[i - 1] == y[j] { best = min(best, before[j - 1] + 1) }
      next.append(best)
    }
    before = row
    row = next
  }
  return row[y.count]
}

/// The candidate that `word` is most likely a misspelling of; nil if none is near.
func closest(to word: String, among candidates: [String]) -> String? {
  var best: (word: String, distance: Int)?
  for candidate in candidates {
    let d = editDistance(word, candidate)
    if d < best?.distance ?? Int.max { best = (candidate, d) }
  }
  guard let best, best.distance <= max(2, word.utf8.count / 3) else { return nil }
  return best.word
}

/// "1 operand", "2 operands"
func counted(_ n: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(n) \(n == 1 ? noun : plural ?? noun + "s")"
}
