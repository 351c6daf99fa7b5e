// RUN: %check %s
// FLAGS: -std=c++17
#include "check.h"
#include <algorithm>
#include <list>
#include <map>
#include <memory>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>
struct Trade { std::string symbol; double price, quantity; int day; std::optional<double> fee; };
struct Account { std::string owner; std::map<std::string, std::vector<Trade>> book; double cash = 0; double value(const std::unordered_map<std::string, double> &market) const {
  double v = cash;
  for (const auto &[symbol, trades] : book) { auto it = market.find(symbol); double p = it == market.end() ? 1.0 : it->second; for (const Trade &t : trades) v += t.quantity * (p - t.price) - t.fee.value_or(0.0); }
  return v; } };
static double f(double *x, int n) {
  std::vector<Trade> trades;
  const char *symbols[] = {"ABC", "a symbol with a rather long name to leave the object", "XYZ"};
  for (int i = 0; i < 6; i++) {
    Trade t{symbols[i % 3], x[i % n] * (1 + 0.1 * i), x[(i + 1) % n], i, std::nullopt};
    if (i % 2) t.fee = 0.01 * x[i % n] * x[i % n];
    trades.push_back(std::move(t));
  }

  Account acc;
  acc.owner = "owner";
  for (auto &t : trades) { acc.book[t.symbol].push_back(t); acc.cash -= t.price * t.quantity * 0.1; }
  std::unordered_map<std::string, double> market{{"ABC", x[0] * 2}, {"XYZ", x[1] + x[2]}};
  market["a symbol with a rather long name to leave the object"] = std::exp(x[2]);
  double s = acc.value(market);
  std::unordered_set<std::string> seen;
  std::list<std::pair<std::string_view, double>> totals;
  for (auto &t : trades) if (seen.insert(t.symbol).second) totals.push_back({t.symbol, 0.0});
  for (auto &t : trades) for (auto &p : totals) if (p.first == t.symbol) p.second += t.price * t.quantity;
  totals.reverse();
  double k = 1;
  for (auto &p : totals) s += k++ * p.second * (double)p.first.size();
  Account copy = acc;
  copy.cash *= x[0];
  copy.book.erase("XYZ");
  return s + copy.value(market);
}
int main() {
  double x[] = {0.9, 1.2, 0.7};
  CHECK_GRAD("records", f, x, 3);
  return chk_exit();
}
