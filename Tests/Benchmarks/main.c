/* Times one kernel's objective and one derivative of it, and checks the derivative.
 *
 *   prog [--size N] [--mode grad|manual|jvp|primal] [--min-time S] [--blocks B] [--dump FILE] [--no-fd]
 *
 * prints one line:
 *   primal_s derivative_s checksum maxrelerr key=value...
 * Times are CPU seconds per call, the least of B blocks, where primal and derivative blocks alternate. maxrelerr is
 * the larger of the difference from the hand-written gradient (max-norm, relative to its largest entry) and of the
 * difference from central differences along random directions. */
#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kernels/kernel.h"

static double now(void) {
  struct timespec t;
  /* CPU time: every program is one thread, and the machine may be shared */
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}
/* ru_maxrss would count the parent's pages from before exec; VmHWM does not */
static long rss_kb(void) {
  char line[256];
  long kb = 0;
  FILE *f = fopen("/proc/self/status", "r");
  if (!f) return 0;
  while (fgets(line, sizeof line, f))
    if (sscanf(line, "VmHWM: %ld", &kb) == 1) break;
  fclose(f);
  return kb;
}
static double *G, *V;
static volatile double sink;
static void run_primal(void) { sink = bench_primal(); }
static void run_grad(void) { bench_gradient(G); }
static void run_manual(void) { bench_manual(G); }
static void run_jvp(void) { sink = bench_jvp(V); }

static long calibrate(void (*f)(void), double min_time, double *first) {
  double t0 = now();
  f();
  *first = now() - t0;
  double t = *first;
  long n = 1;
  while (t < min_time && n < (1L << 40)) {
    double want = min_time / (t / (double)n + 1e-12) * 1.1 + 1;
    n = want > 50.0 * (double)n ? n * 50 : (long)want;
    t0 = now();
    for (long i = 0; i < n; i++) f();
    t = now() - t0;
  }
  return n;
}
static double block(void (*f)(void), long n) {
  double t0 = now();
  for (long i = 0; i < n; i++) f();
  return (now() - t0) / (double)n;
}
static uint64_t seed = 88172645463325252ull;
static double unit(void) {
  seed ^= seed << 13; seed ^= seed >> 7; seed ^= seed << 17;
  return (double)(seed >> 11) * 0x1p-52 - 1.0;
}
/* central differences with one Richardson step */
static double fd(double *x, const double *x0, const double *v, long n, double h) {
  double d[2];
  for (int r = 0; r < 2; r++, h *= 0.5) {
    for (long i = 0; i < n; i++) x[i] = x0[i] + h * v[i];
    double fp = bench_primal();
    for (long i = 0; i < n; i++) x[i] = x0[i] - h * v[i];
    d[r] = (fp - bench_primal()) / (2 * h);
  }
  memcpy(x, x0, (size_t)n * sizeof *x);
  return (4 * d[1] - d[0]) / 3;
}

