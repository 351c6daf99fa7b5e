// RUN: %check %s
#include "check.h"
typedef struct { double w, x, y, z; } Quat;
static Quat times(Quat a, Quat b) {
  Quat r = {a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
            a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x, a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w};
  return r;
}
static Quat unit(Quat q) { double n = 1 / sqrt(q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z); q.w *= n; q.x *= n; q.y *= n; q.z *= n; return q; }
static void rotate(Quat q, const double *v, double *out) {
  Quat p = {0, v[0], v[1], v[2]}, c = {q.w, -q.x, -q.y, -q.z}, r = times(times(q, p), c);
  out[0] = r.x; out[1] = r.y; out[2] = r.z;
}
static void f(double *x, double *y) { Quat q = {x[0], x[1], x[2], x[3]}; rotate(unit(times(q, q)), x + 4, y); }
static double rodrigues(double *w, int n) {
  double t = sqrt(w[0] * w[0] + w[1] * w[1] + w[2] * w[2]), a = sin(t) / t, b = (1 - cos(t)) / (t * t), R[3][3], tr = 0;
  double K[3][3] = {{0, -w[2], w[1]}, {w[2], 0, -w[0]}, {-w[1], w[0], 0}};
  for (int i = 0; i < 3; i++) for (int j = 0; j < 3; j++) { R[i][j] = (i == j) + a * K[i][j]; for (int k = 0; k < 3; k++) R[i][j] += b * K[i][k] * K[k][j]; }
  for (int i = 0; i < 3; i++) tr += R[i][(i + 1) % 3] * R[i][i];
  return tr * n;
}
int main(void) {
  double x[] = {0.4, 1.2, -0.7, 0.9, 0.3, 1.0, -0.5};
  CHECK_JAC("quaternion", f, x, 7, 3);
  CHECK_GRAD("rodrigues", rodrigues, x, 3);
  return chk_exit();
}
