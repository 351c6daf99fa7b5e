// RUN: %not %clang -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* Registered rules whose prototypes do not fit, and what cannot be called with several directions. */
extern int nabla_width, nabla_dup;
double __nabla_autodiff(void *, ...);
double __nabla_fwddiff(void *, ...);
struct two { double a, b; };
struct two __nabla_fwddiff_two(void *, ...);
struct two __nabla_autodiff_two(void *, ...);

__attribute__((noinline)) double g(const double *p, double x) { return x * *p; }
double g_forward(double x, double dx) { return dx; }
double g_augmented(const double *p, const double *dp, double x) { return x * *p; }
double g_reverse(const double *p, const double *dp, double x) { return *p; }
void *__nabla_register_derivative_g[] = {(void *)g, (void *)g_forward};
void *__nabla_register_gradient_g[] = {(void *)g, (void *)g_augmented, (void *)g_reverse};
static double f(const double *p, double x) { return g(p, x) * x; }

double reverse(const double *p, double *dp) {
  // CHECK-DAG: rules.c:[[#@LINE+1]]:10: error: the prototypes of the reverse rule registered for 'g' do not fit; expected, without a tape: double g_augmented({{.*}}p, {{.*}}d_p, double x); double g_reverse({{.*}}p, {{.*}}d_p, double x, double d_result)
  return __nabla_autodiff((void *)f, p, dp, 2.0);
}
double forward(const double *p, double *dp) {
  // CHECK-DAG: rules.c:[[#@LINE+1]]:10: error: the forward rule registered for 'g' must take 4 parameters, each of the function's followed by its tangent; it takes 2
  return __nabla_fwddiff((void *)f, p, dp, 2.0, 1.0);
}

__attribute__((noinline)) double h(double x) { return x * x; }
double *h_augmented(double x);
double h_reverse(double x, double seed, double *tape);
void *__nabla_register_gradient_h[] = {(void *)h, (void *)h_augmented, (void *)h_reverse};
static double k(double x) { return h(x) * x; }
struct two several(void) {
  // CHECK-DAG: rules.c:[[#@LINE+1]]:10: error: the reverse rule registered for 'h' is for one direction at a time, but is needed for width 2 in 'k': its tape holds pointers, which one direction would use up; use width 1
  return __nabla_autodiff_two((void *)k, nabla_width, 2, 2.0);
}

__attribute__((noinline)) void in_place(double *x) { *x *= *x; }
void in_place_forward(double *x, double *dx) { *dx *= 2 * *x; *x *= *x; }
void *__nabla_register_derivative_in_place[] = {(void *)in_place, (void *)in_place_forward};
static double squared(double x) { in_place(&x); return x; }
__attribute__((noinline)) void apart(const double *x, double *y) { *y = *x * *x; }
int calls;
void apart_forward(const double *x, const double *dx, double *y, double *dy) { *dy = *dx * 2 * *x; *y = *x * *x; calls++; }
void *__nabla_register_derivative_apart[] = {(void *)apart, (void *)apart_forward};
static double squared_apart(double x) { double y; apart(&x, &y); return y; }
static double onto_itself(double x) { apart(&x, &x); return x; }
struct two in_directions(void) {
  // CHECK-DAG: rules.c:[[#@LINE+1]]:10: error: the forward rule registered for 'in_place' is called once for each direction, but it reads what it writes, so that a second call would find other values (width 2 in 'squared'); use width 1, or a rule that writes its results to other memory than it reads
  return __nabla_fwddiff_two((void *)squared, nabla_width, 2, 3.0, 1.0, 2.0);
}
struct two in_directions_itself(void) {
  // CHECK-DAG: rules.c:[[#@LINE+1]]:10: error: the forward rule registered for 'apart' is called once for each direction, but it reads what it writes
  return __nabla_fwddiff_two((void *)onto_itself, nabla_width, 2, 3.0, 1.0, 2.0);
}
// CHECK-NOT: (width 2 in 'squared_apart')
struct two in_directions_apart(void) { return __nabla_fwddiff_two((void *)squared_apart, nabla_width, 2, 3.0, 1.0, 2.0); }
