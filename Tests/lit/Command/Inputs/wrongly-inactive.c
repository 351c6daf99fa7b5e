__attribute__((noinline)) static double half(double x) { return x / 2 + x * x; }
void *__nabla_inactivefn_half = (void *)half;
double g(double x, double y) { return half(x) * y; }
