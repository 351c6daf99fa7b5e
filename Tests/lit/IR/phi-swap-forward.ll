; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes=nabla %t.ll -o %t.bc
; RUN: %lli %t.bc

; Two phis that exchange their values: both tangents must be read before either is written.

declare double @__nabla_fwddiff(ptr(i8), ...)
declare { double, double } @__nabla_autodiff(ptr(i8), ...)

define double @f(double %x, double %y) {
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %a = phi double [ %x, %entry ], [ %b, %loop ]
  %b = phi double [ %y, %entry ], [ %a, %loop ]
  %next = add i64 %i, 1
  %again = icmp ult i64 %next, 4
  br i1 %again, label %loop, label %done
done:
  ; after three exchanges a = y, b = x
  %q = fmul double %a, %a
  %r = fmul double %q, %b
  ret double %r
}

define i32 @main() {
  ; r = y*y*x at x = 2, y = 3: (9, 12)
  %t = call double (ptr(i8), ...) @__nabla_fwddiff(@f as double (double, double) asptr, double 2.0, double 1.0, double 3.0, double 10.0)
  %g = call { double, double } (ptr(i8), ...) @__nabla_autodiff(@f as double (double, double) asptr, double 2.0, double 3.0)
  %gx = extractvalue { double, double } %g, 0
  %gy = extractvalue { double, double } %g, 1
  %okt = fcmp oeq double %t, 129.0
  %okx = fcmp oeq double %gx, 9.0
  %oky = fcmp oeq double %gy, 12.0
  %some = and i1 %okt, %okx
  %all = and i1 %some, %oky
  %status = select i1 %all, i32 0, i32 1
  ret i32 %status
}
