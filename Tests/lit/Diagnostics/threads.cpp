// RUN: %not %clangxx -O0 -g -c %s -o %t.o 2>&1 | %filecheck %s
// RUN: %not %clangxx -O2 -g -c %s -o %t.o 2>&1 | %filecheck %s
/* A thread that the function starts: the template around it is read, so that it is refused at every level. */
#include <thread>
template <class R, class... A> R __nabla_autodiff(void *, A...);
static double f(double x) {
  double y = 0;
  std::thread t([&] { y = x * x; });
  t.join();
  return y;
}
double slope(double x) {
  // CHECK: threads.cpp:[[#@LINE+1]]:10: error: cannot differentiate '{{.*}}thread{{.*}}' in '{{.*}}': a thread that was started by hand has no reverse sweep
  return __nabla_autodiff<double>((void *)f, x);
}
