; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes=nabla -S %t.ll | %filecheck %s

; The product has a flag of its own, which its derivative may have as well; no other flag comes in.

; CHECK-LABEL: define internal {{.*}}double @nabla.tangent.f(double %x, double %"x'", double %y, double %"y'")
; CHECK-NOT: {{ninf|nsz|fast |reassoc|contract|arcp|afn}}
; CHECK-COUNT-2: fmul {{(nnan )?}}double
; CHECK-NEXT: fadd {{(nnan )?}}double
; CHECK-NEXT: ret double
define double @f(double %x, double %y) {
  %r = fmul nnan double %x, %y
  ret double %r
}

; CHECK-LABEL: define internal {{.*}}double @nabla.tangent.g(
; CHECK-NOT: {{nnan|ninf|nsz|fast |reassoc|contract|arcp|afn}}
; CHECK: ret double
define double @g(double %x, double %y) {
  %r = fdiv double %x, %y
  ret double %r
}

declare double @__nabla_fwddiff(ptr(i8), ...)
define double @df(double %x) {
  %a = call double (ptr(i8), ...) @__nabla_fwddiff(@f as double (double, double) asptr, double %x, double 1.0, double %x, double 2.0)
  %b = call double (ptr(i8), ...) @__nabla_fwddiff(@g as double (double, double) asptr, double %x, double 1.0, double %x, double 2.0)
  %r = fadd double %a, %b
  ret double %r
}
