// RUN: %clang -O2 -g -c %s -o %t.o -Rpass=nabla -Rpass-missed=nabla -Rpass-analysis=nabla 2>&1 | %filecheck %s --check-prefix=KEPT
// RUN: %clang -O2 -c %s -o %t.o -Rpass=nabla 2>&1 | %filecheck %s --check-prefix=PLAIN
// RUN: %clang -O2 -c %s -o %t.o 2>&1 | %not grep remark
// RUN: %clang -O2 -c %s -o %t.o -fsave-optimization-record -foptimization-record-file=%t.yaml
// RUN: %filecheck %s --check-prefix=RECORD < %t.yaml
#include <math.h>

void elsewhere(int);
double __nabla_autodiff(void *, ...);

// What is kept is said where it is computed. Without -g there are lines, but no names.
// PLAIN: what-is-kept.c:[[#@LINE+19]]:{{.*}} remark: gradient of 'relax': the tape holds 16{{.*}}p2 + 8 bytes, {{[0-9]+}} values are recomputed [-Rpass=nabla]
// KEPT-DAG: what-is-kept.c:[[#@LINE+9]]:{{.*}} remark: keeps 8{{.*}}n bytes: {{.*}}@exp{{.*}}, because calling exp again costs more than keeping its result{{.*}}[-Rpass-missed=nabla]
// KEPT-DAG: what-is-kept.c:[[#@LINE+8]]:{{.*}} remark: keeps 8{{.*}}n bytes: {{.*}}load double{{.*}}, because the memory may be overwritten by {{.*}}[-Rpass-missed=nabla]
// KEPT-DAG: what-is-kept.c:[[#@LINE+10]]:{{.*}} remark: 'elsewhere' has no body here; nothing active reaches it{{.*}}[-Rpass-analysis=nabla]
// RECORD: Pass: nabla
// RECORD-NEXT: Name: Derivative
// RECORD: Name: Kept
static double relax(double *u, int n, double k) {
  double sum = 0;
  for (int i = 0; i < n; i++) {
    u[i] = exp(-k * u[i]);
    sum += u[i] * u[i];
  }
  elsewhere(n);
  return sum;
}

// KEPT-DAG: what-is-kept.c:[[#@LINE+2]]:{{.*}} remark: gradient of 'relax': the tape holds 16{{.*}}n + 8 bytes, {{[0-9]+}} values are recomputed [-Rpass=nabla]
double slope(double *u, double *du, int n, double k) {
  return __nabla_autodiff((void *)relax, u, du, n, k);
}
