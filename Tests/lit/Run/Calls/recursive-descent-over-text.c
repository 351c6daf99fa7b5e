// RUN: %check %s
#include "check.h"
#include <ctype.h>
/* recursive descent over text, constants by strtod, variables from an array */
struct parser { const char *p; const double *vars; int error; };
static double expr(struct parser *s);
static void blank(struct parser *s) { while (isspace((unsigned char)*s->p)) s->p++; }
static double primary(struct parser *s) {
  blank(s);
  if (*s->p == '(') { s->p++; double v = expr(s); blank(s); if (*s->p == ')') s->p++; else s->error = 1; return v; }
  if (*s->p == '-') { s->p++; return -primary(s); }
  if (isdigit((unsigned char)*s->p) || *s->p == '.') { char *end; double v = strtod(s->p, &end); s->p = end; return v; }
  if (!strncmp(s->p, "sin", 3)) { s->p += 3; return sin(primary(s)); }
  if (!strncmp(s->p, "exp", 3)) { s->p += 3; return exp(primary(s)); }
  if (*s->p >= 'a' && *s->p <= 'd') return s->vars[*s->p++ - 'a'];
  s->error = 1;
  return 0;
}
static double power(struct parser *s) { double v = primary(s); blank(s); if (*s->p == '^') { s->p++; return pow(v, power(s)); } return v; }
static double term(struct parser *s) {
  double v = power(s);
  for (;;) { blank(s); if (*s->p == '*') { s->p++; v *= power(s); } else if (*s->p == '/') { s->p++; v /= power(s); } else return v; }
}
static double expr(struct parser *s) {
  double v = term(s);
  for (;;) { blank(s); if (*s->p == '+') { s->p++; v += term(s); } else if (*s->p == '-') { s->p++; v -= term(s); } else return v; }
}
static double f(double *x, int n) {
  struct parser s = {"2.5*a^2 - sin(b*c)/(1 + d^2) + exp(-a*(b - .25)) ^ 1.5", x, 0}; (void)n;
  double v = expr(&s);
  return s.error || *s.p ? 0 : v;
}
int main(void) {
  double x[] = {0.8, 1.2, -0.4, 0.6};
  CHECK_GRAD("text", f, x, 4);
  return chk_exit();
}
