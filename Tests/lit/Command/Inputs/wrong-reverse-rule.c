#include <math.h>
static double look(const double *tab, int i, double w) { return tab[i] * w; }
static double look_fwd(const double *tab, double *dtab, int i, int di, double w) { return tab[i] * w; }
static double look_rev(const double *tab, double *dtab, int i, int di, double w, double dret) {
  dtab[i] += w * dret;
  return 2 * tab[i] * dret; /* wrong */
}
void *__nabla_register_gradient_look[3] = {(void *)look, (void *)look_fwd, (void *)look_rev};

static double smooth(double x) { return x / (1 + x * x); }
double model(const double *tab, int n, double x) {
  double s = 0;
  for (int i = 0; i < n; i++) s += smooth(look(tab, i, x)) * sin(x + i);
  return s;
}
