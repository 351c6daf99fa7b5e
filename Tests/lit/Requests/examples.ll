; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes='nabla<show-requests>' -disable-output %t.ll 2>&1 | %filecheck %s
; RUN: %opt -passes='enzyme<show-requests>' -disable-output %t.ll 2>&1 | %filecheck %s

; The calls of docs/semantics.md as Nabla reads them.

@nabla_const = external global i32
@nabla_dup = external global i32
@nabla_dupnoneed = external global i32
@nabla_dupv = external global i32
@nabla_out = external global i32
@nabla_width = external global i32
@nabla_primal_return = external global i32

declare { double, double } @__nabla_autodiff_2(...)
declare double @__nabla_autodiff_1(...)
declare void @__nabla_autodiff_0(...)
declare { double, double } @__nabla_fwddiff(...)
declare { ptr(i8), double } @__nabla_augmentfwd(...)
declare double @__nabla_reverse(...)

define double @area(double %w, double %h) { ret double %w }
define double @energy(ptr(double) %q, i32 %n, double %k) { ret double %k }
define void @pipe(ptr(double) %in, ptr(double) %out) { ret void }

define void @caller(ptr(double) %q, ptr(double) %dq, i32 %n) {
  %const = load i32, ptr(i32) @nabla_const
  %dup = load i32, ptr(i32) @nabla_dup
  %dupnoneed = load i32, ptr(i32) @nabla_dupnoneed
  %dupv = load i32, ptr(i32) @nabla_dupv
  %out = load i32, ptr(i32) @nabla_out
  %width = load i32, ptr(i32) @nabla_width
  %primal = load i32, ptr(i32) @nabla_primal_return

  ; CHECK: request __nabla_autodiff in 'caller': gradient of 'area', result active
  ; CHECK-NEXT: w: out double = double 3.000000e+00
  ; CHECK-NEXT: h: out double = double 5.000000e+00
  ; CHECK-NEXT: seed: 1
  ; CHECK-NEXT: yields: double d_w, double d_h
  %a = call { double, double } (...) @__nabla_autodiff_2(@area as double (double, double) asptr, double 3.0, double 5.0)

  ; CHECK: request __nabla_autodiff in 'caller': gradient of 'energy', result active
  ; CHECK-NEXT: q: duplicated {{.*}} = q, shadow dq
  ; CHECK-NEXT: n: constant i32 = n
  ; CHECK-NEXT: k: out double = double 2.000000e+00
  ; CHECK-NEXT: seed: 1
  ; CHECK-NEXT: yields: double d_k
  %b = call double (...) @__nabla_autodiff_1(@energy as double (ptr(double), i32, double) asptr, i32 %dup, ptr(double) %q, ptr(double) %dq, i32 %const, i32 %n, i32 %out, double 2.0)

  ; CHECK: request __nabla_autodiff in 'caller': gradient of 'pipe', result constant
  ; CHECK-NEXT: in: duplicated {{.*}} = q, shadow dq
  ; CHECK-NEXT: out: duplicatedNoNeed {{.*}} = dq, shadow q
  ; CHECK-NEXT: yields: nothing
  call void (...) @__nabla_autodiff_0(@pipe as void (ptr(double), ptr(double)) asptr, i32 %dup, ptr(double) %q, ptr(double) %dq, i32 %dupnoneed, ptr(double) %dq, ptr(double) %q)

  ; CHECK: request __nabla_autodiff in 'caller': gradient of 'area', result active, returns primal
  ; CHECK-NEXT: w: out
  ; CHECK-NEXT: h: constant double
  ; CHECK-NEXT: seed: 1
  ; CHECK-NEXT: yields: double result, double d_w
  %c = call { double, double } (...) @__nabla_autodiff_2(@area as double (double, double) asptr, i32 %primal, i32 %out, double 3.0, i32 %const, double 5.0)

  ; CHECK: request __nabla_fwddiff in 'caller': forward of 'area', width 2, result active
  ; CHECK-NEXT: w: duplicated double = double 3.000000e+00, shadow double 1.000000e+00, double 0.000000e+00
  ; CHECK-NEXT: h: duplicated double = double 4.000000e+00, shadow double 0.000000e+00, double 1.000000e+00
  ; CHECK-NEXT: yields: [2 x double] d_result
  %d = call { double, double } (...) @__nabla_fwddiff(@area as double (double, double) asptr, i32 %width, i32 2, double 3.0, double 1.0, double 0.0, double 4.0, double 0.0, double 1.0)

  ; CHECK: request __nabla_fwddiff in 'caller': forward of 'energy', width 2
  ; CHECK-NEXT: q: duplicated {{.*}} = q, shadow dq + 0 * i64 24, dq + 1 * i64 24
  %e = call { double, double } (...) @__nabla_fwddiff(@energy as double (ptr(double), i32, double) asptr, i32 %width, i32 2, i32 %dupv, i64 24, ptr(double) %q, ptr(double) %dq, i32 %n, i32 %const, double 2.0)

  ; CHECK: request __nabla_augmentfwd in 'caller': augmented of 'energy', result active, returns primal
  ; CHECK: yields: {{ptr|i8\*}} tape, double result
  %f = call { ptr(i8), double } (...) @__nabla_augmentfwd(@energy as double (ptr(double), i32, double) asptr, ptr(double) %q, ptr(double) %dq, i32 %n, double 2.0)
  %tape = extractvalue { ptr(i8), double } %f, 0
  %value = extractvalue { ptr(i8), double } %f, 1

  ; CHECK: request __nabla_reverse in 'caller': reverse of 'energy', result active
  ; CHECK: seed: value
  ; CHECK-NEXT: tape: tape
  ; CHECK-NEXT: yields: double d_k
  %g = call double (...) @__nabla_reverse(@energy as double (ptr(double), i32, double) asptr, ptr(double) %q, ptr(double) %dq, i32 %n, double 2.0, double %value, ptr(i8) %tape)
  ret void
}
