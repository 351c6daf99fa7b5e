; RUN: %irdialect %s > %t.ll
; RUN: %not %opt -passes=nabla -disable-output %t.ll 2>&1 | %filecheck %s

; Every refused request is reported, also by opt, which ends at an error.

; CHECK: error: {{.*}}in function first{{.*}}too few operands
; CHECK: error: {{.*}}in function second{{.*}}too few operands

declare double @__nabla_autodiff(...)
define double @f(double %x) { ret double %x }
define double @first() {
  %r = call double (...) @__nabla_autodiff(@f as double (double) asptr)
  ret double %r
}
define double @second() {
  %r = call double (...) @__nabla_autodiff(@f as double (double) asptr)
  ret double %r
}
