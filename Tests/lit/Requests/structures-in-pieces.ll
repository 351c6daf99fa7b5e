; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes='nabla<show-requests>' -disable-output %t.ll 2>&1 | %filecheck %s

; C passes a small structure in registers, as several parameters. One marker speaks of all of them.

@nabla_const = external global i32
@nabla_dup = external global i32
declare double @__nabla_autodiff(...)
declare double @__nabla_fwddiff(...)

; Known by clang's names of the pieces.
define double @named(double %s.coerce0, double %s.coerce1, double %k) { ret double %k }

; Known because the unoptimised function puts them into one variable.
define double @stored(double %0, double %1, double %2) {
  %s = alloca { double, double }
  %a = getelementptr { double, double }, ptr({ double, double }) %s, i32 0, i32 0
  store double %0, ptr(double) %a
  %b = getelementptr { double, double }, ptr({ double, double }) %s, i32 0, i32 1
  store double %1, ptr(double) %b
  ret double %2
}

; Known because it was noted before optimisation.
define double @noted(double %a, double %b, double %c) "nabla.parameters"="2,1" { ret double %c }

define void @caller(double %x, double %y, double %dx, double %dy) {
  ; CHECK: gradient of 'named'
  ; CHECK-NEXT: s1: constant double = x
  ; CHECK-NEXT: s2: constant double = y
  ; CHECK-NEXT: k: out double = dx
  %const = load i32, ptr(i32) @nabla_const
  %dup = load i32, ptr(i32) @nabla_dup
  %r = call double (...) @__nabla_autodiff(@named as double (double, double, double) asptr, i32 %const, double %x, double %y, double %dx)

  ; CHECK: forward of 'stored'
  ; CHECK-NEXT: p1: duplicated double = x, shadow dx
  ; CHECK-NEXT: p2: duplicated double = y, shadow dy
  ; CHECK-NEXT: p3: constant double = double 1.000000e+00
  %s = call double (...) @__nabla_fwddiff(@stored as double (double, double, double) asptr, i32 %dup, double %x, double %y, double %dx, double %dy, i32 %const, double 1.0)

  ; CHECK: gradient of 'noted'
  ; CHECK-NEXT: a: constant double = x
  ; CHECK-NEXT: b: constant double = y
  ; CHECK-NEXT: c: out double = dx
  %t = call double (...) @__nabla_autodiff(@noted as double (double, double, double) asptr, i32 %const, double %x, double %y, double %dx)
  ret void
}
