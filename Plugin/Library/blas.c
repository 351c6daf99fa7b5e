/* What stands for BLAS in functions that are differentiated. At build time text of LLVM IR is made of this file (BuildStep), which is
 * all that the plugin contains of it: once for `double` and once for `float`, which are called R.
 *
 * Matrices are stored by columns, integers have 64 bits, flags are capitals. Three layers:
 *   call_gemm, …     the library itself, written where its names are known (Analysis/Library/BlasCalls.swift)
 *   gemm, …          C += alpha A B and its like, with rules: a product (augmented, reverse) and its tangent (forward)
 *   user_gemm, …     what the library's functions do, in terms of the products; of this everything else follows
 *
 * A rule is called like one that a program registers, with these in front: the tape (augmented only), and facts, a bit for each
 * parameter: may the memory change before the reverse sweep is over? Does the number have a derivative? The last bit: does this
 * call of a tangent do the product itself, too?  */

typedef long I;
#define NULL ((void *)0)
#define NAME(name) nabla_blas_##name
#define PLAIN static
#define PRIMAL 62
#define HAS(bit) (facts >> (bit) & 1)

extern void *malloc(unsigned long);
extern void free(void *);
extern R NAME(sqrt)(R);
extern void *__nabla_tape_allocate(void *arena, I bytes);

extern void NAME(call_gemm)(char, char, I, I, I, R, const R *, I, const R *, I, R, R *, I);
extern void NAME(call_gemv)(char, I, I, R, const R *, I, const R *, I, R, R *, I);
extern void NAME(call_ger)(I, I, R, const R *, I, const R *, I, R *, I);
extern void NAME(call_symv)(char, I, R, const R *, I, const R *, I, R, R *, I);
extern void NAME(call_symm)(char, char, I, I, R, const R *, I, const R *, I, R, R *, I);
extern void NAME(call_syrk)(char, char, I, I, R, const R *, I, R, R *, I);
extern void NAME(call_syr2k)(char, char, I, I, R, const R *, I, const R *, I, R, R *, I);
extern void NAME(call_trmv)(char, char, char, I, const R *, I, R *, I);
extern void NAME(call_trsv)(char, char, char, I, const R *, I, R *, I);
extern void NAME(call_trmm)(char, char, char, char, I, I, R, const R *, I, R *, I);
extern void NAME(call_trsm)(char, char, char, char, I, I, R, const R *, I, R *, I);

/* ---- Small things ------------------------------------------------------------------------------------------------------- */

PLAIN char upper(char c) { return c & ~32; }
PLAIN char trans(char c) { return upper(c) == 'N' ? 'N' : 'T'; }
PLAIN char flip(char t) { return t == 'N' ? 'T' : 'N'; }
PLAIN char other(char c, char a, char b) { return c == a ? b : a; }
PLAIN I origin(I n, I inc) { return inc < 0 ? (1 - n) * inc : 0; }

/* A copy on the tape, without gaps. */
PLAIN R *keep(void *arena, I rows, I columns, const R *a, I ld) {
  R *p = __nabla_tape_allocate(arena, rows * columns * (I)sizeof(R));
  for (I j = 0; j < columns; j++)
    for (I i = 0; i < rows; i++) p[i + j * rows] = a[i + j * ld];
  return p;
}
PLAIN R *keep_vector(void *arena, I n, const R *x, I inc) {
  R *p = __nabla_tape_allocate(arena, n * (I)sizeof(R));
  for (I i = 0; i < n; i++) p[i] = x[origin(n, inc) + i * inc];
  return p;
}
PLAIN R *zeros(I n) {
  R *p = malloc((n > 0 ? n : 1) * sizeof(R));
  for (I i = 0; i < n; i++) p[i] = 0;
  return p;
}
PLAIN R *copied(I rows, I columns, const R *a, I ld) {
  R *p = malloc((rows * columns > 0 ? rows * columns : 1) * sizeof(R));
  for (I j = 0; j < columns; j++)
    for (I i = 0; i < rows; i++) p[i + j * rows] = a[i + j * ld];
  return p;
}
PLAIN void add(R factor, I rows, I columns, const R *a, I lda, R *b, I ldb) {
  for (I j = 0; j < columns; j++)
    for (I i = 0; i < rows; i++) b[i + j * ldb] += factor * a[i + j * lda];
}
PLAIN R inner(I rows, I columns, const R *a, I lda, const R *b, I ldb) {
  R sum = 0;
  for (I j = 0; j < columns; j++)
    for (I i = 0; i < rows; i++) sum += a[i + j * lda] * b[i + j * ldb];
  return sum;
}
/* The rows of a column of a triangle: from first to before end. */
PLAIN I first(char uplo, I j) { return uplo == 'U' ? 0 : j; }
PLAIN I end(char uplo, I j, I n) { return uplo == 'U' ? j + 1 : n; }
PLAIN R inner_triangle(char uplo, I n, const R *a, I lda, const R *b, I ldb) {
  R sum = 0;
  for (I j = 0; j < n; j++)
    for (I i = first(uplo, j); i < end(uplo, j, n); i++) sum += a[i + j * lda] * b[i + j * ldb];
  return sum;
}
PLAIN void scale(I rows, I columns, R beta, R *c, I ldc) {
  if (beta == 1) return;
  for (I j = 0; j < columns; j++)
    for (I i = 0; i < rows; i++) c[i + j * ldc] = beta == 0 ? 0 : beta * c[i + j * ldc];
}
PLAIN void scale_vector(I n, R beta, R *y, I inc) {
  if (beta == 1) return;
  for (I i = 0; i < n; i++) {
    R *p = y + origin(n, inc) + i * inc;
    *p = beta == 0 ? 0 : beta * *p;
  }
}
PLAIN void scale_triangle(char uplo, I n, R beta, R *c, I ldc) {
  if (beta == 1) return;
  for (I j = 0; j < n; j++)
    for (I i = first(uplo, j); i < end(uplo, j, n); i++) c[i + j * ldc] = beta == 0 ? 0 : beta * c[i + j * ldc];
}

