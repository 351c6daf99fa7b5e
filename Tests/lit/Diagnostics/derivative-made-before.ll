; RUN: %irdialect %s > %t.ll
; RUN: %not %opt -passes=nabla -disable-output %t.ll 2>&1 | %filecheck %s

; What an earlier run of the pass made with calls through the shadows of pointers can't be differentiated again.

; CHECK: error: {{.*}}cannot differentiate 'slope': it is, or calls, a derivative that calls functions through pointers, and those were differentiated each for itself

declare double @__nabla_autodiff(...)
define internal ptr(i8) @nabla.known(ptr(i8) %shadow, ptr(i8) %p) noinline { ret ptr(i8) %shadow }
define double @slope(double %x, ptr(i8) %p, ptr(i8) %q) {
  %table = call ptr(i8) @nabla.known(ptr(i8) %q, ptr(i8) %p)
  %square = fmul double %x, %x
  ret double %square
}
define double @outer(double %x, ptr(i8) %p, ptr(i8) %q) {
  %r = call double (...) @__nabla_autodiff(@slope as double (double, ptr(i8), ptr(i8)) asptr, double %x, ptr(i8) %p, ptr(i8) %p, ptr(i8) %q, ptr(i8) %q)
  ret double %r
}
