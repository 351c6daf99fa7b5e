; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes='nabla<show-loops>' -disable-output %t.ll 2>&1 | %filecheck %s

; Both counts are known where their loops are entered; the inner one is a constant.

; CHECK: loops of f:
; CHECK-NEXT: loop 0 depth 1 header outer back edge taken: computed before
; CHECK-NEXT: loop 1 depth 2 header inner back edge taken: 11
; CHECK-NOT: loop
define double @f(ptr(double) noalias %x, i64 %n, i64 %m) {
entry:
  br label %outer
outer:
  %i = phi i64 [ 0, %entry ], [ %ni, %latch ]
  %p = phi double [ 1.0, %entry ], [ %q, %latch ]
  %bound = add i64 12, 0
  br label %inner
inner:
  %j = phi i64 [ 0, %outer ], [ %nj, %inner ]
  %u = phi double [ %p, %outer ], [ %q, %inner ]
  %e = getelementptr double, ptr(double) %x, i64 %j
  %v = load double, ptr(double) %e
  %q = fmul double %u, %v
  %nj = add nuw nsw i64 %j, 1
  %more = icmp ult i64 %nj, %bound
  br i1 %more, label %inner, label %latch
latch:
  %ni = add nuw nsw i64 %i, 1
  %again = icmp ult i64 %ni, %n
  br i1 %again, label %outer, label %out
out:
  ret double %q
}

declare void @__nabla_autodiff(ptr(i8), ...)
define void @df(ptr(double) %x, ptr(double) %dx) {
  call void (ptr(i8), ...) @__nabla_autodiff(@f as double (ptr(double), i64, i64) asptr, ptr(double) %x, ptr(double) %dx, i64 8, i64 9)
  ret void
}
