#!/usr/bin/env python3
"""Random differentiable C programs that check their own derivatives.

    generate.py SEED [--features LIST] > program.c

A program holds one function `f` (with callees, loops, branches, arrays, structs, ...), differentiates it
in reverse and forward mode, and compares the two with each other and with central differences. The same
seed and features always give the same program. The program is kept as a tree of statements and
expressions, so that `fuzz.py --reduce` can drop pieces while a failure stays.

Values stay bounded (every assignment damps), so that differences of nearby runs can be trusted; a
direction in which two step sizes or the two one-sided differences disagree is skipped (a kink, a jump).

Build a program with -DNO_AD to replace both modes by differences: it then checks only itself.
-DHOOK_ENZYME uses the __enzyme_ spelling. -DNO_FORWARD and -DNO_REVERSE leave one mode out.
"""
import argparse
import random
import sys

# name: (on by default, what it adds)
FEATURES = {
    "loops": (True, "nested counted loops, upward, downward, strided"),
    "triangular": (True, "inner bounds that depend on the outer index"),
    "while": (True, "while and do-while loops with data-dependent trip counts"),
    "goto": (True, "loops built from goto"),
    "branch": (True, "if/else on integers"),
    "activebranch": (True, "conditions on active values"),
    "switch": (True, "switch, some cases falling through"),
    "jumps": (True, "break and continue"),
    "return": (True, "early return"),
    "calls": (True, "several functions calling one another"),
    "recursion": (True, "functions that call themselves"),
    "alias": (True, "the same array passed twice"),
    "pointers": (True, "pointers that swap, pointers to scalars"),
    "ptrselect": (True, "a pointer that is one of two arrays"),
    "matrix": (True, "two-dimensional arrays"),
    "inttypes": (True, "loop counters of other integer types"),
    "walk": (True, "rows walked by a bumped pointer"),
    "memcpy": (True, "memcpy, memmove, memset"),
    "structs": (True, "structs of doubles and integers"),
    "structarray": (True, "arrays of structs"),
    "byvalue": (True, "structs passed and returned by value"),
    "ptrfield": (True, "structs that hold pointers to arrays"),
    "malloc": (True, "heap arrays, in loops as well"),
    "realloc": (True, "growing heap arrays"),
    "list": (True, "linked lists on the heap"),
    "vla": (True, "arrays of variable length"),
    "union": (True, "doubles moved as integers"),
    "globals": (True, "mutable global arrays"),
    "inout": (True, "the input array is overwritten"),
    "outarray": (True, "an output array with its own seeds"),
    "structarg": (True, "a struct argument that is read and written"),
    "primal": (True, "the primal result is requested too"),
    "libm": (True, "rarer smooth functions (erf, atan2, hypot, cbrt, ...)"),
    "nonsmooth": (True, "fmin, fmax, fabs, away from ties"),
    "activeint": (True, "integers computed from active values"),
    "indirect": (False, "calls through a constant table of functions"),
    "float": (False, "float temporaries (loosens the comparison)"),
}
WIDE = 4  # every array that may be passed on has at least so many elements


class E:
    """a double-valued expression: strings and sub-expressions"""
    def __init__(self, *parts):
        self.parts = list(parts)


class S:
    """a statement: strings, expressions and blocks"""
    def __init__(self, *parts):
        self.parts = list(parts)


class B(list):
    """a block: statements, each of which may be dropped"""


class Function:
    def __init__(self, name, kind, head, keep=True):
        self.name, self.kind, self.head = name, kind, head
        self.decls, self.body, self.tail = [], B(), []
        self.scalars, self.consts, self.ints, self.arrays, self.sarrays, self.pairs = [], [], [], [], [], []
        self.matrices = []
        self.returns = "double"
        self.cost, self.mult, self.vars = 0.0, 1.0, 0
        self.loop, self.can_return, self.breakable = 0, True, False
        self.local_arrays = set()
        self.has_depth = None


def text(x, ind=1):
    if isinstance(x, str):
        return x
    if isinstance(x, E):
        return "".join(text(p) for p in x.parts)
    if isinstance(x, B):
        return "".join(text(s, ind) for s in x)
    out = ""
    for p in x.parts:
        out += "\n" + text(p, ind + 1) + "  " * ind if isinstance(p, B) else text(p)
    return "  " * ind + out + "\n"


def function_text(f):
    return f.head + " {\n" + "".join("  %s\n" % d for d in f.decls) + text(f.body) + "".join("  %s\n" % t for t in f.tail) + "}\n"


