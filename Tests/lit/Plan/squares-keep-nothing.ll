; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes='nabla<show-plan>' -disable-output %t.ll 2>&1 | %filecheck %s

; The elements are loaded again where their squares are reversed.

; CHECK: plan for f, combined:
; CHECK-DAG: reverse %v = load double
; CHECK-DAG: reverse %w = fmul double %v, %v
; CHECK-NOT: per iteration
; CHECK: recompute %v = load double
define double @f(ptr(double) noalias %x, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %ni, %loop ]
  %s = phi double [ 0.0, %entry ], [ %t, %loop ]
  %e = getelementptr double, ptr(double) %x, i64 %i
  %v = load double, ptr(double) %e
  %w = fmul double %v, %v
  %t = fadd double %s, %w
  %ni = add nuw nsw i64 %i, 1
  %again = icmp ult i64 %ni, %n
  br i1 %again, label %loop, label %out
out:
  ret double %t
}

declare void @__nabla_autodiff(ptr(i8), ...)
define void @df(ptr(double) %x, ptr(double) %dx) {
  call void (ptr(i8), ...) @__nabla_autodiff(@f as double (ptr(double), i64) asptr, ptr(double) %x, ptr(double) %dx, i64 8)
  ret void
}
