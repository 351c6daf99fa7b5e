; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes=nabla %t.ll -o %t.bc
; RUN: %lli %t.bc

; A switch with two edges to one block, and a block that is its own predecessor twice.

declare double @__nabla_autodiff(ptr(i8), ...)

define double @f(double %x, i32 %k) {
entry:
  switch i32 %k, label %join [
    i32 0, label %join
    i32 1, label %square
    i32 2, label %square
  ]
square:
  %s = fmul double %x, %x
  br label %join
join:
  %v = phi double [ %x, %entry ], [ %x, %entry ], [ %s, %square ]
  br label %loop
loop:
  %i = phi i32 [ 0, %join ], [ %n, %loop ], [ %n, %loop ]
  %p = phi double [ %v, %join ], [ %q, %loop ], [ %q, %loop ]
  %n = add i32 %i, 1
  %q = fmul double %p, 2.0
  switch i32 %n, label %loop [
    i32 1, label %loop
    i32 3, label %done
  ]
done:
  ret double %q
}

define i32 @main() {
  %a = call double (ptr(i8), ...) @__nabla_autodiff(@f as double (double, i32) asptr, double 3.0, i32 0)
  %b = call double (ptr(i8), ...) @__nabla_autodiff(@f as double (double, i32) asptr, double 3.0, i32 2)
  %oka = fcmp oeq double %a, 8.0
  %okb = fcmp oeq double %b, 48.0
  %all = and i1 %oka, %okb
  %status = select i1 %all, i32 0, i32 1
  ret i32 %status
}
