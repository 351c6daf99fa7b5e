// RUN: %check %s
// SANITIZE
#include "check.h"
#include <stdexcept>
#include <vector>
#include <memory>
#include <functional>
#include <map>
#include <string>
extern "C" { void __nabla_checkpoint_for(void *, ...); void __nabla_checkpoint_while(void *, ...); void __nabla_fixed_point(void *, ...);
extern int nabla_snapshots, nabla_checkpoint_region, nabla_fp_state; 
void __nabla_reverse_v(void *, ...);
}
static double limit = 1e9;
static double whole(double *x, int n) {
  std::vector<double> y(x, x + n);
  std::vector<std::unique_ptr<double>> z;
  std::map<std::string, double> m;
  double s = 0;
  for (int i = 0; i < n; i++) {
    z.push_back(std::make_unique<double>(y[i] * 2));
    m["name that is long enough for the heap " + std::to_string(i)] = y[i];
    s += *z.back() * y[i];
    if (s > limit) throw std::domain_error("large");
  }
  for (auto &p : m) s += p.second * p.second;
  return s;
}
static void step(long i, double *u, double k) {
  u[0] = sin(u[0]) * k + u[1] + i * 0.1;
  u[1] = 0.5 * u[1] + 0.1 * u[0];
  if (u[0] > limit) throw std::domain_error("large");
}
static double stepped(double *x, int n) {
  double u[2] = {x[0], x[1]};
  std::vector<double> keep(x, x + n);
  AD_DO(__nabla_checkpoint_for((void *)step, 0L, 20L, nabla_snapshots, 3, nabla_checkpoint_region, u, sizeof u, u, keep[2]), for (long i = 0; i < 20; i++) step(i, u, keep[2]));
  return u[0] * u[1];
}
static int until(double *u, double k) {
  u[0] = cos(u[0]) * k + u[1];
  u[1] = 0.5 * u[1] + 0.1 * u[0];
  if (u[0] > limit) throw std::domain_error("large");
  return u[1] < 0.1;
}
static double stepped_until(double *x, int n) {
  double u[2] = {x[0], 0.01 * x[1]};
  AD_DO(__nabla_checkpoint_while((void *)until, nabla_snapshots, 3, nabla_checkpoint_region, u, sizeof u, u, x[2]), while (until(u, x[2])));
  return u[0] * u[1];
}
static int fixed(double *z, const double *x) {
  double old = z[0];
  z[0] = 0.5 * cos(z[0] * x[0]) + 0.1 * x[1];
  if (z[0] > limit) throw std::domain_error("large");
  return fabs(old - z[0]) > 1e-14;
}
static double fixed_point(double *x, int n) {
  double z[1] = {0.1};
  AD_DO(__nabla_fixed_point((void *)fixed, nabla_fp_state, z, sizeof z, z, x), while (fixed(z, x)));
  return z[0] * x[2];
}
static double functions(double *x, int n) {
  std::vector<std::function<double(double)>> list;
  double a = x[0];
  list.push_back([a](double t) { std::vector<double> w(5, t); double s = 0; for (double v : w) s += v * a; return s; });
  list.push_back([&](double t) { if (t * x[1] > limit) throw std::domain_error("large"); return t * t * x[1]; });
  double s = 0;
  for (int i = 0; i < n; i++) for (auto &f : list) s += f(x[i]);
  return s;
}
typedef double function(double *, int);
template <function *f, bool split = true> static void all(const char *name, double at) {
  double x[] = {1.5, 1.2, 0.7, 1.4, 1.3};
  CHECK_GRAD(name, f, x, 5);
  double old = limit; limit = at;
  int caught = 0;
  double dx[5] = {0};
  for (int k = 0; k < 20; k++) {
    double y[5]; memcpy(y, x, sizeof x);
    limit = at * (k + 1) / 20;
    try { AD_DO(__nabla_autodiff_d((void *)f, nabla_dup, y, dx, nabla_const, 5), f(y, 5)); } catch (std::domain_error &) { caught++; }
    memcpy(y, x, sizeof x);
    try { AD_DO(__nabla_fwddiff_d((void *)f, nabla_dup, y, dx, nabla_const, 5), f(y, 5)); } catch (std::domain_error &) { caught++; }
    memcpy(y, x, sizeof x);
    if constexpr (split) try { AD_DO(chk_taped t = __nabla_augmentfwd_d((void *)f, nabla_dup, y, dx, nabla_const, 5);
    __nabla_reverse_v((void *)f, nabla_dup, y, dx, nabla_const, 5, 1.0, t.tape), f(y, 5)); } catch (std::domain_error &) { caught++; }
  }
  limit = old;
  EXPECT("caught", caught, caught);
}
int main() {
  all<whole>("whole", 20);
  all<stepped, false>("stepped", 2);
  all<stepped_until, false>("until", 0.6);
  all<fixed_point, false>("fixed", 0.5);
  all<functions>("functions", 2);
  return chk_exit();
}
