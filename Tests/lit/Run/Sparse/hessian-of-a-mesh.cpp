// RUN: %check %s
// The Hessian of a mesh of springs, column by column: a function that is not inlined, and no memory for the gradient itself.
#include "check.h"
#include <vector>
#include <map>
extern int enzyme_dup, enzyme_const, enzyme_dupnoneed;
template <typename RT, typename... A> RT __enzyme_autodiff(void *, A...);
template <typename RT, typename... A> RT __enzyme_fwddiff(void *, A...);
template <typename T> extern T __enzyme_todense(void *, ...) noexcept;
struct Triple { size_t r, c; double v; };
static double ident_load(size_t off, size_t i, size_t) { return (off / 8) == i ? 1.0 : 0.0; }
static void ident_store(double, size_t, size_t, size_t) { fprintf(stderr, "store to identity\n"); abort(); }
static double sparse_load(int64_t off, size_t i, size_t n, std::vector<Triple> &t) { return 0.0; }
static void sparse_store(double v, int64_t off, size_t i, size_t n, std::vector<Triple> &t) { if (v == 0.0) return; t.push_back({(size_t)off / 8, i, v}); }
struct V2 { double x, y; };
static V2 operator-(V2 a, V2 b) { return {a.x - b.x, a.y - b.y}; }
static double norm(V2 a) { return std::sqrt(a.x * a.x + a.y * a.y); }
__attribute__((noinline)) static double spring(const double *__restrict p, int i, int j, double rest) {
  V2 a{p[2 * i], p[2 * i + 1]}, b{p[2 * j], p[2 * j + 1]};
  double d = norm(a - b) - rest;
  return 0.5 * d * d;
}
static double energy(size_t nx, size_t ny, const double *pos) {
  double e = 0;
  for (size_t i = 0; i < nx; i++)
    for (size_t j = 0; j < ny; j++) {
      int k = i * ny + j;
      if (i + 1 < nx) e += spring(pos, k, k + ny, 0.8);
      if (j + 1 < ny) e += spring(pos, k, k + 1, 0.9);
    }
  return e;
}
static void gradient(size_t nx, size_t ny, const double *pos, double *out) {
#ifdef NO_AD
  std::vector<double> p(pos, pos + 2 * nx * ny);
  for (size_t i = 0; i < p.size(); i++) {
    double o = p[i], h = 1e-5, up, down;
    p[i] = o + h; up = energy(nx, ny, p.data());
    p[i] = o - h; down = energy(nx, ny, p.data());
    p[i] = o;
    out[i] += (up - down) / (2 * h);
  }
#else
  __enzyme_autodiff<void>((void *)energy, enzyme_const, nx, enzyme_const, ny, enzyme_dup, pos, out);
#endif
}
__attribute__((noinline)) std::vector<Triple> hessian(size_t nx, size_t ny, double *pos) {
  std::vector<Triple> t;
  size_t N = 2 * nx * ny;
#ifndef NO_AD
  for (size_t i = 0; i < N; i++) {
    double *d_in = __enzyme_todense<double *>((void *)ident_load, (void *)ident_store, i, N);
    double *d_out = __enzyme_todense<double *>((void *)sparse_load, (void *)sparse_store, i, N, &t);
    __enzyme_fwddiff<void>((void *)gradient, enzyme_const, nx, enzyme_const, ny, enzyme_dup, pos, d_in, enzyme_dupnoneed, (double *)0x1, d_out);
  }
#endif
  return t;
}
int main() {
  size_t nx = 4, ny = 3, N = 2 * nx * ny;
  std::vector<double> p(N);
  for (size_t i = 0; i < nx; i++) for (size_t j = 0; j < ny; j++) { p[2*(i*ny+j)] = i + 0.1 * j; p[2*(i*ny+j)+1] = j - 0.05 * i * j; }
  auto t = hessian(nx, ny, p.data());
  std::map<std::pair<size_t,size_t>, double> m;
  for (auto &e : t) m[{e.r, e.c}] += e.v;
  double worst = 0, h = 1e-5;
  for (size_t c = 0; c < N; c++) {
    std::vector<double> a(N), b(N);
    double o = p[c];
    p[c] = o + h; gradient(nx, ny, p.data(), a.data());
    p[c] = o - h; gradient(nx, ny, p.data(), b.data());
    p[c] = o;
    for (size_t r = 0; r < N; r++) { double want = (a[r]-b[r])/(2*h); double got = m.count({r,c}) ? m[{r,c}] : 0; worst = std::fmax(worst, std::fabs(got-want)); }
  }
  EXPECT("positions", N, 24);
#ifndef NO_AD
  EXPECT("entries", t.size(), 172);
  EXPECT("agrees with differences of gradients", worst < 1e-7, 1);
#endif
  return chk_exit();
}
