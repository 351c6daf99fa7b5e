// RUN: %check %s
// REFUSE: 'nabla_check' does not know how many bytes there are behind '\w+' of 'f'; say 'nabla_bytes', and how many, in front of that operand
extern int nabla_check;
void __nabla_autodiff(void *, ...);
static double f(const double *x) { return x[0] * x[1]; }
void gradient(const double *x, double *dx) { __nabla_autodiff((void *)f, nabla_check, x, dx); }
int main(void) { return 0; }
