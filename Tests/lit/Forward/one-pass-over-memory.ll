; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes=nabla -S %t.ll | %filecheck %s

; Primal and tangent go together: each memory is read once and written once, in one loop.

; CHECK-LABEL: define internal void @nabla.tangent.f(
; CHECK-COUNT-2: load double
; CHECK-NOT: load
; CHECK-COUNT-2: store double
; CHECK-NOT: {{load|store}}
; CHECK: ret void
define void @f(ptr(double) noalias %x, ptr(double) noalias %y, i64 %n) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %ni, %loop ]
  %e = getelementptr double, ptr(double) %x, i64 %i
  %v = load double, ptr(double) %e
  %w = fmul double %v, %v
  %o = getelementptr double, ptr(double) %y, i64 %i
  store double %w, ptr(double) %o
  %ni = add nuw nsw i64 %i, 1
  %again = icmp ult i64 %ni, %n
  br i1 %again, label %loop, label %out
out:
  ret void
}

declare void @__nabla_fwddiff(ptr(i8), ...)
define void @df(ptr(double) %x, ptr(double) %dx, ptr(double) %y, ptr(double) %dy) {
  call void (ptr(i8), ...) @__nabla_fwddiff(@f as void (ptr(double), ptr(double), i64) asptr, ptr(double) %x, ptr(double) %dx, ptr(double) %y, ptr(double) %dy, i64 8)
  ret void
}
