// RUN: %not %clangxx -O0 -c %s -o %t.o 2>&1 | %filecheck %s
// RUN: %not %clangxx -O2 -c %s -o %t.o 2>&1 | %filecheck %s
/* Functions are called as the source calls them; what is to be written into a program is its symbol. */
double __nabla_autodiff(void *, ...);
template <class T> T outside(T);
namespace fluid {
double total(double t) { return outside<double>(t) * t; }
}
double slope(double t) { return __nabla_autodiff((void *)fluid::total, t); }
// CHECK: error: no derivative for 'double outside<double>(double)', called from 'fluid::total(double)' with active data
// CHECK-SAME: `void *__nabla_inactivefn__Z7outsideIdET_S0_ = (void *)_Z7outsideIdET_S0_;`
