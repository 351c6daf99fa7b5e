// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <algorithm>
#include <numeric>
#include <valarray>
#include <complex>
#include <deque>
#include <list>
#include <set>
#include <queue>
#include <array>
#include <tuple>
#include <vector>
struct Item { double value, weight; int id; };
static double f(double *x, int n) {
  std::vector<Item> items;
  for (int i = 0; i < n; i++) items.push_back({x[i] * x[i], 1.0 / (1 + x[i] * x[i]), i});
  std::sort(items.begin(), items.end(), [](const Item &a, const Item &b) { return a.value / a.weight > b.value / b.weight; });
  double room = 2.0, total = 0;
  for (auto &it : items) { double take = std::min(1.0, room / it.weight); if (take <= 0) break; total += take * it.value; room -= take * it.weight; }
  std::vector<double> v(n), w(n);
  std::transform(x, x + n, v.begin(), [](double t) { return std::sin(t); });
  std::partial_sum(v.begin(), v.end(), w.begin());
  total += std::inner_product(v.begin(), v.end(), w.begin(), 0.0);
  total += std::accumulate(w.begin(), w.end(), 0.0, [](double s, double t) { return s + t * t; });
  total += std::transform_reduce(v.begin(), v.end(), w.begin(), 0.0);
  total += std::transform_reduce(v.begin(), v.end(), 0.0, std::plus<>(), [](double t) { return t * t * t; });
  auto mm = std::minmax_element(v.begin(), v.end());
  total += *mm.first * *mm.second;
  std::rotate(w.begin(), w.begin() + 1, w.end());
  std::reverse(v.begin(), v.end());
  std::nth_element(w.begin(), w.begin() + n / 2, w.end());
  total += w[n / 2] * v[0];
  std::stable_sort(v.begin(), v.end());
  total += v[1];
  total += *std::max_element(v.begin(), v.end()) * std::count_if(v.begin(), v.end(), [](double t) { return t > 0; });
  return total;
}
static double g(double *x, int n) {
  std::valarray<double> a(x, n), b = a * 2.0 + 1.0;
  std::valarray<double> c = std::exp(-a) * b + std::pow(b, 2.0);
  double s = c.sum() + (a * b).max() + std::valarray<double>(c[std::slice(0, n / 2, 2)]).sum();
  std::complex<double> z(x[0], x[1]), w(x[2], 0.5);
  std::complex<double> q = z * w / (z + w) + std::conj(z);
  s += std::norm(q) + std::abs(z) + std::arg(w) + q.real();
  z *= q; z -= 2.0; w /= z;
  s += std::real(w * std::polar(1.0, x[1]));
  return s;
}
struct Edge { int to; double cost; };
static double dijkstra(double *x, int n) {
  std::vector<std::vector<Edge>> graph(4);
  auto link = [&](int a, int b, double c) { graph[a].push_back({b, c}); graph[b].push_back({a, c}); };
  link(0, 1, x[0] * x[0]); link(1, 2, std::exp(x[1])); link(0, 2, x[2] * x[2] + 5); link(2, 3, x[0] * x[1] + 3); link(1, 3, 9 + x[2]);
  std::vector<double> dist(4, 1e300);
  using State = std::pair<double, int>;
  std::priority_queue<State, std::vector<State>, std::greater<State>> queue;
  dist[0] = 0; queue.push({0.0, 0});
  while (!queue.empty()) {
    auto [d, u] = queue.top(); queue.pop();
    if (d > dist[u]) continue;
    for (const Edge &e : graph[u]) if (dist[u] + e.cost < dist[e.to]) { dist[e.to] = dist[u] + e.cost; queue.push({dist[e.to], e.to}); }
  }
  return dist[3] * dist[2];
}
static double h(double *x, int n) {
  std::deque<double> window; std::list<std::pair<double, int>> events; std::set<double> sorted; std::multiset<double> all;
  double s = 0;
  for (int i = 0; i < 3 * n; i++) {
    window.push_back(x[i % n] * (i + 1)); if (window.size() > 3) window.pop_front();
    double m = 0; for (double t : window) m += t; s += m / window.size() * m;
    events.emplace_front(x[i % n] * 0.5, i); sorted.insert(x[i % n] + i); all.insert(x[i % n]);
  }
  events.sort(); events.remove_if([](const std::pair<double, int> &e) { return e.second % 2 == 0; });
  for (auto &e : events) s += e.first * e.second;
  s += *sorted.begin() * *sorted.rbegin() + *all.lower_bound(0.0);
  std::array<std::array<double, 2>, 2> m{{{x[0], x[1]}, {x[2], 1.0}}};
  auto [p, q, r] = std::make_tuple(m[0][0] * m[1][1], m[0][1], m[1][0]);
  return s + p - q * r;
}
int main() {
  double x[] = {0.9, 1.2, -0.7, 0.35};
  CHECK_GRAD("algorithms", f, x, 4);
  CHECK_GRAD("valarray and complex", g, x, 4);
  CHECK_GRAD("dijkstra", dijkstra, x, 3);
  CHECK_GRAD("containers", h, x, 4);
  return chk_exit();
}
