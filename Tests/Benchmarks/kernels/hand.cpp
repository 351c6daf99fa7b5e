/* Hand tracking: a skeleton of bones, posed by angles, a mesh skinned by weights, and the distances of chosen points of the mesh
 * (where `us` is given, by their place in a triangle) from those that were seen. */
#include "kernel.h"
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>
namespace {
template <typename T> class Matrix {
public:
  Matrix() : rows_(0), cols_(0), data_(nullptr), owned_(false) {}
  Matrix(int rows, int cols) : rows_(0), cols_(0), data_(nullptr), owned_(false) { resize(rows, cols); }
  Matrix(const Matrix &other) : rows_(0), cols_(0), data_(nullptr), owned_(false) { *this = other; }
  ~Matrix() { release(); }
  Matrix &operator=(const Matrix &other) {
    resize(other.rows_, other.cols_);
    std::copy(other.data_, other.data_ + other.rows_ * other.cols_, data_);
    return *this;
  }
  void resize(int rows, int cols) {
    if (rows_ * cols_ != rows * cols) {
      release();
      data_ = new T[(std::size_t)(rows * cols)];
      owned_ = true;
    }
    rows_ = rows;
    cols_ = cols;
  }
  int rows() const { return rows_; }
  int cols() const { return cols_; }
  T &operator()(int i, int j) { return data_[j * rows_ + i]; }
  const T &operator()(int i, int j) const { return data_[j * rows_ + i]; }
  T *column(int j) { return data_ + j * rows_; }
  const T *column(int j) const { return data_ + j * rows_; }
  void fill(T v) { for (int i = 0; i < rows_ * cols_; i++) data_[i] = v; }
  void identity() {
    fill(0.0);
    for (int i = 0; i < std::min(rows_, cols_); i++) (*this)(i, i) = 1.0;
  }
  void scale(T s) { for (int i = 0; i < rows_ * cols_; i++) data_[i] *= s; }
private:
  void release() {
    if (owned_) delete[] data_;
    data_ = nullptr;
    owned_ = false;
  }
  int rows_, cols_;
  T *data_;
  bool owned_;
};
template <typename A, typename B, typename C> void multiply(const Matrix<A> &a, const Matrix<B> &b, Matrix<C> *out) {
  out->resize(a.rows(), b.cols());
  for (int i = 0; i < a.rows(); i++)
    for (int k = 0; k < b.cols(); k++) {
      (*out)(i, k) = a(i, 0) * b(0, k);
      for (int j = 1; j < a.cols(); j++) (*out)(i, k) += a(i, j) * b(j, k);
    }
}

struct Model {
  std::vector<std::string> names;
  std::vector<int> parents;
  std::vector<Matrix<double>> relative, inverse;
  Matrix<double> base;      /* 4 x vertices */
  Matrix<double> weights;   /* bones x vertices */
  std::vector<int> triangles;
  bool mirrored;
};
struct Data {
  Model model;
  std::vector<int> correspondences;
  Matrix<double> points; /* 3 x observations */
};

template <typename T> void angle_axis_to_rotation(const T *const v, Matrix<T> *R) {
  T n = std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
  if (n < 0.0001) {
    R->identity();
    return;
  }
  T x = v[0] / n, y = v[1] / n, z = v[2] / n, s = std::sin(n), c = std::cos(n);
  (*R)(0, 0) = x * x + (1 - x * x) * c;
  (*R)(0, 1) = x * y * (1 - c) - z * s;
  (*R)(0, 2) = x * z * (1 - c) + y * s;
  (*R)(1, 0) = x * y * (1 - c) + z * s;
  (*R)(1, 1) = y * y + (1 - y * y) * c;
  (*R)(1, 2) = y * z * (1 - c) - x * s;
  (*R)(2, 0) = x * z * (1 - c) - y * s;
  (*R)(2, 1) = z * y * (1 - c) + x * s;
  (*R)(2, 2) = z * z + (1 - z * z) * c;
}
template <typename T> void apply_global(const Matrix<T> &pose, Matrix<T> *positions) {
  Matrix<T> R(3, 3);
  angle_axis_to_rotation(pose.column(0), &R);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) R(j, i) *= pose(i, 1);
  Matrix<T> t;
  multiply(R, *positions, &t);
  for (int j = 0; j < t.cols(); j++)
    for (int i = 0; i < 3; i++) (*positions)(i, j) = t(i, j) + pose(i, 2);
}
template <typename T> void relatives_to_absolutes(const std::vector<Matrix<T>> &relatives, const std::vector<int> &parents, std::vector<Matrix<T>> *absolutes) {
  absolutes->resize(parents.size());
  for (std::size_t i = 0; i < parents.size(); i++)
    if (parents[i] == -1) (*absolutes)[i] = relatives[i];
    else multiply((*absolutes)[(std::size_t)parents[i]], relatives[i], &(*absolutes)[i]);
}
template <typename T> void euler_angles_to_rotation(const T *const xzy, Matrix<T> *R) {
  T tx = xzy[0], ty = xzy[2], tz = xzy[1];
  Matrix<T> Rx(3, 3), Ry(3, 3), Rz(3, 3), t;
  Rx.identity();
  Rx(1, 1) = std::cos(tx); Rx(2, 1) = std::sin(tx); Rx(1, 2) = -Rx(2, 1); Rx(2, 2) = Rx(1, 1);
  Ry.identity();
  Ry(0, 0) = std::cos(ty); Ry(0, 2) = std::sin(ty); Ry(2, 0) = -Ry(0, 2); Ry(2, 2) = Ry(0, 0);
  Rz.identity();
  Rz(0, 0) = std::cos(tz); Rz(1, 0) = std::sin(tz); Rz(0, 1) = -Rz(1, 0); Rz(1, 1) = Rz(0, 0);
  multiply(Rz, Ry, &t);
  multiply(t, Rx, R);
}
template <typename T> void posed_relatives(const Model &model, const Matrix<T> &pose, std::vector<Matrix<T>> *relatives) {
  relatives->resize(model.names.size());
  int offset = 3;
  for (std::size_t i = 0; i < model.names.size(); i++) {
    Matrix<T> tr(4, 4), R(3, 3);
    tr.identity();
    euler_angles_to_rotation(pose.column((int)i + offset), &R);
    for (int r = 0; r < 3; r++)
      for (int c = 0; c < 3; c++) tr(r, c) = R(r, c);
    multiply(model.relative[i], tr, &(*relatives)[i]);
  }
}
template <typename T> void skinned(const Model &model, const Matrix<T> &pose, Matrix<T> *positions, bool global) {
  std::vector<Matrix<T>> relatives, absolutes, transforms;
  posed_relatives(model, pose, &relatives);
  relatives_to_absolutes(relatives, model.parents, &absolutes);
  transforms.resize(absolutes.size());
  for (std::size_t i = 0; i < absolutes.size(); i++) multiply(absolutes[i], model.inverse[i], &transforms[i]);
  positions->resize(3, model.base.cols());
  positions->fill(0.0);
  Matrix<T> current;
  for (std::size_t i = 0; i < transforms.size(); i++) {
    multiply(transforms[i], model.base, &current);
    for (int j = 0; j < positions->cols(); j++)
      for (int k = 0; k < 3; k++) (*positions)(k, j) += current(k, j) * model.weights((int)i, j);
  }
  if (model.mirrored)
    for (int j = 0; j < positions->cols(); j++) (*positions)(0, j) = -(*positions)(0, j);
  if (global) apply_global(pose, positions);
}
template <typename T> void to_pose(const T *const theta, const Model &model, Matrix<T> *pose) {
  pose->resize(3, (int)model.names.size() + 3);
  pose->fill(0.0);
  for (int i = 0; i < 3; i++) {
    (*pose)(i, 0) = theta[i];
    (*pose)(i, 1) = 1.0;
    (*pose)(i, 2) = theta[i + 3];
  }
  int k = 6, col = 5;
  for (int finger = 0; finger < 5; finger++) {
    for (int i = 2; i <= 4; i++) {
      (*pose)(0, col) = theta[k++];
      if (i == 2) (*pose)(1, col) = theta[k++];
      col++;
    }
    col++;
  }
}
template <typename T> void objective(const T *const theta, const Data &data, T *err) {
  Matrix<T> pose, positions;
  to_pose(theta, data.model, &pose);
  skinned(data.model, pose, &positions, true);
  for (std::size_t i = 0; i < data.correspondences.size(); i++)
    for (int k = 0; k < 3; k++) err[i * 3 + (std::size_t)k] = data.points(k, (int)i) - positions(k, data.correspondences[i]);
}
template <typename T> void objective_complicated(const T *const theta, const T *const us, const Data &data, T *err) {
  Matrix<T> pose, positions;
  to_pose(theta, data.model, &pose);
  skinned(data.model, pose, &positions, true);
  for (std::size_t i = 0; i < data.correspondences.size(); i++) {
    const int *verts = &data.model.triangles[3 * (std::size_t)data.correspondences[i]];
    const T *u = &us[2 * i];
    for (int k = 0; k < 3; k++) {
      T p = u[0] * positions(k, verts[0]) + u[1] * positions(k, verts[1]) + (1.0 - u[0] - u[1]) * positions(k, verts[2]);
      err[i * 3 + (std::size_t)k] = data.points(k, (int)i) - p;
    }
  }
}
/* the sum of squares */
double whole(const double *theta, const double *us, const Data *data) {
  std::vector<double> err(data->correspondences.size() * 3);
  objective_complicated(theta, us, *data, err.data());
  double s = 0;
  for (double e : err) s += 0.5 * e * e;
  return s;
}
Data data;
std::vector<double> inputs;
enum { THETA = 26, BONES = 22 };
} // namespace
extern "C" {
long bench_default_size(void) { return 100; }
long bench_setup(long size) {
  uint64_t s = 5;
  int vertices = 544;
  Model &m = data.model;
  m.mirrored = false;
  m.base.resize(4, vertices);
  m.weights.resize(BONES, vertices);
  for (int i = 0; i < BONES; i++) {
    m.names.push_back("a bone with the number " + std::to_string(i));
    m.parents.push_back(i == 0 ? -1 : (i - 2) % 4 == 0 ? 0 : i - 1);
    Matrix<double> r(4, 4), b(4, 4);
    r.identity();
    b.identity();
    for (int k = 0; k < 3; k++) {
      r(k, 3) = bench_uniform(&s, -0.3, 0.3);
      b(k, 3) = bench_uniform(&s, -0.3, 0.3);
      r(k, k) = bench_uniform(&s, 0.8, 1.2);
    }
    m.relative.push_back(r);
    m.inverse.push_back(b);
  }
  for (int j = 0; j < vertices; j++) {
    for (int k = 0; k < 3; k++) m.base(k, j) = bench_uniform(&s, -1, 1);
    m.base(3, j) = 1;
    for (int i = 0; i < BONES; i++) m.weights(i, j) = bench_uniform(&s, 0, 0.1);
  }
  for (int t = 0; t < 3 * 1000; t++) m.triangles.push_back((int)(bench_random(&s) % (unsigned)vertices));
  data.points.resize(3, (int)size);
  for (long i = 0; i < size; i++) {
    data.correspondences.push_back((int)(bench_random(&s) % 1000));
    for (int k = 0; k < 3; k++) data.points(k, (int)i) = bench_uniform(&s, -1, 1);
  }
  for (int i = 0; i < THETA; i++) inputs.push_back(bench_uniform(&s, -0.5, 0.5));
  for (long i = 0; i < 2 * size; i++) inputs.push_back(bench_uniform(&s, 0, 0.5));
  return (long)inputs.size();
}
double *bench_x(void) { return inputs.data(); }
double bench_primal(void) { return whole(inputs.data(), inputs.data() + THETA, &data); }
void bench_gradient(double *g) {
  memset(g, 0, sizeof(double) * inputs.size());
  IF_REVERSE(REVERSE((void *)whole, AD(dup), inputs.data(), g, AD(dup), inputs.data() + THETA, g + THETA, AD(const), &data);)
}
double bench_jvp(const double *v) {
  (void)v;
  IF_FORWARD(return FORWARD((void *)whole, AD(dup), inputs.data(), v, AD(dup), inputs.data() + THETA, v + THETA, AD(const), &data);)
}
int bench_manual(double *) { return 0; }
}
