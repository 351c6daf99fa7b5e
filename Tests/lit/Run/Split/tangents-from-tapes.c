// RUN: %check %s
// SANITIZE
/* Tangents from a tape: the arguments hold garbage when the forward half runs, and it runs twice. */
#define CHECK_TAPE
#include "check.h"

/* What is read is overwritten, in two nested loops. */
static double stencil(double *u, int n) {
  for (int t = 0; t < 5; t++)
    for (int i = 1; i + 1 < n; i++) u[i] += 0.1 * (u[i - 1] - 2 * u[i] + u[i + 1]) * u[i];
  double s = 0;
  for (int i = 0; i < n; i++) s += u[i] * u[i];
  return s;
}
/* Nobody knows how often before; left in the middle. */
static double collatz(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    double y = fabs(x[i]) + 1;
    for (int k = 0;; k++) {
      if (y > 40) { s += y * k; break; }
      y = k % 3 == 1 ? y * y / (1 + 0.3 * y) + 0.5 : y * 1.7;
      if (k > 30) break;
      s += sin(y);
    }
  }
  return s;
}
/* Heap, and lists that are built and taken apart. */
struct node { double value; struct node *next; };
static double list(double *x, int n) {
  struct node *head = NULL;
  for (int i = 0; i < n; i++)
    if (x[i] > 0.3) {
      struct node *new = malloc(sizeof *new);
      new->value = x[i] * x[(i + 1) % n];
      new->next = head;
      head = new;
    }
  double s = 1;
  while (head) {
    struct node *next = head->next;
    s = s * cos(head->value) + head->value;
    free(head);
    head = next;
  }
  return s;
}
/* Callees with tapes of their own, in recursion. */
static __attribute__((noinline)) double tree(const double *x, int n, double scale) {
  if (n == 1) return x[0] * scale;
  if (n == 2) return sin(x[0] * x[1]) * scale;
  double left = tree(x, n / 2, scale * x[n - 1]), right = tree(x + n / 2, n - n / 2, left);
  return left * right + x[0];
}
static double recursion(double *x, int n) {
  double s = tree(x, n, 1.5);
  x[0] = 0;
  return s + tree(x + 1, n - 1, s);
}
/* Pointers that change place, inactive memory among active. */
static double swapped(double *x, int n) {
  double zeros[4] = {0, 0.5, 0.25, 1}, other[4];
  double *a = x, *b = other;
  for (int i = 0; i < 4; i++) other[i] = x[i] * x[i];
  for (int t = 0; t < n; t++) {
    double *p = t % 3 == 2 ? zeros : b;
    for (int i = 0; i < 4; i++) a[i] = 0.5 * a[i] + p[3 - i] * a[(i + 1) % 4];
    double *q = a; a = b; b = q;
  }
  memcpy(other, zeros, 2 * sizeof(double));
  return a[0] + b[1] * other[2] + other[0] + other[1];
}
/* Through pointers. */
typedef double (*unary)(double);
static double cube(double v) { return v * v * v; }
static double half(double v) { return exp(-0.5 * v); }
static unary choices[] = {cube, half, sin};
static double pointers(double *x, int n) {
  double s = 0;
  for (volatile int i = 0; i < n; i++) s += choices[i % 3](x[i] + 0.1 * s);
  return s;
}
/* Results in memory. */
static void decompose(double *x, double *y) {
  double m[3][3];
  for (int i = 0; i < 9; i++) m[i / 3][i % 3] = x[i];
  for (int k = 0; k < 3; k++)
    for (int i = k + 1; i < 3; i++) {
      m[i][k] /= m[k][k];
      for (int j = k + 1; j < 3; j++) m[i][j] -= m[i][k] * m[k][j];
    }
  y[0] = m[0][0] * m[1][1] * m[2][2];
  y[1] = m[2][1];
}
static void turn(double *x) {
  double c = cos(x[0]), s = sin(x[0]), a = x[1];
  x[1] = c * a - s * x[2];
  x[2] = s * a + c * x[2];
  x[0] *= x[1];
}
static double power(double a, double b) { return pow(a, b) + a / b; }
static double newton(double a) {
  double x = a > 1 ? a : 1;
  while (fabs(x * x - a) > 1e-12) x = 0.5 * (x + a / x);
  return x;
}

int main(void) {
  double x[] = {0.7, 1.3, 0.2, 1.1, 0.9, 0.4, 1.7, 0.6, 1.2};
  CHECK_GRAD("stencil", stencil, x, 9);
  CHECK_GRAD("unknown count", collatz, x, 5);
  CHECK_GRAD("list", list, x, 8);
  CHECK_GRAD("recursion", recursion, x, 7);
  CHECK_GRAD("swapped", swapped, x, 7);
  CHECK_GRAD("pointers", pointers, x, 6);
  CHECK_JAC("decompose", decompose, x, 9, 2);
  CHECK_MAP("turn", turn, x, 3);
  CHECK2("power", power, 1.3, 2.2);
  CHECK1("newton", newton, 3.1);
  return chk_exit();
}
