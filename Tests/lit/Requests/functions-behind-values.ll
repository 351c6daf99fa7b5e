; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes='nabla<show-requests>' -disable-output %t.ll 2>&1 | %filecheck %s

; The function to differentiate is found behind casts, aliases, constant tables, local variables, selects and phis.

declare double @__nabla_autodiff(...)
define double @f(double %x) { ret double %x }
define double @g(double %x) { ret double %x }
@h = alias double (double), ptr(double (double)) @g
@table = constant [2 x ptr(double (double))] [ptr(double (double)) @f, ptr(double (double)) @g]

; CHECK: in 'by_alias': gradient of 'g'
define double @by_alias(double %x) {
  %r = call double (...) @__nabla_autodiff(ptr(double (double)) @h, double %x)
  ret double %r
}
; CHECK: in 'by_table': gradient of 'g'
define double @by_table(double %x) {
  %place = getelementptr [2 x ptr(double (double))], ptr([2 x ptr(double (double))]) @table, i64 0, i64 1
  %p = load ptr(double (double)), ptr(ptr(double (double))) %place
  %r = call double (...) @__nabla_autodiff(ptr(double (double)) %p, double %x)
  ret double %r
}
; CHECK: in 'by_variable': gradient of 'f'
define double @by_variable(double %x) {
  %home = alloca ptr(double (double))
  store ptr(double (double)) @f, ptr(ptr(double (double))) %home
  %p = load ptr(double (double)), ptr(ptr(double (double))) %home
  %r = call double (...) @__nabla_autodiff(ptr(double (double)) %p, double %x)
  ret double %r
}
; CHECK: in 'by_choice': gradient of 'f'
; CHECK: in 'by_choice': gradient of 'g'
define double @by_choice(i1 %c, double %x) {
  %p = select i1 %c, ptr(double (double)) @f, ptr(double (double)) @g
  %r = call double (...) @__nabla_autodiff(ptr(double (double)) %p, double %x)
  ret double %r
}
; CHECK: in 'by_call': gradient of 'f'
define double @by_call(double %x) {
  %p = call ptr(double (double)) @pick()
  %r = call double (...) @__nabla_autodiff(ptr(double (double)) %p, double %x)
  ret double %r
}
define ptr(double (double)) @pick() { ret ptr(double (double)) @f }
; CHECK: in 'by_several_stores': gradient of '{{[fg]}}'
; CHECK: in 'by_several_stores': gradient of '{{[fg]}}'
define double @by_several_stores(i1 %c, double %x) {
  %home = alloca ptr(double (double))
  br i1 %c, label %a, label %b
a:
  store ptr(double (double)) @f, ptr(ptr(double (double))) %home
  br label %c1
b:
  store ptr(double (double)) @g, ptr(ptr(double (double))) %home
  br label %c1
c1:
  %p = load ptr(double (double)), ptr(ptr(double (double))) %home
  %r = call double (...) @__nabla_autodiff(ptr(double (double)) %p, double %x)
  ret double %r
}
; CHECK: in 'by_number': gradient of 'f'
; CHECK: in 'by_number': gradient of 'g'
define double @by_number(i64 %k, double %x) {
  %place = getelementptr [2 x ptr(double (double))], ptr([2 x ptr(double (double))]) @table, i64 0, i64 %k
  %p = load ptr(double (double)), ptr(ptr(double (double))) %place
  %r = call double (...) @__nabla_autodiff(ptr(double (double)) %p, double %x)
  ret double %r
}
