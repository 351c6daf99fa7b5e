/* Calls the functions of pendulum.swift. */
#include <math.h>
#include <stdio.h>

double height(double angle, double length, long steps);
void height_slopes(double angle, double length, long steps, double *out);

int main(void) {
  double slopes[2], h = 1e-6;
  height_slopes(0.4, 1, 120, slopes);
  double by_angle = (height(0.4 + h, 1, 120) - height(0.4 - h, 1, 120)) / (2 * h);
  double by_length = (height(0.4, 1 + h, 120) - height(0.4, 1 - h, 120)) / (2 * h);
  printf("height    %.6f\n", height(0.4, 1, 120));
  printf("by angle  %.6f, difference %.6f\n", slopes[0], by_angle);
  printf("by length %.6f, difference %.6f\n", slopes[1], by_length);
  return fabs(slopes[0] - by_angle) + fabs(slopes[1] - by_length) < 1e-8 ? 0 : 1;
}
