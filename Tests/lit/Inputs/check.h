/* Self-checking of derivatives, for the programs under Tests/lit/Run (C and C++).
 *
 * A check differentiates a function with the reverse hook and with the forward hook and compares
 *   - the reverse gradient with central differences (two step widths, Richardson),
 *   - the forward directional derivative with the same differences,
 *   - forward with reverse: <v, J u> = <J' v, u>,
 *   - the primal results that the derivative code leaves behind with those of the plain call.
 * It prints `name value derivatives...`, and the process exits with status 1 if anything disagreed.
 *
 *   CHECK_GRAD(name, f, x, n)     double f(double *x, int n)      (x may be const; it may be overwritten)
 *   CHECK_JAC(name, f, x, n, m)   void f(double *x, double *y)    x[n] -> y[m], y is zero on entry
 *   CHECK_MAP(name, f, x, n)      void f(double *x)               in place
 *   CHECK1/2/3(name, f, a, b, c)  double f(double, ...)
 *   EXPECT(name, got, want)       a value computed in the program itself
 *
 * With -DNO_AD finite differences stand in for the hooks, so that a program can be tried without the plugin:
 * With -DCHECK_TAPE tangents come from tapes: the augmented half, garbage in the arguments, and the forward half twice.
 * AD(hook call, reference) and AD_DO(statement, reference statement) do the same for hooks that a program calls itself.
 */
#ifndef CHECK_H
#define CHECK_H
#ifdef __cplusplus
#include <cmath>
#endif
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef CHECK_FD_TOL
#define CHECK_FD_TOL 1e-6
#endif
#ifndef CHECK_FD_H
#define CHECK_FD_H 1e-3
#endif
#ifndef CHECK_DOT_TOL
#define CHECK_DOT_TOL 1e-10
#endif

#ifdef __cplusplus
extern "C" {
#endif
/* Markers: declared, never defined. */
extern int nabla_const, nabla_dup, nabla_dupnoneed, nabla_out, nabla_primal_return, nabla_width, nabla_dupv, nabla_dupnoneedv, nabla_nofree;

struct chk_2 { double a, b; };
struct chk_3 { double a, b, c; };
void __nabla_autodiff_v(void *, ...);
double __nabla_autodiff_d(void *, ...);
struct chk_2 __nabla_autodiff_d2(void *, ...);
struct chk_3 __nabla_autodiff_d3(void *, ...);
void __nabla_fwddiff_v(void *, ...);
double __nabla_fwddiff_d(void *, ...);
struct chk_taped { void *tape; double value; };
struct chk_taped __nabla_augmentfwd_d(void *, ...);
void *__nabla_augmentfwd_v(void *, ...);
double __nabla_fwdsplit_d(void *, ...);
void __nabla_fwdsplit_v(void *, ...);
#ifdef __cplusplus
}
#endif

#ifdef NO_AD
#define AD(hook, reference) (reference)
#define AD_DO(hook, reference) do { reference; } while (0)
#else
#define AD(hook, reference) (hook)
#define AD_DO(hook, reference) do { hook; } while (0)
#endif

static int chk_failures;

static inline double *chk_alloc(int n) { return (double *)calloc(n > 0 ? n : 1, sizeof(double)); }

static inline int chk_exit(void) { fflush(stdout); return chk_failures ? 1 : 0; }

static inline int chk_close(double got, double want, double tolerance, double scale) {
  if (got == want) return 1;
  if (isnan(got) || isnan(want)) return isnan(got) && isnan(want);
  return fabs(got - want) <= tolerance * (scale + fabs(want));
}

static inline void chk_report(const char *name, const char *what, int index, double got, double want) {
  chk_failures++;
  printf("FAILED %s: %s", name, what);
  if (index >= 0) printf(" [%d]", index);
  printf(" is %.15g, should be %.15g (difference %.3g)\n", got, want, got - want);
}

