; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes='nabla<show-plan>' -disable-output %t.ll 2>&1 | %filecheck %s

; One record per iteration, linked, because nobody knows how many there will be; and the count.

; CHECK: plan for f, combined:
; CHECK-DAG: keep trips of loop as i64 once
; CHECK-DAG: keep value %y = phi double {{.*}} as double per iteration of loop, linked
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