int main(int argc, char **argv) {
  const char *size = NULL, *mode = "grad", *dump = NULL;
  double min_time = 0.05;
  int blocks = 3, do_fd = 1;
  for (int i = 1; i < argc; i++) {
    const char *a = argv[i], *b = i + 1 < argc ? argv[i + 1] : "";
    if (!strcmp(a, "--size")) size = b, i++;
    else if (!strcmp(a, "--mode")) mode = b, i++;
    else if (!strcmp(a, "--min-time")) min_time = atof(b), i++;
    else if (!strcmp(a, "--blocks")) blocks = atoi(b), i++;
    else if (!strcmp(a, "--dump")) dump = b, i++;
    else if (!strcmp(a, "--no-fd")) do_fd = 0;
    else { fprintf(stderr, "unknown argument %s\n", a); return 2; }
  }
  long n = bench_setup(size ? atol(size) : bench_default_size());
  G = calloc((size_t)n, sizeof *G);
  V = calloc((size_t)n * 3, sizeof *V);
  for (long i = 0; i < 3 * n; i++) V[i] = unit();
  int jvp = !strcmp(mode, "jvp");
  void (*grad)(void) = run_grad;
  int primal_only = !strcmp(mode, "primal");
  if (primal_only) grad = run_primal, do_fd = 0;
  if (!strcmp(mode, "manual")) grad = run_manual;
  else if (jvp) grad = run_jvp;

  /* warm the primal before the memory reading */
  double first_p, first_g;
  long np = calibrate(run_primal, min_time, &first_p);
  long rss0 = rss_kb();
  double t0 = now();
  grad();
  first_g = now() - t0;
  long rss1 = rss_kb();

  double err_manual = -1, err_fd = -1, checksum = 0, gmax = 0;
  if (!jvp && !primal_only) {
    for (long i = 0; i < n; i++) {
      /* weights in [0.5,1.5), fixed, so that a permutation shows */
      checksum += G[i] * (0.5 + (double)((i * 2654435761u) % 1024) / 1024.0);
      if (fabs(G[i]) > gmax) gmax = fabs(G[i]);
    }
    if (dump) {
      FILE *f = fopen(dump, "wb");
      if (!f || fwrite(G, sizeof *G, (size_t)n, f) != (size_t)n) return 4;
      fclose(f);
    }
    if (grad != run_manual) {
      double *m = calloc((size_t)n, sizeof *m), top = 0, dif = 0;
      if (bench_manual(m)) {
        for (long i = 0; i < n; i++) {
          double e = fabs(m[i] - G[i]);
          if (fabs(m[i]) > top) top = fabs(m[i]);
          if (!(e <= dif)) dif = e; /* NaN sticks */
        }
        err_manual = dif / (top > 0 ? top : 1);
      }
      free(m);
    }
  } else if (jvp)
    checksum = sink;
  double *x = bench_x(), tangent = sink;
  if (do_fd) {
    double *x0 = malloc((size_t)n * sizeof *x0);
    memcpy(x0, x, (size_t)n * sizeof *x0);
    double xm = 0;
    for (long i = 0; i < n; i++) if (fabs(x0[i]) > xm) xm = fabs(x0[i]);
    int dirs = jvp ? 1 : 3;
    err_fd = 0;
    for (int k = 0; k < dirs; k++) {
      const double *v = V + (long)k * n;
      double ad = 0, scale = 0;
      if (jvp) ad = tangent, scale = fabs(ad);
      else
        for (long i = 0; i < n; i++) ad += G[i] * v[i], scale += G[i] * G[i] * v[i] * v[i];
      if (!jvp) scale = sqrt(scale);
      double best = INFINITY;
      for (double h = 1e-3; h > 1e-8; h *= 0.1) { /* best step of a few */
        double d = fd(x, x0, v, n, h * (xm > 1 ? xm : 1));
        double e = fabs(d - ad) / (scale > fabs(ad) ? scale : fabs(ad) + 1e-300);
        if (e < best) best = e;
      }
      if (best > err_fd) err_fd = best;
    }
    free(x0);
  }
  long ng = 1;
  if (first_g > 0.2) blocks = 1; /* slow: one block more is enough */
  else ng = calibrate(grad, min_time, &(double){0});
  double bp = INFINITY, bg = INFINITY;
  for (int b = 0; b < blocks; b++) {
    double tp = block(run_primal, np), tg = block(grad, ng);
    if (tp < bp) bp = tp;
    if (tg < bg) bg = tg;
  }
  double worst = err_manual > err_fd ? err_manual : err_fd;
  printf("%.9g %.9g %.15g %.3g err_manual=%.3g err_fd=%.3g n=%ld gmax=%.6g value=%.15g "
         "rss0_kb=%ld rss1_kb=%ld hwm_kb=%ld first_g=%.6g\n",
         bp, bg, checksum, worst, err_manual, err_fd, n, gmax, bench_primal(), rss0, rss1, rss_kb(), first_g);
  return 0;
}
