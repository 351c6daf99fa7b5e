; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes='nabla<show-types>' -disable-output %t.ll 2>&1 | %filecheck %s

; A pointer may lead to active or to constant memory: one object, without a shadow at times.

; CHECK: memory objects:
; CHECK: +0: double{{.*}} active mixed
define double @f(ptr(double) %a, ptr(double) %b, i64 %n, i1 %c) {
  %p = select i1 %c, ptr(double) %a, ptr(double) %b
  %e = getelementptr double, ptr(double) %p, i64 %n
  %v = load double, ptr(double) %e
  ret double %v
}

@enzyme_const = external global i32
@enzyme_dup = external global i32
declare void @__nabla_autodiff(ptr(i8), ...)
define void @df(ptr(double) %a, ptr(double) %da, ptr(double) %b) {
  %dup = load i32, ptr(i32) @enzyme_dup
  %const = load i32, ptr(i32) @enzyme_const
  call void (ptr(i8), ...) @__nabla_autodiff(@f as double (ptr(double), ptr(double), i64, i1) asptr, i32 %dup, ptr(double) %a, ptr(double) %da, i32 %const, ptr(double) %b, i64 8, i1 true)
  ret void
}
