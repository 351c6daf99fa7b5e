; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes=nabla %t.ll -o %t.bc
; RUN: %lli %t.bc

; Markers may be metadata strings, in either spelling.

declare double @__enzyme_autodiff.f(...)

define double @f(double %x, double %k) {
  %a = fmul double %x, %x
  %r = fmul double %a, %k
  ret double %r
}

define i32 @main() {
  %g = call double (...) @__enzyme_autodiff.f(@f as double (double, double) asptr, metadata !"enzyme_out", double 3.0, metadata !"nabla_const", double 5.0)
  %ok = fcmp oeq double %g, 30.0
  %status = select i1 %ok, i32 0, i32 1
  ret i32 %status
}