static inline void chk_expect(const char *name, double got, double want, double tolerance) {
  printf(tolerance > 1e-8 ? "~%s %.6g\n" : "%s %.12g\n", name, got);
  if (!chk_close(got, want, tolerance, 1e-3)) chk_report(name, "value", -1, got, want);
}
#define EXPECT(NAME, GOT, WANT) chk_expect(NAME, (double)(GOT), (double)(WANT), 1e-10)
#define EXPECT_TOL(NAME, GOT, WANT, TOL) chk_expect(NAME, (double)(GOT), (double)(WANT), TOL)

/* The difference quotient of a double (double) function, for reference values. */
static inline double chk_fd1(double (*f)(double), double x) {
  double h = CHECK_FD_H;
  double wide = (f(x + h) - f(x - h)) / (2 * h), narrow = (f(x + h / 2) - f(x - h / 2)) / h;
  return (4 * narrow - wide) / 3;
}

/* One check of y[m] = F(x[n]): the point, seeds, difference quotients and results. */
struct chk {
  const char *name;
  int n, m, eval, serial;
  double *x;            /* the point */
  double *xp, *y;       /* what the next call reads and writes */
  double *x1, *y0;      /* what the plain call leaves behind */
  double *fd, *sample;  /* m by n quotients; the four samples for one column */
  double *u, *v;        /* forward and reverse seeds */
  double *dx, *dy, *xt, *yt; /* shadows */
  double *xk, *yk;      /* arguments that were put aside */
};

static inline double chk_random(unsigned *state) {
  *state = *state * 1664525u + 1013904223u;
  return (double)(*state >> 8) / 8388608.0 - 1.0;
}

static inline struct chk chk_begin(const char *name, const double *x, int n, int m, int seeded) {
  struct chk c;
  unsigned state = 12345;
  int i;
  memset(&c, 0, sizeof c);
  c.name = name; c.n = n; c.m = m; c.eval = -1;
  c.x = chk_alloc(n); c.xp = chk_alloc(n); c.x1 = chk_alloc(n); c.u = chk_alloc(n); c.dx = chk_alloc(n); c.xt = chk_alloc(n);
  c.y = chk_alloc(m); c.y0 = chk_alloc(m); c.v = chk_alloc(m); c.dy = chk_alloc(m); c.yt = chk_alloc(m);
  c.xk = chk_alloc(n); c.yk = chk_alloc(m);
  c.fd = chk_alloc(n * m); c.sample = chk_alloc(4 * m);
  for (i = 0; i < n; i++) { c.x[i] = x[i]; c.u[i] = chk_random(&state); }
  for (i = 0; i < m; i++) c.v[i] = seeded ? chk_random(&state) : 1.0;
  return c;
}

static inline double chk_width(const struct chk *c, int i) {
  double size = fabs(c->x[i]);
  return CHECK_FD_H * (size > 1 ? size : 1);
}

/* Sets xp (and clears y) for the next plain call, taking in the result of the one before; 0 when all are done. */
static inline int chk_step(struct chk *c) {
  static const double offset[4] = {1, -1, 0.5, -0.5};
  int i, j, k;
  if (c->eval == 0) {
    for (j = 0; j < c->m; j++) c->y0[j] = c->y[j];
    for (i = 0; i < c->n; i++) c->x1[i] = c->xp[i];
  } else if (c->eval > 0) {
    i = (c->eval - 1) / 4; k = (c->eval - 1) % 4;
    for (j = 0; j < c->m; j++) {
      double *s = c->sample + 4 * j;
      s[k] = c->y[j];
      if (k == 3) {
        double h = chk_width(c, i), wide = (s[0] - s[1]) / (2 * h), narrow = (s[2] - s[3]) / h;
        c->fd[j * c->n + i] = (4 * narrow - wide) / 3;
      }
    }
  }
  c->eval++;
  memcpy(c->xp, c->x, c->n * sizeof(double));
  memset(c->y, 0, c->m * sizeof(double));
  if (c->eval > 4 * c->n) return 0;
  if (c->eval > 0) {
    i = (c->eval - 1) / 4; k = (c->eval - 1) % 4;
    c->xp[i] += offset[k] * chk_width(c, i);
  }
  return 1;
}

