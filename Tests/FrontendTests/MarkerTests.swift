import Testing

@testable import Frontend

@Suite struct MarkerTests {
  @Test(arguments: [
    ("enzyme_dup", Marker.dup), ("nabla_const", .const), ("enzyme_primal_return", .primalReturn),
    ("enzyme_dup.5", .dup), ("_ZL10enzyme_dup", .dup), ("_ZN2my10enzyme_outE", .out),
    ("nabla_not_overwritten", .notOverwritten),
  ])
  func names(_ name: String, _ marker: Marker) { #expect(MarkerName(name)?.marker == marker) }

  @Test func notMarkers() {
    #expect(MarkerName("dup") == nil)
    #expect(MarkerName("my_enzyme_dup") == nil)
    #expect(MarkerName("enzyme_tabel")?.marker == nil)
  }

  @Test(arguments: [
    ("enzyme_ot", "enzyme_out"), ("nabla_dupnonneed", "nabla_dupnoneed"),
    ("enzyme_cosnt", "enzyme_const"),
    ("enzyme_with", "enzyme_width"),
  ])
  func suggestions(_ name: String, _ suggestion: String) {
    #expect(MarkerName(name)?.suggestion == suggestion)
  }

  /// All forms in which a marker may be an operand.
  @Test func operandForms() {
    let m = Fixture(
      """
      @enzyme_dup = external global i32
      @enzyme_out = external global i32
      @nabla_field = global [4 x double] zeroinitializer
      declare void @use(...)
      define void @f(i1 %c) {
      entry:
        %home = alloca i32
        %enzyme_const = alloca i32
        %first = load i32, ptr(i32) @enzyme_dup
        store i32 %first, ptr(i32) %home
        %through = load i32, ptr(i32) %home
        %wide = sext i32 %through to i64
        br i1 %c, label %a, label %b
      a:
        %x = load i32, ptr(i32) @enzyme_out
        br label %join
      b:
        %y = load i32, ptr(i32) @enzyme_out
        br label %join
      join:
        %same = phi i32 [ %x, %a ], [ %y, %b ]
        %other = phi i32 [ %x, %a ], [ 1, %b ]
        call void (...) @use(i32 %first, i32 %through, i64 %wide, i32 %same, i32 %other, ptr(i32) @enzyme_dup,
          ptr(i32) %enzyme_const, metadata !"enzyme_width", ptr([4 x double]) @nabla_field, i32 7)
        ret void
      }
      """.replacingNewlineInCall())
    let call = m.function("f").blocks.last!.terminator!.previous!
    let words = call.arguments.map { $0.markerName?.word }
    #expect(words == ["dup", "dup", "dup", "out", nil, "dup", "const", "width", nil, nil])
  }
}

extension String {
  /// The dialect works by lines.
  fileprivate func replacingNewlineInCall() -> String {
    split(separator: "\n", omittingEmptySubsequences: false).reduce(into: "") { text, line in
      text += text.hasSuffix(",") ? line.drop { $0 == " " } : "\n" + line
    }
  }
}
