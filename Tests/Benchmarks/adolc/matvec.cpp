#include "peer.h"

extern "C" void bench_gradient(double *g) {
  static double *rhs;
  long n = bench_size;
  if (!rhs) {
    uint64_t s = 4242; /* the kernel's numbers: matrix and vector, then the right-hand side */
    free(bench_fill(&s, n * n + n, -1, 1));
    rhs = bench_fill(&s, n, -1, 1);
  }
  adolc_gradient(bench_inputs, g, [&](const adouble *p) {
    adouble t = 0.0;
    for (long i = 0; i < n; i++) {
      adouble r = -rhs[i];
      for (long j = 0; j < n; j++) r += p[i * n + j] * p[n * n + j];
      t += 0.5 * r * r;
    }
    return t;
  });
}
