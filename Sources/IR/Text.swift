/// Text of LLVM IR that the engine brings along.
extension String {
  /// IR text with typed pointers, as text with opaque ones.
  package var opaquePointers: String {
    var out: [UInt8] = []
    out.reserveCapacity(utf8.count)
    func isOfWord(_ c: UInt8) -> Bool {
      switch c {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "%"):
        true
      default: false
      }
    }
    func dropWord() { while let last = out.last, isOfWord(last) { out.removeLast() } }
    func dropGroup(_ open: UInt8, _ close: UInt8) {
      var depth = 0
      while let c = out.popLast() {
        if c == close { depth += 1 } else if c == open { depth -= 1 }
        if depth == 0 { return }
      }
    }
    for c in utf8 {
      guard c == UInt8(ascii: "*") else {
        out.append(c)
        continue
      }
      switch out.last {
      case UInt8(ascii: ")"):
        // A function, behind what it returns.
        dropGroup(UInt8(ascii: "("), UInt8(ascii: ")"))
        if out.last == UInt8(ascii: " ") { out.removeLast() }
        dropWord()
      case UInt8(ascii: "]"): dropGroup(UInt8(ascii: "["), UInt8(ascii: "]"))
      case UInt8(ascii: "}"): dropGroup(UInt8(ascii: "{"), UInt8(ascii: "}"))
      default: dropWord()
      }
      out += "ptr".utf8
    }
    return String(decoding: out, as: UTF8.self)
  }

  package func replacing(_ what: String, with text: String) -> String {
    let (all, what, text) = (Array(utf8), Array(what.utf8), Array(text.utf8))
    var result: [UInt8] = []
    result.reserveCapacity(all.count)
    var k = 0
    while k < all.count {
      if all[k] == what[0], k + what.count <= all.count, all[k..<(k + what.count)].elementsEqual(what) {
        result += text
        k += what.count
      } else {
        result.append(all[k])
        k += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Does the text contain another?
  package func has(_ text: String) -> Bool {
    let (all, text) = (Array(utf8), Array(text.utf8))
    guard !text.isEmpty, all.count >= text.count else { return text.isEmpty }
    return (0...(all.count - text.count)).contains {
      all[$0] == text[0] && all[$0..<($0 + text.count)].elementsEqual(text)
    }
  }
}
