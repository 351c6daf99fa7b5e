// RUN: %check %s
#include <nabla/nabla>
#include <cstdio>
#include <cmath>
#include <vector>
static double area(double w, double h) { return w * h; }
static float fmix(float a, double b, int n) { return a * (float)b * n; }
static double energy(const double *q, int n, double k) { double s = 0; for (int i = 0; i < n; i++) s += k * q[i] * q[i]; return s; }
static void stage(const double *in, double *out) { out[0] = in[0] * in[1]; out[1] = in[0] + in[1]; }
struct P { double a, b; };
static double viaref(const std::vector<double> &v, P &p) { double s = 0; for (double x : v) s += x * x * p.a; return s + p.b; }
static double byvalue(P p) { return p.a * p.a * p.b; }
static int bad = 0;
#define EXPECT(a, b) do { double x_ = (a), y_ = (b); if (!(std::fabs(x_ - y_) < 1e-6)) { std::printf("FAILED %d: %g, not %g\n", __LINE__, x_, y_); bad = 1; } } while (0)
int main() {
  using namespace nabla;
  { auto [adj, value] = autodiff<ReverseWithPrimal>(area, Active(3.0), Active(5.0)); EXPECT(std::get<0>(adj), 5); EXPECT(std::get<1>(adj), 3); EXPECT(value, 15); }
  { auto [adj] = autodiff<Reverse>(&area, Const(3.0), Active(5.0)); EXPECT(get<0>(adj), 3); }
  { auto r = autodiff<Reverse>(fmix, Active(3.0f), Active(5.0), Const(2)); EXPECT(get<0>(get<0>(r)), 10); EXPECT(get<1>(get<0>(r)), 6); }
  { double q[3] = {1, 2, 3}, dq[3] = {0}; int n = 3; auto [adj] = autodiff<Reverse>(energy, Duplicated(q, dq), Const(n), Active(2.0)); EXPECT(get<0>(adj), 14); EXPECT(dq[2], 12); }
  { double in[2] = {2, 3}, din[2] = {0}, out[2], dout[2] = {1, 10}; autodiff<Reverse>(stage, Duplicated(&in[0], &din[0]), DuplicatedNoNeed(out, dout)); EXPECT(din[0], 13); EXPECT(din[1], 12); EXPECT(dout[0], 0); }
  { std::vector<double> v = {1, 2}, dv = {0, 0}; P p{2, 1}, dp{0, 0}; autodiff<Reverse>(viaref, Duplicated(v, dv), Duplicated(p, dp)); EXPECT(dv[1], 8); EXPECT(dp.a, 5); EXPECT(dp.b, 1); }
  { auto [adj] = autodiff<Reverse>(byvalue, Active(P{2, 3})); EXPECT(get<0>(adj).a, 12); EXPECT(get<0>(adj).b, 4); }
  { auto [t] = autodiff<Forward>(area, Duplicated(3.0, 1.0), Duplicated(5.0, 0.0)); EXPECT(t, 5); }
  { auto [p, t] = autodiff<Forward, Duplicated<double>>(area, Duplicated(3.0, 1.0), Const(5.0)); EXPECT(p, 15); EXPECT(t, 5); }
  { double k = 7; auto f = [&](double x) { return x * x * k; }; auto [adj, v] = autodiff<ReverseWithPrimal>(f, Active(2.0)); EXPECT(get<0>(adj), 28); EXPECT(v, 28); }
  { auto g = [](auto x, auto y) { return x * y; }; auto [adj] = autodiff<Reverse>(g, Active(2.0), Active(4.0)); EXPECT(get<0>(adj), 4); }
  { auto [adj] = autodiff<Reverse>(+[](double x) { return std::sin(x); }, Active(0.5)); EXPECT(get<0>(adj), std::cos(0.5)); }
  std::printf(bad ? "FAILED\n" : "ok\n"); return bad;
}