class Generator:
    def __init__(self, seed, features=None):
        self.r = random.Random("nabla-fuzz-%d" % seed)
        self.seed = seed
        self.on = set(n for n, (d, _) in FEATURES.items() if d) if features is None else set(features)
        self.functions, self.globals = [], []
        self.program()

    def has(self, *names):
        return all(n in self.on for n in names)

    def lit(self, lo=0.05, hi=0.95):
        return "%.3f" % self.r.uniform(lo, hi)

    def fresh(self, f, stem):
        f.vars += 1
        return "%s%d" % (stem, f.vars)

    # ---- integers: (text, largest value), never negative
    def int_leaf(self, f):
        r = self.r
        if f.ints and r.random() < 0.75:
            v = r.choice(f.ints)
            return v[0], v[1]
        c = r.randrange(0, 6)
        return str(c), c

    def int_expr(self, f):
        r = self.r
        a, m = self.int_leaf(f)
        k = r.random()
        if k < 0.45:
            return a, m
        if k < 0.65:
            c = r.randrange(1, 4)
            return "(%s + %d)" % (a, c), m + c
        if k < 0.75:
            return "(2 * %s + 1)" % a, 2 * m + 1
        if k < 0.88:
            b, n = self.int_leaf(f)
            return "(%s + %s)" % (a, b), m + n
        if m < 8:
            return "permute[%s]" % a, 7
        return "permute[%s %% 8]" % a, 7

    def index(self, f, size):
        fit = [v for v in f.ints if v[1] < size and v[2]]
        if fit and self.r.random() < 0.6:
            return self.r.choice(fit)[0]
        t, m = self.int_expr(f)
        return t if m < size else "%s %% %d" % (t, size)

    def element(self, f, writable=False):
        c = [a for a in f.arrays if a[2] or not writable]
        if not c:
            return None
        a = self.r.choice(c)
        return "%s[%s]" % (a[0], self.index(f, a[1]))

    def lvalue(self, f):
        r = self.r
        k = r.random()
        if f.sarrays and k < 0.12:
            n, size = r.choice(f.sarrays)
            return "%s[%s].%s" % (n, self.index(f, size), r.choice(["a", "b", "v[%s]" % self.index(f, 4)]))
        if f.matrices and 0.12 <= k < 0.24:
            n, rows, columns = r.choice(f.matrices)
            return "%s[%s][%s]" % (n, self.index(f, rows), self.index(f, columns))
        if k < 0.55:
            e = self.element(f, True)
            if e:
                return e
        return r.choice(f.scalars)

    def leaf(self, f):
        r = self.r
        k = r.random()
        if k < 0.08:
            return E(self.lit())
        if k < 0.14 and f.ints:
            return E("0.1 * " + self.int_leaf(f)[0])
        if k < 0.18:
            return E("table[%s]" % self.index(f, 8))
        if k < 0.24 and f.consts:
            return E(r.choice(f.consts))
        if k < 0.60:
            e = self.element(f)
            if e:
                return E(e)
        return E(self.lvalue(f))

    def cond(self, f):
        """parts of a condition"""
        r = self.r
        if self.has("activebranch") and r.random() < 0.3:
            return [self.expr(f, 1), r.choice([" > ", " < "]), "%.4f" % r.uniform(-0.5, 0.7)]
        t, m = self.int_expr(f)
        k = r.random()
        if k < 0.4:
            return ["%s %% %d == %d" % (t, r.randrange(2, 4), r.randrange(0, 2))]
        if k < 0.8:
            return ["%s %s %d" % (t, r.choice([">", "<", "!="]), r.randrange(0, max(1, min(m, 5)) + 1))]
        u, _ = self.int_leaf(f)
        return ["%s %s %s" % (t, r.choice(["<", "<=", "!="]), u)]

    def expr(self, f, d):
        r = self.r
        if d <= 0 or r.random() < 0.1:
            return self.leaf(f)
        e = lambda: self.expr(f, d - 1)
        kinds = [("add", 5), ("sub", 4), ("mul", 6), ("scale", 3), ("sin", 4), ("cos", 4), ("tanh", 3), ("exp", 2), ("log", 1),
                 ("sqrt", 2), ("div", 3), ("neg", 1), ("pow", 1), ("square", 2)]
        if self.has("libm"):
            kinds += [(n, 0.5) for n in ("powv", "atan2", "hypot", "erf", "atan", "asin", "log1p", "expm1", "cbrt", "fma", "sinh", "exp2", "asinh",
                                         "log2", "log10", "acos", "cosh", "tan")]
        if self.has("nonsmooth"):
            kinds += [("fmax", 0.7), ("fmin", 0.7), ("fabs", 0.7)]
        if self.has("branch"):
            kinds.append(("select", 1.5))
        calls = [g for g in self.functions if g.kind == "sc" and self.affordable(f, g)] if self.has("calls") else []
        if calls:
            kinds.append(("call", 2.5))
        if self.has("indirect") and getattr(self, "table_ready", False) and f.mult < 500:
            kinds.append(("indirect", 2))
        k = r.choices([x[0] for x in kinds], [x[1] for x in kinds])[0]
        one = {"sin": "sin(%)", "cos": "cos(%)", "tanh": "tanh(%)", "exp": "exp(0.4 * sin(%))", "log": "log(2.0 + cos(%))",
               "sqrt": "sqrt(1.2 + sin(%))", "neg": "-(%)", "pow": "pow(1.7 + sin(%), 1.3)", "erf": "erf(%)", "atan": "atan(%)",
               "asin": "asin(0.8 * sin(%))", "log1p": "log1p(0.6 * sin(%))", "expm1": "expm1(0.4 * cos(%))", "cbrt": "cbrt(1.4 + sin(%))",
               "sinh": "sinh(0.7 * sin(%))", "exp2": "exp2(0.5 * sin(%))", "asinh": "asinh(%)", "fabs": "fabs(%)", "scale": "#" + " * %",
               "log2": "log2(2.0 + sin(%))", "log10": "log10(2.0 + cos(%))", "acos": "acos(0.7 * sin(%))", "cosh": "cosh(0.6 * sin(%))",
               "tan": "tan(0.6 * sin(%))"}
        if k in one:
            a, b = one[k].replace("#", self.lit(0.2, 1.3)).split("%")
            return E(a, e(), b)
        if k == "square":
            x = e()
            return E("(", x, ") * (", E(*x.parts), ")")
        two = {"add": "(%@ + %@)", "sub": "(%@ - %@)", "mul": "%@ * %@", "div": "%@ / (1.6 + sin(%@))", "powv": "pow(1.7 + sin(%@), cos(%@))",
               "atan2": "atan2(%@, 2.2 + sin(%@))", "hypot": "hypot(1.1 + sin(%@) * 0.5, %@)", "fma": "fma(%@, %@, 0.2)", "fmax": "fmax(%@, %@)",
               "fmin": "fmin(%@, %@)"}
        if k in two:
            a, b, c = two[k].split("%@")
            x, y = e(), e()
            if k == "mul":
                return E("(", x, ") * (", y, ")")
            return E(a, x if k in ("add", "sub") else E("(", x, ")"), b, E("(", y, ")"), c)
        if k == "select":
            return E(*(["("] + self.cond(f) + [" ? ", e(), " : ", e(), ")"]))
        if k == "call":
            return self.call_expr(f, r.choice(calls))
        if k == "indirect":
            f.cost += f.mult * self.table_cost
            return E("functions[%s](" % self.index(f, 2), e(), ")")
        raise AssertionError(k)

    def damped(self, f, old=None, d=3):
        """an expression bounded by about one, with a derivative of about one at most"""
        r = self.r
        k = r.random()
        if old and k < 0.3:
            return E("%.3f * %s + %.3f * sin(" % (r.uniform(0.2, 0.6), old, r.uniform(0.2, 0.5)), self.expr(f, d - 1), ")")
        if k < 0.6:
            return E("%.3f * sin(" % r.uniform(0.4, 0.9), self.expr(f, d - 1), ")")
        if k < 0.8:
            return E("%.3f * tanh(" % r.uniform(0.5, 1.0), self.expr(f, d - 1), ")")
        if k < 0.9:
            return E("%.3f * cos(" % r.uniform(0.4, 0.8), self.expr(f, d - 1), ") + ", E("%.3f * " % r.uniform(0.1, 0.3), self.leaf(f)))
        return E(E("0.6 * ", self.leaf(f)), " - ", E("0.3 * ", self.leaf(f)))

    # ---- calls
    def affordable(self, f, g):
        return g is not f and f.cost + f.mult * g.cost < 8000

    def array_arg(self, f, writable):
        c = [a for a in f.arrays if a[1] >= WIDE and (a[2] or not writable)]
        return self.r.choice(c)[0] if c else None

    def call_expr(self, f, g):
        f.cost += f.mult * g.cost
        return E(g.name + "(", self.leaf(f), ", ", E("0.7 * sin(", self.expr(f, 1), ")"), ", %s)" % self.small(f, 8))

    def small(self, f, bound):
        t, m = self.int_expr(f)
        return t if m < bound else "%s %% %d" % (t, bound)

    def call_stmt(self, f):
        r = self.r
        c = [g for g in self.functions if self.affordable(f, g)]
        if not c:
            return self.assign(f)
        g = r.choice(c)
        if g.kind == "sc":
            v = self.lvalue(f)
            return S(v + " = ", self.call_expr(f, g), ";")
        f.cost += f.mult * g.cost
        v = r.choice(f.scalars)
        x = E("0.8 * sin(", self.expr(f, 1), ")")
        if g.kind == "arr":
            p = self.array_arg(f, True)
            return S("%s = %s(%s, %s, " % (v, g.name, p, self.small(f, WIDE) if r.random() < 0.3 else WIDE), x, ");") if p else self.assign(f)
        if g.kind == "two":
            p, q = self.array_arg(f, True), self.array_arg(f, False)
            if p is None or (p == q and not self.has("alias")):
                return self.assign(f)
            return S("%s(%s, %s, %d);" % (g.name, p, q, WIDE))
        if g.kind == "rec":
            p = self.array_arg(f, True)
            return S("%s = %s(" % (v, g.name), x, ", %s, %d);" % (p, r.randrange(1, 5))) if p else self.assign(f)
        if g.kind == "ptr":
            c = [s for s in f.scalars if "*" not in s]
            return S("%s(&%s, " % (g.name, r.choice(c)), x, ", ", self.leaf(f), ");")
        if g.kind == "st":
            c = ["&" + s for s in f.struct_names] + ["&%s[%s]" % (n, self.index(f, z)) for n, z in f.sarrays] + f.struct_ptrs
            return S("%s = %s(%s, " % (v, g.name, r.choice(c)), x, ");") if c else self.assign(f)
        if g.kind == "val":
            t = self.fresh(f, "u")
            return S("{ struct Pair %s = {" % t, self.leaf(f), ", ", self.leaf(f), "}; %s = %s(%s, " % (t, g.name, t), x,
                     "); %s = %s.a + 0.5 * %s.b; }" % (v, t, t))
        if g.kind == "mix":
            t = self.fresh(f, "u")
            return S("{ struct Mixed %s = {" % t, self.leaf(f), ", %s}; %s = %s(%s, " % (self.small(f, 8), v, g.name, t), x, "); }")
        if g.kind == "big":
            t = self.fresh(f, "u")
            return S("{ struct Record %s = {" % t, self.leaf(f), ", %s, {" % self.small(f, 8), self.leaf(f), ", 0.2, 0.3, ", self.leaf(f),
                     "}, 0.1}; %s = %s(%s, " % (t, g.name, t), x, "); %s = %s.a + %s.b * %s.v[1]; }" % (v, t, t, t))
        if g.kind == "vec":
            p = self.array_arg(f, True)
            if not p:
                return self.assign(f)
            t = self.fresh(f, "w")
            return S("{ struct View %s = {%s, %d}; %s = %s(&%s, " % (t, p, WIDE, v, g.name, t), x, "); }")
        raise AssertionError(g.kind)

    # ---- statements
    def assign(self, f):
        f.cost += f.mult
        r = self.r
        v = self.lvalue(f)
        k = r.random()
        if k < 0.72:
            return S(v + " = ", self.damped(f, v), ";")
        if k < 0.84:
            return S(v + " += ", E("%.3f * sin(" % r.uniform(0.02, 0.1), self.expr(f, 2), ")"), ";")
        if k < 0.92:
            return S(v + " *= ", E("cos(", self.expr(f, 2), ")"), ";")
        return S(v + " -= ", E("0.1 * tanh(", self.expr(f, 2), ")"), ";")

    def body(self, f, depth, n=None):
        r = self.r
        b = B()
        for _ in range(n or r.randrange(1, 4)):
            b.append(self.stmt(f, depth))
        return b

    def nest(self, f, depth, times, var=None, top=0, index=True):
        """a loop body"""
        saved = f.mult, f.breakable, f.loop
        f.mult *= times
        f.breakable, f.loop = True, f.loop + 1
        if var:
            f.ints.append((var, top, index))
        b = self.body(f, depth + 1)
        if self.has("jumps") and self.r.random() < 0.25:
            at = self.r.randrange(0, len(b) + 1)
            b.insert(at, S(*(["if ("] + self.cond(f) + [") %s;" % self.r.choice(["break", "continue"])])))
        if var:
            f.ints.pop()
        f.mult, f.breakable, f.loop = saved
        return b

    def s_for(self, f, depth):
        r = self.r
        i = self.fresh(f, "i")
        k = r.random()
        ty = r.choice(["int", "int", "long", "unsigned", "size_t", "unsigned char"]) if self.has("inttypes") and r.random() < 0.4 else "int"
        tri = [v for v in f.ints if v[0].startswith("i")]
        if self.has("triangular") and tri and k < 0.35:
            o = r.choice(tri)
            form = r.randrange(3)
            if form == 0:
                return S("for (%s %s = 0; %s < %s; %s++) {" % (ty, i, i, o[0], i), self.nest(f, depth, o[1] * 0.6 + 1, i, max(o[1] - 1, 0)), "}")
            if form == 1:
                return S("for (%s %s = 0; %s <= %s; %s++) {" % (ty, i, i, o[0], i), self.nest(f, depth, o[1] * 0.6 + 1, i, o[1]), "}")
            return S("for (%s %s = %s; %s < %d; %s++) {" % (ty, i, o[0], i, o[1] + 1, i), self.nest(f, depth, o[1] * 0.6 + 1, i, o[1]), "}")
        n = r.randrange(2, 8)
        if k < 0.55:
            return S("for (%s %s = 0; %s < %d; %s++) {" % (ty, i, i, n, i), self.nest(f, depth, n, i, n - 1), "}")
        if k < 0.70:
            b = [v for v in f.ints if v[0] in ("n", "k0", "depth")] or f.ints
            if b:
                v = r.choice(b)
                return S("for (%s %s = 0; %s < %s; %s++) {" % (ty, i, i, v[0], i), self.nest(f, depth, max(v[1], 1), i, max(v[1] - 1, 0)), "}")
        if k < 0.85:
            return S("for (int %s = %d; %s >= 0; %s--) {" % (i, n - 1, i, i), self.nest(f, depth, n, i, n - 1), "}")
        return S("for (%s %s = %d; %s < %d; %s += 2) {" % (ty, i, r.randrange(0, 2), i, n + 1, i), self.nest(f, depth, n / 2 + 1, i, n), "}")

    def s_while(self, f, depth):
        r = self.r
        c = self.fresh(f, "c")
        n = r.randrange(3, 9)
        v = r.choice(f.scalars)
        k = r.random()
        step = S(v + " = ", E("%.3f * %s" % (r.uniform(0.5, 0.8), v), " + ", E("0.1 * sin(", self.expr(f, 1), ")")), ";")
        # the counter comes first, so that `continue` cannot keep the loop alive
        b = self.nest(f, depth, n, c, n)
        b.insert(self.r.randrange(0, len(b) + 1), step)
        if k < 0.4:
            return S("{ int %s = 0; while (%s > %.3f && %s < %d) { %s++;" % (c, v, r.uniform(0.05, 0.3), c, n, c), b, "} }")
        if k < 0.6:
            return S("{ int %s = 0; do { %s++;" % (c, c), b, "} while (", E("fabs(%s)" % v), " > %.3f && %s < %d); }" % (r.uniform(0.05, 0.3), c, n))
        if k < 0.8:
            t, m = self.int_leaf(f)
            return S("{ int %s = 0; while (%s < (%s + 2) %% %d) { %s++;" % (c, c, t, n + 1, c), b, "} }")
        # three exits
        return S("{ int %s = 0; for (;;) { %s++; if (%s > %d) break;" % (c, c, c, n), b, "if (", E("%s * %s" % (v, v)), " < %.3f) break; } }" % r.uniform(0.01, 0.08))

    def s_goto(self, f, depth):
        c, l = self.fresh(f, "c"), self.fresh(f, "again")
        saved, f.mult = f.mult, f.mult * 4
        brk, f.breakable = f.breakable, False
        f.ints.append((c, 4, True))
        b = B([self.assign(f), self.assign(f)])
        f.ints.pop()
        f.mult, f.breakable = saved, brk
        return S("{ int %s = 0; %s: %s++;" % (c, l, c), b, "if (%s < 4) goto %s; }" % (c, l))

    def s_if(self, f, depth):
        a = self.body(f, depth + 1)
        c = self.cond(f)
        if self.r.random() < 0.5:
            return S(*(["if ("] + c + [") {", a, "} else {", self.body(f, depth + 1), "}"]))
        return S(*(["if ("] + c + [") {", a, "}"]))

    def s_switch(self, f, depth):
        r = self.r
        brk, f.breakable = f.breakable, False
        t, _ = self.int_expr(f)
        n = r.randrange(2, 5)
        parts = ["switch (%s %% %d) {" % (t, n)]
        for k in range(n - 1):
            parts += [" case %d: {" % k, self.body(f, depth + 1, r.randrange(1, 3)),
                      "} break;" if r.random() < 0.6 else "} /* fall through */"]
        parts += [" default: {", self.body(f, depth + 1, 1), "} break; }"]
        f.breakable = brk
        return S(*parts)

    def s_return(self, f, depth):
        v = [" return ", self.damped(f, d=2), ";"] if f.returns == "double" else [" return;"] if f.returns == "void" else [" return %s;" % f.returns]
        return S(*(["if ("] + self.cond(f) + [")"] + v))

    def s_int(self, f, depth):
        if self.has("activeint") and self.r.random() < 0.2:
            return S("k0 = (int)(3.0 + 2.9 * sin(", self.expr(f, 1), "));")
        t, m = self.int_expr(f)
        return S("k0 = %s;" % (t if m < 8 else "%s %% 8" % t))

    def s_memory(self, f, depth):
        r = self.r
        f.cost += f.mult * 4
        w = [a for a in f.arrays if a[2] and a[1] >= WIDE]
        s = [a for a in f.arrays if a[1] >= WIDE]
        if not w:
            return self.assign(f)
        a, b = r.choice(w), r.choice(s)
        k = r.random()
        n = r.randrange(1, WIDE + 1)
        if k < 0.15:
            return S("memset(%s, 0, %d * sizeof(double));" % (a[0], n))
        if k < 0.3:
            return S("memmove(%s + 1, %s, %d * sizeof(double));" % (a[0], a[0], WIDE - 1))
        distinct = a[0] != b[0] and a[0] in f.local_arrays and b[0] in f.local_arrays
        if k < 0.45:
            nn = self.int_expr(f)
            count = nn[0] if nn[1] <= WIDE else "(%s %% %d)" % (nn[0], WIDE + 1)
            return S("%s(%s, %s, (size_t)%s * sizeof(double));" % ("memcpy" if distinct else "memmove", a[0], b[0], count))
        return S("%s(%s, %s, %d * sizeof(double));" % ("memcpy" if distinct else "memmove", a[0], b[0], n))

    def s_swap(self, f, depth):
        if not f.pairs:
            return self.s_scalar_pointer(f, depth)
        p, q = self.r.choice(f.pairs)
        t = self.fresh(f, "t")
        return S("{ double *%s = %s; %s = %s; %s = %s; }" % (t, p, p, q, q, t))

    def s_scalar_pointer(self, f, depth):
        t = self.fresh(f, "p")
        c = [s for s in f.scalars if "*" not in s]
        a, b = self.r.choice(c), self.r.choice(c)
        f.scalars.append("(*%s)" % t)
        body = self.body(f, depth + 1, 2)
        f.scalars.pop()
        return S(*(["{ double *%s = " % t] + self.cond(f) + [" ? &%s : &%s;" % (a, b), body, "}"]))

    def s_ptrselect(self, f, depth):
        w = [a for a in f.arrays if a[2] and a[1] >= WIDE]
        if len(w) < 2:
            return self.assign(f)
        a, b = self.r.sample(w, 2)
        t = self.fresh(f, "p")
        f.arrays.append((t, WIDE, True))
        body = self.body(f, depth + 1, 2)
        f.arrays.pop()
        return S(*(["{ double *%s = " % t] + self.cond(f) + [" ? %s : %s;" % (a[0], b[0]), body, "}"]))

    def s_walk(self, f, depth):
        r = self.r
        m, p, i, j = (self.fresh(f, x) for x in ("m", "row", "i", "j"))
        rows = r.randrange(2, 5)
        f.cost += f.mult * rows * 4
        v = r.choice(f.scalars)
        fill = E("0.5 * sin(", self.expr(f, 1), " + 0.3 * %s)" % i)
        if r.random() < 0.5:  # packed triangle
            size = rows * (rows + 1) // 2
            return S("{ double %s[%d], *%s = %s; for (int %s = 0; %s < %d; %s++) %s[%s] = " % (m, size, p, m, i, i, size, i, m, i), fill,
                     "; for (int %s = 0; %s < %d; %s++) { for (int %s = 0; %s <= %s; %s++) %s = 0.8 * %s + 0.2 * %s[%s] * " % (
                         i, i, rows, i, j, j, i, j, v, v, p, j), self.leaf(f), "; %s += %s + 1; } }" % (p, i))
        size = rows * 3
        return S("{ double %s[%d], *%s = %s; for (int %s = 0; %s < %d; %s++) %s[%s] = " % (m, size, p, m, i, i, size, i, m, i), fill,
                 "; for (int %s = 0; %s < %d; %s++, %s += 3) for (int %s = 1; %s < 3; %s++) %s[%s] = 0.5 * %s[%s - 1] + 0.5 * cos(%s[%s]); %s += 0.1 * %s[-1]; }" % (
                     i, i, rows, i, p, j, j, j, p, j, p, j, p, j, v, p))

    def s_heap(self, f, depth):
        r = self.r
        p = self.fresh(f, "h")
        size = r.randrange(WIDE, 9)
        f.cost += f.mult * 4
        brk, ret = f.breakable, f.can_return
        f.breakable = f.can_return = False
        lp, f.loop = f.loop, 0
        f.arrays.append((p, size, True))
        b = self.body(f, depth + 1, 2)
        f.arrays.pop()
        f.breakable, f.can_return, f.loop = brk, ret, lp
        v = r.choice(f.scalars)
        if r.random() < 0.3:
            alloc = "double *%s = (double *)calloc(%d, sizeof(double));" % (p, size)
        else:
            i = self.fresh(f, "i")
            alloc = "double *%s = (double *)malloc(%d * sizeof(double)); for (int %s = 0; %s < %d; %s++) %s[%s] = 0.1 * %s + 0.3 * %s;" % (
                p, size, i, i, size, i, p, i, i, v)
        return S("{ " + alloc, b, "%s = 0.5 * %s + 0.2 * %s[%d] + 0.1 * %s[%d]; free(%s); }" % (v, v, p, r.randrange(size), p, r.randrange(size), p))

    def s_realloc(self, f, depth):
        r = self.r
        p, i = self.fresh(f, "h"), self.fresh(f, "i")
        f.cost += f.mult * 8
        v = r.choice(f.scalars)
        f.ints.append((i, 5, True))
        x = E("0.6 * sin(", self.expr(f, 2), ")")
        f.ints.pop()
        return S("{ double *%s = 0; for (int %s = 0; %s < 6; %s++) { %s = (double *)realloc(%s, (size_t)(%s + 1) * sizeof(double)); %s[%s] = " % (
            p, i, i, i, p, p, i, p, i), x, "; if (%s > 0) %s[%s] += 0.3 * %s[%s - 1]; } %s = 0.4 * %s + 0.3 * %s[5] * %s[2]; free(%s); }" % (
            i, p, i, p, i, v, v, p, p, p))

    def s_list(self, f, depth):
        r = self.r
        h, i, t = self.fresh(f, "head"), self.fresh(f, "i"), self.fresh(f, "node")
        f.cost += f.mult * 10
        v = r.choice(f.scalars)
        n = r.randrange(1, 5)
        f.ints.append((i, n - 1, True))
        x = E("0.7 * sin(", self.expr(f, 2), ")")
        f.ints.pop()
        return S("{ struct Node *%s = 0; for (int %s = 0; %s < %d; %s++) { struct Node *%s = (struct Node *)malloc(sizeof(struct Node)); %s->value = " % (
            h, i, i, n, i, t, t), x, "; %s->tag = %s; %s->next = %s; %s = %s; } for (struct Node *%s = %s; %s; %s = %s->next) %s = 0.7 * %s + 0.3 * %s->value * cos(%s); "
            "while (%s) { struct Node *%s = %s->next; free(%s); %s = %s; } }" % (t, i, t, h, h, t, t, h, t, t, t, v, v, t, v, h, t, h, h, h, t))

    def s_vla(self, f, depth):
        p, i = self.fresh(f, "z"), self.fresh(f, "i")
        b = [v for v in f.ints if v[0] in ("n", "k0")]
        n = "%s + %d" % (b[0][0] if b else "1", WIDE)
        f.cost += f.mult * 8
        f.arrays.append((p, WIDE, True))
        f.local_arrays.add(p)
        saved = f.can_return
        body = self.body(f, depth + 1, 2)
        f.can_return = saved
        f.arrays.pop()
        v = self.r.choice(f.scalars)
        return S("{ double %s[%s]; for (int %s = 0; %s < %s; %s++) %s[%s] = 0.2 * %s;" % (p, n, i, i, n, i, p, i, v), body, "%s += 0.1 * %s[1]; }" % (v, p))

    def s_union(self, f, depth):
        u, t = self.fresh(f, "u"), self.fresh(f, "t")
        a, b = self.lvalue(f), self.lvalue(f)
        k = self.r.randrange(3)
        if k == 0:
            return S("{ union Bits %s; %s.d = " % (u, u), self.damped(f, d=2), "; long long %s = %s.i; union Bits %sb; %sb.i = %s; %s = %sb.d; }" % (t, u, u, u, t, a, u))
        if k == 1:
            return S("{ long long %s; memcpy(&%s, &%s, sizeof %s); memcpy(&%s, &%s, sizeof %s); }" % (t, t, a, t, b, t, t))
        return S("{ union Bits %s; %s.i = %s; if (%s.i > 2) %s = 0.9 * %s; %s.d = " % (u, u, self.int_leaf(f)[0], u, a, a, u), self.damped(f, d=2), "; %s = %s.d; }" % (b, u))

    def s_struct(self, f, depth):
        r = self.r
        names = f.struct_names + ["(*%s)" % p for p in f.struct_ptrs] + ["%s[%s]" % (n, self.index(f, z)) for n, z in f.sarrays]
        if len(names) < 1:
            return self.assign(f)
        a, b = r.choice(names), r.choice(names)
        k = r.random()
        if k < 0.5:
            return S("{ struct Record %s = %s; %s = %s; }" % ("r_", b, a, "r_"))
        if k < 0.75:
            t, m = self.int_expr(f)
            return S("%s.k = %s;" % (a, t if m < 8 else t + " % 8"))
        return S("%s.v[%s] = " % (a, self.index(f, 4)), self.damped(f, "%s.a" % a), ";")

    def s_swap_values(self, f, depth):
        t = self.fresh(f, "t")
        a, b = self.lvalue(f), self.lvalue(f)
        return S("{ double %s = %s; %s = %s; %s = %s; }" % (t, a, a, b, b, t))

    def s_block_array(self, f, depth):
        p = self.fresh(f, "q")
        f.arrays.append((p, WIDE, True))
        f.local_arrays.add(p)
        init = [self.leaf(f) if self.r.random() < 0.5 else E(self.lit()) for _ in range(WIDE)]
        f.arrays.pop()
        f.arrays.append((p, WIDE, True))
        b = self.body(f, depth + 1, 2)
        f.arrays.pop()
        # the initialisers must not mention the array itself
        for k, e in enumerate(init):
            if p in text(e):
                init[k] = E(self.lit())
        v = self.r.choice(f.scalars)
        return S("{ double %s[%d] = {" % (p, WIDE), init[0], ", ", init[1], ", ", init[2], ", ", init[3], "};", b, "%s = 0.7 * %s + 0.2 * %s[2]; }" % (v, v, p))

    def s_float(self, f, depth):
        t = self.fresh(f, "t")
        a = self.lvalue(f)
        return S("{ float %s = (float)(" % t, self.damped(f, d=2), "); %s = 0.5 * (double)(%s * %s); }" % (a, t, t))

    def stmt(self, f, depth):
        r = self.r
        if f.cost > 3000 or depth > 4:
            return self.assign(f)
        deep = max(0.0, 1.0 - 0.22 * depth)
        cheap = f.mult < 400
        c = [(lambda f, d: self.assign(f), 6.0), (self.s_int, 0.8), (self.s_swap_values, 0.4)]
        def add(name, fn, w):
            if name in self.on:
                c.append((fn, w))
        if cheap and f.mult * 8 < 2500:
            add("loops", self.s_for, 3.5 * deep)
            add("while", self.s_while, 1.5 * deep)
            add("goto", self.s_goto, 0.3 * deep)
        add("branch", self.s_if, 2.2 * deep)
        add("switch", self.s_switch, 0.8 * deep)
        if self.has("calls"):
            c.append((lambda f, d: self.call_stmt(f), 1.8))
        if f.can_return:
            add("return", self.s_return, 0.35 if f.loop else 0.15)
        add("memcpy", self.s_memory, 1.0)
        add("pointers", self.s_swap, 0.7)
        add("pointers", self.s_scalar_pointer, 0.3 * deep)
        add("ptrselect", self.s_ptrselect, 0.4 * deep)
        add("walk", self.s_walk, 0.4)
        if cheap:
            add("malloc", self.s_heap, 0.6 * deep)
            add("realloc", self.s_realloc, 0.25)
            add("list", self.s_list, 0.25)
            add("vla", self.s_vla, 0.25 * deep)
        add("union", self.s_union, 0.25)
        add("structs", self.s_struct, 0.6)
        add("float", self.s_float, 0.4)
        c.append((self.s_block_array, 0.4 * deep))
        return r.choices([x[0] for x in c], [x[1] for x in c])[0](f, depth)

    # ---- functions
    def prepare(self, f, level):
        """locals of a function"""
        r = self.r
        f.struct_names, f.struct_ptrs = getattr(f, "struct_names", []), getattr(f, "struct_ptrs", [])
        src = list(f.consts) or ["0.3"]
        for k in range(r.randrange(1, 3)):
            n = "a%d" % k
            f.decls.append("double %s = %s * %s + %s;" % (n, self.lit(0.3, 0.9), r.choice(src), self.lit(0.0, 0.3)))
            f.scalars.append(n)
        f.decls.append("int k0 = %d;" % r.randrange(0, 8))
        f.ints.append(("k0", 7, True))
        for k in range(r.randrange(0, 3) if level else r.randrange(1, 3)):
            n, size = "arr%d" % k, r.randrange(WIDE, 9)
            f.decls.append("double %s[%d] = {%s};" % (n, size, ", ".join(
                r.choice([self.lit(), "0.5 * " + r.choice(src)]) for _ in range(size))))
            f.arrays.append((n, size, True))
            f.local_arrays.add(n)
        if self.has("pointers") and r.random() < 0.4:
            f.decls.append("double b0[%d] = {%s, %s}, b1[%d] = {0.1, %s}, *pa = b0, *pb = b1;" % (WIDE, r.choice(src), self.lit(), WIDE, r.choice(src)))
            f.pairs.append(("pa", "pb"))
            f.arrays += [("pa", WIDE, True), ("pb", WIDE, True)]
        if self.has("structs") and r.random() < 0.4:
            f.decls.append("struct Record s0 = {%s, %d, {0.1, %s, 0.3, 0.4}, %s};" % (r.choice(src), r.randrange(8), self.lit(), self.lit()))
            f.struct_names.append("s0")
            f.scalars += ["s0.a", "s0.b"]
            f.arrays.append(("s0.v", 4, True))
            f.ints.append(("s0.k", 7, True))
        if self.has("structarray") and r.random() < 0.3:
            f.decls.append("struct Record sq[3] = {{0.2, 1, {%s}, 0.1}, {%s, 2, {0.3}, 0.4}, {%s, 0, {0.5, 0.1}, 0.2}};" % (
                r.choice(src), r.choice(src), self.lit()))
            f.sarrays.append(("sq", 3))
        if self.has("matrix") and r.random() < 0.35:
            rows, columns = r.randrange(2, 5), r.randrange(WIDE, 7)
            f.decls.append("double mat[%d][%d] = {{%s, %s}, {0.2, %s}};" % (rows, columns, r.choice(src), self.lit(), r.choice(src)))
            f.matrices.append(("mat", rows, columns))
            for k in range(2):
                f.arrays.append(("mat[%d]" % k, columns, True))
        for g, size in self.globals:
            if r.random() < 0.6:
                f.arrays.append((g, size, True))

    def total(self, f):
        """text of an expression over everything in the function"""
        r = self.r
        t = ["%s * %s" % (self.lit(0.2, 0.6), s) for s in f.scalars if "*" not in s]
        for a in f.arrays:
            t += ["%s * %s[%d]" % (self.lit(0.1, 0.4), a[0], k) for k in (r.sample(range(a[1]), 2))]
        for n, z in f.sarrays:
            t.append("0.2 * %s[%d].a + 0.1 * %s[1].v[1]" % (n, r.randrange(z), n))
        return " + ".join(t)

    def callee(self, name, kind):
        r = self.r
        attr = "static " + r.choice(["", "__attribute__((noinline)) ", "__attribute__((noinline)) "])
        f = Function(name, kind, None)
        if kind == "sc":
            f.head = attr + "double %s(double a, double b, int k)" % name
            f.scalars += ["a", "b"]
            f.ints.append(("k", 7, True))
        elif kind == "arr":
            f.head = attr + "double %s(double *p, int n, double a)" % name
            f.scalars.append("a")
            f.ints.append(("n", WIDE, False))
            f.arrays.append(("p", WIDE, True))
        elif kind == "two":
            f.head = attr + "void %s(double *p, const double *q, int n)" % name
            f.ints.append(("n", WIDE, False))
            f.arrays += [("p", WIDE, True), ("q", WIDE, False)]
            f.returns = "void"
        elif kind == "rec":
            f.head = attr + "double %s(double a, double *p, int depth)" % name
            f.scalars.append("a")
            f.ints.append(("depth", 4, True))
            f.arrays.append(("p", WIDE, True))
        elif kind == "ptr":
            f.head = attr + "void %s(double *r, double a, double b)" % name
            f.scalars += ["a", "b", "(*r)"]
            f.returns = "void"
        elif kind == "st":
            f.head = attr + "double %s(struct Record *s, double a)" % name
            f.scalars += ["s->a", "s->b", "a"]
            f.arrays.append(("s->v", 4, True))
            f.ints.append(("s->k", 7, True))
            f.struct_ptrs = ["s"]
        elif kind == "val":
            f.head = attr + "struct Pair %s(struct Pair u, double a)" % name
            f.scalars += ["u.a", "u.b", "a"]
            f.returns = "u"
        elif kind == "mix":
            f.head = attr + "double %s(struct Mixed m, double a)" % name
            f.scalars += ["m.a", "a"]
            f.ints.append(("m.k", 7, True))
        elif kind == "big":
            f.head = attr + "struct Record %s(struct Record u, double a)" % name
            f.scalars += ["u.a", "u.b", "a"]
            f.arrays.append(("u.v", 4, True))
            f.ints.append(("u.k", 7, True))
            f.returns = "u"
        elif kind == "vec":
            f.head = attr + "double %s(struct View *w, double a)" % name
            f.scalars.append("a")
            f.ints.append(("w->n", WIDE, False))
            f.arrays.append(("w->p", WIDE, True))
        f.consts = [s for s in f.scalars if "*" not in s] or (["q[0]"] if kind == "two" else ["p[0]"])
        self.prepare(f, 1)
        f.consts = []
        if kind == "rec":
            f.decls.append("if (depth <= 0) return 0.3 * sin(a) + 0.2 * p[1];")
            f.mult = 6.0 if r.random() < 0.6 else 16.0
            two = f.mult > 6
        f.body = self.body(f, 1, r.randrange(1, 5))
        if kind == "rec":
            f.body.append(S("a0 = 0.6 * %s(" % name, E("0.9 * cos(", self.expr(f, 1), ")"), ", p, depth - 1) + 0.2 * a0;"))
            if two:
                f.body.append(S("a0 += 0.3 * %s(" % name, self.leaf(f), ", p, depth - 2);"))
            f.body += self.body(f, 2, r.randrange(0, 2) or 1)
        f.cost += 10
        if f.returns == "double":
            f.tail.append("return sin(%s);" % self.total(f))
        elif f.returns == "u":
            f.tail.append("u.a = sin(%s);" % self.total(f))
            f.tail.append("return u;")
        elif kind == "ptr":
            f.tail.append("*r = tanh(%s);" % self.total(f))
        else:
            f.tail.append("p[1] = 0.4 * p[1] + 0.3 * sin(%s);" % self.total(f))
        return f

    def program(self):
        r = self.r
        if self.has("globals") and r.random() < 0.3:
            self.globals.append(("G0", r.randrange(WIDE, 9)))
        kinds = ["sc", "arr", "two", "ptr"]
        if self.has("recursion"):
            kinds += ["rec", "rec"]
        if self.has("structs"):
            kinds.append("st")
        if self.has("byvalue"):
            kinds += ["val", "mix", "big"]
        if self.has("ptrfield"):
            kinds.append("vec")
        if self.has("calls"):
            for k in range(r.choice([0, 1, 1, 2, 2, 3, 4])):
                self.functions.append(self.callee("g%d" % k, r.choice(kinds)))
        self.table_ready = False
        if self.has("indirect"):
            self.table_ready, self.table_cost = True, 4
        # the differentiated function
        self.nx, self.ny = r.randrange(WIDE, 8), r.randrange(WIDE, 7)
        self.inout = self.has("inout") and r.random() < 0.35
        self.out = self.has("outarray") and r.random() < 0.35
        self.rec = self.has("structarg", "structs") and r.random() < 0.25
        self.void = (self.inout or self.out or self.rec) and r.random() < 0.3
        self.primal = self.has("primal") and not self.void and r.random() < 0.3
        self.noneed = self.out and r.random() < 0.3
        f = Function("f", "f", "__attribute__((noinline)) %s f(%sdouble *x, int n, double s%s%s)" % (
            "void" if self.void else "double", "" if self.inout else "const ", ", double *y" if self.out else "", ", struct Record *w" if self.rec else ""))
        f.returns = "void" if self.void else "double"
        f.ints.append(("n", self.nx, False))
        f.arrays.append(("x", self.nx, self.inout))
        f.scalars.append("s")
        if self.out:
            f.arrays.append(("y", self.ny, True))
        if self.rec:
            f.scalars += ["w->a", "w->b"]
            f.arrays.append(("w->v", 4, True))
            f.ints.append(("w->k", 7, True))
            f.struct_ptrs = ["w"]
        f.consts = ["x[%d]" % k for k in range(self.nx)] + ["s"]
        self.prepare(f, 0)
        for g, size in self.globals:
            f.decls.append("for (int g = 0; g < %d; g++) %s[g] = 0.1 * g + 0.3 * %s;" % (size, g, r.choice(["s", "x[0]", "0.5"])))
            if not any(a[0] == g for a in f.arrays):
                f.arrays.append((g, size, True))
        f.consts = []
        f.body = self.body(f, 0, r.randrange(3, 9))
        t = self.total(f)
        if self.void:
            f.tail.append("%s = sin(%s);" % ("y[1]" if self.out else "x[1]" if self.inout else "w->a", t))
        else:
            f.tail.append("return %s;" % t)
        self.functions.append(f)

    # ---- the whole text
    def text(self):
        names = " ".join(sorted(self.on)) if len(self.on) < len(FEATURES) else "all"
        o = ["/* Generated by Tests/Fuzz/generate.py, seed %d.\n   Features: %s */" % (self.seed, names), PRELUDE]
        body = [function_text(f) for f in self.functions]
        for g, size in self.globals:
            o.append("static double %s[%d];" % (g, size))
        if self.has("indirect"):
            o.append("static double first_function(double v) { return 0.8 * sin(v); }\nstatic double second_function(double v) { return 0.5 * v * cos(v); }\n"
                     "static double (*const functions[2])(double) = {first_function, second_function};\n")
        o += body
        o.append(self.driver())
        return "\n".join(o)

    def driver(self):
        nx, ny = self.nx, self.ny
        d = ["enum { NX = %d, NY = %d, IN = %d, OUT = %d };" % (nx, ny, nx + 1 + (6 if self.rec else 0),
             (0 if self.void else 1) + (ny if self.out else 0) + (nx if self.inout else 0) + (6 if self.rec else 0))]
        call = "x, n, s" + (", y" if self.out else "") + (", &w" if self.rec else "")
        state = ["double x[NX], s = in[NX]; int n = NX;", "memcpy(x, in, sizeof x);"]
        if self.out:
            state.append("double y[NY]; for (int k = 0; k < NY; k++) y[k] = 0.05 * k + 0.1;")
        if self.rec:
            state.append("struct Record w; memset(&w, 0, sizeof w); w.k = 3; w.a = in[NX + 1]; w.b = in[NX + 2]; memcpy(w.v, in + NX + 3, sizeof w.v);")
        def pack(dst, pre, ret):
            p = ["int o = 0;"]
            if not self.void:
                p.append("%s[o++] = %s;" % (dst, ret))
            if self.out:
                p.append("for (int k = 0; k < NY; k++) %s[o++] = %sy[k];" % (dst, pre))
            if self.inout:
                p.append("for (int k = 0; k < NX; k++) %s[o++] = %sx[k];" % (dst, pre))
            if self.rec:
                p.append("%s[o++] = %sw.a; %s[o++] = %sw.b; for (int k = 0; k < 4; k++) %s[o++] = %sw.v[k];" % ((dst, pre) * 3))
            p.append("(void)o;")
            return "\n  ".join(p)
        d.append(self.stand_in())
        st = "\n  ".join(state)
        v = "double r = " if not self.void else ""
        d.append("static void value(const double *in, double *out) {\n  %s\n  %sf(%s);\n  %s\n}" % (st, v, call, pack("out", "", "r")))
        # reverse
        g = ["double dx[NX], ds = 0; int o = 0;"]
        if not self.void:
            g.append("o++; /* the result's seed is one */")
        if self.out:
            g.append("double dy[NY]; for (int k = 0; k < NY; k++) dy[k] = seed[o++];")
        g.append("for (int k = 0; k < NX; k++) dx[k] = %s;" % ("seed[o++]" if self.inout else "0.25"))
        if self.rec:
            g.append("struct Record dw; memset(&dw, 0, sizeof dw); dw.k = 3; dw.a = seed[o++]; dw.b = seed[o++]; for (int k = 0; k < 4; k++) dw.v[k] = seed[o++];")
        args = "HOOK(dup), x, dx, HOOK(const), n, HOOK(out), s"
        if self.out:
            args += ", HOOK(%s), y, dy" % ("dupnoneed" if self.noneed else "dup")
        if self.rec:
            args += ", HOOK(dup), &w, &dw"
        if self.primal:
            g.append("struct ValueAndAdjoint z = REVERSE_PRIMAL((void *)f, HOOK(primal_return), %s);\n  double r = z.value; ds = z.adjoint;" % args)
        else:
            g.append("ds = REVERSE((void *)f, %s);" % args)
        unpack = ["for (int k = 0; k < NX; k++) g[k] = dx[k]%s;" % ("" if self.inout else " - 0.25"), "g[NX] = ds;"]
        if self.rec:
            unpack.append("g[NX + 1] = dw.a; g[NX + 2] = dw.b; for (int k = 0; k < 4; k++) g[NX + 3 + k] = dw.v[k];")
        ret = "r" if self.primal else "NAN"
        p = pack("out", "", ret).replace("int o = 0;", "o = 0;")
        if self.noneed:
            p = p.replace("out[o++] = y[k];", "out[o++] = NAN;")
        d.append("#ifndef NO_REVERSE\nstatic void reverse(const double *in, const double *seed, double *g, double *out) {\n  %s\n  %s\n  %s\n  %s\n}\n#endif"
                 % (st, "\n  ".join(g), "\n  ".join(unpack), p))
        # forward
        h = ["double dx[NX], ds = u[NX]; memcpy(dx, u, sizeof dx);"]
        if self.out:
            h.append("double dy[NY]; memset(dy, 0, sizeof dy);")
        if self.rec:
            h.append("struct Record dw; memset(&dw, 0, sizeof dw); dw.k = 3; dw.a = u[NX + 1]; dw.b = u[NX + 2]; memcpy(dw.v, u + NX + 3, sizeof dw.v);")
        args = "HOOK(dup), x, dx, HOOK(const), n, HOOK(dup), s, ds"
        if self.out:
            args += ", HOOK(dup), y, dy"
        if self.rec:
            args += ", HOOK(dup), &w, &dw"
        if self.void:
            h.append("FORWARD_VOID((void *)f, %s);" % args)
        else:
            h.append("double r = FORWARD((void *)f, %s);" % args)
        d.append("#ifndef NO_FORWARD\nstatic void forward(const double *in, const double *u, double *dout) {\n  %s\n  %s\n  %s\n}\n#endif"
                 % (st, "\n  ".join(h), pack("dout", "d", "r").replace("dr", "r")))
        return "\n".join(d) + DRIVER.replace("LOOSE", "1" if self.has("float") else "0")

    def stand_in(self):
        """both modes by differences, to the letter of the contract"""
        cells, call, take = [], "m->x, NX, s", []
        cells.append("if (k < NX) return m->x + k; k -= NX;")
        take.append("MARKER(HOOK(dup)); t->x = va_arg(v, double *); t->dx = va_arg(v, double *); MARKER(HOOK(const)); if (va_arg(v, int) != NX) abort();")
        take.append("if (mode) { MARKER(HOOK(out)); t->s = va_arg(v, double); } else { MARKER(HOOK(dup)); t->s = va_arg(v, double); t->ds = va_arg(v, double); }")
        load, store = ["memcpy(m->x, shadow ? t->dx : t->x, sizeof m->x);"], ["memcpy(shadow ? t->dx : t->x, m->x, sizeof m->x);"]
        if not self.inout:
            store = ["if (shadow && t->reverse) memcpy(t->dx, m->x, sizeof m->x);"]
        if self.out:
            cells.append("if (k < NY) return m->y + k; k -= NY;")
            call += ", m->y"
            take.append("if (mode) MARKER(HOOK(%s)); else MARKER(HOOK(dup)); t->y = va_arg(v, double *); t->dy = va_arg(v, double *);" % ("dupnoneed" if self.noneed else "dup"))
            load.append("memcpy(m->y, shadow ? t->dy : t->y, sizeof m->y);")
            store.append("memcpy(shadow ? t->dy : t->y, m->y, sizeof m->y);")
        if self.rec:
            cells.append("if (k < 6) return k == 0 ? &m->w.a : k == 1 ? &m->w.b : m->w.v + k - 2; k -= 6;")
            call += ", &m->w"
            take.append("MARKER(HOOK(dup)); t->w = va_arg(v, struct Record *); t->dw = va_arg(v, struct Record *); if (t->dw->k != t->w->k) abort();")
            load.append("m->w = shadow ? *t->dw : *t->w;")
            store.append("if (shadow) { int keep = t->dw->k; *t->dw = m->w; t->dw->k = keep; } else *t->w = m->w;")
        ret = "f(%s); return 0;" % call if self.void else "return f(%s);" % call
        return STAND_IN % {"step": "1e-3" if self.has("float") else "1e-5", "cells": " ".join(cells), "take": "\n  ".join(take), "load": " ".join(load), "store": " ".join(store), "call": ret,
                           "y": " double y[NY];" if self.out else "", "w": " struct Record w;" if self.rec else "",
                           "count": "NX" + (" + NY" if self.out else "") + (" + 6" if self.rec else "")}


