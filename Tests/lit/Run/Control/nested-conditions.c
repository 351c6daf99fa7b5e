// RUN: %check %s
#include "check.h"
static double classify(double a, double b, double c) {
  double r;
  if (a > b) {
    if (b > c) r = a * b - c;
    else if (a > c) r = a * c * c;
    else { r = c / a; if (r > 2) r = r * r; }
  } else {
    r = b * b;
    if (c > 0 && a < c) r -= a * c;
    if (c < 0 || b > 3) r += sin(a);
  }
  return r;
}
int main(void) {
  CHECK3("a>b>c", classify, 3, 2, 1);
  CHECK3("a>c>b", classify, 3, 1, 2);
  CHECK3("c>a>b", classify, 2, 1, 3);
  CHECK3("squared", classify, 1, 0.5, 3);
  CHECK3("b>a", classify, 1, 2, 3);
  CHECK3("negative", classify, 1, 2, -3);
  CHECK3("large", classify, 1, 4, 0.5);
  return chk_exit();
}