/* ---- C += alpha op(A) op(B) --------------------------------------------------------------------------------------------- */

void NAME(gemm)(char ta, char tb, I m, I n, I k, R alpha, const R *A, I lda, const R *B, I ldb, R *C, I ldc) {
  NAME(call_gemm)(ta, tb, m, n, k, alpha, A, lda, B, ldb, 1, C, ldc);
}
void *NAME(gemm_augmented)(void *arena, I facts, char ta, char tb, I m, I n, I k, R alpha, const R *A, R *dA, I lda, const R *B,
                           R *dB, I ldb, R *C, R *dC, I ldc) {
  R **t = __nabla_tape_allocate(arena, 2 * sizeof(R *));
  t[0] = HAS(6) && (dB || HAS(5)) ? ta == 'N' ? keep(arena, m, k, A, lda) : keep(arena, k, m, A, lda) : NULL;
  t[1] = HAS(8) && (dA || HAS(5)) ? tb == 'N' ? keep(arena, k, n, B, ldb) : keep(arena, n, k, B, ldb) : NULL;
  NAME(gemm)(ta, tb, m, n, k, alpha, A, lda, B, ldb, C, ldc);
  return t;
}
R NAME(gemm_reverse)(I facts, char ta, char tb, I m, I n, I k, R alpha, const R *A, R *dA, I lda, const R *B, R *dB, I ldb, R *C,
                     R *dC, I ldc, void *tape) {
  R **t = tape;
  const R *a = t[0] ? t[0] : A, *b = t[1] ? t[1] : B;
  I la = t[0] ? ta == 'N' ? m : k : lda, lb = t[1] ? tb == 'N' ? k : n : ldb;
  if (!dC) return 0;
  if (dA) {
    if (ta == 'N') NAME(gemm)('N', flip(tb), m, k, n, alpha, dC, ldc, b, lb, dA, lda);
    else NAME(gemm)(tb, 'T', k, m, n, alpha, b, lb, dC, ldc, dA, lda);
  }
  if (dB) {
    if (tb == 'N') NAME(gemm)(flip(ta), 'N', k, n, m, alpha, a, la, dC, ldc, dB, ldb);
    else NAME(gemm)('T', ta, n, k, m, alpha, dC, ldc, a, la, dB, ldb);
  }
  if (!HAS(5)) return 0;
  R *s = zeros(m * n);
  NAME(gemm)(ta, tb, m, n, k, 1, a, la, b, lb, s, m);
  R d = inner(m, n, s, m, dC, ldc);
  free(s);
  return d;
}
void NAME(gemm_forward)(I facts, char ta, char tb, I m, I n, I k, R alpha, R dalpha, const R *A, const R *dA, I lda, const R *B,
                        const R *dB, I ldb, R *C, R *dC, I ldc) {
  if (dC) {
    if (dA) NAME(gemm)(ta, tb, m, n, k, alpha, dA, lda, B, ldb, dC, ldc);
    if (dB) NAME(gemm)(ta, tb, m, n, k, alpha, A, lda, dB, ldb, dC, ldc);
    if (HAS(5)) NAME(gemm)(ta, tb, m, n, k, dalpha, A, lda, B, ldb, dC, ldc);
  }
  if (HAS(PRIMAL)) NAME(gemm)(ta, tb, m, n, k, alpha, A, lda, B, ldb, C, ldc);
}

/* ---- y += alpha op(A) x ------------------------------------------------------------------------------------------------- */