STAND_IN = r'''#ifdef NO_AD
/* ---- both modes by differences: stands in for the plugin ---- */
enum { CELLS = %(count)s };
struct Memory { double x[NX];%(y)s%(w)s };
struct Task { double *x, *dx, *y, *dy, s, ds; struct Record *w, *dw; int reverse; };
static double *cell(struct Memory *m, int k) { %(cells)s abort(); }
static double apply(struct Memory *m, double s) { %(call)s }
#define MARKER(m) do { if (va_arg(v, int) != (m)) abort(); } while (0)
static void take(struct Task *t, int mode, va_list v) {
  t->reverse = mode;
  if (mode == 2) MARKER(HOOK(primal_return));
  %(take)s
}
static void load(struct Task *t, struct Memory *m, int shadow) { memset(m, 0, sizeof *m); %(load)s }
static void store(struct Task *t, struct Memory *m, int shadow) { (void)shadow; (void)t; (void)m; %(store)s }
/* result and memory after a run from `m` moved by h times `d`, `ds` */
static double moved(const struct Memory *m, struct Memory *d, double s, double ds, double h, struct Memory *out) {
  *out = *m;
  for (int k = 0; k < CELLS; k++) *cell(out, k) += h * *cell(d, k);
  return apply(out, s + h * ds);
}
static double slope(const struct Memory *m, struct Memory *d, double s, double ds, struct Memory *dout) {
  struct Memory a, b, e, g;
  double h = %(step)s, dr = (moved(m, d, s, ds, h, &a) - moved(m, d, s, ds, -h, &b)) / (2 * h);
  double dq = (moved(m, d, s, ds, h / 2, &e) - moved(m, d, s, ds, -h / 2, &g)) / h;
  *dout = *d;
  for (int k = 0; k < CELLS; k++) *cell(dout, k) = (4 * (*cell(&e, k) - *cell(&g, k)) / h - (*cell(&a, k) - *cell(&b, k)) / (2 * h)) / 3;
  return (4 * dq - dr) / 3;
}
static double run(struct Task *t) {
  struct Memory m;
  load(t, &m, 0);
  double r = apply(&m, t->s);
  store(t, &m, 0);
  return r;
}
static struct ValueAndAdjoint backward(struct Task *t) {
  struct Memory m, shadow, result, d, dout;
  struct ValueAndAdjoint z = {0, 0};
  load(t, &m, 0);
  load(t, &shadow, 1);
  result = shadow;
  for (int k = 0; k <= CELLS; k++) {
    memset(&d, 0, sizeof d);
    if (k < CELLS) *cell(&d, k) = 1;
    double r = slope(&m, &d, t->s, k == CELLS, &dout);
    for (int j = 0; j < CELLS; j++) r += *cell(&shadow, j) * *cell(&dout, j);
    *(k < CELLS ? cell(&result, k) : &z.adjoint) = r;
  }
  z.value = run(t);
  store(t, &result, 1);
  return z;
}
#define START(mode) struct Task t; memset(&t, 0, sizeof t); va_list v; va_start(v, fn); take(&t, mode, v); va_end(v)
double REVERSE(void *fn, ...) { START(1); return backward(&t).adjoint; }
struct ValueAndAdjoint REVERSE_PRIMAL(void *fn, ...) { START(2); return backward(&t); }
static double tangent(struct Task *t) {
  struct Memory m, d, dout;
  load(t, &m, 0);
  load(t, &d, 1);
  double r = slope(&m, &d, t->s, t->ds, &dout);
  run(t);
  store(t, &dout, 1);
  return r;
}
double FORWARD(void *fn, ...) { START(0); return tangent(&t); }
void FORWARD_VOID(void *fn, ...) { START(0); tangent(&t); }
#endif'''

