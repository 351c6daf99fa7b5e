// RUN: %check %s
// Batches whose operands lie in memory, at a distance that is constant or not, beside vectors and scalars.
#include "check.h"
extern int enzyme_width, enzyme_vector, enzyme_scalar, enzyme_buffer;
struct four { double v[4]; };
struct quad { double a, b, c, d; };
struct quad __enzyme_batch_quad(void *, ...);
void __enzyme_batch_void(void *, ...);
static double sum(double x, const double *y, int n) {
  double s = x;
  for (int i = 0; i < n; i++) s += y[i] * y[i];
  return s;
}
static double wave(double x, double k) { return x > 0.25 ? sin(x) * k : -k; }
static void both(const double *x, double *out, double k) {
  out[0] = x[0] * x[1] * k;
  out[1] = x[0] + x[1];
}
static void expect(const char *name, struct quad r, double a, double b, double c, double d) {
  EXPECT(name, r.a, a);
  EXPECT(name, r.b, b);
  EXPECT(name, r.c, c);
  EXPECT(name, r.d, d);
}
int main(void) {
  double y[8] = {1, 2, 3, 4, 5, 6, 7, 8}, x[4] = {0.1, 0.2, 0.3, 0.4}, out[8];
  struct quad none = {6, 27, 64, 117};
  expect("pointers",
         AD(__enzyme_batch_quad((void *)sum, enzyme_width, 4, enzyme_vector, 1.0, 2.0, 3.0, 4.0, enzyme_buffer, 2 * sizeof(double), y,
                                enzyme_scalar, 2), none),
         6, 27, 64, 117);
  struct quad waves = {-3, -3, 3 * sin(0.3), 3 * sin(0.4)};
  volatile int stride = sizeof(double);
  expect("numbers", AD(__enzyme_batch_quad((void *)wave, enzyme_width, 4, enzyme_buffer, (int)stride, x, enzyme_scalar, 3.0), waves), -3, -3,
         3 * sin(0.3), 3 * sin(0.4));
  AD_DO(__enzyme_batch_void((void *)both, enzyme_width, 4, enzyme_buffer, 16, y, enzyme_buffer, 16L, out, enzyme_scalar, 2.0),
        for (int i = 0; i < 4; i++) both(y + 2 * i, out + 2 * i, 2.0));
  for (int i = 0; i < 4; i++) {
    EXPECT("product", out[2 * i], 2 * y[2 * i] * y[2 * i + 1]);
    EXPECT("sum", out[2 * i + 1], y[2 * i] + y[2 * i + 1]);
  }
  return chk_exit();
}