void NAME(gemv)(char t, I m, I n, R alpha, const R *A, I lda, const R *x, I incx, R *y, I incy) {
  NAME(call_gemv)(t, m, n, alpha, A, lda, x, incx, 1, y, incy);
}
void NAME(ger)(I m, I n, R alpha, const R *x, I incx, const R *y, I incy, R *A, I lda) {
  NAME(call_ger)(m, n, alpha, x, incx, y, incy, A, lda);
}
void *NAME(gemv_augmented)(void *arena, I facts, char t, I m, I n, R alpha, const R *A, R *dA, I lda, const R *x, R *dx, I incx,
                           R *y, R *dy, I incy) {
  R **tape = __nabla_tape_allocate(arena, 2 * sizeof(R *));
  tape[0] = HAS(4) && (dx || HAS(3)) ? keep(arena, m, n, A, lda) : NULL;
  tape[1] = HAS(6) && (dA || HAS(3)) ? keep_vector(arena, t == 'N' ? n : m, x, incx) : NULL;
  NAME(gemv)(t, m, n, alpha, A, lda, x, incx, y, incy);
  return tape;
}
R NAME(gemv_reverse)(I facts, char t, I m, I n, R alpha, const R *A, R *dA, I lda, const R *x, R *dx, I incx, R *y, R *dy,
                     I incy, void *tape) {
  R **kept = tape;
  const R *a = kept[0] ? kept[0] : A, *v = kept[1] ? kept[1] : x;
  I la = kept[0] ? m : lda, iv = kept[1] ? 1 : incx;
  if (!dy) return 0;
  if (dx) NAME(gemv)(flip(t), m, n, alpha, a, la, dy, incy, dx, incx);
  if (dA) {
    if (t == 'N') NAME(ger)(m, n, alpha, dy, incy, v, iv, dA, lda);
    else NAME(ger)(m, n, alpha, v, iv, dy, incy, dA, lda);
  }
  if (!HAS(3)) return 0;
  I length = t == 'N' ? m : n;
  R *s = zeros(length), d = 0;
  NAME(gemv)(t, m, n, 1, a, la, v, iv, s, 1);
  for (I i = 0; i < length; i++) d += s[i] * dy[origin(length, incy) + i * incy];
  free(s);
  return d;
}
void NAME(gemv_forward)(I facts, char t, I m, I n, R alpha, R dalpha, const R *A, const R *dA, I lda, const R *x, const R *dx,
                        I incx, R *y, R *dy, I incy) {
  if (dy) {
    if (dA) NAME(gemv)(t, m, n, alpha, dA, lda, x, incx, dy, incy);
    if (dx) NAME(gemv)(t, m, n, alpha, A, lda, dx, incx, dy, incy);
    if (HAS(3)) NAME(gemv)(t, m, n, dalpha, A, lda, x, incx, dy, incy);
  }
  if (HAS(PRIMAL)) NAME(gemv)(t, m, n, alpha, A, lda, x, incx, y, incy);
}

/* ---- A += alpha x y' ---------------------------------------------------------------------------------------------------- */

void *NAME(ger_augmented)(void *arena, I facts, I m, I n, R alpha, const R *x, R *dx, I incx, const R *y, R *dy, I incy, R *A,
                          R *dA, I lda) {
  R **tape = __nabla_tape_allocate(arena, 2 * sizeof(R *));
  tape[0] = HAS(3) && (dy || HAS(2)) ? keep_vector(arena, m, x, incx) : NULL;
  tape[1] = HAS(5) && (dx || HAS(2)) ? keep_vector(arena, n, y, incy) : NULL;
  NAME(ger)(m, n, alpha, x, incx, y, incy, A, lda);
  return tape;
}
R NAME(ger_reverse)(I facts, I m, I n, R alpha, const R *x, R *dx, I incx, const R *y, R *dy, I incy, R *A, R *dA, I lda,
                    void *tape) {
  R **kept = tape;
  const R *u = kept[0] ? kept[0] : x, *v = kept[1] ? kept[1] : y;
  I iu = kept[0] ? 1 : incx, iv = kept[1] ? 1 : incy;
  if (!dA) return 0;
  if (dx) NAME(gemv)('N', m, n, alpha, dA, lda, v, iv, dx, incx);
  if (dy) NAME(gemv)('T', m, n, alpha, dA, lda, u, iu, dy, incy);
  if (!HAS(2)) return 0;
  R *s = zeros(m), d = 0;
  NAME(gemv)('N', m, n, 1, dA, lda, v, iv, s, 1);
  for (I i = 0; i < m; i++) d += s[i] * u[origin(m, iu) + i * iu];
  free(s);
  return d;
}
void NAME(ger_forward)(I facts, I m, I n, R alpha, R dalpha, const R *x, const R *dx, I incx, const R *y, const R *dy, I incy,
                       R *A, R *dA, I lda) {
  if (dA) {
    if (dx) NAME(ger)(m, n, alpha, dx, incx, y, incy, dA, lda);
    if (dy) NAME(ger)(m, n, alpha, x, incx, dy, incy, dA, lda);
    if (HAS(2)) NAME(ger)(m, n, dalpha, x, incx, y, incy, dA, lda);
  }
  if (HAS(PRIMAL)) NAME(ger)(m, n, alpha, x, incx, y, incy, A, lda);
}

/* ---- C += alpha A B (side L) or alpha B A (side R), of A a triangle is stored ------------------------------------------ */

void NAME(symm)(char side, char uplo, I m, I n, R alpha, const R *A, I lda, const R *B, I ldb, R *C, I ldc) {
  if (side == 'L' && n == 1) NAME(call_symv)(uplo, m, alpha, A, lda, B, 1, 1, C, 1);
  else NAME(call_symm)(side, uplo, m, n, alpha, A, lda, B, ldb, 1, C, ldc);
}
/* C += alpha (A B' + B A') or alpha (A' B + B' A), in the stored triangle, and half of that on its diagonal: the reverse of a
 * product with a symmetric matrix. */
