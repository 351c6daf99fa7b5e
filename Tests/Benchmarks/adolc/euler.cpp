#include "peer.h"

extern "C" void bench_gradient(double *g) {
  adolc_gradient(6, g, [&](const adouble *p) {
    adouble x = p[0], y = p[1], z = p[2];
    double h = 0.5 / (double)bench_size;
    for (long i = 0; i < bench_size; i++) {
      adouble dx = p[3] * (y - x), dy = x * (p[4] - z) - y, dz = x * y - p[5] * z;
      x += h * dx;
      y += h * dy;
      z += h * dz;
    }
    return adouble(x * x + y * y + z * z);
  });
}
