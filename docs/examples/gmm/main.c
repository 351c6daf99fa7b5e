/* Reads a data file of the ADBench suite, and reports on the gradient of the mixture's objective. */
#define _POSIX_C_SOURCE 199309L
#include "gmm.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double *numbers(FILE *f, int count) {
  double *v = malloc(sizeof(double) * count);
  for (int i = 0; i < count; i++)
    if (fscanf(f, "%lf", &v[i]) != 1) {
      fprintf(stderr, "the file ends too early\n");
      exit(2);
    }
  return v;
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static struct problem p;
static double *gradient;

static double value;
static void run_objective(void) { value = gmm_objective(&p); }
static void run_gradient(void) { gmm_gradient(&p, gradient, gradient + p.k, gradient + p.k + p.k * p.d); }

/* the shortest of at least five runs, for about half a second */
static double measure(void (*work)(void)) {
  double best = INFINITY, start = seconds();
  for (int i = 0; i < 5 || seconds() - start < 0.5; i++) {
    double t = seconds();
    work();
    t = seconds() - t;
    if (t < best) best = t;
  }
  return best;
}

/* central difference with one extrapolation step */
static double difference(double *x) {
  double keep = *x, h = 1e-3, d[2];
  for (int i = 0; i < 2; i++, h /= 2) {
    *x = keep + h;
    double up = gmm_objective(&p);
    *x = keep - h;
    d[i] = (up - gmm_objective(&p)) / (2 * h);
  }
  *x = keep;
  return (4 * d[1] - d[0]) / 3;
}

int main(int argc, char **argv) {
  FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
  if (!f || fscanf(f, "%d %d %d", &p.d, &p.k, &p.n) != 3) {
    fprintf(stderr, "usage: %s data/gmm_d2_K5.txt\n", argv[0]);
    return 2;
  }
  int count[] = {p.k, p.k * p.d, p.k * (p.d + p.d * (p.d - 1) / 2)};
  p.alphas = numbers(f, count[0]);
  p.means = numbers(f, count[1]);
  p.icf = numbers(f, count[2]);
  p.points = numbers(f, p.n * p.d);
  double *prior = numbers(f, 2);
  p.gamma = prior[0];
  p.m = (int)prior[1];
  fclose(f);

  int total = count[0] + count[1] + count[2];
  gradient = malloc(sizeof(double) * total);
  run_objective();
  run_gradient();

  double norm = 0, largest = 0;
  for (int i = 0; i < total; i++) {
    norm += gradient[i] * gradient[i];
    if (fabs(gradient[i]) > largest) largest = fabs(gradient[i]);
  }
  /* every entry, or about three hundred of them when there are many */
  int step = total / 300 + 1, checked = 0;
  double error = 0;
  for (int i = 0; i < total; i += step, checked++) {
    double *x = i < count[0] ? p.alphas + i : i < count[0] + count[1] ? p.means + i - count[0] : p.icf + i - count[0] - count[1];
    /* differences of a sum of this size are good to about 1e-8 of the largest entry */
    double scale = fmax(fabs(gradient[i]), 1e-2 * largest);
    double e = fabs(gradient[i] - difference(x)) / scale;
    if (!(e <= error)) error = e; /* keeps NaN */
  }

  double primal = measure(run_objective), adjoint = measure(run_gradient);
  printf("mixture        d = %d, k = %d, n = %d: %d parameters\n", p.d, p.k, p.n, total);
  printf("objective      %.10g\n", value);
  printf("gradient norm  %.10g\n", sqrt(norm));
  printf("largest error  %.1e (%d entries against central differences)\n", error, checked);
  printf("objective      %.3f ms\n", 1e3 * primal);
  printf("gradient       %.3f ms\n", 1e3 * adjoint);
  printf("ratio          %.2f\n", adjoint / primal);

  free(p.alphas);
  free(p.means);
  free(p.icf);
  free(p.points);
  free(prior);
  free(gradient);
  return error <= 1e-6 ? 0 : 1;
}
