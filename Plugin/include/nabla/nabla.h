/* Declarations for programs that ask for derivatives, in C and C++. Nothing here is needed: a program may write these
   lines itself. See docs/semantics.md for what the calls mean.

   Part of Nabla, under the Apache License 2.0 with LLVM exceptions. */
#ifndef NABLA_NABLA_H
#define NABLA_NABLA_H

#ifdef __cplusplus
extern "C" {
#endif

/* Markers among the operands of a hook. None of them is ever defined: the plugin takes them out. */
extern int nabla_const, nabla_dup, nabla_dupnoneed, nabla_dupv, nabla_dupnoneedv, nabla_out;
extern int nabla_width, nabla_primal_return, nabla_noret, nabla_seed;
extern int nabla_const_return, nabla_active_return, nabla_dup_return;
extern int nabla_interleave, nabla_allocated, nabla_tape, nabla_nofree, nabla_not_overwritten, nabla_byref;
extern int nabla_runtime_activity, nabla_strong_zero;
extern int nabla_vector, nabla_scalar, nabla_buffer;
extern int nabla_snapshots, nabla_budget, nabla_checkpoint_region;

#ifdef __cplusplus
}
#endif

/* Statements about functions and global variables, where they are defined or declared in the module that is
   differentiated:

     NABLA_INACTIVE void log_progress(const char *text, double value);
     NABLA_INACTIVE double calibration = 2.5;
     NABLA_FUNCTION_LIKE("log1p") double my_log1p(double x) { ... }
     NABLA_NOFREE void visit(struct node *n) { ... }

   A compiler that does not know the attribute ignores it. Declarations without a body are known to the plugin by
   registrations only: NABLA_INACTIVE_FUNCTION(name); NABLA_GRADIENT(f, augmented, reverse); at file scope. */
#if defined(__clang__)
#define NABLA_ANNOTATION(text) __attribute__((annotate(text)))
#else
#define NABLA_ANNOTATION(text)
#endif
#define NABLA_INACTIVE NABLA_ANNOTATION("nabla_inactive")
#define NABLA_NOFREE NABLA_ANNOTATION("nabla_nofree")
#define NABLA_FUNCTION_LIKE(name) NABLA_ANNOTATION("nabla_function_like=" name)

#if defined(__GNUC__)
#define NABLA_REGISTRATION __attribute__((used)) static void *
#else
#define NABLA_REGISTRATION static void *
#endif

/* Calls of `f` carry no derivative. */
#define NABLA_INACTIVE_FUNCTION(f) NABLA_REGISTRATION __nabla_inactivefn_##f[1] = {(void *)f}
/* The global variable `g` carries no derivative. */
#define NABLA_INACTIVE_GLOBAL(g) NABLA_REGISTRATION __nabla_inactive_global_##g[1] = {(void *)&g}
/* `f` never frees memory that its caller sees. */
#define NABLA_NOFREE_FUNCTION(f) NABLA_REGISTRATION __nabla_nofree_##f[1] = {(void *)f}
/* `f` has the derivative of the function of <math.h> with that name: a string. */
#define NABLA_LIKE(f, name) NABLA_REGISTRATION __nabla_function_like_##f[2] = {(void *)f, (void *)name}
/* The forward rule of `f`. */
#define NABLA_DERIVATIVE(f, forward) NABLA_REGISTRATION __nabla_register_derivative_##f[2] = {(void *)f, (void *)forward}
/* The reverse rule of `f`: its augmented half and its reverse half. */
#define NABLA_GRADIENT(f, augmented, reverse) \
  NABLA_REGISTRATION __nabla_register_gradient_##f[3] = {(void *)f, (void *)augmented, (void *)reverse}

#endif
