/* Gradients by ADOL-C (operator overloading, a tape of all operations), for comparison. A peer takes the place of the kernel's
 * bench_gradient; its objective is that of the kernel as a template. Each gradient records the tape again, since control flow
 * may differ from one input to the next. */
#include <adolc/adolc.h>
#include <vector>

#include "../kernels/kernel.h"

/* The size that main asks for, and how many inputs that makes. */
static long bench_size, bench_inputs;
extern "C" long kernel_setup(long size);
extern "C" long bench_setup(long size) {
  bench_size = size;
  return bench_inputs = kernel_setup(size);
}

/* Records `objective` at the kernel's inputs and writes its gradient. */
template <class Objective> static void adolc_gradient(long n, double *g, Objective objective) {
  std::vector<adouble> x(n);
  double value;
  trace_on(1);
  for (long i = 0; i < n; i++) x[i] <<= bench_x()[i];
  adouble y = objective(x.data());
  y >>= value;
  trace_off();
  gradient(1, (int)n, bench_x(), g);
}

