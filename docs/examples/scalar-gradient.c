/* The derivative of a function of two numbers: range and slope of a thrown ball.

   clang-19 -O2 -fpass-plugin=libNabla.so scalar-gradient.c -o scalar-gradient -lm */
#include <math.h>
#include <stdio.h>

/* How far a ball flies that leaves the hand with this speed (m/s) at this angle (radians). */
static double range(double speed, double angle) { return speed * speed * sin(2 * angle) / 9.81; }

/* Numbers are `out` by default: one adjoint comes back for each, in order. */
struct slopes { double by_speed, by_angle; };
struct slopes __nabla_autodiff(void *, ...);

int main(void) {
  double speed = 20, angle = 0.6;
  struct slopes d = __nabla_autodiff((void *)range, speed, angle);
  printf("range           %.6f m\n", range(speed, angle));
  printf("d range/d speed %.6f, by hand %.6f\n", d.by_speed, 2 * speed * sin(2 * angle) / 9.81);
  printf("d range/d angle %.6f, by hand %.6f\n", d.by_angle, 2 * speed * speed * cos(2 * angle) / 9.81);
  return 0;
}