PRELUDE = r'''#define _GNU_SOURCE
#include <malloc.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct Pair { double a, b; };
struct Mixed { double a; int k; };
struct Record { double a; int k; double v[4]; double b; };
struct View { double *p; int n; };
struct Node { double value; int tag; struct Node *next; };
union Bits { double d; long long i; };
__attribute__((unused)) static const double table[8] = {0.31, -0.22, 0.47, 0.05, -0.61, 0.73, 0.18, -0.39};
__attribute__((unused)) static const int permute[8] = {3, 0, 5, 1, 7, 2, 6, 4};

struct ValueAndAdjoint { double value, adjoint; };
#ifdef HOOK_ENZYME
#define HOOK(m) enzyme_##m
#define REVERSE __enzyme_autodiff
#define REVERSE_PRIMAL __enzyme_autodiff_primal
#define FORWARD __enzyme_fwddiff
#define FORWARD_VOID __enzyme_fwddiff_void
#else
#define HOOK(m) nabla_##m
#define REVERSE __nabla_autodiff
#define REVERSE_PRIMAL __nabla_autodiff_primal
#define FORWARD __nabla_fwddiff
#define FORWARD_VOID __nabla_fwddiff_void
#endif
#ifdef NO_AD
static int HOOK(const) = 1, HOOK(dup) = 2, HOOK(dupnoneed) = 3, HOOK(out) = 4, HOOK(primal_return) = 5;
#else
extern int HOOK(const), HOOK(dup), HOOK(dupnoneed), HOOK(out), HOOK(primal_return);
#endif
double REVERSE(void *, ...);
struct ValueAndAdjoint REVERSE_PRIMAL(void *, ...);
double FORWARD(void *, ...);
void FORWARD_VOID(void *, ...);
'''

