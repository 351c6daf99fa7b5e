import Testing

@testable import Frontend

/// The pass as a whole: no request is left, the module is valid, nothing is left for the linker.
@Suite struct PipelineTests {
  static let functions = """
    @nabla_dup = external global i32
    @nabla_out = external global i32
    @nabla_width = external global i32
    declare double @__nabla_autodiff(...)
    declare double @__nabla_fwddiff(...)
    declare double @__nabla_call_inactive(...)
    declare double @__nabla_ignore_derivatives(double)
    declare void @__nabla_double(ptr(i8), i64)
    declare i64 @__nabla_augmentsize(...)
    declare ptr(i8) @__nabla_virtualreverse(ptr(i8))
    declare { double, double } @__nabla_batch(...)
    define double @square(double %x) {
      %r = fmul double %x, %x
      ret double %r
    }
    define double @cube(double %x) {
      %s = fmul double %x, %x
      %r = fmul double %s, %x
      ret double %r
    }
    """
  static let square = "@square as double (double) asptr"

  func run(_ text: String, _ stage: Stage = .explicit) -> Fixture {
    Fixture(PipelineTests.functions + "\n" + text).run(stage)
  }

  func expectTidy(_ m: Fixture) {
    #expect(m.module.verificationError == nil)
    #expect(m.calls.isEmpty)
    #expect(m.module.functions.allSatisfy { $0.hookName == nil })
    #expect(m.module.globals.allSatisfy { !$0.isDeclaration })
  }

  @Test func everyHookIsReplaced() {
    let m = run(
      """
      define double @caller(double %x, ptr(i8) %p) {
        %out = load i32, ptr(i32) @nabla_out
        %a = call double (...) @__nabla_autodiff(\(Self.square), i32 %out, double %x)
        %b = call double (...) @__nabla_fwddiff(\(Self.square), double %x, double 1.0)
        %c = call double (...) @__nabla_call_inactive(\(Self.square), double %x)
        %d = call double @__nabla_ignore_derivatives(double %x)
        call void @__nabla_double(ptr(i8) %p, i64 8)
        %e = call i64 (...) @__nabla_augmentsize(\(Self.square), i32 %out)
        %s = fadd double %a, %b
        %t = fadd double %s, %c
        %u = fadd double %t, %d
        %n = uitofp i64 %e to double
        %v = fadd double %u, %n
        ret double %v
      }
      """)
    #expect(m.messages.isEmpty, "\(m.messages)")
    expectTidy(m)
  }

  @Test func batch() {
    let m = run(
      """
      define { double, double } @caller(double %x) {
        %width = load i32, ptr(i32) @nabla_width
        %r = call { double, double } (...) @__nabla_batch(\(Self.square), i32 %width, i32 2, double %x, double 2.0)
        ret { double, double } %r
      }
      """)
    #expect(m.messages.isEmpty)
    expectTidy(m)
    let calls = m.function("caller").blocks[0].instructions.filter(\.isCall)
    #expect(calls.map { $0.callee?.name } == ["square", "square"])
  }

  /// A choice between functions becomes one request for each.
  @Test func choice() {
    let m = run(
      """
      define double @caller(i1 %c, double %x) {
        %f = select i1 %c, ptr(double (double)) @square, ptr(double (double)) @cube
        %r = call double (...) @__nabla_autodiff(ptr(double (double)) %f, double %x)
        ret double %r
      }
      """)
    #expect(m.messages.isEmpty)
    expectTidy(m)
    #expect(m.function("caller").blocks.count > 2)
  }

  @Test func invoke() {
    let m = run(
      """
      declare i32 @personality(...)
      define double @caller(double %x) personality ptr(i32 (...)) @personality {
        %r = invoke double (...) @__nabla_autodiff(\(Self.square), double %x) to label %ok unwind label %bad
      ok:
        ret double %r
      bad:
        %l = landingpad { ptr(i8), i32 } cleanup
        ret double 0.0
      }
      """)
    #expect(m.messages.isEmpty)
    expectTidy(m)
  }

  /// The inner request is carried out first.
  @Test func nested() {
    let m = run(
      """
      define double @outer(double %x) {
        %r = call double (...) @__nabla_fwddiff(@inner as double (double) asptr, double %x, double 1.0)
        ret double %r
      }
      define double @inner(double %x) {
        %r = call double (...) @__nabla_autodiff(\(Self.square), double %x)
        ret double %r
      }
      """)
    #expect(m.messages.isEmpty)
    expectTidy(m)
  }

  /// A wrapper that passes its parameters on is inlined, so that the function and the markers are
  /// seen.
  @Test func wrapper() {
    let m = run(
      """
      define internal double @wrapper(ptr(i8) %f, i32 %marker, double %x) {
        %r = call double (...) @__nabla_autodiff(ptr(i8) %f, i32 %marker, double %x)
        ret double %r
      }
      define double @caller(double %x) {
        %out = load i32, ptr(i32) @nabla_out
        %r = call double @wrapper(\(Self.square), i32 %out, double %x)
        ret double %r
      }
      """)
    #expect(m.messages.isEmpty, "\(m.messages)")
    expectTidy(m)
  }

  /// A refused request leaves a valid module, and the others are carried out.
  @Test func refusal() {
    let m = run(
      """
      define double @caller(double %x) {
        %a = call double (...) @__nabla_autodiff(\(Self.square))
        %b = call double (...) @__nabla_autodiff(\(Self.square), double %x)
        %s = fadd double %a, %b
        ret double %s
      }
      """)
    #expect(m.messages.count == 1 && m.messages[0].hasPrefix("error: too few operands"))
    expectTidy(m)
  }

  @Test func ownDerivative() {
    let m = run(
      """
      define double @itself(double %x) {
        %r = call double (...) @__nabla_autodiff(@itself as double (double) asptr, double %x)
        ret double %r
      }
      """)
    #expect(m.messages.count == 1 && m.messages[0].has("contains this very call"))
    expectTidy(m)
  }

  /// Before a link with optimisation, a missing body is no error.
  @Test func bodiesMayComeAtTheLink() {
    let text = """
      declare double @elsewhere(double)
      define double @caller(double %x) {
        %r = call double (...) @__nabla_autodiff(@elsewhere as double (double) asptr, double %x)
        ret double %r
      }
      """
    let before = run(text, .preLink)
    #expect(before.messages.isEmpty && before.calls.count == 1)
    let after = run(text, .link)
    #expect(after.messages.count == 1 && after.messages[0].has("'elsewhere' has no body"))
  }

  @Test func sameTextEveryTime() {
    let text = """
      define double @caller(i1 %c, double %x) {
        %f = select i1 %c, ptr(double (double)) @square, ptr(double (double)) @cube
        %r = call double (...) @__nabla_autodiff(ptr(double (double)) %f, double %x)
        %s = call double (...) @__nabla_fwddiff(\(Self.square), double %x, double %r)
        ret double %s
      }
      """
    let first = run(text).module.description
    for _ in 0..<3 { #expect(run(text).module.description == first) }
  }
}
