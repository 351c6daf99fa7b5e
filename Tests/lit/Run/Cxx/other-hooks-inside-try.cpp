// RUN: %check %s
// SANITIZE
/* Batches, inactive calls and checkpointed loops beside destructors and inside try. */
#include "check.h"
#include <stdexcept>
#include <vector>
struct pair { double a, b; };
extern "C" {
extern int nabla_vector, nabla_scalar, nabla_snapshots, nabla_checkpoint_region;
struct pair __nabla_batch_2(void *, ...);
void __nabla_call_inactive(void *, ...);
void __nabla_checkpoint_for(void *, ...);
}
static double f(double x, double k) { if (x > 3) throw std::domain_error("large"); return x * x + k; }
static void note(int k) { if (k < 0) throw std::range_error("negative"); }
static void step(long i, double *u, double k) {
  u[0] = sin(u[0]) * k + 1;
  if (u[0] > 2.5) throw std::domain_error("large");
}
static double batched(double a, double b) {
  std::vector<double> kept{a, b};
  try {
    struct pair r = AD(__nabla_batch_2((void *)f, nabla_width, 2, nabla_vector, a, b, nabla_scalar, 2.0), (pair{f(a, 2), f(b, 2)}));
    return r.a * r.b + kept[0];
  } catch (const std::domain_error &) {
    return -kept[1];
  }
}
static double stepped(double *x, int n) {
  std::vector<double> u(x, x + n);
  double s = 0;
  for (int k = 0; k < 3; k++) {
    try {
      AD_DO(__nabla_call_inactive((void *)note, 1 - k), note(1 - k));
      AD_DO(__nabla_checkpoint_for((void *)step, 0L, 5L, nabla_snapshots, 2, nabla_checkpoint_region, u.data(), sizeof(double), u.data(), x[1]),
            for (long i = 0; i < 5; i++) step(i, u.data(), x[1]));
    } catch (const std::range_error &) {
      s += 10 * x[0];
    }
    s += u[0] * x[1];
  }
  return s;
}
static double outcome(double *x) {
  double dx[2] = {0, 0};
  std::vector<double> kept{x[0], x[1]};
  try {
    AD_DO(__nabla_autodiff_d((void *)stepped, nabla_dup, x, dx, nabla_const, 2), stepped(x, 2));
    return 0;
  } catch (const std::domain_error &) {
    return kept[1];
  }
}
int main() {
  double x[] = {0.5, 0.8}, large[] = {0.5, 4};
  EXPECT("batch", batched(1, 2), 19);
  EXPECT("second thrown", batched(1, 4), -4);
  EXPECT("first thrown", batched(5, 2), -2);
  CHECK_GRAD("steps", stepped, x, 2);
  EXPECT("steps, thrown", outcome(large), 4);
  return chk_exit();
}
