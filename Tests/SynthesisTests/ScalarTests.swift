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

  @Test func libraryFunctions() throws {
    try checkDerivatives(
      """
      declare double @sin(double)
      declare double @exp(double)
      declare double @pow(double, double)
      declare double @llvm.sqrt.f64(double)
      declare double @llvm.fma.f64(double, double, double)
      define double @f(double %x, double %y) {
        %a = call double @sin(double %x)
        %b = call double @exp(double %a)
        %c = call double @pow(double %b, double %y)
        %d = call double @llvm.sqrt.f64(double %c)
        %e = call double @llvm.fma.f64(double %d, double %x, double %c)
        ret double %e
      }
      """, [.number(0.4), .number(1.7)], [.number(2), .number(-0.5)])
  }

  @Test func selectsAndConditions() throws {
    try checkDerivatives(
      """
      define double @f(double %x, double %y) {
        %c = fcmp olt double %x, %y
        %a = fmul double %x, %x
        %b = fmul double %y, 3.0
        %s = select i1 %c, double %a, double %b
        %r = fmul double %s, %x
        ret double %r
      }
      """, [.number(1), .number(2)], [.number(3), .number(2)])
  }

  @Test func severalReturns() throws {
    try checkDerivatives(
      """
      declare double @cos(double)
      define double @f(double %x, i64 %n) {
      entry:
        switch i64 %n, label %other [ i64 0, label %zero i64 1, label %one i64 5, label %one ]
      zero:
        ret double %x
      one:
        %a = call double @cos(double %x)
        ret double %a
      other:
        %b = fmul double %x, %x
        %c = fmul double %b, %x
        ret double %c
      }
      """, [.number(0.7), .integer(0)], [.number(0.7), .integer(1)], [.number(0.7), .integer(5)],
      [.number(0.7), .integer(2)])
  }

  @Test func constantsHaveNoDerivative() throws {
    try checkDerivatives(
      """
      define double @f(double %x, double %k) {
        %a = fmul double %x, %k
        %b = fmul double %a, %k
        ret double %b
      }
      """, [.number(0.7), .constant(3)])
  }

  @Test func narrowNumbers() throws {
    // Tangents are rounded where values are, adjoints likewise, but not at the same places.
    try checkDerivatives(
      """
      define double @f(double %x, double %y) {
        %a = fptrunc double %x to float
        %b = fpext float %a to double
        %c = fmul double %b, %y
        %r = fmul double %c, %c
        ret double %r
      }
      """, [.number(0.75), .number(2)], tolerance: 1e-4, agreement: 1e-6)
  }

  @Test func vectors() throws {
    try checkDerivatives(
      """
      define double @f(double %x, double %y) {
        %a = insertelement <2 x double> undef, double %x, i32 0
        %b = insertelement <2 x double> %a, double %y, i32 1
        %c = fmul <2 x double> %b, %b
        %d = shufflevector <2 x double> %c, <2 x double> %b, <2 x i32> <i32 1, i32 2>
        %e = extractelement <2 x double> %d, i32 0
        %g = extractelement <2 x double> %d, i32 1
        %r = fmul double %e, %g
        ret double %r
      }
      """, [.number(0.75), .number(2)])
  }

  @Test func bitsOfNumbers() throws {
    // The sign taken off and put back by integer operations that pass the bits on.
    try checkDerivatives(
      """
      define double @f(double %x) {
        %bits = bitcast double %x to i64
        %low = and i64 %bits, 9223372036854775807
        %abs = bitcast i64 %low to double
        %r = fmul double %abs, %x
        ret double %r
      }
      """, [.number(0.75)], [.number(-2)])
  }
}
