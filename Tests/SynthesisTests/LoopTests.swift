import TestSupport
import Testing

/// Loops of all shapes, over arrays and over numbers.
@Suite struct LoopTests {
  static let array: [Double] = [0.3, -1.2, 0.9, 1.7, -0.4, 0.6, 1.1, -0.8]

  /// for (i < n) s = body(s, x[i])
  func fold(_ body: String) -> String {
    """
    declare double @sin(double)
    declare double @exp(double)
    define double @f(ptr(double) %x, i64 %n) {
    entry:
      %some = icmp sgt i64 %n, 0
      br i1 %some, label %loop, label %out
    loop:
      %i = phi i64 [ 0, %entry ], [ %next, %loop ]
      %s = phi double [ 1.0, %entry ], [ %t, %loop ]
      %e = getelementptr double, ptr(double) %x, i64 %i
      %v = load double, ptr(double) %e
      \(body)
      %next = add nsw i64 %i, 1
      %more = icmp slt i64 %next, %n
      br i1 %more, label %loop, label %out
    out:
      %r = phi double [ 0.5, %entry ], [ %t, %loop ]
      ret double %r
    }
    """
  }

  @Test(arguments: [
    "%w = fmul double %v, %v\n  %t = fadd double %s, %w",
    "%t = fmul double %s, %v",
    "%w = call double @sin(double %s)\n  %t = fmul double %w, %v",
    "%w = fmul double %v, %s\n  store double %w, ptr(double) %e\n  %t = fadd double %w, %s",
    "%c = fcmp ogt double %v, 0.0\n  %a = fmul double %s, %v\n  %b = fadd double %s, %v\n"
      + "  %t = select i1 %c, double %a, double %b",
  ]) func folds(_ body: String) throws {
    for n in [0, 1, 2, 8] { try checkDerivatives(fold(body), [.array(Self.array), .integer(n)]) }
  }

  @Test func phisThatExchangeTheirValues() throws {
    try checkDerivatives(
      """
      define double @f(double %x, double %y, i64 %n) {
      entry:
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %next, %loop ]
        %a = phi double [ %x, %entry ], [ %b, %loop ]
        %b = phi double [ %y, %entry ], [ %c, %loop ]
        %c = fmul double %a, 1.5
        %next = add i64 %i, 1
        %more = icmp ult i64 %next, %n
        br i1 %more, label %loop, label %out
      out:
        %q = fmul double %a, %a
        %r = fmul double %q, %b
        ret double %r
      }
      """, [.number(2), .number(3), .integer(1)], [.number(2), .number(3), .integer(4)])
  }

  @Test func triangles() throws {
    try checkDerivatives(
      """
      define double @f(ptr(double) %x, i64 %n) {
      entry:
        br label %outer
      outer:
        %i = phi i64 [ 0, %entry ], [ %ni, %latch ]
        %p = phi double [ 1.0, %entry ], [ %q, %latch ]
        br label %inner
      inner:
        %j = phi i64 [ 0, %outer ], [ %nj, %inner ]
        %u = phi double [ %p, %outer ], [ %q, %inner ]
        %e = getelementptr double, ptr(double) %x, i64 %j
        %v = load double, ptr(double) %e
        %m = fmul double %u, %v
        %q = fadd double %m, 0.5
        %nj = add i64 %j, 1
        %more = icmp ule i64 %nj, %i
        br i1 %more, label %inner, label %latch
      latch:
        %ni = add i64 %i, 1
        %again = icmp ult i64 %ni, %n
        br i1 %again, label %outer, label %out
      out:
        ret double %q
      }
      """, [.array(Self.array), .integer(1)], [.array(Self.array), .integer(6)])
  }

  @Test func untilSmallEnough() throws {
    try checkDerivatives(
      """
      define double @f(double %x) {
      entry:
        br label %loop
      loop:
        %y = phi double [ %x, %entry ], [ %z, %loop ]
        %s = fmul double %y, %y
        %z = fmul double %s, 0.3
        %more = fcmp ogt double %z, 1.0
        br i1 %more, label %loop, label %out
      out:
        ret double %z
      }
      """, [.number(0.3)], [.number(2.6)])
  }

  @Test func severalExitsBreakAndContinue() throws {
    try checkDerivatives(
      """
      define double @f(ptr(double) %x, i64 %n) {
      entry:
        br label %head
      head:
        %i = phi i64 [ 0, %entry ], [ %next, %latch ]
        %s = phi double [ 1.0, %entry ], [ %t, %latch ]
        %inside = icmp ult i64 %i, %n
        br i1 %inside, label %body, label %end
      body:
        %e = getelementptr double, ptr(double) %x, i64 %i
        %v = load double, ptr(double) %e
        %large = fcmp ogt double %v, 1.5
        br i1 %large, label %found, label %check
      check:
        %negative = fcmp olt double %v, 0.0
        br i1 %negative, label %latch, label %work
      work:
        %w = fmul double %s, %v
        %small = fcmp olt double %w, 0.05
        br i1 %small, label %early, label %latch
      latch:
        %t = phi double [ %s, %check ], [ %w, %work ]
        %next = add i64 %i, 1
        br label %head
      found:
        %a = fmul double %v, %s
        br label %out
      early:
        %b = fmul double %w, %w
        br label %out
      end:
        br label %out
      out:
        %r = phi double [ %a, %found ], [ %b, %early ], [ %s, %end ]
        ret double %r
      }
      """, [.array([0.3, -1.2, 0.9]), .integer(3)],
      [.array([0.3, -1.2, 0.9, 1.7, 0.2]), .integer(5)],
      [.array([0.3, 0.1, 0.9]), .integer(3)], [.array([0.3]), .integer(0)])
  }

  @Test func buffersThatTradePlaces() throws {
    try checkDerivatives(
      """
      define void @f(ptr(double) %x, ptr(double) %y, i64 %steps) {
      entry:
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %next, %loop ]
        %from = phi ptr(double) [ %x, %entry ], [ %to, %loop ]
        %to = phi ptr(double) [ %y, %entry ], [ %from, %loop ]
        %f1 = getelementptr double, ptr(double) %from, i64 1
        %t1 = getelementptr double, ptr(double) %to, i64 1
        %a = load double, ptr(double) %from
        %b = load double, ptr(double) %f1
        %ab = fmul double %a, %b
        %aa = fmul double %a, %a
        store double %ab, ptr(double) %to
        store double %aa, ptr(double) %t1
        %next = add i64 %i, 1
        %more = icmp ult i64 %next, %steps
        br i1 %more, label %loop, label %out
      out:
        ret void
      }
      """, [.array([0.9, 1.1]), .array([0.2, 0.3]), .integer(1)],
      [.array([0.9, 1.1]), .array([0.2, 0.3]), .integer(4)])
  }
}
