// RUN: %clang -O1 -g -c %s -o %t.o 2>&1 | %filecheck %s
// RUN: %clang -O0 -g -c %s -o %t.o 2>&1 | %filecheck %s
/* A module without any request is looked through for what was meant to be one. */
double __nabla_autodif(void *, ...);
double nabla_fwddiff(void *, ...);
double _enzyme_autodiff(void *, ...);
double nabla_area(void *, ...);
static double f(double x) { return x * x; }

// CHECK-DAG: only-a-misspelt-hook.c:[[#@LINE+1]]:{{[0-9]+}}: warning: unknown hook '__nabla_autodif'; did you mean '__nabla_autodiff'?
double misspelt(double x) { return __nabla_autodif((void *)f, x); }
// CHECK-DAG: only-a-misspelt-hook.c:[[#@LINE+1]]:{{[0-9]+}}: warning: unknown hook 'nabla_fwddiff'; did you mean '__nabla_fwddiff'?
double underscores(double x) { return nabla_fwddiff((void *)f, x, 1.0); }
// CHECK-DAG: only-a-misspelt-hook.c:[[#@LINE+1]]:{{[0-9]+}}: warning: unknown hook '_enzyme_autodiff'; did you mean '__enzyme_autodiff'?
double one_short(double x) { return _enzyme_autodiff((void *)f, x); }
// CHECK-NOT: nabla_area
double another(double x) { return nabla_area((void *)f, x); }
