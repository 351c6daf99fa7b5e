// RUN: %check %s
// REFUSE: cannot estimate the error of 'g' in 'f': its registered rule gives tangents, in which errors cancel; write it in plain floating-point arithmetic
struct pair { double value, tangent; };
double __nabla_error_estimate(void *, ...);
__attribute__((noinline)) static double g(double x, double y) { return x * y; }
static struct pair rule(double x, double dx, double y, double dy) { return (struct pair){x * y, x * dy + y * dx}; }
void *__nabla_register_derivative_g[] = {(void *)g, (void *)rule};
static double f(double x) { return g(x, -x); }
int main(void) { return __nabla_error_estimate((void *)f, 1.0, 0.1) > 1; }
