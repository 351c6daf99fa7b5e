; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes=nabla -S %t.ll | %filecheck %s

; The way back follows from the comparison of the arguments: no predecessor is kept.

; CHECK-LABEL: define internal {{.*}}double @nabla.gradient.f(
; CHECK-NOT: alloca
; CHECK-NOT: phi i8
; CHECK: fcmp {{olt|uge}} double %x, 1.000000e+00
; CHECK-NOT: {{alloca|phi i8|fcmp|__nabla_tape}}
; CHECK: ret double
declare double @sin(double)
declare double @cos(double)
define double @f(double %x) {
entry:
  %c = fcmp olt double %x, 1.0
  br i1 %c, label %small, label %large
small:
  %a = call double @sin(double %x)
  br label %out
large:
  %b = call double @cos(double %x)
  br label %out
out:
  %r = phi double [ %a, %small ], [ %b, %large ]
  ret double %r
}

declare double @__nabla_autodiff(ptr(i8), ...)
define double @df(double %x) {
  %r = call double (ptr(i8), ...) @__nabla_autodiff(@f as double (double) asptr, double %x)
  ret double %r
}
