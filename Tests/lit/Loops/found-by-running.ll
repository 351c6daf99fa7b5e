; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes='nabla<show-loops>' -disable-output %t.ll 2>&1 | %filecheck %s

; How often this loop runs depends on what it computes.

; CHECK: loops of f:
; CHECK-NEXT: loop 0 depth 1 header loop back edge taken: found by running
; CHECK-NOT: loop
define double @f(double %x) {
entry:
  br label %loop
loop:
  %y = phi double [ %x, %entry ], [ %z, %loop ]
  %s = fmul double %y, %y
  %z = fmul double %s, 0.5
  %more = fcmp ogt double %z, 1.0
  br i1 %more, label %loop, label %out
out:
  ret double %z
}

declare double @__nabla_autodiff(ptr(i8), ...)
define double @df(double %x) {
  %r = call double (ptr(i8), ...) @__nabla_autodiff(@f as double (double) asptr, double %x)
  ret double %r
}
