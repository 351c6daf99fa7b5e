#include "peer.h"

extern "C" void bench_gradient(double *g) {
  const long columns = 100, rows = bench_inputs / columns;
  adolc_gradient(bench_inputs, g, [&](const adouble *m) {
    adouble t = 0.0;
    for (long i = 0; i < rows; i++) {
      const adouble *v = m + i * columns;
      adouble top = v[0];
      for (long j = 1; j < columns; j++)
        if (v[j] > top) top = v[j];
      adouble s = 0.0;
      for (long j = 0; j < columns; j++) s += exp(v[j] - top);
      t += top + log(s);
    }
    return t;
  });
}
