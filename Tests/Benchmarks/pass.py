#!/usr/bin/env python3
"""What the pass takes: seconds over the size of a module, and what loading the plugin takes.

    pass.py --llvm 19 --plugin build/llvm-19/libNabla.so
    pass.py --llvm 19 --plugin build/llvm-19/libNabla.so --markdown --kernels

Programs of several shapes and sizes are generated and compiled once to IR; then `opt -passes=nabla` runs on them, interleaved
with `opt -passes=verify`, whose seconds (reading and writing of the module, starting opt) are taken off. Seconds are those of the
processor, the least of --reps runs. For loading, opt is started on an empty module with the plugin, with a plugin that registers
nothing, and without any. Standard library only.
"""
import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
HOOK = "extern int nabla_dup, nabla_const, nabla_out;\nvoid __nabla_autodiff(void *, ...);\n"
CALL = "void gradient(double *x, double *dx, long n) { __nabla_autodiff((void *)f, nabla_dup, x, dx, nabla_const, n); }\n"


def straight(n):
    """One block of statements."""
    body = "".join("  a = a * %d.5 + sin(b); b = b - a * x[%d];\n" % (k % 7, k % 5) for k in range(n // 4))
    return HOOK + "double sin(double);\ndouble f(double *x, long n) {\n  double a = x[0], b = x[1];\n" + body + "  return a * b;\n}\n" + CALL


def branches(n):
    """Branches, one after the other."""
    body = "".join("  if (a > %d.5) b += a * x[%d]; else a -= b * x[%d];\n" % (k % 9, k % 5, (k + 1) % 5) for k in range(n))
    return HOOK + "double f(double *x, long n) {\n  double a = x[0], b = x[1];\n" + body + "  return a * b;\n}\n" + CALL


def loops(n):
    """Loops over one array, one after the other."""
    body = "".join("  for (long i = 1; i < n; i++) x[i] = x[i] * x[i - 1] * 0.%d;\n" % (k + 1) for k in range(n))
    return HOOK + "double f(double *x, long n) {\n" + body + "  return x[n - 1];\n}\n" + CALL


def functions(n):
    """Functions that call each other and are not inlined."""
    text = "__attribute__((noinline)) static double f0(double a, double b) { return a * b; }\n"
    for k in range(1, n):
        text += "__attribute__((noinline)) static double f%d(double a, double b) { return f%d(a * b, a - b) * a; }\n" % (k, k - 1)
    return HOOK + text + "double f(double *x, long n) { return f%d(x[0], x[1]); }\n" % (n - 1) + CALL


def requests(n):
    """Requests, each of another function."""
    text = HOOK + "double __nabla_fwddiff(void *, ...);\n"
    for k in range(n):
        text += "static double f%d(double a) { return a * a * %d.5; }\ndouble g%d(double a) { return __nabla_fwddiff((void *)f%d, a, 1.0); }\n" % (k, k, k, k)
    return text


SHAPES = [(straight, (1000, 10000, 100000)), (branches, (500, 2000, 8000)), (loops, (100, 300, 1000)), (functions, (100, 300, 1000)),
          (requests, (100, 300, 1000))]


def cpu(command):
    """-> processor seconds of a command"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit("$ %s\n%s" % (" ".join(command), done.stderr))
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


class Bench:
    def __init__(self, a):
        self.a = a
        self.work = tempfile.mkdtemp(prefix="nabla-pass-")
        self.opt, self.clang = "opt-" + a.llvm, "clang-" + a.llvm
        self.load = ["-load-pass-plugin=" + os.path.abspath(a.plugin)]

    def write(self, name, text):
        path = os.path.join(self.work, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def ir(self, source, flags=()):
        path = source + ".bc"
        cpu([self.clang, "-w", "-O1", "-emit-llvm", "-c", *flags, source, "-o", path])
        return path

    def instructions(self, path):
        text = subprocess.run([self.opt, "-S", path, "-o", "-"], stdout=subprocess.PIPE, text=True).stdout
        return sum(line.startswith("  ") and not line.startswith("   ") for line in text.splitlines())

    def seconds(self, path):
        """-> of the pass, less reading and writing"""
        output = os.path.join(self.work, "out.bc")
        runs = [(cpu([self.opt, *self.load, "-passes=nabla", path, "-o", output]), cpu([self.opt, *self.load, "-passes=verify", path, "-o", output]))
                for _ in range(self.a.reps)]
        return max(0, min(r[0] for r in runs) - min(r[1] for r in runs))

    def loading(self):
        """-> milliseconds that opt takes longer with the plugin, and with one that does nothing"""
        source = self.write("empty.cpp", '#include <llvm/Passes/PassPlugin.h>\nextern "C" ::llvm::PassPluginLibraryInfo llvmGetPassPluginInfo() {\n'
                            '  return {LLVM_PLUGIN_API_VERSION, "Empty", "0", [](llvm::PassBuilder &) {}};\n}\n')
        empty = os.path.join(self.work, "empty.so")
        include = subprocess.run(["llvm-config-" + self.a.llvm, "--includedir"], stdout=subprocess.PIPE, text=True).stdout.strip()
        cpu([self.clang, "-x", "c++", "-std=c++17", "-O2", "-fPIC", "-shared", "-fno-rtti", "-isystem", include, source, "-o", empty])
        module = self.write("empty.ll", "")
        kinds = {"none": [], "empty": ["-load-pass-plugin=" + empty], "nabla": self.load}
        runs = {k: [] for k in kinds}
        for _ in range(self.a.loads):
            for k, flags in kinds.items():
                runs[k].append(1000 * cpu([self.opt, *flags, "-passes=verify", "-disable-output", module]))
        return {k: (statistics.median(v), min(v)) for k, v in runs.items()}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--plugin", required=True)
    p.add_argument("--llvm", default="19")
    p.add_argument("--reps", type=int, default=3)
    p.add_argument("--loads", type=int, default=60, help="how often opt is started to measure loading")
    p.add_argument("--only", default="", help="comma list of shapes; `loading`, `kernels`")
    p.add_argument("--kernels", action="store_true", help="the kernels of run.py too")
    p.add_argument("--markdown", action="store_true")
    a = p.parse_args()
    b, only = Bench(a), set(filter(None, a.only.split(",")))
    bar = "| " if a.markdown else ""

    def row(cells):
        print(bar + (" | " if a.markdown else "  ").join(str(c) for c in cells) + (" |" if a.markdown else ""), flush=True)

    if not only or "loading" in only:
        found = b.loading()
        base = found["none"]
        for k, (middle, least) in found.items():
            row(["opt, plugin %s" % k, "median %.2f ms" % middle, "least %.2f ms" % least, "over none %+.2f / %+.2f ms" % (middle - base[0], least - base[1])])
    for shape, sizes in SHAPES:
        if only and shape.__name__ not in only:
            continue
        for n in sizes:
            path = b.ir(b.write("%s%d.c" % (shape.__name__, n), shape(n)))
            count, seconds = b.instructions(path), b.seconds(path)
            row([shape.__doc__.rstrip("."), n, "%d instructions" % count, "%.2f s" % seconds, "%.2f s per 10,000" % (seconds * 1e4 / max(1, count))])
    if a.kernels or "kernels" in only:
        for name in sorted(os.listdir(os.path.join(HERE, "kernels"))):
            stem, ext = os.path.splitext(name)
            if ext not in (".c", ".cpp"):
                continue
            flags = ["-DBENCH_REVERSE", "-fno-math-errno", "-I" + os.path.join(HERE, "kernels")] + (["-std=c++17", "-isystem", "/usr/include/eigen3"] if ext == ".cpp" else ["-std=gnu17"])
            with open(os.path.join(HERE, "kernels", name)) as f:
                path = b.ir(b.write(name, f.read()), flags)
            count, seconds = b.instructions(path), b.seconds(path)
            row(["kernel " + stem, "", "%d instructions" % count, "%.3f s" % seconds, "%.2f s per 10,000" % (seconds * 1e4 / max(1, count))])


if __name__ == "__main__":
    main()
