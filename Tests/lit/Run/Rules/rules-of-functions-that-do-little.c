// RUN: %check %s
// LEVELS: -O0; -O1; -O2; -O3
// The program has said what calls of these functions mean for derivatives. Their bodies would let an optimiser see
// through the calls, inlined or not: what they return is known.
// (Not through opt after clang -O1, which did just that.)
#include "check.h"
static double clip(double x) { return x; }
static double clip_augmented(double x) { return x; }
static double clip_reverse(double x, double seed) { return seed > 1 ? 1 : seed; }
struct two { double value, tangent; };
static struct two clip_forward(double x, double dx) { return (struct two){x, dx > 1 ? 1 : dx}; }
__attribute__((used)) static void *__nabla_register_gradient_clip[] = {(void *)clip, (void *)clip_augmented, (void *)clip_reverse};
__attribute__((used)) static void *__nabla_register_derivative_clip[] = {(void *)clip, (void *)clip_forward};

double level(double x) { return 2; }
double level_augmented(double x) { return 2; }
double level_reverse(double x, double seed) { return 5 * seed; }
struct two level_forward(double x, double dx) { return (struct two){2, 5 * dx}; }
void *__nabla_register_gradient_level[] = {(void *)level, (void *)level_augmented, (void *)level_reverse};
void *__nabla_register_derivative_level[] = {(void *)level, (void *)level_forward};

__attribute__((annotate("nabla_inactive"))) static double still(double x) { return 3 * x; }
__attribute__((annotate("nabla_function_like=log1p"), always_inline)) static inline double like(double x) { return 4; }
__attribute__((always_inline)) static inline double forced(double x) { return x * x; }
__attribute__((used)) static void *__nabla_inactivefn_forced[1] = {(void *)forced};

static double f(double x) { return 10 * clip(x) + level(x) + still(x) * x + like(x) + forced(x) * x; }

double __nabla_autodiff_f(void *, ...);
double __nabla_fwddiff_f(void *, ...);
int main(void) {
  double x = 3, r = 0, t = 0;
  double rest = 5 + 3 * x + 1 / (1 + x) + x * x;
  AD_DO(r = __nabla_autodiff_f((void *)f, x), r = 1 + rest);
  AD_DO(t = __nabla_fwddiff_f((void *)f, x, 1.0), t = 10 + rest);
  EXPECT("reverse", r, 1 + rest);
  EXPECT("forward", t, 10 + rest);
  EXPECT("value", f(x), 30 + 2 + 27 + 4 + 27);
  return chk_exit();
}
