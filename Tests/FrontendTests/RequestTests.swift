import Testing

@testable import Frontend

/// The examples of docs/semantics.md, as they are read.
@Suite struct RequestTests {
  static let functions = """
    @enzyme_const = external global i32
    @enzyme_dup = external global i32
    @enzyme_dupv = external global i32
    @enzyme_dupnoneed = external global i32
    @enzyme_out = external global i32
    @enzyme_width = external global i32
    @enzyme_primal_return = external global i32
    @enzyme_interleave = external global i32
    @enzyme_allocated = external global i32
    @enzyme_tape = external global i32
    @enzyme_nofree = external global i32
    @enzyme_byref = external global i32
    @nabla_seed = external global i32
    define double @area(double %w, double %h) { ret double %w }
    define double @energy(ptr(double) %q, i32 %n, double %k) { ret double %k }
    define void @pipe(ptr(double) %in, ptr(double) %out) { ret void }
    define float @narrow(float %x, i1 %b, i64 %n) { ret float %x }
    define ptr(double) @largest(ptr(double) %x) { ret ptr(double) %x }
    """

  /// The reading of one call with markers given by address.
  func reading(_ call: String) -> String {
    Fixture(
      """
      \(RequestTests.functions)
      declare \(result(of: call)) @\(name(of: call))(...)
      define void @caller(ptr(double) %q, ptr(double) %dq, i32 %n, double %x, ptr(i8) %p) {
        \(call.hasPrefix("void") ? "" : "%r = ")call \(result(of: call)) (...) @\(rest(of: call))
        ret void
      }
      """
    ).reading()
  }
  private func result(of call: String) -> Substring { call.prefix { $0 != "@" }.dropLast() }
  private func rest(of call: String) -> Substring { call.drop { $0 != "@" }.dropFirst() }
  private func name(of call: String) -> Substring { rest(of: call).prefix { $0 != "(" } }

