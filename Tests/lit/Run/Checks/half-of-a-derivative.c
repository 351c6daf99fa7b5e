// RUN: %check %s
// REFUSE: 'nabla_check' can be said of whole derivatives, not of halves; take it out of this call of __nabla_augmentfwd, and check 'f' with `nabla check FILE`
extern int nabla_check;
void *__nabla_augmentfwd(void *, ...);
static double f(double x) { return x * x; }
void *half(double x) { return __nabla_augmentfwd((void *)f, nabla_check, x); }
int main(void) { return 0; }
