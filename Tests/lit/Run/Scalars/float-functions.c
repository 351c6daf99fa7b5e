// RUN: %check %s
#include "check.h"
#ifdef __cplusplus
#error
#endif
float __nabla_autodiff_f(void *, float);
float __nabla_fwddiff_f(void *, float, float);
static float t_sinf(float x) { return sinf(x); }
static float t_expf(float x) { return expf(x) * x; }
static float t_powf(float x) { return powf(x, 2.5f); }
static float t_sqrtf(float x) { return sqrtf(x) + cbrtf(x); }
static float t_tanhf(float x) { return tanhf(x); }
static float t_logf(float x) { return logf(x) / x; }
static float mixed(float x) { double wide = (double)x * x; return (float)sin(wide) + x; }

#define BOTH(NAME, F, X, WANT) do { float r = AD(__nabla_autodiff_f((void *)F, X), (float)(WANT)), \
    d = AD(__nabla_fwddiff_f((void *)F, X, 1.0f), (float)(WANT)); \
    EXPECT_TOL(NAME, r, WANT, 1e-5); EXPECT_TOL(NAME "-forward", d, r, 1e-5); } while (0)

int main(void) {
  BOTH("sinf", t_sinf, 0.7f, cos(0.7));
  BOTH("expf", t_expf, 0.7f, exp(0.7) * 1.7);
  BOTH("powf", t_powf, 1.3f, 2.5 * pow(1.3, 1.5));
  BOTH("sqrtf", t_sqrtf, 2.0f, 0.5 / sqrt(2.0) + pow(2.0, -2.0 / 3) / 3);
  BOTH("tanhf", t_tanhf, 0.5f, 1 - tanh(0.5) * tanh(0.5));
  BOTH("logf", t_logf, 2.0f, (1 - log(2.0)) / 4);
  BOTH("mixed", mixed, 0.9f, cos(0.81) * 1.8 + 1);
  return chk_exit();
}
