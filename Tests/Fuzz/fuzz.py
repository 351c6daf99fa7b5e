#!/usr/bin/env python3
"""Differentiate random programs in bulk, and reduce those that fail.

    fuzz.py --plugin build/Nabla-19.so --llvm 19 --seeds 0:1000 --jobs 2 --levels 0,1,2,3
    fuzz.py --plugin build/Nabla-19.so --reduce 417          # smallest program that fails as seed 417 does
    fuzz.py --no-ad --seeds 0:200                            # check the generator itself (gcc, sanitizers)

Each program (generate.py) compares reverse mode, forward mode and central differences; here it is built
at every level and must give the same answer at each. Classes:

    ok        built, ran, and agreed at every level
    undecided nothing smooth to compare with
    refused   the compiler stopped with a diagnostic (printed, counted by text)
    wrong     a comparison failed, memory leaked, or levels disagree
    crash     the compiler, the link or the program died
    hang      the compiler or the program ran out of time

Programs that fail are kept in --out with the messages. The last line is `N passed, N failed, N skipped`;
refused and undecided count as skipped (refused fails with --strict). Exit status 1 if something failed.
Standard library only.
"""
import argparse
import collections
import concurrent.futures
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import generate

FATAL = re.compile(r"Stack dump|PLEASE submit|Assertion|Fatal error|UNREACHABLE|LLVM ERROR|Illegal instruction|Broken (module|function)|"
                   r"Segmentation fault|clang frontend command failed|symbol lookup error|undefined reference|undefined symbol|linker command failed")
FAILING = ("wrong", "crash", "hang")


def execute(cmd, seconds, env=None):
    """-> (status or None when out of time, output)"""
    p = subprocess.Popen(cmd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True, env=env)
    try:
        out, _ = p.communicate(timeout=seconds)
        return p.returncode, out
    except subprocess.TimeoutExpired:
        os.killpg(p.pid, signal.SIGKILL)  # the driver and its compiler, nothing else
        p.communicate()
        return None, "out of time"


def gist(out):
    """one line that says what is wrong, without names and numbers that differ between programs"""
    lines = [l.strip() for l in out.splitlines() if l.strip()]
    def first(pattern):
        return next((l for l in lines if re.search(pattern, l)), None)
    # a broken module is announced after the verifier has said why
    pick = (lines[0] if first("Broken (module|function)") else None) or first("Assertion|Fatal error|UNREACHABLE|LLVM ERROR|undefined (reference|symbol)|symbol lookup") \
        or first("error:(?!.*command failed)") or first(FATAL) or (lines[0] if lines else "no output")
    pick = re.sub(r"^\S*:\d+:\d+: ", "", pick)
    pick = re.sub(r"/\S+/", "", pick)
    pick = re.sub(r"%[\w.]+|0x[0-9a-f]+|'[^']*'|`[^`]*`|‘[^’]*’|\b\d+\b", "_", pick)
    return pick[:200]


class Result:
    def __init__(self, kind, level, note, detail=""):
        self.kind, self.level, self.note, self.detail = kind, level, note, detail

    def same(self, other):
        """fails in the same way"""
        return self.kind == other.kind and self.note == other.note


