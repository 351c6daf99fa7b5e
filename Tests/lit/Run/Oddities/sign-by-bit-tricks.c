// RUN: %check %s
#include "check.h"
static double bits_to(uint64_t b) { double d; memcpy(&d, &b, 8); return d; }
static uint64_t to_bits(double d) { uint64_t b; memcpy(&b, &d, 8); return b; }
static double absolute(double x) { double a = bits_to(to_bits(x) & 0x7fffffffffffffffull); return a * x; }
static double negated(double x) { return bits_to(to_bits(x) ^ 0x8000000000000000ull) * sin(x); }
static double is_negative(double x) { return to_bits(x) >> 63 ? x * x : x * x * x; }
int main(void) {
  CHECK1("absolute+", absolute, 1.7);
  CHECK1("absolute-", absolute, -1.7);
  CHECK1("negated", negated, 1.7);
  CHECK1("negative", is_negative, -1.2);
  CHECK1("positive", is_negative, 1.2);
  return chk_exit();
}
