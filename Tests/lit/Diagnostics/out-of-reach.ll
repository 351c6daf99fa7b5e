; RUN: %irdialect %s > %t.ll
; RUN: %not %opt -passes=nabla -disable-output %t.ll 2>&1 | %filecheck %s

; What no stage can read is refused before one tries.

declare double @__nabla_autodiff(...)
declare void @llvm.experimental.gc.safe(double)

define double @scalable(ptr(double) %x) {
  %p = bitcast ptr(double) %x to ptr(<vscale x 2 x double>)
  %v = load <vscale x 2 x double>, ptr(<vscale x 2 x double>) %p
  %w = extractelement <vscale x 2 x double> %v, i32 0
  ret double %w
}
; CHECK: cannot differentiate 'scalable': it works on vectors whose length is known at run time only; compile it for a fixed length
define void @a(ptr(double) %x, ptr(double) %d) {
  call double (...) @__nabla_autodiff(@scalable as double (ptr(double)) asptr, ptr(double) %x, ptr(double) %d)
  ret void
}