class Runner:
    def __init__(self, a):
        self.a = a
        self.levels = a.levels.split(",")

    def compile_command(self, source, exe, level):
        a = self.a
        if a.no_ad:
            return ["gcc", "-std=gnu17", "-w", "-O1", "-g", "-DNO_AD", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", source, "-o", exe, "-lm"]
        cmd = [a.cc or "clang-" + a.llvm, "-std=gnu17", "-w", "-O" + level, "-fpass-plugin=" + a.plugin]
        cmd += a.cflags.split() + (["-DHOOK_ENZYME"] if a.spelling == "enzyme" else []) + (["-DNO_" + m.upper() for m in a.leave_out.split(",") if m])
        return cmd + [source, "-o", exe, "-lm"]

    def one(self, source, exe, level):
        a = self.a
        if os.path.exists(exe):
            os.unlink(exe)
        rc, out = execute(self.compile_command(source, exe, level), a.compile_timeout)
        if rc is None:
            return Result("hang", level, "the compiler"), None
        if rc != 0:
            dead = rc < 0 or rc > 1 or FATAL.search(out)
            return Result("crash" if dead else "refused", level, gist(out), out), None
        rc, out = execute([exe], a.timeout)
        if rc is None:
            return Result("hang", level, "the program"), None
        if rc < 0 or "AddressSanitizer" in out or "runtime error" in out or not re.search(r"^(PASSED|FAILED|UNDECIDED)$", out, re.M):
            return Result("crash", level, "the program: " + ("signal %d" % -rc if rc < 0 else gist(out)), out), None
        if rc:
            first = next((l for l in out.splitlines() if l.startswith("FAIL ")), "FAIL ?")
            return Result("wrong", level, re.sub(r"\d+:.*", "", first[5:]).strip(), out), None
        numbers = [float(x) for x in re.findall(r"^(?:value|digest) (\S+)$", out, re.M)]
        return Result("undecided" if "UNDECIDED" in out else "ok", level, "", out), numbers

    def program(self, text, where, levels=None):
        """the worst of all levels"""
        source, exe = os.path.join(where, "p.c"), os.path.join(where, "p.exe")
        with open(source, "w") as f:
            f.write(text)
        seen, base, base_level = [], None, None
        for level in levels or self.levels:
            r, numbers = self.one(source, exe, level)
            if numbers and base and not all(abs(x - y) <= 1e-8 * (abs(x) + abs(y)) + 1e-10 for x, y in zip(base, numbers)):
                r = Result("wrong", level, "levels disagree", "-O%s: %s\n-O%s: %s" % (base_level, base, level, numbers))
            if numbers and not base:
                base, base_level = numbers, level
            seen.append(r)
            if self.a.no_ad:
                break
        order = {"crash": 0, "wrong": 1, "hang": 2, "refused": 3, "undecided": 4, "ok": 5}
        worst = min(seen, key=lambda r: order[r.kind])
        worst.all = {r.level: r.kind for r in seen}
        return worst


# ---- reduction: drop statements, replace compounds by their parts and expressions by their operands ----

def places(prog):
    """(parent list, position) of every statement, outermost first"""
    out = []

    def walk(block):
        for k, s in enumerate(block):
            out.append((block, k))
            for p in s.parts:
                if isinstance(p, generate.B):
                    walk(p)
    for f in prog.functions:
        walk(f.body)
    return out


def expressions(prog):
    """(parts list, position) of every expression, outermost first"""
    out = []

    def parts(ps):
        for k, p in enumerate(ps):
            if isinstance(p, generate.E):
                out.append((ps, k))
                parts(p.parts)
            elif isinstance(p, generate.B):
                for s in p:
                    parts(s.parts)
    for f in prog.functions:
        for s in f.body:
            parts(s.parts)
    return out


def valid(text, where):
    """still a sound program without AD?"""
    source, exe = os.path.join(where, "v.c"), os.path.join(where, "v.exe")
    with open(source, "w") as f:
        f.write(text)
    rc, _ = execute(["gcc", "-std=gnu17", "-w", "-O1", "-DNO_AD", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", source, "-o", exe, "-lm"], 60)
    return rc == 0 and execute([exe], 20)[0] == 0


def reduce(runner, seed, features, where, log=print):
    prog = generate.Generator(seed, features)
    start = runner.program(prog.text(), where)
    log("seed %d: %s at -O%s: %s" % (seed, start.kind, start.level, start.note))
    if start.kind in ("ok", "undecided"):
        return prog.text(), start
    if start.kind != "refused" and not runner.a.trust and not valid(prog.text(), where):
        log("the program cannot be checked without AD (gcc with sanitizers); reducing as with --trust")
        runner.a.trust = True
    levels = runner.levels if start.note == "levels disagree" else [start.level]
    tries = [0]

    def still():
        tries[0] += 1
        t = prog.text()
        r = runner.program(t, where, levels)
        return r.same(start) and (start.kind in ("refused",) or runner.a.trust or valid(t, where))

    def drop_chunks():
        changed, size = False, max(1, len(places(prog)) // 2)
        while size:
            k = 0
            while True:
                at = places(prog)
                if k >= len(at):
                    break
                victims = {}
                for block, pos in at[k:k + size]:
                    victims.setdefault(id(block), (block, []))[1].append(pos)
                saved = [(b, list(b)) for b, _ in victims.values()]
                for b, pos in victims.values():
                    for q in sorted(pos, reverse=True):
                        del b[q]
                if still():
                    changed = True
                else:
                    for b, old in saved:
                        b[:] = old
                    k += size
            size //= 2
        return changed

    def unwrap():
        changed, k = False, 0
        while k < len(places(prog)):
            block, pos = places(prog)[k]
            s = block[pos]
            inner = [p for p in s.parts if isinstance(p, generate.B)]
            for b in inner:
                old = list(block)
                block[pos:pos + 1] = list(b)
                if still():
                    changed = True
                    break
                block[:] = old
            else:
                k += 1
        return changed

    def simplify():
        changed, k = False, 0
        while k < len(expressions(prog)):
            ps, pos = expressions(prog)[k]
            e = ps[pos]
            simple = not any(isinstance(p, generate.E) for p in e.parts)
            for new in ([] if generate.text(e) == "0.5" else [generate.E("0.5")]) + ([] if simple else [p for p in e.parts if isinstance(p, generate.E)]):
                ps[pos] = new
                if still():
                    changed = True
                    break
                ps[pos] = e
            else:
                k += 1
        return changed

    def lines():
        """drop declarations, whole callees, terms of the final sums"""
        changed = False
        for f in list(prog.functions):
            if f.name != "f":
                at = prog.functions.index(f)
                prog.functions.remove(f)
                if still():
                    changed = True
                    continue
                prog.functions.insert(at, f)
            for k in range(len(f.tail)):
                m = re.match(r"(.*?(?:return|=) (?:sin\(|tanh\()?)(.*?)(\)?;)$", f.tail[k])
                if not m or " + " not in m.group(2):
                    continue
                terms = m.group(2).split(" + ")
                j = 0
                while j < len(terms) and len(terms) > 1:
                    old = f.tail[k]
                    f.tail[k] = m.group(1) + " + ".join(terms[:j] + terms[j + 1:]) + m.group(3)
                    if still():
                        del terms[j]
                        changed = True
                    else:
                        f.tail[k] = old
                        j += 1
            k = 0
            while k < len(f.decls):
                d = f.decls.pop(k)
                if still():
                    changed = True
                else:
                    f.decls.insert(k, d)
                    k += 1
        return changed

    deadline = time.monotonic() + runner.a.reduce_seconds
    while time.monotonic() < deadline:
        if not any([drop_chunks(), unwrap(), lines(), simplify()]):
            break
    log("%d attempts, %d statements left" % (tries[0], len(places(prog))))
    return prog.text(), start


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--plugin")
    ap.add_argument("--llvm", default="19")
    ap.add_argument("--cc", help="another clang than clang-LLVM")
    ap.add_argument("--cflags", default="", help="for example '-g', '-fsanitize=address', '-march=native'")
    ap.add_argument("--seeds", default="0:100", help="FROM:TO, or a comma list")
    ap.add_argument("--levels", default="0,1,2,3", help="from 0,1,2,3,s,z")
    ap.add_argument("--features", default="", help="a,b = only these; +a,-b = change the default; all; none (generate.py --list)")
    ap.add_argument("--spelling", choices=["nabla", "enzyme"], default="nabla")
    ap.add_argument("--leave-out", default="", help="forward or reverse")
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--timeout", type=float, default=10, help="seconds a program may run")
    ap.add_argument("--compile-timeout", type=float, default=60)
    ap.add_argument("--out", default=os.path.join("build", "fuzz-failures"), help="where failing programs go")
    ap.add_argument("--keep-refused", action="store_true", help="keep one program for each kind of refusal")
    ap.add_argument("--strict", action="store_true", help="a refusal is a failure")
    ap.add_argument("--stop", type=int, default=0, metavar="N", help="stop after N failures")
    ap.add_argument("--reduce", metavar="SEED[,SEED]", help="reduce these seeds into --out")
    ap.add_argument("--reduce-failures", action="store_true", help="reduce the first failure of each kind after the run")
    ap.add_argument("--reduce-seconds", type=float, default=300)
    ap.add_argument("--trust", action="store_true", help="reduce without checking that the smaller program is sound (faster)")
    ap.add_argument("--no-ad", action="store_true", help="check the generator: gcc, sanitizers, differences instead of AD")
    ap.add_argument("--quiet", action="store_true")
    a = ap.parse_args()
    if not a.no_ad:
        if not a.plugin:
            ap.error("--plugin PATH, or --no-ad")
        a.plugin = os.path.abspath(a.plugin)
        if not os.path.exists(a.plugin):
            sys.exit("no plugin at " + a.plugin)
    features = generate.parse_features(a.features)
    runner = Runner(a)
    work = tempfile.mkdtemp(prefix="nabla-fuzz-")

    def shrink(seed):
        d = tempfile.mkdtemp(dir=work)
        t, r = reduce(runner, seed, features, d)
        os.makedirs(a.out, exist_ok=True)
        path = os.path.join(a.out, "reduced-%d-%s.c" % (seed, r.kind))
        with open(path, "w") as f:
            f.write("/* %s at -O%s: %s */\n%s" % (r.kind, r.level, r.note.replace("*/", ""), t))
        print("wrote " + path)

    try:
        if a.reduce:
            for s in a.reduce.split(","):
                shrink(int(s))
            return 0
        if ":" in a.seeds:
            lo, hi = a.seeds.split(":")
            seeds = range(int(lo), int(hi))
        else:
            seeds = [int(s) for s in a.seeds.split(",")]
        count, kinds, by_note = collections.Counter(), collections.Counter(), collections.defaultdict(list)
        start, stop = time.monotonic(), [False]

        def task(seed):
            if stop[0]:
                return seed, None, None
            d = os.path.join(work, "s%d" % seed)
            os.makedirs(d, exist_ok=True)
            t = generate.Generator(seed, features).text()
            r = runner.program(t, d)
            shutil.rmtree(d, ignore_errors=True)
            return seed, t, r

        with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
            for seed, t, r in pool.map(task, seeds):
                if r is None:
                    continue
                kinds[r.kind] += 1
                failed = r.kind in FAILING or (a.strict and r.kind == "refused")
                count["failed" if failed else "passed" if r.kind == "ok" else "skipped"] += 1
                first = not by_note[(r.kind, r.note)]
                by_note[(r.kind, r.note)].append(seed)
                if failed or (a.keep_refused and r.kind == "refused" and first):
                    os.makedirs(a.out, exist_ok=True)
                    stem = os.path.join(a.out, "%s-%d" % (r.kind, seed))
                    with open(stem + ".c", "w") as f:
                        f.write(t)
                    with open(stem + ".txt", "w") as f:
                        f.write("seed %d, %s at -O%s: %s\nall levels: %s\n$ %s\n%s\n" % (seed, r.kind, r.level, r.note, r.all, " ".join(
                            runner.compile_command(stem + ".c", "p", r.level)), r.detail))
                if r.kind not in ("ok", "undecided") and not a.quiet and (failed or first):
                    print("seed %-6d %-8s -O%s  %s" % (seed, r.kind, r.level, r.note), flush=True)
                if a.stop and count["failed"] >= a.stop:
                    stop[0] = True
        if a.reduce_failures:
            for (kind, note), s in sorted(by_note.items()):
                if kind in FAILING:
                    shrink(s[0])
        print("\n%d programs in %.0f s: %s" % (sum(kinds.values()), time.monotonic() - start, ", ".join("%d %s" % (n, k) for k, n in kinds.most_common())))
        for (kind, note), s in sorted(by_note.items(), key=lambda x: -len(x[1])):
            if kind not in ("ok", "undecided"):
                print("  %5d %-8s %s  (seeds %s%s)" % (len(s), kind, note, ", ".join(map(str, s[:4])), ", ..." if len(s) > 4 else ""))
        print("%d passed, %d failed, %d skipped" % (count["passed"], count["failed"], count["skipped"]))
        return 1 if count["failed"] else 0
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
