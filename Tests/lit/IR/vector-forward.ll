; RUN: %irdialect %s > %t.ll
; RUN: %opt -passes=nabla %t.ll -o %t.bc
; RUN: %lli %t.bc

; Code as the vectoriser leaves it: <4 x double>, shuffles, a masked load, a gather and a reduction.

declare <4 x double> @llvm.masked.load.v4f64.ptrsuffix(v4f64)(ptr(<4 x double>), i32, <4 x i1>, <4 x double>)
declare double @llvm.vector.reduce.fadd.v4f64(double, <4 x double>)
declare double @__nabla_fwddiff(ptr(i8), ...)
declare void @__nabla_autodiff(ptr(i8), ...)

@x = global [4 x double] [double 1.0, double 2.0, double 3.0, double 4.0]
@u = global [4 x double] [double 1.0, double 0.0, double 1.0, double 1.0]
@d = global [4 x double] zeroinitializer

; sum of squares of lanes 0, 1, 3, times lane 1
define double @f(ptr(<4 x double>) %p) {
  %v = call <4 x double> @llvm.masked.load.v4f64.ptrsuffix(v4f64)(ptr(<4 x double>) %p, i32 8, <4 x i1> <i1 true, i1 true, i1 false, i1 true>, <4 x double> zeroinitializer)
  %q = fmul <4 x double> %v, %v
  %s = call reassoc double @llvm.vector.reduce.fadd.v4f64(double 0.0, <4 x double> %q)
  %w = shufflevector <4 x double> %v, <4 x double> undef, <4 x i32> <i32 1, i32 0, i32 3, i32 2>
  %e = extractelement <4 x double> %w, i32 0
  %r = fmul double %s, %e
  ret double %r
}

define i32 @main() {
  %x = bitcast ptr([4 x double]) @x to ptr(<4 x double>)
  %u = bitcast ptr([4 x double]) @u to ptr(<4 x double>)
  %d = bitcast ptr([4 x double]) @d to ptr(<4 x double>)
  ; s = 1 + 4 + 16 = 21, f = 42; df/dx = (2*1*2, 2*2*2 + 21, 0, 2*4*2) = (4, 29, 0, 16)
  %t = call double (ptr(i8), ...) @__nabla_fwddiff(@f as double (ptr(<4 x double>)) asptr, ptr(<4 x double>) %x, ptr(<4 x double>) %u)
  %forward = fcmp oeq double %t, 20.0
  call void (ptr(i8), ...) @__nabla_autodiff(@f as double (ptr(<4 x double>)) asptr, ptr(<4 x double>) %x, ptr(<4 x double>) %d)
  %g = load <4 x double>, ptr(<4 x double>) %d
  %g0 = extractelement <4 x double> %g, i32 0
  %g1 = extractelement <4 x double> %g, i32 1
  %g2 = extractelement <4 x double> %g, i32 2
  %g3 = extractelement <4 x double> %g, i32 3
  %ok0 = fcmp oeq double %g0, 4.0
  %ok1 = fcmp oeq double %g1, 29.0
  %ok2 = fcmp oeq double %g2, 0.0
  %ok3 = fcmp oeq double %g3, 16.0
  %a = and i1 %forward, %ok0
  %b = and i1 %ok1, %ok2
  %c = and i1 %a, %b
  %all = and i1 %c, %ok3
  %status = select i1 %all, i32 0, i32 1
  ret i32 %status
}
