extension String {
  /// IR text with typed pointers, as text with opaque ones.
  package var opaquePointers: String {
    var out: [Substring] = []
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      var l = String(line)
      for type in ["void (i8*, i64)*", "i32 (i8*, i8*)*"] { l = l.replacing(type, with: "ptr") }
      if l.contains("= bitcast "), l.contains("* to ") {
        // A cast between pointers is no cast any more.
        l = l.replacing("bitcast i8* ", with: "getelementptr i8, ptr ").replacing(
          "bitcast i64* ", with: "getelementptr i8, ptr ")
        l = l.replacing(" to i64*", with: ", i64 0").replacing(" to i8*", with: ", i64 0")
      }
      l = l.replacing("i8*", with: "ptr").replacing("i64*", with: "ptr")
      out.append(Substring(l))
    }
    return out.joined(separator: "\n")
  }
  fileprivate func replacing(_ what: String, with text: String) -> String {
    var result = ""
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(what) {
        result += text
        rest = rest.dropFirst(what.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
