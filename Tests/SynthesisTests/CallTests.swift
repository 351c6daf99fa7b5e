import Analysis
import TestSupport
import Testing

/// Callees that stay calls: recursive, indirect, declared.
@Suite struct CallTests {
  @Test func recursion() throws {
    try checkDerivatives(
      """
      declare double @sin(double)
      define double @f(double %x, i64 %n) {
      entry:
        %last = icmp eq i64 %n, 0
        br i1 %last, label %leaf, label %inner
      inner:
        %m = sub i64 %n, 1
        %s = call double @sin(double %x)
        %r = call double @f(double %s, i64 %m)
        %t = fmul double %r, %x
        ret double %t
      leaf:
        ret double %x
      }
      """, [.number(1.2), .integer(0)], [.number(1.2), .integer(5)])
  }

  @Test func mutualRecursion() throws {
    try checkDerivatives(
      """
      define double @g(double %x, i64 %n) {
        %m = sub i64 %n, 1
        %y = fmul double %x, %x
        %r = call double @f(double %y, i64 %m)
        ret double %r
      }
      define double @f(double %x, i64 %n) {
      entry:
        %last = icmp ult i64 %n, 1
        br i1 %last, label %leaf, label %inner
      inner:
        %h = fmul double %x, 0.9
        %r = call double @g(double %h, i64 %n)
        %t = fadd double %r, %x
        ret double %t
      leaf:
        ret double %x
      }
      """, [.number(1.05), .integer(0)], [.number(1.05), .integer(3)])
  }

  @Test func calleesThatWriteThroughPointers() throws {
    try checkDerivatives(
      """
      define void @scale(ptr(double) %p, double %k, i64 %n) {
      entry:
        %none = icmp eq i64 %n, 0
        br i1 %none, label %out, label %work
      work:
        %m = sub i64 %n, 1
        %e = getelementptr double, ptr(double) %p, i64 %m
        %v = load double, ptr(double) %e
        %w = fmul double %v, %k
        store double %w, ptr(double) %e
        call void @scale(ptr(double) %p, double %w, i64 %m)
        ret void
      out:
        ret void
      }
      define double @f(ptr(double) %x, double %k, i64 %n) {
        call void @scale(ptr(double) %x, double %k, i64 %n)
        call void @scale(ptr(double) %x, double 1.5, i64 %n)
        %r = load double, ptr(double) %x
        %s = fmul double %r, %k
        ret double %s
      }
      """, [.array([0.9, 1.1, 1.2]), .number(0.8), .integer(3)],
      [.array([0.9]), .number(2), .integer(0)])
  }

  @Test func functionsThroughPointers() throws {
    let pointer = Dialect.isTyped ? "double (double)*" : "ptr"
    try checkDerivatives(
      """
      declare double @sin(double)
      define internal double @square(double %x) {
        %y = fmul double %x, %x
        ret double %y
      }
      define internal double @wave(double %x) {
        %y = call double @sin(double %x)
        ret double %y
      }
      define double @f(double %x, i64 %n) {
      entry:
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %next, %loop ]
        %s = phi double [ %x, %entry ], [ %t, %loop ]
        %odd = and i64 %i, 1
        %c = icmp eq i64 %odd, 0
        %g = select i1 %c, \(pointer) @square, \(pointer) @wave
        %y = call double %g(double %s)
        %t = fadd double %y, %x
        %next = add i64 %i, 1
        %more = icmp ult i64 %next, %n
        br i1 %more, label %loop, label %out
      out:
        ret double %t
      }
      """, [.number(0.4), .integer(1)], [.number(0.4), .integer(4)])
  }

  @Test func structuresAsResults() throws {
    try checkDerivatives(
      """
      define { double, double } @both(double %x, double %y, i64 %n) {
      entry:
        %last = icmp eq i64 %n, 0
        br i1 %last, label %leaf, label %inner
      inner:
        %m = sub i64 %n, 1
        %p = fmul double %x, %y
        %r = call { double, double } @both(double %p, double %x, i64 %m)
        ret { double, double } %r
      leaf:
        %a = insertvalue { double, double } undef, double %x, 0
        %b = insertvalue { double, double } %a, double %y, 1
        ret { double, double } %b
      }
      define double @f(double %x, double %y, i64 %n) {
        %r = call { double, double } @both(double %x, double %y, i64 %n)
        %u = extractvalue { double, double } %r, 0
        %v = extractvalue { double, double } %r, 1
        %w = fmul double %u, %v
        ret double %w
      }
      """, [.number(1.2), .number(0.7), .integer(0)], [.number(1.2), .number(0.7), .integer(3)])
  }

  /// A rule written by the user is called, and what it says is believed.
  @Test func customReverseRules() throws {
    let module = try parse(
      """
      define double @g(double %x) {
        %y = fmul double %x, %x
        ret double %y
      }
      define double @g_augmented(double %x) {
        %y = fmul double %x, %x
        ret double %y
      }
      define double @g_reverse(double %x, double %dy) {
        %d = fmul double %dy, 42.0
        ret double %d
      }
      define double @f(double %x) {
        %y = call double @g(double %x)
        %z = fmul double %y, 2.0
        ret double %z
      }
      """)
    var declarations = Declarations()
    declarations.gradients[module["g"]] = .init(
      augmented: module["g_augmented"], reverse: module["g_reverse"])
    let engine = module.engine(declarations)
    var request = module.request("f", .gradient)
    request.returnsPrimal = true
    let gradient = try engine.derivative(request)
    engine.finish()
    let code = try NativeCode(module, [gradient])
    #expect(code.call(gradient.name, [3.0]).numbers == [18, 84])
  }

  @Test func unknownFunctionsAreRefused() throws {
    let module = try parse(
      """
      declare double @mystery(double)
      define double @f(double %x) {
        %y = call double @mystery(double %x)
        ret double %y
      }
      """)
    let before = module["f"].value.description
    for mode in [Mode.gradient, .forward, .augmented] {
      let engine = module.engine()
      let refusal = #expect(throws: Refusal.self) {
        try engine.derivative(module.request("f", mode))
      }
      #expect(refusal?.diagnostics.first?.message.contains("mystery") == true)
      engine.rollBack()
    }
    #expect(module["f"].value.description == before)
    #expect(
      module.functions.map(\.name).filter { $0.hasPrefix("nabla") || $0.hasPrefix("__nabla") } == []
    )
    #expect(module.verificationError == nil)
  }
}