void NAME(syr2kh)(char uplo, char t, I n, I k, R alpha, const R *A, I lda, const R *B, I ldb, R *C, I ldc) {
  NAME(call_syr2k)(uplo, t, n, k, alpha, A, lda, B, ldb, 1, C, ldc);
  for (I i = 0; i < n; i++) {
    R sum = 0;
    for (I l = 0; l < k; l++) sum += t == 'N' ? A[i + l * lda] * B[i + l * ldb] : A[l + i * lda] * B[l + i * ldb];
    C[i + i * ldc] -= alpha * sum;
  }
}
void *NAME(symm_augmented)(void *arena, I facts, char side, char uplo, I m, I n, R alpha, const R *A, R *dA, I lda, const R *B,
                           R *dB, I ldb, R *C, R *dC, I ldc) {
  I q = side == 'L' ? m : n;
  R **tape = __nabla_tape_allocate(arena, 2 * sizeof(R *));
  tape[0] = HAS(5) && (dB || HAS(4)) ? keep(arena, q, q, A, lda) : NULL;
  tape[1] = HAS(7) && (dA || HAS(4)) ? keep(arena, m, n, B, ldb) : NULL;
  NAME(symm)(side, uplo, m, n, alpha, A, lda, B, ldb, C, ldc);
  return tape;
}
R NAME(symm_reverse)(I facts, char side, char uplo, I m, I n, R alpha, const R *A, R *dA, I lda, const R *B, R *dB, I ldb, R *C,
                     R *dC, I ldc, void *tape) {
  I q = side == 'L' ? m : n;
  R **t = tape;
  const R *a = t[0] ? t[0] : A, *b = t[1] ? t[1] : B;
  I la = t[0] ? q : lda, lb = t[1] ? m : ldb;
  if (!dC) return 0;
  if (dB) NAME(symm)(side, uplo, m, n, alpha, a, la, dC, ldc, dB, ldb);
  if (dA) NAME(syr2kh)(uplo, side == 'L' ? 'N' : 'T', q, side == 'L' ? n : m, alpha, dC, ldc, b, lb, dA, lda);
  if (!HAS(4)) return 0;
  R *s = zeros(m * n);
  NAME(symm)(side, uplo, m, n, 1, a, la, b, lb, s, m);
  R d = inner(m, n, s, m, dC, ldc);
  free(s);
  return d;
}
void NAME(symm_forward)(I facts, char side, char uplo, I m, I n, R alpha, R dalpha, const R *A, const R *dA, I lda, const R *B,
                        const R *dB, I ldb, R *C, R *dC, I ldc) {
  if (dC) {
    if (dA) NAME(symm)(side, uplo, m, n, alpha, dA, lda, B, ldb, dC, ldc);
    if (dB) NAME(symm)(side, uplo, m, n, alpha, A, lda, dB, ldb, dC, ldc);
    if (HAS(4)) NAME(symm)(side, uplo, m, n, dalpha, A, lda, B, ldb, dC, ldc);
  }
  if (HAS(PRIMAL)) NAME(symm)(side, uplo, m, n, alpha, A, lda, B, ldb, C, ldc);
}
void *NAME(syr2kh_augmented)(void *arena, I facts, char uplo, char t, I n, I k, R alpha, const R *A, R *dA, I lda, const R *B,
                             R *dB, I ldb, R *C, R *dC, I ldc) {
  I rows = t == 'N' ? n : k, columns = t == 'N' ? k : n;
  R **tape = __nabla_tape_allocate(arena, 2 * sizeof(R *));
  tape[0] = HAS(5) && (dB || HAS(4)) ? keep(arena, rows, columns, A, lda) : NULL;
  tape[1] = HAS(7) && (dA || HAS(4)) ? keep(arena, rows, columns, B, ldb) : NULL;
  NAME(syr2kh)(uplo, t, n, k, alpha, A, lda, B, ldb, C, ldc);
  return tape;
}
R NAME(syr2kh_reverse)(I facts, char uplo, char t, I n, I k, R alpha, const R *A, R *dA, I lda, const R *B, R *dB, I ldb, R *C,
                       R *dC, I ldc, void *tape) {
  R **kept = tape;
  I rows = t == 'N' ? n : k, columns = t == 'N' ? k : n;
  char side = t == 'N' ? 'L' : 'R';
  const R *a = kept[0] ? kept[0] : A, *b = kept[1] ? kept[1] : B;
  I la = kept[0] ? rows : lda, lb = kept[1] ? rows : ldb;
  if (!dC) return 0;
  if (dA) NAME(symm)(side, uplo, rows, columns, alpha, dC, ldc, b, lb, dA, lda);
  if (dB) NAME(symm)(side, uplo, rows, columns, alpha, dC, ldc, a, la, dB, ldb);
  if (!HAS(4)) return 0;
  R *s = zeros(n * n);
  NAME(syr2kh)(uplo, t, n, k, 1, a, la, b, lb, s, n);
  R d = inner_triangle(uplo, n, s, n, dC, ldc);
  free(s);
  return d;
}
void NAME(syr2kh_forward)(I facts, char uplo, char t, I n, I k, R alpha, R dalpha, const R *A, const R *dA, I lda, const R *B,
                          const R *dB, I ldb, R *C, R *dC, I ldc) {
  if (dC) {
    if (dA) NAME(syr2kh)(uplo, t, n, k, alpha, dA, lda, B, ldb, dC, ldc);
    if (dB) NAME(syr2kh)(uplo, t, n, k, alpha, A, lda, dB, ldb, dC, ldc);
    if (HAS(4)) NAME(syr2kh)(uplo, t, n, k, dalpha, A, lda, B, ldb, dC, ldc);
  }
  if (HAS(PRIMAL)) NAME(syr2kh)(uplo, t, n, k, alpha, A, lda, B, ldb, C, ldc);
}

/* ---- C += alpha A A' or alpha A' A, in the stored triangle -------------------------------------------------------------- */

