#!/usr/bin/env python3
"""How fast is the gradient?

Builds every kernel with every plugin, checks each derivative (against the hand-written gradient and central
differences), then times them interleaved, and prints for each kernel and size: the objective's time, the derivative's,
their ratio, the ratio to the first plugin, the spread, the extra memory that the first derivative call takes (the tape),
compile seconds and the error.

    run.py --plugin nabla=build/Nabla-19.so:nabla --llvm 19
    run.py --plugin old=/tmp/Nabla-19.so:nabla --plugin new=build/Nabla-19.so:nabla --only gmm,heat --json out.json --svg out.svg
    run.py                                          # without a plugin: objective and hand-written gradient only

Rows of the tables
    manual       the gradient written by hand in the kernel
    NAME         plugin after -O2, then -O2 again    (variant after, the default)
    NAME/before  plugin on unoptimised IR in SSA form, then -O2
    NAME/raw     plugin on untouched front-end IR, then -O2
    NAME/clang   clang -O2 -fpass-plugin, in one step
    NAME/jvp     forward mode, one direction (--jvp)
    adolc        ADOL-C, operator overloading (--adolc; where it is installed, kernels that have a version for it)
Exit status 1 when something does not build, does not run, or is wrong. Standard library only.
"""
import argparse
import array
import concurrent.futures
import html
import json
import math
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
KERNELS = os.path.join(HERE, "kernels")
SIZES = {  # small, large
    "gmm": (1000, 10000), "gmmptr": (1000, 10000), "ba": (10000, 100000), "lstm": (100, 1000), "mlp": (64, 640),
    "bruss": (20, 200), "heat": (50, 500), "heatswap": (50, 500), "fft": (4096, 65536), "euler": (100000, 1000000),
    "ode": (10, 100), "nbody": (400, 1265), "lse": (1000, 10000), "matvec": (500, 1581), "csr": (2000, 20000),
    "particles": (6, 13), "newton": (200, 2000), "vector": (4, 40), "eigen": (4, 40),
    "hand": (100, 1000), "mixture": (1000, 10000), "residuals": (2000, 20000), "layers": (200, 2000),
}
WORK = {  # operations of one call, where not proportional to the size; for the scaling table
    "fft": lambda s: s * math.log2(s), "nbody": lambda s: s * s, "matvec": lambda s: s * s, "particles": lambda s: s ** 3,
}
# The size with a hundred times the work of the small one, where that is not a hundred times the size.
HUNDREDFOLD = {"nbody": 4000, "matvec": 5000, "particles": 28}
EIGEN = "/usr/include/eigen3"
ADOLC, PEERS = "/usr/include/adolc/adolc.h", os.path.join(HERE, "adolc")


def sh(cmd, timeout=900):
    """-> (ok, seconds, log)"""
    t = time.monotonic()
    try:
        p = subprocess.run(cmd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=timeout)
        ok, out = p.returncode == 0, p.stdout
    except subprocess.TimeoutExpired:
        ok, out = False, "error: timed out"
    except FileNotFoundError as e:
        ok, out = False, "error: " + str(e)
    return ok, time.monotonic() - t, "" if ok else "$ %s\n%s" % (" ".join(cmd), out)


