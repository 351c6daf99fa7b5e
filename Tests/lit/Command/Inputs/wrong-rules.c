/* Rules with an error each. */
typedef struct { double value, tangent; } Pair;

static double cube(double x) { return x * x * x; }
static double cube_augmented(double x) { return cube(x); }
static double cube_reverse(double x, double seed) { return 3.0000003 * x * x * seed; } /* 3 */
static Pair cube_forward(double x, double dx) { return (Pair){cube(x), 3 * x * x * dx}; }
void *__nabla_register_gradient_cube[3] = {(void *)cube, (void *)cube_augmented, (void *)cube_reverse};
void *__nabla_register_derivative_cube[2] = {(void *)cube, (void *)cube_forward};
double slightly(double x, double y) { return cube(x * y) + y; }

static double twice(double x) { return cube(x) * x; }
static double sum(double x) { return twice(x) + twice(2 * x); }
double below(double x, double y) { return sum(x * y) + y; }

double squares(const double *p, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += p[i] * p[i];
  return s;
}
static double squares_augmented(const double *p, double *dp, int n) { return squares(p, n); }
static void squares_reverse(const double *p, double *dp, int n, double seed) {
  for (int i = 0; i < n; i++) dp[i] = 2 * p[i] * seed; /* += */
}
void *__nabla_register_gradient_squares[3] = {(void *)squares, (void *)squares_augmented, (void *)squares_reverse};
double overwriting(const double *p, int n) { return squares(p, n) + 3 * squares(p, n - 1) + p[0]; }

static double bent(double x) { return x > 50 ? x * x : x; }
static double bent_augmented(double x) { return bent(x); }
static double bent_reverse(double x, double seed) { return x > 50 ? x * seed : seed; } /* 2 x */
void *__nabla_register_gradient_bent[3] = {(void *)bent, (void *)bent_augmented, (void *)bent_reverse};
double branching(double x, double y) { return bent(x * y) + bent(100 * x) + y; }

/* A rule whose first half returns something else than the function. */
double soft(double x) { return x * x / (1 + x); }
static double soft_augmented(double x) { return x * x; }
static double soft_reverse(double x, double d) { return (2 * x + x * x) / ((1 + x) * (1 + x)) * d; }
void *__nabla_register_gradient_soft[3] = {(void *)soft, (void *)soft_augmented, (void *)soft_reverse};
double softly(double x) {
  double s = soft(x);
  return s * s;
}

/* A rule that leaves the adjoint of what the function overwrites. */
void doubles(int n, const double *x, double *y) {
  for (int i = 0; i < n; i++) y[i] = 2 * x[i];
}
static void doubles_augmented(int n, const double *x, double *dx, double *y, double *dy) { doubles(n, x, y); }
static void doubles_reverse(int n, const double *x, double *dx, double *y, double *dy) {
  for (int i = 0; i < n; i++) dx[i] += 2 * dy[i];
}
void *__nabla_register_gradient_doubles[3] = {(void *)doubles, (void *)doubles_augmented, (void *)doubles_reverse};
double leaving(int n, const double *x) {
  double y[16] = {0}, s = 0;
  for (int k = 0; k < 3; k++) {
    doubles(n, x, y);
    for (int i = 0; i < n; i++) s += y[i] * y[i];
  }
  return s;
}