void NAME(syrk)(char uplo, char t, I n, I k, R alpha, const R *A, I lda, R *C, I ldc) {
  NAME(call_syrk)(uplo, t, n, k, alpha, A, lda, 1, C, ldc);
}
void *NAME(syrk_augmented)(void *arena, I facts, char uplo, char t, I n, I k, R alpha, const R *A, R *dA, I lda, R *C, R *dC,
                           I ldc) {
  R **tape = __nabla_tape_allocate(arena, sizeof(R *));
  tape[0] = HAS(5) ? t == 'N' ? keep(arena, n, k, A, lda) : keep(arena, k, n, A, lda) : NULL;
  NAME(syrk)(uplo, t, n, k, alpha, A, lda, C, ldc);
  return tape;
}
R NAME(syrk_reverse)(I facts, char uplo, char t, I n, I k, R alpha, const R *A, R *dA, I lda, R *C, R *dC, I ldc, void *tape) {
  R **kept = tape;
  const R *a = kept[0] ? kept[0] : A;
  I la = kept[0] ? t == 'N' ? n : k : lda;
  if (!dC) return 0;
  if (dA) {
    NAME(symm)(t == 'N' ? 'L' : 'R', uplo, t == 'N' ? n : k, t == 'N' ? k : n, alpha, dC, ldc, a, la, dA, lda);
    for (I l = 0; l < k; l++)
      for (I i = 0; i < n; i++) {
        if (t == 'N') dA[i + l * lda] += alpha * dC[i + i * ldc] * a[i + l * la];
        else dA[l + i * lda] += alpha * dC[i + i * ldc] * a[l + i * la];
      }
  }
  if (!HAS(4)) return 0;
  R *s = zeros(n * n);
  NAME(syrk)(uplo, t, n, k, 1, a, la, s, n);
  R d = inner_triangle(uplo, n, s, n, dC, ldc);
  free(s);
  return d;
}
void NAME(syrk_forward)(I facts, char uplo, char t, I n, I k, R alpha, R dalpha, const R *A, const R *dA, I lda, R *C, R *dC,
                        I ldc) {
  if (dC) {
    if (dA) {
      NAME(syr2kh)(uplo, t, n, k, alpha, dA, lda, A, lda, dC, ldc);
      for (I i = 0; i < n; i++) {
        R sum = 0;
        for (I l = 0; l < k; l++) sum += t == 'N' ? dA[i + l * lda] * A[i + l * lda] : dA[l + i * lda] * A[l + i * lda];
        dC[i + i * ldc] += alpha * sum;
      }
    }
    if (HAS(4)) NAME(syrk)(uplo, t, n, k, dalpha, A, lda, dC, ldc);
  }
  if (HAS(PRIMAL)) NAME(syrk)(uplo, t, n, k, alpha, A, lda, C, ldc);
}

/* ---- Products with a triangle, and solving with it, in place ------------------------------------------------------------ */