class Tool:
    """one way to a derivative of one kernel"""
    def __init__(self, kernel, name, mode, plugin=None, variant="after"):
        self.kernel, self.name, self.mode, self.plugin, self.variant = kernel, name, mode, plugin, variant
        self.ok, self.log, self.compile, self.ad, self.error, self.wrong = False, "", 0.0, None, None, False

    def build(self, a, main):
        src = next(p for p in (os.path.join(KERNELS, self.kernel + e) for e in (".c", ".cpp")) if os.path.exists(p))
        cpp = src.endswith(".cpp")
        opt = "opt-" + a.llvm
        cc = ("clang++-" if cpp else "clang-") + a.llvm
        self.exe = exe = os.path.join(a.work, self.kernel + "." + self.name.replace("/", "_"))
        base = [cc, "-std=c++17" if cpp else "-std=gnu17", "-w", "-O2"] + a.cflags.split() + (["-isystem", EIGEN] if self.kernel == "eigen" else [])
        o2 = ["-passes=default<O2>"]
        if self.name == "adolc":
            peer = os.path.join(PEERS, self.kernel + ".cpp")
            cmds = [base + ["-Dbench_gradient=kernel_gradient", "-Dbench_setup=kernel_setup", "-c", src, "-o", exe + ".kernel.o"],
                    ["clang++-" + a.llvm, "-std=c++17", "-w", "-O2", "-c", peer, "-o", exe + ".peer.o"],
                    ["ld", "-r", exe + ".kernel.o", exe + ".peer.o", "-o", exe + ".o"]]
            cc = "clang++-" + a.llvm
        elif not self.plugin:
            cmds = [base + ["-c", src, "-o", exe + ".o"]]
        else:
            _, so, pas, extra = self.plugin
            base += ["-DBENCH_FORWARD" if self.mode == "jvp" else "-DBENCH_REVERSE"] + (["-DBENCH_ENZYME"] if "enzyme" in pas else [])
            extra = (["-load=" + so] if extra else []) + extra
            raw, ir, ad, done = (exe + e for e in (".raw.bc", ".bc", ".ad.bc", ".o2.bc"))
            run = lambda src: [opt, "-load-pass-plugin=" + so] + extra + ["-passes=" + pas, src, "-o", ad]
            front = base + ["-emit-llvm", "-c", src, "-o"]
            off = ["-Xclang", "-disable-llvm-passes"]
            if self.variant == "clang":
                cmds = [base + ["-fpass-plugin=" + so, "-c", src, "-o", exe + ".o"]]
            else:
                if self.variant == "after":
                    cmds = [front + [ir], run(ir)]
                elif self.variant == "before":
                    cmds = [front + [raw] + off, [opt, "-passes=mem2reg", raw, "-o", ir], run(ir)]
                else:
                    cmds = [front + [raw] + off, run(raw)]
                self.step = len(cmds) - 1
                cmds += [[opt] + o2 + [ad, "-o", done], ["clang-" + a.llvm, "-O2"] + off + ["-c", done, "-o", exe + ".o"]]
        cmds.append([cc, exe + ".o", main, "-o", exe, "-lm"] + (["-ladolc"] if self.name == "adolc" else []))
        for k, c in enumerate(cmds):
            ok, seconds, log = sh(c)
            self.compile += seconds
            if self.plugin and k == getattr(self, "step", -1):
                self.ad = seconds
            if not ok:
                self.log = log
                return
        self.ok = True

    def why(self):
        lines = [l.strip() for l in self.log.splitlines()[1:] if l.strip()]
        return next((l for l in lines if any(w in l for w in ("rror", "ssertion", "annot ", "undefined"))), lines[0] if lines else "?")[:200]


def run_once(a, exe, args, timeout=300):
    """-> the program's numbers, or {'fail': why}"""
    pin = (lambda: os.sched_setaffinity(0, {a.cpu})) if a.cpu is not None else None
    p = subprocess.Popen([exe] + args, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, preexec_fn=pin)
    try:
        out, _ = p.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        p.kill()
        p.communicate()
        return {"fail": "out of time"}
    if p.returncode or not out.strip():
        return {"fail": signal.Signals(-p.returncode).name if p.returncode < 0 else "exit status %d" % p.returncode}
    line = out.strip().splitlines()[-1].split()
    d = dict(zip(("primal", "gradient", "checksum", "err"), map(float, line[:4])))
    for kv in line[4:]:
        k, _, v = kv.partition("=")
        d[k] = float(v)
    d["peak_mb"] = d["hwm_kb"] / 1024.0
    d["tape_mb"] = max(0.0, (d["rss1_kb"] - d["rss0_kb"]) / 1024.0)
    return d


def read_dump(path):
    v = array.array("d")
    with open(path, "rb") as f:
        v.frombytes(f.read())
    return v


def difference(v, ref):
    """max-norm, relative to the largest entry; NaN counts as infinite"""
    if len(v) != len(ref):
        return math.inf
    worst = 0.0
    for x, y in zip(v, ref):
        e = abs(x - y)
        if not e <= worst:
            worst = e if e == e else math.inf
    return worst / (max(map(abs, ref), default=0) or 1.0)


def span(t):
    for u, s in ((1, "s"), (1e-3, "ms"), (1e-6, "us")):
        if t >= u:
            return "%.3g %s" % (t / u, s)
    return "%.3g ns" % (t * 1e9)


def geomean(v):
    v = [x for x in v if x and x > 0 and math.isfinite(x)]
    return math.exp(sum(map(math.log, v)) / len(v)) if v else None


