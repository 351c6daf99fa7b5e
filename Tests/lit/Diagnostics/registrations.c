// RUN: %not %clang -O1 -c %s -o %t.o 2>&1 | %filecheck %s
/* Malformed registrations: the message shows the right shape. */
double f(double x) { return x; }
void *allocate(unsigned long n);
int status;

// CHECK: error: '__nabla_register_gradient_f' is malformed: it has 2 entries, not 3 or more; write: void *__nabla_register_gradient_f[] = {(void *)f, (void *)f_augmented, (void *)f_reverse};
void *__nabla_register_gradient_f[] = {(void *)f, (void *)f};
// CHECK: error: '__nabla_register_derivative_f' is malformed: entry 2 is not a function; write: void *__nabla_register_derivative_f[] = {(void *)f, (void *)f_forward};
void *__nabla_register_derivative_f[] = {(void *)f, (void *)&status};
// CHECK: error: '__nabla_function_like_f' is malformed: entry 2 is not a string
void *__nabla_function_like_f[] = {(void *)f, (void *)f};
// CHECK: error: '__nabla_allocation_like_f' is malformed: "0;1" is not a list of integers
void *__nabla_allocation_like_f[] = {(void *)allocate, (void *)0, (void *)"0;1", (void *)f};
// CHECK: error: '__nabla_inactive_global_f' is malformed: entry 1 is not a variable; write: void *__nabla_inactive_global_f = (void *)&g;
void *__nabla_inactive_global_f = (void *)f;
// CHECK: error: '__nabla_inactivefn_none' is malformed: its initialiser is not constant
void *__nabla_inactivefn_none;
