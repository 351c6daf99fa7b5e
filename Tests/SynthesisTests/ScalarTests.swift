import TestSupport
import Testing

/// Functions of numbers, without memory.
@Suite struct ScalarTests {
  @Test func arithmetic() throws {
    try checkDerivatives(
      """
      define double @f(double %x, double %y) {
        %p = fmul double %x, %y
        %q = fdiv double %p, %y
        %s = fsub double %q, %y
        %t = fneg double %s
        %u = fmul double %t, %p
        ret double %u
      }
      """, [.number(1.3), .number(-0.7)], [.number(0), .number(2)])
  }
}
