; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes='nabla<show-activity>' -disable-output %t.ll 2>&1 | %filecheck %s

; `%b` depends on the input, but nothing that counts depends on it; `%c` the other way round.

; CHECK: activity of f:
; CHECK-DAG: active double %x
; CHECK-DAG: - double %k
; CHECK-DAG: active %a = fmul
; CHECK-DAG: varied %b = fmul
; CHECK-DAG: - %c = fmul
; CHECK-DAG: - %i = fptosi
; CHECK-DAG: active %r = fmul
@enzyme_const = external global i32
@enzyme_out = external global i32
declare i32 @putchar(i32)
define double @f(double %x, double %k) {
  %a = fmul double %x, 3.0
  %b = fmul double %x, 5.0
  %c = fmul double %k, 7.0
  %i = fptosi double %b to i32
  %p = call i32 @putchar(i32 %i)
  %r = fmul double %a, %c
  ret double %r
}

declare double @__nabla_autodiff(ptr(i8), ...)
define double @df(double %x) {
  %out = load i32, ptr(i32) @enzyme_out
  %const = load i32, ptr(i32) @enzyme_const
  %r = call double (ptr(i8), ...) @__nabla_autodiff(@f as double (double, double) asptr, i32 %out, double %x, i32 %const, double 2.0)
  ret double %r
}
