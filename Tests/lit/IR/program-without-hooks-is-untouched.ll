; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes=nabla -S %t.ll | %filecheck %s

; CHECK-LABEL: define double @plain(
; CHECK-NEXT: %r = fmul double %x, %x
; CHECK-NEXT: ret double %r
; CHECK-NOT: define
define double @plain(double %x) {
  %r = fmul double %x, %x
  ret double %r
}
