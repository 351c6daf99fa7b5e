; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes='nabla<show-effects>' -disable-output %t.ll 2>&1 | %filecheck %s

; The same function with `noalias`.

; CHECK: loads of f:
; CHECK-NEXT: reloadable %a = load double
; CHECK-NEXT: reloadable %b = load double
define double @f(ptr(double) noalias %x, ptr(double) %y, i64 %n) {
  %a = load double, ptr(double) %x
  store double 1.0, ptr(double) %y
  %e = getelementptr double, ptr(double) %x, i64 1
  %b = load double, ptr(double) %e
  %r = fmul double %a, %b
  ret double %r
}

declare void @__nabla_autodiff(ptr(i8), ...)
define void @df(ptr(double) %x, ptr(double) %dx, ptr(double) %y, ptr(double) %dy) {
  call void (ptr(i8), ...) @__nabla_autodiff(@f as double (ptr(double), ptr(double), i64) asptr, ptr(double) %x, ptr(double) %dx, ptr(double) %y, ptr(double) %dy, i64 8)
  ret void
}