/* The point and the seeds for a derivative call. */
static inline void chk_reset(struct chk *c) {
  memcpy(c->xp, c->x, c->n * sizeof(double));
  memset(c->y, 0, c->m * sizeof(double));
  memset(c->dx, 0, c->n * sizeof(double));
  memcpy(c->dy, c->v, c->m * sizeof(double));
}
static inline void chk_reset_forward(struct chk *c) {
  memcpy(c->xp, c->x, c->n * sizeof(double));
  memset(c->y, 0, c->m * sizeof(double));
  memcpy(c->xt, c->u, c->n * sizeof(double));
  memset(c->yt, 0, c->m * sizeof(double));
}

/* What stands in the arguments while the forward half runs; and what the augmented half left there. */
static inline void chk_garbage(struct chk *c) {
  int i;
  memcpy(c->xk, c->xp, c->n * sizeof(double));
  memcpy(c->yk, c->y, c->m * sizeof(double));
  for (i = 0; i < c->n; i++) c->xp[i] = -1e30;
  for (i = 0; i < c->m; i++) c->y[i] = -1e30;
}
static inline void chk_restore(struct chk *c) {
  memcpy(c->xp, c->xk, c->n * sizeof(double));
  memcpy(c->y, c->yk, c->m * sizeof(double));
}
static inline void chk_reset_tangents(struct chk *c) {
  memcpy(c->xt, c->u, c->n * sizeof(double));
  memset(c->yt, 0, c->m * sizeof(double));
}

#ifdef CHECK_TAPE
#define CHK_FORWARD_D(F, ...) do { \
    struct chk_taped chk_t = __nabla_augmentfwd_d((void *)F, __VA_ARGS__); \
    chk_garbage(&chk_c); \
    __nabla_fwdsplit_d((void *)F, __VA_ARGS__, nabla_nofree, chk_t.tape); \
    chk_reset_tangents(&chk_c); \
    chk_c.yt[0] = __nabla_fwdsplit_d((void *)F, __VA_ARGS__, chk_t.tape); \
    chk_restore(&chk_c); \
  } while (0)
#define CHK_FORWARD_V(F, RESET, ...) do { \
    void *chk_t = __nabla_augmentfwd_v((void *)F, __VA_ARGS__); \
    chk_garbage(&chk_c); \
    __nabla_fwdsplit_v((void *)F, __VA_ARGS__, nabla_nofree, chk_t); \
    chk_reset_tangents(&chk_c); \
    RESET; \
    __nabla_fwdsplit_v((void *)F, __VA_ARGS__, chk_t); \
    chk_restore(&chk_c); \
  } while (0)
#else
#define CHK_FORWARD_D(F, ...) chk_c.yt[0] = __nabla_fwddiff_d((void *)F, __VA_ARGS__)
#define CHK_FORWARD_V(F, RESET, ...) __nabla_fwddiff_v((void *)F, __VA_ARGS__)
#endif

static inline void chk_fd_reverse(struct chk *c) {
  int i, j;
  for (i = 0; i < c->n; i++) for (j = 0, c->dx[i] = 0; j < c->m; j++) c->dx[i] += c->v[j] * c->fd[j * c->n + i];
}
static inline void chk_fd_forward(struct chk *c) {
  int i, j;
  for (j = 0; j < c->m; j++) for (i = 0, c->yt[j] = 0; i < c->n; i++) c->yt[j] += c->u[i] * c->fd[j * c->n + i];
}

/* After a derivative call: did it leave the primal values behind that the plain call leaves? */
static inline void chk_primal(struct chk *c, const char *mode, int outputs) {
#ifndef NO_AD
  int i;
  for (i = 0; i < c->n; i++)
    if (!chk_close(c->xp[i], c->x1[i], 1e-12, 1e-3)) { chk_report(c->name, mode, i, c->xp[i], c->x1[i]); break; }
  for (i = 0; outputs && i < c->m; i++)
    if (!chk_close(c->y[i], c->y0[i], 1e-12, 1e-3)) { chk_report(c->name, mode, i, c->y[i], c->y0[i]); break; }
#else
  (void)c; (void)mode; (void)outputs;
#endif
}

