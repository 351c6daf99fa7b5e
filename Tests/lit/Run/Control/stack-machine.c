// RUN: %check %s
#include "check.h"
enum { PUSH, LOAD, STORE, ADD, SUB, MUL, DIV, SIN, EXP, DUP, SWAP, JNZ, DEC, HALT };
struct vm { double stack[16], var[8]; int sp, pc, counter; const signed char *code; const double *pool; };
static double pop(struct vm *m) { return m->stack[--m->sp]; }
static void push(struct vm *m, double v) { m->stack[m->sp++] = v; }
static int run(struct vm *m) {
  for (;;) {
    double a, b;
    switch (m->code[m->pc++]) {
      case PUSH: push(m, m->pool[m->code[m->pc++]]); break;
      case LOAD: push(m, m->var[m->code[m->pc++]]); break;
      case STORE: m->var[m->code[m->pc++]] = pop(m); break;
      case ADD: b = pop(m); a = pop(m); push(m, a + b); break;
      case SUB: b = pop(m); a = pop(m); push(m, a - b); break;
      case MUL: b = pop(m); a = pop(m); push(m, a * b); break;
      case DIV: b = pop(m); a = pop(m); if (b == 0) return -1; push(m, a / b); break;
      case SIN: m->stack[m->sp - 1] = sin(m->stack[m->sp - 1]); break;
      case EXP: push(m, exp(pop(m))); break;
      case DUP: push(m, m->stack[m->sp - 1]); break;
      case SWAP: a = m->stack[m->sp - 1]; m->stack[m->sp - 1] = m->stack[m->sp - 2]; m->stack[m->sp - 2] = a; break;
      case DEC: m->counter--; break;
      case JNZ: { int t = m->code[m->pc++]; if (m->counter) m->pc = t; } break;
      case HALT: return 0;
      default: return -2;
    }
  }
}
static double f(double *x, int n) {
  static const signed char code[] = {LOAD, 0, /*2*/ DUP, MUL, LOAD, 1, ADD, SIN, LOAD, 2, SWAP, DIV, PUSH, 0, MUL, DUP, STORE, 3, LOAD, 3, EXP, SUB, DEC, JNZ, 2, HALT};
  static const double pool[] = {0.25};
  struct vm m = {.counter = 4, .code = code, .pool = pool};
  memcpy(m.var, x, n * sizeof *x);
  if (run(&m)) return -1;
  return m.stack[0] + m.var[3];
}
int main(void) {
  double x[] = {0.7, 0.4, 1.3};
  CHECK_GRAD("vm", f, x, 3);
  return chk_exit();
}
