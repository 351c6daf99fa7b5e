// RUN: %not %clang -O1 -g -ferror-limit=0 -c %s -o %t.o 2>&1 | %filecheck %s
/* Functions in formats that are none, and what a copy in another format leaves alone. */
typedef double (*Fn)(double);
Fn __nabla_truncate_op_func(void *, ...);
double __nabla_truncate_mem_value(double, int, int);
static double f(double x) { return x * x; }
static double through(double x) { extern Fn table[]; return table[0](x) * x; }
double library(double);
extern int bits;

double unknown_format(double x) {
  // CHECK-DAG: precision.c:[[#@LINE+1]]:10: error: __nabla_truncate_op_func in 'unknown_format' knows no such format; write __nabla_truncate_op_func(function, from, to), with the bits of both types (64, 32 or 16), or (function, from, exponent bits, mantissa bits)
  return __nabla_truncate_op_func((void *)f, 64, 24)(x);
}
double unknown_type(double x) {
  // CHECK-DAG: precision.c:[[#@LINE+1]]:10: error: __nabla_truncate_op_func in 'unknown_type' knows no floating-point type of 65 bits
  return __nabla_truncate_op_func((void *)f, 65, 32)(x);
}
double not_constant(double x) {
  // CHECK-DAG: precision.c:[[#@LINE+1]]:10: error: __nabla_truncate_op_func in 'not_constant' takes constants for the formats
  return __nabla_truncate_op_func((void *)f, 64, bits)(x);
}
double no_body(double x) {
  // CHECK-DAG: precision.c:[[#@LINE+1]]:10: error: __nabla_truncate_op_func in 'no_body' has no body of 'library' to copy
  return __nabla_truncate_op_func((void *)library, 64, 32)(x);
}
double value_of_another_type(double x) {
  // CHECK-DAG: precision.c:[[#@LINE+1]]:10: error: __nabla_truncate_mem_value in 'value_of_another_type' takes and gives a number of type 'float'; write __nabla_truncate_mem_value(value, from, to)
  return __nabla_truncate_mem_value(x, 32, 16);
}
double pointer(double x) {
  // CHECK-DAG: warning: __nabla_truncate_op_func: what this call through a pointer reaches keeps its precision
  return __nabla_truncate_op_func((void *)through, 64, 32)(x);
}