void NAME(trmm)(char side, char uplo, char t, char diag, I m, I n, const R *A, I lda, R *B, I ldb) {
  if (side == 'L' && n == 1) NAME(call_trmv)(uplo, t, diag, m, A, lda, B, 1);
  else NAME(call_trmm)(side, uplo, t, diag, m, n, 1, A, lda, B, ldb);
}
void NAME(trsm)(char side, char uplo, char t, char diag, I m, I n, const R *A, I lda, R *B, I ldb) {
  if (side == 'L' && n == 1) NAME(call_trsv)(uplo, t, diag, m, A, lda, B, 1);
  else NAME(call_trsm)(side, uplo, t, diag, m, n, 1, A, lda, B, ldb);
}
/* The triangle of A gets factor times G B' (or B G'; with the triangle on the right B' G or G' B). */
PLAIN void add_triangle(R factor, char side, char uplo, char t, char diag, I m, I n, const R *G, I ldg, const R *B, I ldb, R *A,
                        I lda) {
  I q = side == 'L' ? m : n;
  const R *p = t == 'N' ? G : B, *r = t == 'N' ? B : G;
  I lp = t == 'N' ? ldg : ldb, lr = t == 'N' ? ldb : ldg;
  R *s = zeros(q * q);
  if (side == 'L') NAME(gemm)('N', 'T', q, q, n, factor, p, lp, r, lr, s, q);
  else NAME(gemm)('T', 'N', q, q, m, factor, r, lr, p, lp, s, q);
  for (I j = 0; j < q; j++)
    for (I i = first(uplo, j); i < end(uplo, j, q); i++)
      if (i != j || diag == 'N') A[i + j * lda] += s[i + j * q];
  free(s);
}
/* What dA makes of B; ones on the diagonal have no derivative. */
PLAIN R *changed(char side, char uplo, char t, char diag, I m, I n, const R *dA, I lda, const R *B, I ldb) {
  R *s = copied(m, n, B, ldb);
  NAME(trmm)(side, uplo, t, diag, m, n, dA, lda, s, m);
  if (diag == 'U') add(-1, m, n, B, ldb, s, m);
  return s;
}
void *NAME(trmm_augmented)(void *arena, I facts, char side, char uplo, char t, char diag, I m, I n, const R *A, R *dA, I lda,
                           R *B, R *dB, I ldb) {
  I q = side == 'L' ? m : n;
  R **tape = __nabla_tape_allocate(arena, 2 * sizeof(R *));
  tape[0] = HAS(6) ? keep(arena, q, q, A, lda) : NULL;
  tape[1] = dA ? keep(arena, m, n, B, ldb) : NULL;
  NAME(trmm)(side, uplo, t, diag, m, n, A, lda, B, ldb);
  return tape;
}
void NAME(trmm_reverse)(I facts, char side, char uplo, char t, char diag, I m, I n, const R *A, R *dA, I lda, R *B, R *dB, I ldb,
                        void *tape) {
  R **kept = tape;
  if (!dB) return;
  if (dA) add_triangle(1, side, uplo, t, diag, m, n, dB, ldb, kept[1], m, dA, lda);
  NAME(trmm)(side, uplo, flip(t), diag, m, n, kept[0] ? kept[0] : A, kept[0] ? side == 'L' ? m : n : lda, dB, ldb);
}
void NAME(trmm_forward)(I facts, char side, char uplo, char t, char diag, I m, I n, const R *A, const R *dA, I lda, R *B, R *dB,
                        I ldb) {
  if (dB) {
    NAME(trmm)(side, uplo, t, diag, m, n, A, lda, dB, ldb);
    if (dA) {
      R *s = changed(side, uplo, t, diag, m, n, dA, lda, B, ldb);
      add(1, m, n, s, m, dB, ldb);
      free(s);
    }
  }
  if (HAS(PRIMAL)) NAME(trmm)(side, uplo, t, diag, m, n, A, lda, B, ldb);
}
void *NAME(trsm_augmented)(void *arena, I facts, char side, char uplo, char t, char diag, I m, I n, const R *A, R *dA, I lda,
                           R *B, R *dB, I ldb) {
  I q = side == 'L' ? m : n;
  R **tape = __nabla_tape_allocate(arena, 2 * sizeof(R *));
  tape[0] = HAS(6) ? keep(arena, q, q, A, lda) : NULL;
  NAME(trsm)(side, uplo, t, diag, m, n, A, lda, B, ldb);
  tape[1] = HAS(8) && dA ? keep(arena, m, n, B, ldb) : NULL;
  return tape;
}
void NAME(trsm_reverse)(I facts, char side, char uplo, char t, char diag, I m, I n, const R *A, R *dA, I lda, R *B, R *dB, I ldb,
                        void *tape) {
  R **kept = tape;
  if (!dB) return;
  NAME(trsm)(side, uplo, flip(t), diag, m, n, kept[0] ? kept[0] : A, kept[0] ? side == 'L' ? m : n : lda, dB, ldb);
  if (dA) add_triangle(-1, side, uplo, t, diag, m, n, dB, ldb, kept[1] ? kept[1] : B, kept[1] ? m : ldb, dA, lda);
}
void NAME(trsm_forward)(I facts, char side, char uplo, char t, char diag, I m, I n, const R *A, const R *dA, I lda, R *B, R *dB,
                        I ldb) {
  if (dB) {
    if (dA) {
      R *x = copied(m, n, B, ldb);
      NAME(trsm)(side, uplo, t, diag, m, n, A, lda, x, m);
      R *s = changed(side, uplo, t, diag, m, n, dA, lda, x, m);
      add(-1, m, n, s, m, dB, ldb);
      free(s);
      free(x);
    }
    NAME(trsm)(side, uplo, t, diag, m, n, A, lda, dB, ldb);
  }
  if (HAS(PRIMAL)) NAME(trsm)(side, uplo, t, diag, m, n, A, lda, B, ldb);
}

/* ---- What the library's functions do ------------------------------------------------------------------------------------ */

R NAME(user_dot)(I n, const R *x, I incx, const R *y, I incy) {
  R sum = 0;
  for (I i = 0; i < n; i++) sum += x[origin(n, incx) + i * incx] * y[origin(n, incy) + i * incy];
  return sum;
}
void NAME(user_axpy)(I n, R alpha, const R *x, I incx, R *y, I incy) {
  for (I i = 0; i < n; i++) y[origin(n, incy) + i * incy] += alpha * x[origin(n, incx) + i * incx];
}
void NAME(user_scal)(I n, R alpha, R *x, I incx) {
  for (I i = 0; i < n && incx > 0; i++) x[i * incx] *= alpha;
}
void NAME(user_copy)(I n, const R *x, I incx, R *y, I incy) {
  for (I i = 0; i < n; i++) y[origin(n, incy) + i * incy] = x[origin(n, incx) + i * incx];
}
void NAME(user_swap)(I n, R *x, I incx, R *y, I incy) {
  for (I i = 0; i < n; i++) {
    R *p = x + origin(n, incx) + i * incx, *q = y + origin(n, incy) + i * incy, old = *p;
    *p = *q;
    *q = old;
  }
}
R NAME(user_asum)(I n, const R *x, I incx) {
  R sum = 0;
  for (I i = 0; i < n && incx > 0; i++) sum += x[i * incx] < 0 ? -x[i * incx] : x[i * incx];
  return sum;
}
R NAME(user_nrm2)(I n, const R *x, I incx) {
  R most = 0, sum = 0;
  for (I i = 0; i < n; i++) {
    R size = x[origin(n, incx) + i * incx];
    size = size < 0 ? -size : size;
    if (size > most) most = size;
  }
  if (most == 0) return 0;
  /* Far from where squares overflow or vanish there is nothing to scale. */
  if (most > (R)0x1p-50 && most < (R)0x1p50) {
    for (I i = 0; i < n; i++) sum += x[origin(n, incx) + i * incx] * x[origin(n, incx) + i * incx];
    return NAME(sqrt)(sum);
  }
  for (I i = 0; i < n; i++) {
    R part = x[origin(n, incx) + i * incx] / most;
    sum += part * part;
  }
  return most * NAME(sqrt)(sum);
}
void NAME(user_rot)(I n, R *x, I incx, R *y, I incy, R c, R s) {
  for (I i = 0; i < n; i++) {
    R *p = x + origin(n, incx) + i * incx, *q = y + origin(n, incy) + i * incy, old = *p;
    *p = c * old + s * *q;
    *q = c * *q - s * old;
  }
}

