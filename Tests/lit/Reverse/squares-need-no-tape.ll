; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes=nabla -S %t.ll | %filecheck %s

; The elements are read again; nothing is kept, so there is no tape and no stack variable.

; CHECK-LABEL: define internal void @nabla.gradient.f(
; CHECK-NOT: {{alloca|__nabla_tape}}
; CHECK: load double
; CHECK-NOT: {{alloca|__nabla_tape}}
; CHECK: store double
; CHECK-NOT: {{alloca|__nabla_tape}}
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
