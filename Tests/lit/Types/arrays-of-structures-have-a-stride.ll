; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes='nabla<show-types>' -disable-output %t.ll 2>&1 | %filecheck %s

; Offsets are taken modulo the size of the structure; an argument is active memory.

; CHECK: memory objects:
; CHECK: object {{[0-9]+}} stride 16 {{.*}}{+0: integer, +8: double} active
%pair = type { i32, double }
define double @f(ptr(%pair) %p, i64 %i) {
  %a = getelementptr %pair, ptr(%pair) %p, i64 %i, i32 1
  %v = load double, ptr(double) %a
  %b = getelementptr %pair, ptr(%pair) %p, i64 3, i32 0
  %k = load i32, ptr(i32) %b
  %fk = sitofp i32 %k to double
  %r = fmul double %v, %fk
  ret double %r
}

declare void @__nabla_autodiff(ptr(i8), ...)
define void @df(ptr(%pair) %x, ptr(%pair) %dx) {
  call void (ptr(i8), ...) @__nabla_autodiff(@f as double (ptr(%pair), i64) asptr, ptr(%pair) %x, ptr(%pair) %dx, i64 8)
  ret void
}
