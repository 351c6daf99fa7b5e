// RUN: %check %s
#include "check.h"
static double fibonacci_like(double a, double b) {
  for (int i = 0; i < 9; i++) { double t = a + b * 0.5; a = b; b = t; }
  return a * b;
}
static double swapped(double a, double b, double c) {
  for (int i = 0; i < 7; i++) { double t = a; a = b; b = c; c = sin(t); }
  return a + 2 * b + 3 * c;
}
static double only_swap(double a, double b) {
  for (int i = 0; i < 5; i++) { double t = a; a = b; b = t; }
  return a * a * b;
}
int main(void) {
  CHECK2("fibonacci", fibonacci_like, 0.3, 1.2);
  CHECK3("rotated", swapped, 0.5, 1.0, 2.0);
  CHECK2("only-swap", only_swap, 0.7, 1.9);
  return chk_exit();
}
