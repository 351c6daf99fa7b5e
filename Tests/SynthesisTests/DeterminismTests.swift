import Analysis
import IR
import TestSupport
import Testing

/// The same module gives the same text, whatever the addresses of things are.
@Suite struct DeterminismTests {
  /// The module after all derivatives were made.
  func differentiated(_ text: String, finishing: Bool) throws -> String {
    let module = try parse(text)
    let engine = module.engine()
    for mode in [Mode.gradient, .augmented, .reverse, .forward] {
      _ = try engine.derivative(module.request("f", mode))
    }
    if finishing { engine.finish() }
    #expect(module.verificationError == nil)
    return module.description
  }

  /// The first line in which the texts differ.
  func difference(_ a: String, _ b: String) -> String? {
    if a == b { return nil }
    let lines = zip(a.split(separator: "\n"), b.split(separator: "\n")).first { $0 != $1 }
    return lines.map { "\($0)\n\($1)" } ?? "one is longer"
  }

  static let programs = [
    MemoryTests.heap,
    LoopTests().fold("%w = call double @sin(double %s)\n  %t = fmul double %w, %v"),
    RequestTests.text,
    """
    %pair = type { double, ptr(double) }
    @a = internal global double 1.0
    @b = internal global double 2.0
    define void @g(ptr(%pair) %p, i64 %n) {
    entry:
      %x = getelementptr %pair, ptr(%pair) %p, i64 0, i32 0
      %y = getelementptr %pair, ptr(%pair) %p, i64 0, i32 1
      %u = load double, ptr(double) %x
      %r = load ptr(double), ptr(ptr(double)) %y
      %v = load double, ptr(double) %r
      %ga = load double, ptr(double) @a
      %w = fmul double %u, %v
      %gw = fmul double %ga, %w
      store double %gw, ptr(double) @b
      store double %w, ptr(double) %x
      store double %u, ptr(double) @a
      %last = icmp eq i64 %n, 0
      br i1 %last, label %out, label %again
    again:
      %m = sub i64 %n, 1
      call void @g(ptr(%pair) %p, i64 %m)
      br label %out
    out:
      ret void
    }
    define double @f(ptr(%pair) %p, i64 %n) {
      call void @g(ptr(%pair) %p, i64 %n)
      %r = load double, ptr(double) @b
      ret double %r
    }
    """,
  ]

  @Test(arguments: programs.indices) func sameText(_ k: Int) throws {
    for finishing in [false, true] {
      let first = try differentiated(Self.programs[k], finishing: finishing)
      for _ in 0..<4 {
        // Addresses differ from run to run.
        let spacers = (0..<17 * (k + 1)).map { _ in Memory([0]) }
        let again = try differentiated(Self.programs[k], finishing: finishing)
        #expect(difference(first, again) == nil)
        #expect(!spacers.isEmpty)
      }
    }
  }

  @Test func plansPrintTheSame() throws {
    func plan() throws -> String {
      let module = try parse(MemoryTests.heap)
      return try module.engine().show("plan", module.request("f", .gradient))
    }
    let first = try plan()
    for _ in 0..<4 { #expect(difference(first, try plan()) == nil) }
  }
}
