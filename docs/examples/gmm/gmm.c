/* The Gaussian mixture objective of the ADBench suite, and its gradient by Nabla. */
#include "gmm.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double pi = 3.14159265358979323846;

static double log_sum_exp(int n, const double *v) {
  double top = v[0];
  for (int i = 1; i < n; i++)
    if (v[i] > top) top = v[i];
  double sum = 0;
  for (int i = 0; i < n; i++) sum += exp(v[i] - top);
  return top + log(sum);
}

/* log of the multivariate gamma function */
static double log_gamma_multi(double a, int d) {
  double sum = 0.25 * d * (d - 1) * log(pi);
  for (int j = 1; j <= d; j++) sum += lgamma(a + 0.5 * (1 - j));
  return sum;
}

static double objective(int d, int k, int n, const double *restrict alphas, const double *restrict means,
                        const double *restrict icf, const double *restrict points, double gamma, int m) {
  int size = d + d * (d - 1) / 2;
  double *diagonal = malloc(sizeof(double) * k * d); /* exp of the log diagonals */
  double *log_det = malloc(sizeof(double) * k);
  double *term = malloc(sizeof(double) * k);
  double *centred = malloc(sizeof(double) * d);
  double *scaled = malloc(sizeof(double) * d);

  double prior = 0;
  for (int c = 0; c < k; c++) {
    const double *q = icf + c * size;
    double frobenius = 0;
    log_det[c] = 0;
    for (int i = 0; i < d; i++) {
      log_det[c] += q[i];
      diagonal[c * d + i] = exp(q[i]);
      frobenius += diagonal[c * d + i] * diagonal[c * d + i];
    }
    for (int i = d; i < size; i++) frobenius += q[i] * q[i];
    prior += 0.5 * gamma * gamma * frobenius - m * log_det[c];
  }

  double likelihood = 0;
  for (int p = 0; p < n; p++) {
    for (int c = 0; c < k; c++) {
      for (int i = 0; i < d; i++) {
        centred[i] = points[p * d + i] - means[c * d + i];
        scaled[i] = diagonal[c * d + i] * centred[i];
      }
      const double *lower = icf + c * size + d;
      for (int i = 0; i < d; i++)
        for (int j = i + 1; j < d; j++) scaled[j] += *lower++ * centred[i];
      double distance = 0;
      for (int i = 0; i < d; i++) distance += scaled[i] * scaled[i];
      term[c] = alphas[c] + log_det[c] - 0.5 * distance;
    }
    likelihood += log_sum_exp(k, term);
  }
  likelihood -= n * (log_sum_exp(k, alphas) + 0.5 * d * log(2 * pi));

  double freedom = d + m + 1;
  double constant = freedom * d * (log(gamma) - 0.5 * log(2)) - log_gamma_multi(0.5 * freedom, d);

  free(diagonal);
  free(log_det);
  free(term);
  free(centred);
  free(scaled);
  return likelihood + prior - k * constant;
}

double gmm_objective(const struct problem *p) {
  return objective(p->d, p->k, p->n, p->alphas, p->means, p->icf, p->points, p->gamma, p->m);
}

/* What each argument means to the derivative; Nabla removes the variables and replaces the call. */
extern int nabla_dup, nabla_const;
void __nabla_autodiff(void *, ...);

void gmm_gradient(const struct problem *p, double *d_alphas, double *d_means, double *d_icf) {
  int d = p->d, k = p->k;
  /* reverse mode adds to the shadows, so they start at zero */
  memset(d_alphas, 0, sizeof(double) * k);
  memset(d_means, 0, sizeof(double) * k * d);
  memset(d_icf, 0, sizeof(double) * k * (d + d * (d - 1) / 2));
  __nabla_autodiff((void *)objective, nabla_const, d, nabla_const, k, nabla_const, p->n,
                   nabla_dup, p->alphas, d_alphas, nabla_dup, p->means, d_means, nabla_dup, p->icf, d_icf,
                   nabla_const, p->points, nabla_const, p->gamma, nabla_const, p->m);
}