void NAME(user_gemv)(char t, I m, I n, R alpha, const R *A, I lda, const R *x, I incx, R beta, R *y, I incy) {
  t = trans(t);
  scale_vector(t == 'N' ? m : n, beta, y, incy);
  NAME(gemv)(t, m, n, alpha, A, lda, x, incx, y, incy);
}
void NAME(user_ger)(I m, I n, R alpha, const R *x, I incx, const R *y, I incy, R *A, I lda) {
  NAME(ger)(m, n, alpha, x, incx, y, incy, A, lda);
}
void NAME(user_symv)(char uplo, I n, R alpha, const R *A, I lda, const R *x, I incx, R beta, R *y, I incy) {
  scale_vector(n, beta, y, incy);
  if (incx == 1 && incy == 1) {
    NAME(symm)('L', upper(uplo), n, 1, alpha, A, lda, x, n, y, n);
  } else {
    R *v = zeros(n), *w = zeros(n);
    NAME(user_copy)(n, x, incx, v, 1);
    NAME(symm)('L', upper(uplo), n, 1, alpha, A, lda, v, n, w, n);
    NAME(user_axpy)(n, 1, w, 1, y, incy);
    free(v);
    free(w);
  }
}
void NAME(user_syr)(char uplo, I n, R alpha, const R *x, I incx, R *A, I lda) {
  uplo = upper(uplo);
  x += origin(n, incx);
  for (I j = 0; j < n; j++)
    for (I i = first(uplo, j); i < end(uplo, j, n); i++) A[i + j * lda] += alpha * x[i * incx] * x[j * incx];
}
void NAME(user_syr2)(char uplo, I n, R alpha, const R *x, I incx, const R *y, I incy, R *A, I lda) {
  uplo = upper(uplo);
  x += origin(n, incx);
  y += origin(n, incy);
  for (I j = 0; j < n; j++)
    for (I i = first(uplo, j); i < end(uplo, j, n); i++)
      A[i + j * lda] += alpha * (x[i * incx] * y[j * incy] + y[i * incy] * x[j * incx]);
}
void NAME(user_trmv)(char uplo, char t, char diag, I n, const R *A, I lda, R *x, I incx) {
  if (incx == 1) {
    NAME(trmm)('L', upper(uplo), trans(t), upper(diag), n, 1, A, lda, x, n);
  } else {
    R *v = zeros(n);
    NAME(user_copy)(n, x, incx, v, 1);
    NAME(trmm)('L', upper(uplo), trans(t), upper(diag), n, 1, A, lda, v, n);
    NAME(user_copy)(n, v, 1, x, incx);
    free(v);
  }
}
void NAME(user_trsv)(char uplo, char t, char diag, I n, const R *A, I lda, R *x, I incx) {
  if (incx == 1) {
    NAME(trsm)('L', upper(uplo), trans(t), upper(diag), n, 1, A, lda, x, n);
  } else {
    R *v = zeros(n);
    NAME(user_copy)(n, x, incx, v, 1);
    NAME(trsm)('L', upper(uplo), trans(t), upper(diag), n, 1, A, lda, v, n);
    NAME(user_copy)(n, v, 1, x, incx);
    free(v);
  }
}

void NAME(user_gemm)(char ta, char tb, I m, I n, I k, R alpha, const R *A, I lda, const R *B, I ldb, R beta, R *C, I ldc) {
  scale(m, n, beta, C, ldc);
  NAME(gemm)(trans(ta), trans(tb), m, n, k, alpha, A, lda, B, ldb, C, ldc);
}
void NAME(user_symm)(char side, char uplo, I m, I n, R alpha, const R *A, I lda, const R *B, I ldb, R beta, R *C, I ldc) {
  scale(m, n, beta, C, ldc);
  NAME(symm)(upper(side), upper(uplo), m, n, alpha, A, lda, B, ldb, C, ldc);
}
void NAME(user_syrk)(char uplo, char t, I n, I k, R alpha, const R *A, I lda, R beta, R *C, I ldc) {
  scale_triangle(upper(uplo), n, beta, C, ldc);
  NAME(syrk)(upper(uplo), trans(t), n, k, alpha, A, lda, C, ldc);
}
void NAME(user_syr2k)(char uplo, char t, I n, I k, R alpha, const R *A, I lda, const R *B, I ldb, R beta, R *C, I ldc) {
  t = trans(t);
  scale_triangle(upper(uplo), n, beta, C, ldc);
  NAME(syr2kh)(upper(uplo), t, n, k, alpha, A, lda, B, ldb, C, ldc);
  for (I i = 0; i < n; i++) {
    R sum = 0;
    for (I l = 0; l < k; l++) sum += t == 'N' ? A[i + l * lda] * B[i + l * ldb] : A[l + i * lda] * B[l + i * ldb];
    C[i + i * ldc] += alpha * sum;
  }
}
void NAME(user_trmm)(char side, char uplo, char t, char diag, I m, I n, R alpha, const R *A, I lda, R *B, I ldb) {
  scale(m, n, alpha, B, ldb);
  NAME(trmm)(upper(side), upper(uplo), trans(t), upper(diag), m, n, A, lda, B, ldb);
}
void NAME(user_trsm)(char side, char uplo, char t, char diag, I m, I n, R alpha, const R *A, I lda, R *B, I ldb) {
  scale(m, n, alpha, B, ldb);
  NAME(trsm)(upper(side), upper(uplo), trans(t), upper(diag), m, n, A, lda, B, ldb);
}