static inline void chk_finish(struct chk *c) {
  int i, j;
  double left = 0, right = 0, size = 0, scale = 1;
  printf("%s", c->name);
  for (j = 0; j < c->m; j++) printf(" %.12g", c->y0[j]);
  printf(" |");
  for (i = 0; i < c->n; i++) printf(" %.12g", c->dx[i]);
  printf(" |");
  for (j = 0; j < c->m; j++) printf(" %.12g", c->yt[j]);
  printf("\n");
  for (j = 0; j < c->m; j++) if (fabs(c->y0[j]) > scale) scale = fabs(c->y0[j]);
  for (i = 0; i < c->n; i++) {
    double want = 0;
    for (j = 0; j < c->m; j++) want += c->v[j] * c->fd[j * c->n + i];
    if (!chk_close(c->dx[i], want, CHECK_FD_TOL, scale)) chk_report(c->name, "reverse against differences", i, c->dx[i], want);
    right += c->dx[i] * c->u[i]; size += fabs(c->dx[i] * c->u[i]);
  }
  for (j = 0; j < c->m; j++) {
    double want = 0;
    for (i = 0; i < c->n; i++) want += c->u[i] * c->fd[j * c->n + i];
    if (!chk_close(c->yt[j], want, CHECK_FD_TOL, scale)) chk_report(c->name, "forward against differences", j, c->yt[j], want);
    left += c->v[j] * c->yt[j]; size += fabs(c->v[j] * c->yt[j]);
  }
  if (!(fabs(left - right) <= CHECK_DOT_TOL * (size + 1e-3))) chk_report(c->name, "forward against reverse", -1, left, right);
  free(c->x); free(c->xp); free(c->x1); free(c->u); free(c->dx); free(c->xt);
  free(c->xk); free(c->yk);
  free(c->y); free(c->y0); free(c->v); free(c->dy); free(c->yt); free(c->fd); free(c->sample);
}

#define CHECK_GRAD(NAME, F, X, N) do { \
    struct chk chk_c = chk_begin(NAME, X, N, 1, 0); \
    while (chk_step(&chk_c)) chk_c.y[0] = F(chk_c.xp, (int)(N)); \
    chk_reset(&chk_c); \
    AD_DO(__nabla_autodiff_v((void *)F, chk_c.xp, chk_c.dx, (int)(N)), chk_fd_reverse(&chk_c)); \
    chk_primal(&chk_c, "argument after reverse", 0); \
    chk_reset_forward(&chk_c); \
    AD_DO(CHK_FORWARD_D(F, chk_c.xp, chk_c.xt, (int)(N)), chk_fd_forward(&chk_c)); \
    chk_primal(&chk_c, "argument after forward", 0); \
    chk_finish(&chk_c); \
  } while (0)

#define CHECK_JAC(NAME, F, X, N, M) do { \
    struct chk chk_c = chk_begin(NAME, X, N, M, 1); \
    while (chk_step(&chk_c)) F(chk_c.xp, chk_c.y); \
    chk_reset(&chk_c); \
    AD_DO(__nabla_autodiff_v((void *)F, nabla_dup, chk_c.xp, chk_c.dx, nabla_dup, chk_c.y, chk_c.dy), chk_fd_reverse(&chk_c)); \
    chk_primal(&chk_c, "result after reverse", 1); \
    chk_reset_forward(&chk_c); \
    AD_DO(CHK_FORWARD_V(F, (void)0, nabla_dup, chk_c.xp, chk_c.xt, nabla_dup, chk_c.y, chk_c.yt), chk_fd_forward(&chk_c)); \
    chk_primal(&chk_c, "result after forward", 1); \
    chk_finish(&chk_c); \
  } while (0)