  @Test func scalars() {
    #expect(
      reading(
        "double @__enzyme_autodiff(@area as double (double, double) asptr, double 3.0, double 5.0)")
          == """
          request __enzyme_autodiff in 'caller': gradient of 'area', result active
            w: out double = double 3.000000e+00
            h: out double = double 5.000000e+00
            seed: 1
            yields: double d_w, double d_h

          """)
  }

  @Test func arrays() {
    let text = reading(
      """
      double @__enzyme_autodiff(@energy as double (ptr(double), i32, double) asptr, ptr(i32) @enzyme_dup, \
      ptr(double) %q, ptr(double) %dq, ptr(i32) @enzyme_const, i32 %n, ptr(i32) @enzyme_out, double 2.0)
      """)
    #expect(text.has("= q, shadow dq\n"))
    #expect(text.has("  n: constant i32 = n\n  k: out double = double 2.000000e+00\n"))
    #expect(text.has("yields: double d_k"))
  }

  @Test func widthAndPrimalReturnMayStandAnywhere() {
    let text = reading(
      """
      double @__enzyme_fwddiff(@area as double (double, double) asptr, double 3.0, double 1.0, double 0.0, \
      ptr(i32) @enzyme_width, i32 2, double 4.0, double 0.0, double 1.0, ptr(i32) @enzyme_primal_return)
      """)
    #expect(text.has("forward of 'area', width 2, result active, returns primal"))
    #expect(
      text.has(
        "h: duplicated double = double 4.000000e+00, shadow double 0.000000e+00, double 1.000000e+00"
      ))
    #expect(text.has("yields: double result, [2 x double] d_result"))
  }

  @Test func interleaved() {
    let text = reading(
      """
      void @__enzyme_autodiff(@pipe as void (ptr(double), ptr(double)) asptr, ptr(double) %q, \
      ptr(i32) @enzyme_dupnoneed, ptr(double) %dq, ptr(i32) @enzyme_interleave, ptr(double) %dq, ptr(double) %q)
      """)
    #expect(text.has("= q, shadow dq\n  out: duplicatedNoNeed"))
    #expect(text.has("= dq, shadow q\n  yields: nothing"))
  }

  @Test func strided() {
    let text = reading(
      """
      void @__enzyme_fwddiff(@pipe as void (ptr(double), ptr(double)) asptr, ptr(i32) @enzyme_width, i32 2, \
      ptr(i32) @enzyme_dupv, i32 %n, ptr(double) %q, ptr(double) %dq, ptr(i32) @enzyme_const, ptr(double) %q)
      """)
    #expect(text.has("shadow dq + 0 * n, dq + 1 * n"))
  }

  @Test func splitHalves() {
    let augmented = reading(
      """
      double @__enzyme_augmentfwd(@energy as double (ptr(double), i32, double) asptr, ptr(double) %q, \
      ptr(double) %dq, i32 %n, double 2.0)
      """)
    #expect(augmented.has("augmented of 'energy', result active, returns primal"))
    let reverse = reading(
      """
      double @__enzyme_reverse(@energy as double (ptr(double), i32, double) asptr, ptr(double) %q, \
      ptr(double) %dq, i32 %n, double 2.0, double %x, ptr(i8) %p, ptr(i32) @enzyme_nofree)
      """)
    #expect(reverse.has("reverse of 'energy', result active, keeps tape"))
    #expect(reverse.has("seed: x\n  tape: p\n  yields: double d_k"))
  }

  @Test func absentAdjointIsOne() {
    let text = reading(
      """
      double @__enzyme_reverse(@area as double (double, double) asptr, double %x, double %x, ptr(i8) %p)
      """)
    #expect(text.has("seed: 1\n  tape: p"))
  }

  @Test func callersTape() {
    let text = reading(
      """
      void @__enzyme_reverse(@pipe as void (ptr(double), ptr(double)) asptr, ptr(double) %q, ptr(double) %dq, \
      ptr(double) %q, ptr(double) %dq, ptr(i32) @enzyme_allocated, i32 256, ptr(i32) @enzyme_tape, ptr(i8) %p)
      """)
    #expect(text.has("tape: stored at p"))
  }

  @Test func operandsAreAdapted() {
    let text = reading(
      """
      float @__enzyme_autodiff(@narrow as float (float, i1, i64) asptr, double %x, i32 1, i32 %n)
      """)
    #expect(
      text.has(
        "x: out float = float(x)\n  b: constant i1 = integer(i32 1)\n  n: constant i64 = integer(n)"
      ))
  }

  @Test func byReference() {
    let text = reading(
      """
      double @__enzyme_autodiff(@area as double (double, double) asptr, ptr(i32) @enzyme_byref, i32 8, \
      ptr(double) %q, double 1.0)
      """)
    #expect(text.has("w: out double = load(q)"))
  }

  @Test func ownSeed() {
    let text = reading(
      """
      double @__nabla_autodiff(@area as double (double, double) asptr, ptr(i32) @nabla_seed, double %x, \
      double 1.0, double 2.0)
      """)
    #expect(text.has("seed: x\n"))
  }

  @Test func pointerResults() {
    let call = "@largest as ptr(double) (ptr(double)) asptr, ptr(double) %q, ptr(double) %dq)"
    #expect(
      reading("void @__nabla_autodiff(" + call).has("gradient of 'largest', result constant\n"))
    #expect(reading("void @__nabla_augmentfwd(" + call).has("result duplicated, returns primal"))
  }

  @Test(arguments: [
    (
      "double @__nabla_autodiff(@area as double (double, double) asptr, double 1.0)",
      "too few operands: none is left for parameter 2 ('double h') of 'area'; expected: "
        + "struct Result { double d_w; double d_h; }; struct Result __nabla_autodiff(void *area, double w, double h)"
    ),
    (
      "double @__nabla_autodiff(@area as double (double, double) asptr, double 1.0, double 2.0, i32 3)",
      "1 operand too many for 'area'"
    ),
    (
      "double @__nabla_autodiff(@area as double (double, double) asptr, i32 1, double 2.0)",
      "can't take an operand of type 'int'"
    ),
    (
      "double @__nabla_autodiff(@area as double (double, double) asptr, ptr(i32) @enzyme_width, i32 %n)",
      "must be followed by a constant from 1 to 1024"
    ),
    (
      "double @__nabla_fwddiff(@area as double (double, double) asptr, ptr(i32) @enzyme_out, double 1.0)",
      "has no meaning in forward mode"
    ),
    (
      "void @__nabla_fwddiff(@pipe as void (ptr(double), ptr(double)) asptr, ptr(i32) @enzyme_primal_return, "
        + "ptr(double) %q, ptr(double) %q, ptr(double) %q, ptr(double) %q)",
      "'pipe' returns nothing"
    ),
    (
      "void @__nabla_autodiff(@pipe as void (ptr(double), ptr(double)) asptr, ptr(i32) @enzyme_out, ptr(double) %q)",
      "holds a pointer, which has no adjoint"
    ),
    (
      "void @__nabla_autodiff(@pipe as void (ptr(double), ptr(double)) asptr, ptr(double) %q, ptr(i32) @enzyme_dup)",
      "found 'nabla_dup' where the shadow of parameter 1"
    ),
    (
      "double @__nabla_reverse(@area as double (double, double) asptr, double 1.0, double 2.0)",
      "the tape is missing"
    ),
    (
      "double @__nabla_reverse(@area as double (double, double) asptr, double 1.0, double 2.0, double 1.0, "
        + "double 1.0, ptr(i8) %p)",
      "2 adjoints of the result given, 1 expected"
    ),
    (
      "double @__nabla_autodiff(@area as double (double, double) asptr, ptr(i32) @enzyme_dup, double 1.0, double 1.0)",
      "there is no place for the adjoint"
    ),
  ])
  func refused(_ call: String, _ message: String) {
    let text = reading(call)
    #expect(text.hasPrefix("error: ") && text.has(message), "\(text)")
  }
}
