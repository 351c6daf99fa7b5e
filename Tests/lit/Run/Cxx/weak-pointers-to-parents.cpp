// RUN: %check %s
// LEVELS: -O0; -O1; -O2; -O3; opt -O2
/* Shared pointers that clang -O2 has moved two words at once. */
#include "check.h"
#include <memory>
#include <vector>
struct Part {
  std::vector<std::shared_ptr<Part>> parts;
  std::weak_ptr<Part> whole;
  double weight;
};
static double lever(double *x, int n) {
  auto root = std::make_shared<Part>();
  root->weight = x[0];
  for (int i = 1; i < n; i++) {
    auto part = std::make_shared<Part>();
    part->weight = x[i];
    part->whole = root;
    root->parts.push_back(part);
  }
  double s = 0;
  for (auto &part : root->parts)
    if (auto whole = part->whole.lock()) s += whole->weight * part->weight * part->weight;
  return s + root.use_count();
}
int main() {
  double x[] = {0.9, 1.2, 0.7, -0.4, 0.3};
  CHECK_GRAD("lever", lever, x, 5);
  return chk_exit();
}
