import Testing

@testable import Frontend

@Suite struct ResultTests {
  /// How the gradient of a function with parameters of the types `out`, all active, becomes
  /// `declared`.
  func adaptation(_ out: [String], as declared: String, hook: String = "__nabla_autodiff")
    -> ResultAdaptation?
  {
    let parameters = out.enumerated().map { "\($1) %p\($0)" }.joined(separator: ", ")
    let operands = out.map { ", \($0) zeroinitializer" }.joined()
    let tape = hook.hasSuffix("reverse") ? ", double 1.0, ptr(i8) null" : ""
    let m = Fixture(
      """
      target datalayout = "e-m:e-i64:64-f80:128-n8:16:32:64-S128"
      define double @f(\(parameters)) { ret double 1.0 }
      declare \(declared) @\(hook)(...)
      define \(declared) @caller() {
        %r = call \(declared) (...) @\(hook)(@f as double (\(out.joined(separator: ", "))) asptr\(operands)\(tape))
        ret \(declared) %r
      }
      """)
    return m.result()
  }

  @Test func direct() {
    #expect(adaptation(["double"], as: "double") == .direct)
    #expect(adaptation(["<2 x float>"], as: "<2 x float>") == .direct)
  }

  /// The forms in which C returns small structures.
  @Test(arguments: [
    (["double", "double"], "{ double, double }", [0, 8]),
    (["double"], "{ double }", [0]),
    (["float", "float"], "<2 x float>", [0, 4]),
    (["float", "float"], "i64", [0, 4]),
    (["float", "float", "float"], "{ <2 x float>, float }", [0, 4, 8]),
    (["double", "float"], "{ double, float }", [0, 8]),
    (["float", "double"], "{ i64, double }", [0, 8]),
    (["{ double, double }"], "{ double, double }", [0]),
    (["double", "double"], "[2 x double]", [0, 8]),
    (["double", "double"], "{ { double, { double } } }", [0, 8]),
    (["float", "<2 x float>"], "{ <2 x float>, float }", [0, 4]),
  ])
  func throughMemory(_ out: [String], _ declared: String, _ offsets: [Int]) {
    let found = adaptation(out, as: declared)
    #expect(found == .memory(offsets: offsets) || found == .direct)
  }

  @Test func onlyTheFirst() {
    #expect(adaptation(["double", "double"], as: "double") == .first)
    #expect(adaptation(["{ double, double }"], as: "double") == .first)
  }

  @Test(arguments: [
    (["double"], "float"), (["double"], "i64"), (["double"], "{ double, double }"),
    (["double", "double", "double"], "{ double, double }"), (["float", "float"], "double"),
    (["double", "double"], "{ double, i32 }"),
  ])
  func refused(_ out: [String], _ declared: String) {
    #expect(adaptation(out, as: declared) == nil)
  }

  /// The result of an augmented pass is {tape, primal}; a structure with the fields exchanged
  /// gets each where it is declared.
  @Test func augmented() {
    let hook = "__nabla_augmentfwd"
    #expect(
      adaptation(["double"], as: "{ ptr(i8), double }", hook: hook) == .memory(offsets: [0, 8]))
    #expect(
      adaptation(["double"], as: "{ ptr(i8), double, ptr(i8) }", hook: hook)
        == .memory(offsets: [0, 8]))
    #expect(adaptation(["double"], as: "{ double, ptr(i8) }", hook: hook) == .reordered(offsets: [8, 0]))
    #expect(adaptation(["double"], as: "ptr(i8)", hook: hook) == .first)
  }

  @Test func reverse() {
    #expect(adaptation(["double"], as: "double", hook: "__nabla_reverse") == .direct)
  }
}
