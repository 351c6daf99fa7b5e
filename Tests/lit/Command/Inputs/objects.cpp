#include <vector>
double sum(const std::vector<double> &v) {
  double s = 0;
  for (double e : v) s += e * e;
  return s;
}
