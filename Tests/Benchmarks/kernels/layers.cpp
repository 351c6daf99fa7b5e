/* A stack of elementwise LSTM layers that predicts the next character, as a template with std::vector temporaries in every cell;
 * the state is handed on through pointers into one array, and the pointer to a layer's input moves on to its output. */
#include "kernel.h"
#include <cmath>
#include <cstddef>
#include <vector>
namespace {
template <typename T> T sigmoid(T x) { return 1.0 / (1.0 + std::exp(-x)); }
template <typename T> T logsumexp(const T *values, int size) {
  T sum = 0;
  for (int i = 0; i < size; i++) sum += std::exp(values[i]);
  return std::log(sum + 2);
}
template <typename T> void cell(int size, const T *weight, const T *bias, T *hidden, T *memory, const T *input) {
  std::vector<T> gates(4 * size);
  T *forget = &gates[0], *in = &gates[size], *out = &gates[2 * size], *change = &gates[3 * size];
  for (int i = 0; i < size; i++) {
    forget[i] = sigmoid(input[i] * weight[i] + bias[i]);
    in[i] = sigmoid(hidden[i] * weight[size + i] + bias[size + i]);
    out[i] = sigmoid(input[i] * weight[2 * size + i] + bias[2 * size + i]);
    change[i] = std::tanh(hidden[i] * weight[3 * size + i] + bias[3 * size + i]);
  }
  for (int i = 0; i < size; i++) memory[i] = memory[i] * forget[i] + in[i] * change[i];
  for (int i = 0; i < size; i++) hidden[i] = out[i] * std::tanh(memory[i]);
}
template <typename T> void predict(int layers, int size, const T *w, const T *extra, T *state, const double *x, T *out) {
  for (int i = 0; i < size; i++) out[i] = x[i] * extra[i];
  T *input = out;
  for (int i = 0; i <= 2 * layers * size - 1; i += 2 * size) {
    cell(size, &w[i * 4], &w[(i + size) * 4], &state[i], &state[i + size], input);
    input = &state[i];
  }
  for (int i = 0; i < size; i++) out[i] = input[i] * extra[size + i] + extra[2 * size + i];
}
template <typename T>
void objective(int layers, int count, int size, const T *w, const T *extra, std::vector<T> state, const double *sequence, T *loss) {
  T total = 0;
  int n = 0;
  std::vector<T> predicted(size), normalized(size);
  const double *input = &sequence[0];
  for (int t = 0; t <= (count - 1) * size - 1; t += size) {
    predict(layers, size, w, extra, state.data(), input, predicted.data());
    T lse = logsumexp(predicted.data(), size);
    for (int i = 0; i < size; i++) normalized[i] = predicted[i] - lse;
    const double *gold = &sequence[t + size];
    for (int i = 0; i < size; i++) total += gold[i] * normalized[i];
    n += size;
    input = gold;
  }
  *loss = -total / n;
}

int count, layers, size;
std::vector<double> inputs, text, start;
/* Takes the state by reference, so that C functions can be asked for the derivative. */
void entry(const double *w, const double *extra, const std::vector<double> &state, const double *sequence, double *loss) {
  objective(layers, count, size, w, extra, state, sequence, loss);
}
} // namespace
extern "C" {
long bench_default_size(void) { return 200; }
long bench_setup(long length) {
  uint64_t s = 77;
  layers = 2;
  size = 14;
  count = (int)length;
  for (int i = 0; i < 8 * layers * size + 3 * size; i++) inputs.push_back(bench_uniform(&s, -1, 1));
  for (int i = 0; i < 2 * layers * size; i++) start.push_back(bench_uniform(&s, -1, 1));
  for (int i = 0; i < count; i++) {
    int letter = (int)(bench_random(&s) % size);
    for (int k = 0; k < size; k++) text.push_back(k == letter);
  }
  return (long)inputs.size();
}
double *bench_x(void) { return inputs.data(); }
double bench_primal(void) {
  double loss;
  entry(&inputs[0], &inputs[8 * layers * size], start, &text[0], &loss);
  return loss;
}
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * inputs.size());
  double loss = 0, seed = 1;
  (void)loss, (void)seed;
  IF_REVERSE(REVERSE((void *)entry, AD(dup), &inputs[0], g, AD(dup), &inputs[8 * layers * size], g + 8 * layers * size, AD(const), &start,
                     AD(const), &text[0], AD(dup), &loss, &seed);)
}
double bench_jvp(const double *v) {
  (void)v;
  double loss = 0, slope = 0;
  IF_FORWARD(FORWARD((void *)entry, AD(dup), &inputs[0], v, AD(dup), &inputs[8 * layers * size], v + 8 * layers * size, AD(const), &start,
                     AD(const), &text[0], AD(dup), &loss, &slope);)
  return slope;
}
int bench_manual(double *) { return 0; }
}
