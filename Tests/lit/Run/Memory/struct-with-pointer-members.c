// RUN: %check %s
// SANITIZE
#include "check.h"
typedef struct { int n; double *w; const double *in; double bias; } Layer;
typedef struct { Layer *layer; double scale; } Net;
static double apply(const Net *net) {
  const Layer *l = net->layer;
  double s = l->bias;
  for (int i = 0; i < l->n; i++) s += l->w[i] * l->in[i];
  return tanh(s * net->scale);
}
int main(void) {
  double w[] = {0.5, -0.25, 1.0}, in[] = {1, 2, 0.3}, dw[3] = {0}, din[3] = {0};
  Layer l = {3, w, in, 0.1}, dl = {3, dw, din, 0};
  Net net = {&l, 0.7}, dnet = {&dl, 0};
  double s = 0.1 + 0.5 - 0.5 + 0.3, t = tanh(0.7 * s), g = 1 - t * t;
  AD_DO(__nabla_autodiff_v((void *)apply, nabla_dup, &net, &dnet),
        (dw[0] = 0.7 * g, dw[1] = 1.4 * g, din[2] = 0.7 * g, dl.bias = 0.7 * g, dnet.scale = s * g));
  EXPECT("w0", dw[0], 0.7 * g * 1);
  EXPECT("w1", dw[1], 0.7 * g * 2);
  EXPECT("in2", din[2], 0.7 * g * 1.0);
  EXPECT("bias", dl.bias, 0.7 * g);
  EXPECT("scale", dnet.scale, s * g);
  EXPECT("n", dl.n, 3);
  return chk_exit();
}
