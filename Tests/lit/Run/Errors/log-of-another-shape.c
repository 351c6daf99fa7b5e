// RUN: %check %s
// REFUSE: 'nablaLogError' can't be told of errors; declare it as void nablaLogError\(double value, double error, const char \*opcode,
double __nabla_error_estimate(void *, ...);
void nablaLogError(double error) {}
static double f(double x) { return x * x; }
int main(void) { return __nabla_error_estimate((void *)f, 1.0, 0.1) > 1; }