/* ---- As C calls them: matrices may be stored by rows -------------------------------------------------------------------- */

enum { byRows = 101 };
#define T(t) ((t) == 111 ? 'N' : 'T')
#define U(u) ((u) == 121 ? 'U' : 'L')
#define D(d) ((d) == 132 ? 'U' : 'N')
#define S(s) ((s) == 141 ? 'L' : 'R')
#define NOT(c, a, b) other(c, a, b)

void NAME(c_gemv)(int order, int t, I m, I n, R alpha, const R *A, I lda, const R *x, I incx, R beta, R *y, I incy) {
  if (order == byRows) NAME(user_gemv)(flip(T(t)), n, m, alpha, A, lda, x, incx, beta, y, incy);
  else NAME(user_gemv)(T(t), m, n, alpha, A, lda, x, incx, beta, y, incy);
}
void NAME(c_ger)(int order, I m, I n, R alpha, const R *x, I incx, const R *y, I incy, R *A, I lda) {
  if (order == byRows) NAME(user_ger)(n, m, alpha, y, incy, x, incx, A, lda);
  else NAME(user_ger)(m, n, alpha, x, incx, y, incy, A, lda);
}
PLAIN char triangle(int order, int u) { return order == byRows ? NOT(U(u), 'U', 'L') : U(u); }
PLAIN char turned(int order, int t) { return order == byRows ? flip(T(t)) : T(t); }
PLAIN char facing(int order, int s) { return order == byRows ? NOT(S(s), 'L', 'R') : S(s); }
void NAME(c_symv)(int order, int u, I n, R alpha, const R *A, I lda, const R *x, I incx, R beta, R *y, I incy) {
  NAME(user_symv)(triangle(order, u), n, alpha, A, lda, x, incx, beta, y, incy);
}
void NAME(c_syr)(int order, int u, I n, R alpha, const R *x, I incx, R *A, I lda) {
  NAME(user_syr)(triangle(order, u), n, alpha, x, incx, A, lda);
}
void NAME(c_syr2)(int order, int u, I n, R alpha, const R *x, I incx, const R *y, I incy, R *A, I lda) {
  NAME(user_syr2)(triangle(order, u), n, alpha, x, incx, y, incy, A, lda);
}
void NAME(c_trmv)(int order, int u, int t, int d, I n, const R *A, I lda, R *x, I incx) {
  NAME(user_trmv)(triangle(order, u), turned(order, t), D(d), n, A, lda, x, incx);
}
void NAME(c_trsv)(int order, int u, int t, int d, I n, const R *A, I lda, R *x, I incx) {
  NAME(user_trsv)(triangle(order, u), turned(order, t), D(d), n, A, lda, x, incx);
}
void NAME(c_gemm)(int order, int ta, int tb, I m, I n, I k, R alpha, const R *A, I lda, const R *B, I ldb, R beta, R *C, I ldc) {
  if (order == byRows) NAME(user_gemm)(T(tb), T(ta), n, m, k, alpha, B, ldb, A, lda, beta, C, ldc);
  else NAME(user_gemm)(T(ta), T(tb), m, n, k, alpha, A, lda, B, ldb, beta, C, ldc);
}
void NAME(c_symm)(int order, int s, int u, I m, I n, R alpha, const R *A, I lda, const R *B, I ldb, R beta, R *C, I ldc) {
  NAME(user_symm)(facing(order, s), triangle(order, u), order == byRows ? n : m, order == byRows ? m : n, alpha, A, lda, B, ldb,
                  beta, C, ldc);
}
void NAME(c_syrk)(int order, int u, int t, I n, I k, R alpha, const R *A, I lda, R beta, R *C, I ldc) {
  NAME(user_syrk)(triangle(order, u), turned(order, t), n, k, alpha, A, lda, beta, C, ldc);
}
void NAME(c_syr2k)(int order, int u, int t, I n, I k, R alpha, const R *A, I lda, const R *B, I ldb, R beta, R *C, I ldc) {
  NAME(user_syr2k)(triangle(order, u), turned(order, t), n, k, alpha, A, lda, B, ldb, beta, C, ldc);
}
void NAME(c_trmm)(int order, int s, int u, int t, int d, I m, I n, R alpha, const R *A, I lda, R *B, I ldb) {
  NAME(user_trmm)(facing(order, s), triangle(order, u), T(t), D(d), order == byRows ? n : m, order == byRows ? m : n, alpha, A, lda,
                  B, ldb);
}
void NAME(c_trsm)(int order, int s, int u, int t, int d, I m, I n, R alpha, const R *A, I lda, R *B, I ldb) {
  NAME(user_trsm)(facing(order, s), triangle(order, u), T(t), D(d), order == byRows ? n : m, order == byRows ? m : n, alpha, A, lda,
                  B, ldb);
}