#define CHECK_MAP(NAME, F, X, N) do { \
    struct chk chk_c = chk_begin(NAME, X, N, N, 1); \
    while (chk_step(&chk_c)) { memcpy(chk_c.y, chk_c.xp, (N) * sizeof(double)); F(chk_c.y); } \
    chk_reset(&chk_c); \
    memcpy(chk_c.y, chk_c.x, (N) * sizeof(double)); memcpy(chk_c.dx, chk_c.v, (N) * sizeof(double)); \
    AD_DO(__nabla_autodiff_v((void *)F, nabla_dup, chk_c.y, chk_c.dx), chk_fd_reverse(&chk_c)); \
    chk_primal(&chk_c, "result after reverse", 1); \
    chk_reset_forward(&chk_c); \
    memcpy(chk_c.y, chk_c.x, (N) * sizeof(double)); memcpy(chk_c.yt, chk_c.u, (N) * sizeof(double)); \
    AD_DO(CHK_FORWARD_V(F, memcpy(chk_c.yt, chk_c.u, (N) * sizeof(double)), nabla_dup, chk_c.y, chk_c.yt), \
          chk_fd_forward(&chk_c)); \
    chk_primal(&chk_c, "result after forward", 1); \
    chk_finish(&chk_c); \
  } while (0)

#define CHECK1(NAME, F, A) do { \
    double chk_a[1] = {(A)}; \
    struct chk chk_c = chk_begin(NAME, chk_a, 1, 1, 0); \
    while (chk_step(&chk_c)) chk_c.y[0] = F(chk_c.xp[0]); \
    chk_fd_reverse(&chk_c); chk_fd_forward(&chk_c); \
    chk_c.dx[0] = AD(__nabla_autodiff_d((void *)F, chk_a[0]), chk_c.dx[0]); \
    AD_DO(CHK_FORWARD_D(F, nabla_dup, chk_a[0], chk_c.u[0]), (void)0); \
    chk_finish(&chk_c); \
  } while (0)

#define CHECK2(NAME, F, A, B) do { \
    double chk_a[2] = {(A), (B)}; \
    struct chk chk_c = chk_begin(NAME, chk_a, 2, 1, 0); \
    struct chk_2 chk_g; \
    while (chk_step(&chk_c)) chk_c.y[0] = F(chk_c.xp[0], chk_c.xp[1]); \
    chk_fd_reverse(&chk_c); chk_fd_forward(&chk_c); \
    chk_g.a = chk_c.dx[0]; chk_g.b = chk_c.dx[1]; \
    AD_DO(chk_g = __nabla_autodiff_d2((void *)F, chk_a[0], chk_a[1]), (void)0); \
    chk_c.dx[0] = chk_g.a; chk_c.dx[1] = chk_g.b; \
    AD_DO(CHK_FORWARD_D(F, nabla_dup, chk_a[0], chk_c.u[0], nabla_dup, chk_a[1], chk_c.u[1]), (void)0); \
    chk_finish(&chk_c); \
  } while (0)

#define CHECK3(NAME, F, A, B, C) do { \
    double chk_a[3] = {(A), (B), (C)}; \
    struct chk chk_c = chk_begin(NAME, chk_a, 3, 1, 0); \
    struct chk_3 chk_g; \
    while (chk_step(&chk_c)) chk_c.y[0] = F(chk_c.xp[0], chk_c.xp[1], chk_c.xp[2]); \
    chk_fd_reverse(&chk_c); chk_fd_forward(&chk_c); \
    chk_g.a = chk_c.dx[0]; chk_g.b = chk_c.dx[1]; chk_g.c = chk_c.dx[2]; \
    AD_DO(chk_g = __nabla_autodiff_d3((void *)F, chk_a[0], chk_a[1], chk_a[2]), (void)0); \
    chk_c.dx[0] = chk_g.a; chk_c.dx[1] = chk_g.b; chk_c.dx[2] = chk_g.c; \
    AD_DO(CHK_FORWARD_D(F, nabla_dup, chk_a[0], chk_c.u[0], nabla_dup, chk_a[1], chk_c.u[1], \
                        nabla_dup, chk_a[2], chk_c.u[2]), (void)0); \
    chk_finish(&chk_c); \
  } while (0)
#endif