DRIVER = r'''
/* ---- the check ---- */
static double input[IN], seeds[OUT];
static double weighted(const double *in) {
  double out[OUT], t = 0;
  value(in, out);
  for (int k = 0; k < OUT; k++) t += seeds[k] * out[k];
  return t;
}
static double at(const double *u, double h) {
  double in[IN];
  for (int k = 0; k < IN; k++) in[k] = input[k] + h * u[k];
  return weighted(in);
}
/* central difference with one Richardson step */
static double difference(const double *u, double h) {
  double a = (at(u, h) - at(u, -h)) / (2 * h), b = (at(u, h / 2) - at(u, -h / 2)) / h;
  return (4 * b - a) / 3;
}
static unsigned long long state = 88172645463325252ull;
static double uniform(void) {
  state ^= state << 13; state ^= state >> 7; state ^= state << 17;
  return (double)(state >> 11) * 0x1p-52 - 1.0;
}
#ifdef NO_REVERSE
static void reverse(const double *in, const double *seed, double *g, double *out) {
  (void)seed;
  for (int i = 0; i < IN; i++) {
    double u[IN] = {0}, d[OUT];
    u[i] = 1;
    forward(in, u, d);
    g[i] = 0;
    for (int k = 0; k < OUT; k++) g[i] += seeds[k] * d[k];
  }
  value(in, out);
}
#endif
#ifdef NO_FORWARD
static void forward(const double *in, const double *u, double *dout) { (void)in; (void)u; dout[0] = NAN; }
#endif
static size_t in_use(void) {
#if defined __GLIBC__ && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 33)
  return mallinfo2().uordblks;
#else
  return 0;
#endif
}
static int bad;
static void fail(const char *what, int k, double got, double want) {
  if (bad++ < 8) printf("FAIL %s %d: %.12g instead of %.12g\n", what, k, got, want);
}
int main(int argc, char **argv) {
  (void)argc;
#ifdef __GLIBC__
  /* what the allocator caches counts as in use: once more without caches */
  if (!getenv("GLIBC_TUNABLES")) {
    setenv("GLIBC_TUNABLES", "glibc.malloc.tcache_count=0", 1);
    execv("/proc/self/exe", argv);
  }
#endif
  enum { DIRS = IN + 3 };
  for (int k = 0; k < IN; k++) input[k] = 0.6 * uniform() + 0.1;
  for (int k = 0; k < OUT; k++) seeds[k] = k ? 0.7 + 0.3 * uniform() : 1.0;
  double out[OUT], out2[OUT], g[IN], g2[IN], u[DIRS][IN], fd[DIRS], gap[DIRS], dout[OUT];
  value(input, out);
  double v = weighted(input), scale = 0, top = 0, digest = 0;
  reverse(input, seeds, g, out2);
  forward(input, input, dout);
  enum { CALLS = 4 };
  for (int k = 0; k < 2; k++) reverse(input, seeds, g2, out2), forward(input, input, dout);
  size_t before = in_use();
  for (int k = 0; k < CALLS; k++) reverse(input, seeds, g2, out2), forward(input, input, dout);
  size_t after = in_use();
  if (after >= before + 16 * CALLS) fail("leak", 0, (double)after, (double)before);
  for (int k = 0; k < IN; k++) {
    if (!(fabs(g[k]) < 1e300)) fail("finite", k, g[k], 0);
    if (!(fabs(g[k] - g2[k]) <= 1e-12 * fabs(g[k]))) fail("repeat", k, g2[k], g[k]);
    if (fabs(g[k]) > top) top = fabs(g[k]);
    digest += g[k] * (1.0 + 0.37 * k);
  }
  /* what the differentiated call leaves behind is what the plain call leaves; NAN: not asked for */
  for (int k = 0; k < OUT; k++)
    if (out2[k] == out2[k] && !(fabs(out2[k] - out[k]) <= 1e-12 * (1 + fabs(out[k])))) fail("primal", k, out2[k], out[k]);
  int checks = 0, skipped = 0;
  for (int d = 0; d < DIRS; d++) {
    for (int k = 0; k < IN; k++) u[d][k] = d < IN ? d == k : uniform();
    fd[d] = difference(u[d], 1e-4);
    if (fabs(fd[d]) > scale && fabs(fd[d]) < 1e3) scale = fabs(fd[d]);
  }
  double loose = LOOSE ? 300.0 : 1.0;
  for (int d = 0; d < DIRS; d++) {
    int smooth = 0;
    for (double h = LOOSE ? 1e-2 : 2e-3; h > 1e-6 && !smooth; h *= 0.1) {
      double a = difference(u[d], h), b = difference(u[d], h / 4);
      double right = (at(u[d], h / 8) - v) / (h / 8), left = (v - at(u[d], -h / 8)) / (h / 8);
      fd[d] = b;
      gap[d] = fabs(a - b);
      smooth = gap[d] <= loose * (1e-5 * fabs(b) + 1e-7 * scale + 1e-8 * (1 + fabs(v))) &&
               fabs(right - left) <= loose * (1e-2 * fabs(b) + 1e-3 * scale + 1e-7);
    }
    double ad = 0, mass = 0;
    for (int k = 0; k < IN; k++) ad += g[k] * u[d][k], mass += fabs(g[k] * u[d][k]);
    if (smooth) {
      checks++;
      if (!(fabs(ad - fd[d]) <= loose * (1e-5 * fabs(fd[d]) + 1e-6 * scale + 1e-8 * (1 + fabs(v)) + 5 * gap[d]))) fail("reverse against differences", d, ad, fd[d]);
    } else
      skipped++;
    double fw = 0;
    forward(input, u[d], dout);
    for (int k = 0; k < OUT; k++) fw += seeds[k] * dout[k];
#ifdef NO_AD
    if (smooth && !LOOSE && !(fabs(fw - ad) <= 1e-4 * (mass + scale) + 1e-6)) fail("self", d, fw, ad);
#elif !defined NO_FORWARD
    if (!(fabs(fw - ad) <= (LOOSE ? 1e-5 : 1e-9) * (mass + 1e-3 * top) + 1e-13)) fail("forward against reverse", d, fw, ad);
#endif
  }
  printf("value %.12e\ndigest %.12e\nchecks %d skipped %d\n", v, digest, checks, skipped);
  puts(bad ? "FAILED" : checks ? "PASSED" : "UNDECIDED");
  return bad != 0;
}
'''


