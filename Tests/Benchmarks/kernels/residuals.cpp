/* Bundle adjustment as a sparse Jacobian: the residual of one observation, differentiated for each of them. Small derivatives, many
 * times over; templates, fixed arrays on the stack, a rotation that branches on its angle. */
#include "kernel.h"
#include <cmath>
#include <cstddef>
#include <vector>
namespace {
enum { CAMERA = 11 };
struct Observation {
  int camera, point;
};
template <typename T> T squares(int n, const T *x) {
  T s = 0;
  for (int i = 0; i < n; i++) s += x[i] * x[i];
  return s;
}
template <typename T> void cross(const T *a, const T *b, T *out) {
  out[0] = a[1] * b[2] - a[2] * b[1];
  out[1] = a[2] * b[0] - a[0] * b[2];
  out[2] = a[0] * b[1] - a[1] * b[0];
}
template <typename T> void rotate_point(const T *const rotation, const T *const p, T *out) {
  T theta2 = squares(3, rotation);
  if (theta2 != 0) {
    T theta = std::sqrt(theta2), c = std::cos(theta), s = std::sin(theta), w[3], wp[3];
    for (int i = 0; i < 3; i++) w[i] = rotation[i] * (1.0 / theta);
    cross(w, p, wp);
    T d = (w[0] * p[0] + w[1] * p[1] + w[2] * p[2]) * (1.0 - c);
    for (int i = 0; i < 3; i++) out[i] = p[i] * c + wp[i] * s + w[i] * d;
  } else {
    T wp[3];
    cross(rotation, p, wp);
    for (int i = 0; i < 3; i++) out[i] = p[i] + wp[i];
  }
}
template <typename T> void distort(const T *const radial, T *p) {
  T r2 = squares(2, p), L = 1.0 + radial[0] * r2 + radial[1] * r2 * r2;
  p[0] *= L;
  p[1] *= L;
}
/* camera: rotation 0..2, centre 3..5, focal length 6, principal point 7..8, radial distortion 9..10 */
template <typename T> void project(const T *const camera, const T *const X, T *out) {
  T moved[3], seen[3];
  for (int i = 0; i < 3; i++) moved[i] = X[i] - camera[3 + i];
  rotate_point(camera, moved, seen);
  out[0] = seen[0] / seen[2];
  out[1] = seen[1] / seen[2];
  distort(camera + 9, out);
  for (int i = 0; i < 2; i++) out[i] = out[i] * camera[6] + camera[7 + i];
}
template <typename T>
void residual(const T *const camera, const T *const X, const T *const weight, const double *const feature, T *err) {
  T p[2];
  project(camera, X, p);
  err[0] = *weight * (p[0] - feature[0]);
  err[1] = *weight * (p[1] - feature[1]);
}

int cameras, points, count;
std::vector<Observation> seen;
std::vector<double> inputs, features;
double *camera(int i) { return &inputs[(std::size_t)i * CAMERA]; }
double *point(int i) { return &inputs[(std::size_t)(cameras * CAMERA + i * 3)]; }
double *weight(int i) { return &inputs[(std::size_t)(cameras * CAMERA + points * 3 + i)]; }
} // namespace
extern "C" {
long bench_default_size(void) { return 2000; }
long bench_setup(long size) {
  uint64_t s = 11;
  count = (int)size;
  points = count / 4;
  cameras = 20;
  inputs.assign((std::size_t)(cameras * CAMERA + points * 3 + count), 0.0);
  for (int i = 0; i < cameras; i++) {
    for (int k = 0; k < CAMERA; k++) camera(i)[k] = bench_uniform(&s, -0.2, 0.2);
    camera(i)[6] = 2.0;
  }
  for (int i = 0; i < points; i++) {
    point(i)[0] = bench_uniform(&s, -1, 1);
    point(i)[1] = bench_uniform(&s, -1, 1);
    point(i)[2] = bench_uniform(&s, 4, 6);
  }
  for (int i = 0; i < count; i++) {
    *weight(i) = bench_uniform(&s, 0.5, 1.5);
    seen.push_back({(int)(bench_random(&s) % (unsigned)cameras), (int)(bench_random(&s) % (unsigned)points)});
    for (int k = 0; k < 2; k++) features.push_back(bench_uniform(&s, -0.5, 0.5));
  }
  return (long)inputs.size();
}
double *bench_x(void) { return inputs.data(); }
/* The objective is the sum of the residuals: its gradient is the sum of the rows of the Jacobian. */
double bench_primal(void) {
  double sum = 0, e[2];
  for (int i = 0; i < count; i++) {
    residual(camera(seen[(std::size_t)i].camera), point(seen[(std::size_t)i].point), weight(i), &features[2 * (std::size_t)i], e);
    sum += e[0] + e[1];
  }
  return sum;
}
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * inputs.size());
  IF_REVERSE(for (int i = 0; i < count; i++) for (int row = 0; row < 2; row++) {
    Observation o = seen[(std::size_t)i];
    double e[2], de[2] = {row ? 0.0 : 1.0, row ? 1.0 : 0.0}, dc[CAMERA] = {0}, dX[3] = {0}, dw = 0;
    REVERSE((void *)residual<double>, AD(dup), camera(o.camera), dc, AD(dup), point(o.point), dX, AD(dup), weight(i), &dw, AD(const),
            &features[2 * (std::size_t)i], AD(dup), e, de);
    for (int k = 0; k < CAMERA; k++) g[o.camera * CAMERA + k] += dc[k];
    for (int k = 0; k < 3; k++) g[cameras * CAMERA + o.point * 3 + k] += dX[k];
    g[cameras * CAMERA + points * 3 + i] += dw;
  })
}
double bench_jvp(const double *v) {
  double sum = 0;
  (void)v;
  IF_FORWARD(for (int i = 0; i < count; i++) {
    Observation o = seen[(std::size_t)i];
    double e[2], de[2] = {0, 0};
    FORWARD((void *)residual<double>, AD(dup), camera(o.camera), v + o.camera * CAMERA, AD(dup), point(o.point),
            v + cameras * CAMERA + o.point * 3, AD(dup), weight(i), v + cameras * CAMERA + points * 3 + i, AD(const),
            &features[2 * (std::size_t)i], AD(dup), e, de);
    sum += de[0] + de[1];
  })
  return sum;
}
int bench_manual(double *) { return 0; }
}
