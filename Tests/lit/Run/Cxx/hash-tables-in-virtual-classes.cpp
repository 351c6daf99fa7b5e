// RUN: %check %s
// Hash tables in classes with virtual functions: each of those is differentiated for itself, and sees memory of others
// that it only clears or moves.
// SANITIZE
#include "check.h"
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

struct Stage {
  virtual ~Stage() = default;
  virtual double run(const std::vector<double> &) = 0;
};

struct Bins : Stage {
  std::unordered_map<std::string, double> sums;
  double run(const std::vector<double> &x) override {
    for (size_t i = 0; i < x.size(); i++) sums[i % 2 ? "odd" : "even"] += x[i] * x[i];
    double r = sums["odd"] * sums["even"];
    sums.clear();
    sums["last"] = r;
    return sums.at("last") + x[0];
  }
};

struct Groups : Stage {
  std::unordered_set<int> seen;
  std::unordered_map<int, std::vector<double>> groups;
  double run(const std::vector<double> &x) override {
    for (size_t i = 0; i < x.size(); i++) {
      if (seen.insert(int(i * i % 3)).second)
        groups[int(i)].push_back(x[i]);
      else
        groups[0].push_back(x[i] * 2);
    }
    double s = 1;
    for (int i = 0; i < (int)x.size(); i++) {
      auto it = groups.find(i);
      if (it == groups.end()) continue;
      for (double v : it->second) s *= 1 + v * v;
    }
    groups.erase(0);
    return s + groups.size();
  }
};

static double f(double *x, int n) {
  std::vector<std::unique_ptr<Stage>> stages;
  stages.push_back(std::make_unique<Bins>());
  stages.push_back(std::make_unique<Groups>());
  stages.push_back(std::make_unique<Bins>());
  std::vector<double> v(x, x + n);
  double s = 0;
  for (auto &p : stages) {
    double r = p->run(v);
    s += r;
    v.push_back(r * 0.1);
  }
  return s;
}

int main() {
  double x[5] = {0.7, 0.3, 0.45, 0.9, 1.1};
  CHECK_GRAD("f", f, x, 5);
  return chk_exit();
}