def svg(path, results, tools):
    """gradient over objective, one row a kernel and size, logarithmic"""
    cases = list(dict.fromkeys((r["kernel"], r["size"]) for r in results))
    colours = ["#1b1b1b", "#0b6fb8", "#d1495b", "#2e8b57", "#e39b1d", "#7b4fa6", "#58a4b0", "#8c5a3c"]
    left, row, width = 150, 22, 860
    top, plot = 40 + 18 * ((len(tools) + 3) // 4), 680
    ratios = [r["ratio"] for r in results] or [1]
    lo, hi = math.floor(math.log2(min(ratios + [1]))), math.ceil(math.log2(max(ratios + [2])))
    x = lambda v: left + plot * (math.log2(v) - lo) / (hi - lo)
    height = top + row * len(cases) + 40
    o = ['<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">' % (width, height),
         '<rect width="100%" height="100%" fill="white"/>', '<text x="%d" y="20" font-size="15">Derivative time / objective time</text>' % left]
    for k, t in enumerate(tools):
        cx, cy = left + 170 * (k % 4), 38 + 18 * (k // 4)
        o.append('<circle cx="%d" cy="%d" r="5" fill="%s"/><text x="%d" y="%d">%s</text>' % (cx, cy, colours[k % 8], cx + 10, cy + 4, html.escape(t)))
    for e in range(lo, hi + 1):
        o.append('<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%g</text>' % (
            x(2 ** e), top, x(2 ** e), height - 30, x(2 ** e), height - 14, 2.0 ** e))
    for k, c in enumerate(cases):
        y = top + row * k + row / 2
        o.append('<text x="%d" y="%.1f" text-anchor="end">%s %s</text>' % (left - 10, y + 4, c[0], c[1]))
        for r in results:
            if (r["kernel"], r["size"]) == c:
                fill = colours[tools.index(r["tool"]) % 8]
                o.append('<circle cx="%.1f" cy="%.1f" r="5" fill="%s" fill-opacity="0.8"%s><title>%s: %.2f</title></circle>' % (
                    x(r["ratio"]), y, "none" if r["wrong"] else fill, ' stroke="%s"' % fill if r["wrong"] else "", html.escape(r["tool"]), r["ratio"]))
    o.append("</svg>")
    with open(path, "w") as f:
        f.write("\n".join(o) + "\n")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--plugin", action="append", default=[], metavar="NAME=PATH:PASS[@ARG,ARG]",
                   help="a pass plugin; ARGs go to opt in its step. A pass whose name contains `enzyme` gets the __enzyme_ spelling")
    p.add_argument("--llvm", default="19", help="clang-LLVM and opt-LLVM are used")
    p.add_argument("--variants", default="after", help="comma list of after, before, raw, clang")
    p.add_argument("--jvp", action="store_true", help="forward mode too")
    p.add_argument("--adolc", action="store_true", help="gradients by ADOL-C beside them, for kernels that have a version in adolc/")
    p.add_argument("--only", default="", help="comma list of kernels")
    p.add_argument("--tools", default="", help="comma list of rows")
    p.add_argument("--sizes", choices=["small", "large", "both", "hundredfold"], default="both",
                   help="hundredfold: small, and that with a hundred times the work")
    p.add_argument("--reps", type=int, default=7)
    p.add_argument("--min-time", type=float, default=0.03, help="seconds that a timed block lasts at least")
    p.add_argument("--tolerance", type=float, default=1e-6)
    p.add_argument("--cflags", default="-fno-math-errno")
    p.add_argument("--jobs", type=int, default=2, help="parallel compilations; timings never overlap")
    p.add_argument("--cpu", type=int, help="pin the timed programs to this processor")
    p.add_argument("--work", help="where to build, and to leave the logs of failed builds (default: a new temporary folder)")
    p.add_argument("--json", help="all numbers")
    p.add_argument("--svg", help="a plot of the ratios")
    a = p.parse_args()
    a.work = os.path.abspath(a.work or tempfile.mkdtemp(prefix="nabla-bench-"))
    os.makedirs(a.work, exist_ok=True)
    plugins = []
    for s in a.plugin:
        name, eq, rest = s.partition("=")
        path, colon, pas = rest.rpartition(":")
        if not eq or not colon:
            p.error("--plugin NAME=PATH:PASS, not " + s)
        pas, _, extra = pas.partition("@")
        plugins.append((name, os.path.abspath(path), pas, extra.split(",") if extra else []))
    kernels = [k for k in a.only.split(",") if k] or list(SIZES)
    for k in kernels:
        if k not in SIZES:
            p.error("no kernel %s; there are %s" % (k, " ".join(SIZES)))
    if "eigen" in kernels and not os.path.isdir(EIGEN):
        print("no %s: the kernel eigen is left out" % EIGEN, file=sys.stderr)
        kernels.remove("eigen")
    if a.adolc and not os.path.exists(ADOLC):
        print("no %s (Debian: libadolc-dev): ADOL-C is left out" % ADOLC, file=sys.stderr)
        a.adolc = False
    variants = a.variants.split(",")
    if set(variants) - {"after", "before", "raw", "clang"}:
        p.error("--variants takes after, before, raw, clang")
    label = lambda name, v: name if v == variants[0] else name + "/" + v
    first = plugins[0][0] if plugins else "manual"

    # ---- build
    main_o = os.path.join(a.work, "main.o")
    ok, _, log = sh(["clang-" + a.llvm, "-std=gnu17", "-O2", "-c", os.path.join(HERE, "main.c"), "-o", main_o])
    if not ok:
        sys.exit(log)
    wanted = set(filter(None, a.tools.split(",")))
    tools = []
    for k in kernels:
        tools += [Tool(k, "plain", "primal"), Tool(k, "manual", "manual")]
        if a.adolc and os.path.exists(os.path.join(PEERS, k + ".cpp")):
            tools.append(Tool(k, "adolc", "grad"))
        for pl in plugins:
            tools += [Tool(k, label(pl[0], v), "grad", pl, v) for v in variants]
            if a.jvp:
                tools.append(Tool(k, pl[0] + "/jvp", "jvp", pl, variants[0]))
    tools = [t for t in tools if not wanted or t.name in wanted or t.name == "plain"]
    problems = []
    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
        for t, _ in zip(tools, pool.map(lambda t: t.build(a, main_o), tools)):
            print("built %-10s %-16s %5.1f s%s" % (t.kernel, t.name, t.compile, "" if t.ok else "  FAILED"), file=sys.stderr, flush=True)
            if not t.ok:
                problems.append((t.kernel, "all", t.name, "does not build: " + t.why()))
                with open(t.exe + ".log", "w") as f:
                    f.write(t.log)

    def sizes(kernel):
        small, large = SIZES[kernel]
        return {"small": (small,), "large": (large,), "both": (small, large),
                "hundredfold": (small, HUNDREDFOLD.get(kernel, 100 * small))}[a.sizes]

    # ---- check, then time
    results, med = [], statistics.median
    for k in kernels:
        for size in map(str, sizes(k)):
            good, manual = [], None
            for t in (t for t in tools if t.kernel == k and t.ok):
                if t.mode == "primal":
                    good.append(t)
                    continue
                dump = os.path.join(a.work, "dump")
                r = run_once(a, t.exe, ["--size", size, "--mode", t.mode, "--min-time", "0", "--blocks", "1", "--dump", dump])
                if "fail" in r:
                    problems.append((k, size, t.name, "does not run: " + r["fail"]))
                    continue
                fd, t.error, bad = r["err_fd"], r["err_fd"], []
                if t.mode != "jvp":
                    g = read_dump(dump)
                    if t.mode == "manual":
                        if not any(g):
                            continue  # the kernel has none
                        manual = g
                    elif manual:
                        t.error = difference(g, manual)
                        if not t.error <= a.tolerance:
                            bad.append("differs from the hand-written gradient by %.2g" % t.error)
                if not fd <= a.tolerance:
                    bad.append("differs from central differences by %.2g" % fd)
                if bad:
                    problems.append((k, size, t.name, "WRONG: " + "; ".join(bad)))
                t.wrong = bool(bad)
                good.append(t)
            samples = {t.name: [] for t in good}
            for rep in range(a.reps):
                turn = rep % len(good) if good else 0
                for t in good[turn:] + good[:turn]:
                    r = run_once(a, t.exe, ["--size", size, "--mode", t.mode, "--min-time", str(a.min_time), "--no-fd"])
                    if "fail" not in r:
                        samples[t.name].append(r)
            plain = samples.get("plain")
            if not plain:
                continue
            primal, rows = med(s["primal"] for s in plain), []
            for t in good:
                s = samples[t.name]
                if t.mode == "primal" or not s:
                    continue
                g = [x["gradient"] for x in s]
                row = {"kernel": k, "size": size, "tool": t.name, "mode": t.mode, "n": int(s[0]["n"]), "plain": primal,
                       "primal": med(x["primal"] for x in s), "gradient": med(g), "spread": (max(g) - min(g)) / med(g),
                       # within a repetition, so that slow phases of the machine cancel
                       "ratio": med(x / y["primal"] for x, y in zip(g, plain)),
                       "tape_mb": med(x["tape_mb"] for x in s), "peak_mb": med(x["peak_mb"] for x in s),
                       "compile": t.compile, "ad_seconds": t.ad, "error": t.error, "wrong": t.wrong, "samples": g}
                if samples.get(first):
                    row["to_first"] = med(x / y["gradient"] for x, y in zip(g, samples[first]))
                rows.append(row)
            if not rows:
                continue
            results += rows
            print("\n%s  size %s   objective %s   %d inputs" % (k, size, span(primal), rows[0]["n"] if rows else 0))
            print("  %-16s %10s %10s %7s %9s %7s %9s %9s %9s" % ("", "objective", "derivative", "ratio", "to " + first[:6], "spread", "tape", "compile", "error"))
            for r in sorted(rows, key=lambda r: r["gradient"]):
                print("  %-16s %10s %10s %7.2f %9s %6.0f%% %6.1f MB %7.1f s %9.1e%s" % (
                    r["tool"], span(r["primal"]), span(r["gradient"]), r["ratio"], "%.2f" % r["to_first"] if "to_first" in r else "-",
                    100 * r["spread"], r["tape_mb"], r["compile"], r["error"] or 0, "  WRONG" if r["wrong"] else ""))
            sys.stdout.flush()

    # ---- summary
    names = list(dict.fromkeys(r["tool"] for r in results))
    print("\nGeometric means of what is right")
    print("  %-16s %6s %7s %9s" % ("", "cases", "ratio", "to " + first[:6]))
    summary = []
    for t in names:
        rr = [r for r in results if r["tool"] == t and not r["wrong"]]
        base = {(r["kernel"], r["size"]) for r in results if r["tool"] == first and not r["wrong"]}
        g, v = geomean([r["ratio"] for r in rr]), geomean([r.get("to_first") for r in rr if (r["kernel"], r["size"]) in base])
        summary.append({"tool": t, "cases": len(rr), "ratio": g, "to_first": v})
        print("  %-16s %6d %7s %9s" % (t, len(rr), "%.2f" % g if g else "-", "%.2f" % v if v else "-"))
    scaling = []
    if a.sizes in ("both", "hundredfold"):
        print("\nTime, and tape, per unit of work, large size over small")
        for k in kernels:
            w, line = WORK.get(k, lambda s: s), []
            for t in names:
                v = {r["size"]: r for r in results if (r["kernel"], r["tool"]) == (k, t)}
                s0, s1 = sizes(k)
                if str(s0) in v and str(s1) in v:
                    small, large = v[str(s0)], v[str(s1)]
                    growth = large["gradient"] / w(s1) / (small["gradient"] / w(s0))
                    plain = large["plain"] / w(s1) / (small["plain"] / w(s0))
                    tape = large["tape_mb"] / w(s1) / (small["tape_mb"] / w(s0)) if small["tape_mb"] >= 0.05 else None
                    scaling.append({"kernel": k, "tool": t, "growth": growth, "objective": plain, "tape": tape})
                    line.append("%s %.2f (objective %.2f, tape %s)" % (t, growth, plain, "%.2f" % tape if tape else "-"))
            print("  %-10s %s" % (k, "  ".join(line)))
    if problems:
        print("\nProblems (logs of builds in %s)" % a.work)
        for q in problems:
            print("  %-10s size %-8s %-16s %s" % q)
    if a.json:
        with open(a.json, "w") as f:
            json.dump({"machine": platform.platform(), "when": time.strftime("%F %T"), "load": os.getloadavg(), "arguments": sys.argv[1:],
                       "first": first, "results": results, "summary": summary, "scaling": scaling, "problems": problems}, f, indent=1)
    if a.svg:
        svg(a.svg, results, names)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
