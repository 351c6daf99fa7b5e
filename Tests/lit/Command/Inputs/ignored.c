double __nabla_ignore_derivatives(double);
double g(double x, double y) {
  double a = x * y;
  double b = __nabla_ignore_derivatives(a + x);
  double c = b * y;
  return c + a;
}