def parse_features(spec):
    """'a,b' exactly these; '+a,-b' change the default; 'all', 'none', 'default'"""
    on = [n for n, (d, _) in FEATURES.items() if d]
    items = [s for s in (spec or "").split(",") if s]
    if items and items[0][0] not in "+-":
        first = items[0]
        if first == "all":
            on = list(FEATURES)
            items = items[1:]
        elif first == "none":
            on, items = [], items[1:]
        elif first == "default":
            items = items[1:]
        else:
            on = []
    for s in items:
        name = s.lstrip("+-")
        if name not in FEATURES:
            sys.exit("unknown feature %s; known: %s" % (name, " ".join(FEATURES)))
        if s[0] == "-":
            on = [n for n in on if n != name]
        elif name not in on:
            on.append(name)
    return on


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("seed", type=int, nargs="?")
    p.add_argument("--features", default="", help="a,b = only these; +a,-b = change the default; all; none")
    p.add_argument("--list", action="store_true", help="list the features")
    a = p.parse_args()
    if a.list or a.seed is None:
        for n, (d, t) in FEATURES.items():
            print("%-13s %-3s %s" % (n, "on" if d else "off", t))
        return
    sys.stdout.write(Generator(a.seed, parse_features(a.features)).text())


if __name__ == "__main__":
    main()
