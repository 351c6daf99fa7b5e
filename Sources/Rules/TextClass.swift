/// A class of the C++ library that owns characters: neither it nor what it points to holds floating-point numbers.
///
/// Its functions without body move the characters about, so that no shadow could follow them.
public struct TextClass: Hashable, Sendable {
  /// How names of its types begin in type-based alias information.
  let typePrefix: String
  /// How mangled names of its member functions begin, without the letters for `const`.
  let memberPrefix: String
  /// Bytes of an object.
  public let size: Int
  /// Where the pointer to the characters lies in an object.
  public let pointerOffset: Int
  /// Where short texts lie, in the object itself.
  let buffer: [Range<Int>]
  /// How many names and lists end behind the template arguments.
  let closings: Int

  /// Is this distance from the beginning of an object one to its short text?
  public func isInBuffer(_ offset: Int) -> Bool { buffer.contains { $0.contains(offset) } }

  /// `std::string` of libstdc++, and its siblings of other characters.
  public static let string = TextClass(
    typePrefix: "_ZTSNSt7__cxx1112basic_stringI", memberPrefix: "St7__cxx1112basic_stringI", size: 32,
    pointerOffset: 0, buffer: [16..<32], closings: 2)
  /// `std::string` of libc++: a short text takes the place of the pointer, behind its length.
  public static let libcxxString = TextClass(
    typePrefix: "_ZTSNSt3__112basic_stringI", memberPrefix: "St3__112basic_stringI", size: 24, pointerOffset: 16,
    buffer: [1..<16, 17..<24], closings: 3)
  public static let all = [string, libcxxString]

  /// The class that a type of this name is, or is the first part of.
  public static func type(_ name: String) -> TextClass? { all.first { name.hasPrefix($0.typePrefix) } }

  /// What a member function returns.
  public enum Result { case text, object, other }

  /// The class whose member the function is, and what that returns; `nil` for functions that take no object of the class.
  public static func member(_ function: String) -> (of: TextClass, returns: Result)? {
    if function.hasPrefix("_ZNSt3__19to_string") { return (libcxxString, .other) }
    let rest =
      function.hasPrefix("_ZNK") ? function.dropFirst(4) : function.hasPrefix("_ZN") ? function.dropFirst(3) : ""
    guard let of = all.first(where: { rest.hasPrefix($0.memberPrefix) }), let name = of.memberName(rest),
      !withoutObject.contains(where: { name.hasPrefix($0) })
    else { return nil }
    if returningText.contains(where: { name.hasPrefix($0) }) { return (of, .text) }
    return (of, returningObject.contains { name.hasPrefix($0) } ? .object : .other)
  }

  /// The name behind the template arguments `<char, std::char_traits<char>, std::allocator<char>>`.
  private func memberName(_ rest: Substring) -> Substring? {
    var i = rest.startIndex
    while i < rest.endIndex {
      if let mark = ["ESaI", "NS_9allocatorI"].first(where: { rest[i...].hasPrefix($0) }) {
        let end = rest.index(i, offsetBy: mark.count)
        let name = rest[end...].drop { $0 != "E" }.dropFirst(closings)
        return name.isEmpty ? nil : name
      }
      i = rest.index(after: i)
    }
    return nil
  }
  /// Static functions, and the wrapper of views.
  private static let withoutObject = [
    "10_S_compare", "7_S_copy", "7_S_move", "9_S_assign", "13_S_copy_chars", "17_S_to_string_view", "11_S_allocate",
    "12__sv_wrapper", "10__align_it", "11__recommend", "13__fits_in_sso", "22__allocate_long_buffer",
  ]
  private static let returningText = [
    "5c_str", "4data", "ix", "2at", "5front", "4back", "5begin", "3end", "6cbegin", "4cend", "9_M_create", "7_M_data",
    "13_M_local_data", "13__get_pointer", "18__get_long_pointer", "19__get_short_pointer", "cvSt17basic_string_view",
    "6insertEN9__gnu_cxx", "5eraseEN9__gnu_cxx",
  ]
  private static let returningObject = [
    "6append", "6assign", "aS", "pL", "9_M_append", "10_M_replace", "14_M_replace", "7replace", "6insert", "5erase",
  ]
}
