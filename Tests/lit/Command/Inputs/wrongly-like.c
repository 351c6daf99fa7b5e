__attribute__((noinline)) double mysin(double x) { return x - x*x*x/6; }
void *__nabla_function_like_mysin[2] = {(void *)mysin, (void *)"exp"};
double g(double x, double y) { return mysin(x) * y; }
