; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes=nabla -S %t.ll | %filecheck %s

; Registered rules as metadata of the function, which is what other front ends write.

define double @f(double %x) noinline !enzyme_augment !0 !enzyme_gradient !1 !enzyme_derivative !2 {
  %r = fmul double %x, %x
  ret double %r
}
define double @before(double %x) {
  %r = fmul double %x, %x
  ret double %r
}
define double @after(double %x, double %d) {
  %r = fmul double %d, 7.0
  ret double %r
}
define { double, double } @along(double %x, double %d) {
  %t = fmul double %d, 7.0
  %r = insertvalue { double, double } zeroinitializer, double %t, 1
  ret { double, double } %r
}
define double @use(double %x) {
  %r = call double @f(double %x)
  ret double %r
}
declare double @__enzyme_autodiff(...)
declare double @__enzyme_fwddiff(...)
define double @slope(double %x) {
  %r = call double (...) @__enzyme_autodiff(@use as double (double) asptr, double %x)
  ret double %r
}
define double @tangent(double %x) {
  %r = call double (...) @__enzyme_fwddiff(@use as double (double) asptr, double %x, double 1.0)
  ret double %r
}
!0 = !{ptr(double (double)) @before}
!1 = !{ptr(double (double, double)) @after}
!2 = !{ptr({ double, double } (double, double)) @along}

; CHECK-DAG: call double @after(double %{{.*}}, double 1.000000e+00)
; CHECK-DAG: call { double, double } @along(double %{{.*}}, double %{{.*}})
