/* The Gaussian mixture as a template over the scalar, with std::vector for everything that is temporary, and a prior with
 * log-gamma: the style in which such objectives are written for several tools at a time. */
#include "kernel.h"
#include <cmath>
#include <cstddef>
#include <vector>
namespace {
struct Wishart {
  double gamma;
  int m;
};
double log_gamma_distrib(double a, double p) {
  double out = 0.25 * p * (p - 1) * std::log(3.14159265358979323846);
  for (int j = 1; j <= p; j++) out += std::lgamma(a + 0.5 * (1 - j));
  return out;
}
template <typename T> T array_max(int n, const T *const x) {
  T m = x[0];
  for (int i = 1; i < n; i++)
    if (m < x[i]) m = x[i];
  return m;
}
template <typename T> T logsumexp(int n, const T *const x) {
  T mx = array_max(n, x), sum = 0;
  for (int i = 0; i < n; i++) sum += std::exp(x[i] - mx);
  return std::log(sum) + mx;
}
template <typename T> T sqnorm(int n, const T *const x) {
  T s = x[0] * x[0];
  for (int i = 1; i < n; i++) s += x[i] * x[i];
  return s;
}
template <typename T>
T log_wishart_prior(int p, int k, Wishart wishart, const T *const sum_qs, const T *const Qdiags, const T *const icf) {
  int n = p + wishart.m + 1, size = p * (p + 1) / 2;
  double C = n * p * (std::log(wishart.gamma) - 0.5 * std::log(2)) - log_gamma_distrib(0.5 * n, p);
  T out = 0;
  for (int ik = 0; ik < k; ik++) {
    T frobenius = sqnorm(p, &Qdiags[ik * p]) + sqnorm(size - p, &icf[ik * size + p]);
    out += 0.5 * wishart.gamma * wishart.gamma * frobenius - wishart.m * sum_qs[ik];
  }
  return out - k * C;
}
template <typename T> void preprocess(int d, int k, const T *const icf, T *sum_qs, T *Qdiags) {
  int size = d * (d + 1) / 2;
  for (int ik = 0; ik < k; ik++) {
    sum_qs[ik] = 0;
    for (int id = 0; id < d; id++) {
      T q = icf[ik * size + id];
      sum_qs[ik] += q;
      Qdiags[ik * d + id] = std::exp(q);
    }
  }
}
template <typename T> void Qtimesx(int d, const T *const Qdiag, const T *const ltri, const T *const x, T *out) {
  for (int i = 0; i < d; i++) out[i] = Qdiag[i] * x[i];
  int position = 0;
  for (int i = 0; i < d; i++)
    for (int j = i + 1; j < d; j++) out[j] = out[j] + ltri[position++] * x[i];
}
template <typename T>
void objective(int d, int k, int n, const T *const alphas, const T *const means, const T *const icf, const double *const x,
               Wishart wishart, T *err) {
  const double CONSTANT = -n * d * 0.5 * std::log(2 * 3.14159265358979323846);
  int size = d * (d + 1) / 2;
  std::vector<T> Qdiags(d * k), sum_qs(k), xcentered(d), Qxcentered(d), main_term(k);
  preprocess(d, k, icf, &sum_qs[0], &Qdiags[0]);
  T slse = 0;
  for (int ix = 0; ix < n; ix++) {
    for (int ik = 0; ik < k; ik++) {
      for (int id = 0; id < d; id++) xcentered[id] = x[ix * d + id] - means[ik * d + id];
      Qtimesx(d, &Qdiags[ik * d], &icf[ik * size + d], &xcentered[0], &Qxcentered[0]);
      main_term[ik] = alphas[ik] + sum_qs[ik] - 0.5 * sqnorm(d, &Qxcentered[0]);
    }
    slse = slse + logsumexp(k, &main_term[0]);
  }
  *err = CONSTANT + slse - n * logsumexp(k, alphas) + log_wishart_prior(d, k, wishart, &sum_qs[0], &Qdiags[0], icf);
}
enum { D = 10, K = 10, SIZE = D * (D + 1) / 2 };
int n;
std::vector<double> inputs, data;
} // namespace
extern "C" {
long bench_default_size(void) { return 1000; }
long bench_setup(long size) {
  uint64_t s = 5;
  n = (int)size;
  for (int i = 0; i < K * (1 + D + SIZE); i++) inputs.push_back(bench_uniform(&s, -0.5, 0.5));
  for (int i = 0; i < n * D; i++) data.push_back(bench_uniform(&s, -1, 1));
  return (long)inputs.size();
}
double *bench_x(void) { return inputs.data(); }
double bench_primal(void) {
  double err;
  objective(D, K, n, &inputs[0], &inputs[K], &inputs[K * (1 + D)], &data[0], Wishart{1.0, 0}, &err);
  return err;
}
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * inputs.size());
  double err = 0, derr = 1;
  (void)err, (void)derr;
  IF_REVERSE(REVERSE((void *)objective<double>, AD(const), D, AD(const), K, AD(const), n, AD(dup), &inputs[0], g, AD(dup), &inputs[K],
                     g + K, AD(dup), &inputs[K * (1 + D)], g + K * (1 + D), AD(const), &data[0], AD(const), Wishart{1.0, 0}, AD(dup),
                     &err, &derr);)
}
double bench_jvp(const double *v) {
  (void)v;
  double err = 0, derr = 0;
  IF_FORWARD(FORWARD((void *)objective<double>, AD(const), D, AD(const), K, AD(const), n, AD(dup), &inputs[0], v, AD(dup), &inputs[K],
                     v + K, AD(dup), &inputs[K * (1 + D)], v + K * (1 + D), AD(const), &data[0], AD(const), Wishart{1.0, 0}, AD(dup),
                     &err, &derr);)
  return derr;
}
int bench_manual(double *) { return 0; }
}
