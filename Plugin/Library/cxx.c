/* Bodies of compiled functions of libc++. At build time text of LLVM IR is made of this file (BuildStep), which is all that the plugin
 * contains of it. */

/* std::__1::__shared_weak_count: a table of virtual functions, owners and weak owners, less one each. The table begins with two
 * destructors, __on_zero_shared, __get_deleter, __on_zero_shared_weak. */
typedef void (**Table)(void *);
#define OWNERS(c) ((long *)(c) + 1)
#define WEAK(c) ((long *)(c) + 2)
void nabla_cxx_add_shared(Table *c) { __atomic_fetch_add(OWNERS(c), 1, __ATOMIC_RELAXED); }
void nabla_cxx_add_weak(Table *c) { __atomic_fetch_add(WEAK(c), 1, __ATOMIC_RELAXED); }
void nabla_cxx_release_weak(Table *c) {
  if (__atomic_fetch_add(WEAK(c), -1, __ATOMIC_ACQ_REL) == 0) (*c)[4](c);
}
_Bool nabla_cxx_release(Table *c) {
  if (__atomic_fetch_add(OWNERS(c), -1, __ATOMIC_ACQ_REL) != 0) return 0;
  (*c)[2](c);
  return 1;
}
void nabla_cxx_release_shared(Table *c) {
  if (nabla_cxx_release(c)) nabla_cxx_release_weak(c);
}
Table *nabla_cxx_lock(Table *c) {
  if (__atomic_load_n(OWNERS(c), __ATOMIC_SEQ_CST) == -1) return 0;
  __atomic_fetch_add(OWNERS(c), 1, __ATOMIC_SEQ_CST);
  return c;
}
void nabla_cxx_end(Table *c) { (void)c; }

/* std::__1::__sort<std::__1::__less<R, R> &, R *>, by a heap: what is moved where is all that a reverse sweep has to know. */
#define SORT(name, R)                                         \
  void name(R *a, R *end, void *less) {                       \
    long n = end - a, top = n / 2, last = n;                  \
    while (n > 1) {                                           \
      R x;                                                    \
      if (top > 0) {                                          \
        x = a[--top];                                         \
      } else {                                                \
        if (--last <= 0) return;                              \
        x = a[last];                                          \
        a[last] = a[0];                                       \
      }                                                       \
      long i = top;                                           \
      for (long j = 2 * i + 1; j < last; j = 2 * i + 1) {     \
        if (j + 1 < last && a[j] < a[j + 1]) j++;             \
        if (!(x < a[j])) break;                               \
        a[i] = a[j];                                          \
        i = j;                                                \
      }                                                       \
      a[i] = x;                                               \
    }                                                         \
  }
SORT(nabla_cxx_sort_float, float)
SORT(nabla_cxx_sort_double, double)
SORT(nabla_cxx_sort_long_double, long double)
