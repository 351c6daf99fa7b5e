/* Bodies of compiled functions of libc++. generate.py makes text of LLVM IR of this file, which is all that the plugin contains of
 * it. */

/* std::__1::__shared_weak_count: owners and weak owners, less one each. The table of virtual functions begins with two destructors,
 * __on_zero_shared, __get_deleter, __on_zero_shared_weak. */
struct Count {
  void (**table)(struct Count *);
  long owners, weak;
};
void nabla_cxx_add_shared(struct Count *c) { __atomic_fetch_add(&c->owners, 1, __ATOMIC_RELAXED); }
void nabla_cxx_add_weak(struct Count *c) { __atomic_fetch_add(&c->weak, 1, __ATOMIC_RELAXED); }
void nabla_cxx_release_weak(struct Count *c) {
  if (__atomic_fetch_add(&c->weak, -1, __ATOMIC_ACQ_REL) == 0) c->table[4](c);
}
_Bool nabla_cxx_release(struct Count *c) {
  if (__atomic_fetch_add(&c->owners, -1, __ATOMIC_ACQ_REL) != 0) return 0;
  c->table[2](c);
  return 1;
}
void nabla_cxx_release_shared(struct Count *c) {
  if (nabla_cxx_release(c)) nabla_cxx_release_weak(c);
}
struct Count *nabla_cxx_lock(struct Count *c) {
  if (__atomic_load_n(&c->owners, __ATOMIC_SEQ_CST) == -1) return 0;
  __atomic_fetch_add(&c->owners, 1, __ATOMIC_SEQ_CST);
  return c;
}
void nabla_cxx_end(struct Count *c) { (void)c; }

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
