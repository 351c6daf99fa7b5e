#!/usr/bin/env python3
"""Builds one self-checking C or C++ program at several optimisation levels and requires the same answer at each.

Comments in the program direct it:
  // LEVELS: -O0; -O2 -g; opt     the builds, separated by semicolons (`opt`: clang -O1, then opt -passes=nabla, then
                                  link; `opt -O2`: the same with -O2, which vectorises before)
  // FLAGS: -mavx2                further compiler flags for every build
  // LIBS: -lpthread              further libraries
  // SANITIZE                     one more build at -O1 run under AddressSanitizer (or valgrind) with leak detection
  // REFUSE: regex                the compiler must refuse the program with a diagnostic that matches, without crashing
  // ALLOW-REFUSE                 with REFUSE: a program that is accepted is right too, if it passes

usage: check.py --bindir /usr/lib/llvm-19/bin --plugin libNabla.so program.c
       check.py --no-ad program.c      the program's own mathematics, without the plugin (gcc, sanitizers)
"""
import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LEVELS = ["-O0", "-O1", "-O2", "-O3", "opt"]
ALL_LEVELS = LEVELS + ["-Os", "-O2 -g"]
RUN_SECONDS = 30
COMPILE_SECONDS = 240
CRASH = re.compile(r"PLEASE submit a bug report|Stack dump:|Fatal error:|Assertion .* failed|UNREACHABLE executed")


class Failure(Exception):
    pass


def run(command, seconds, env=None):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                              timeout=seconds, env=env, errors="replace", text=True)
        return done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        return None, "", "timeout after %d s" % seconds


def shell(command):
    return " ".join(command)


def clip(text, lines=40):
    kept = text.rstrip().split("\n")
    return "\n".join(kept if len(kept) <= lines else kept[:lines] + ["... (%d more lines)" % (len(kept) - lines)])


def number(token):
    try:
        return float(token)
    except ValueError:
        return None


def same(reference, other):
    """None if two outputs agree, else the first disagreement. Lines that begin with ~ are compared loosely (float)."""
    a, b = reference.rstrip().split("\n"), other.rstrip().split("\n")
    for one, two in zip(a, b):
        s, t = one.split(), two.split()
        if len(s) != len(t):
            return one, two
        values = [abs(v) for v in map(number, s) if v is not None and v == v and v not in (float("inf"), float("-inf"))]
        digits = 1e-4 if one.startswith("~") else 1e-9
        floor = digits * max(values, default=0.0) * 1e-2 + 1e-15
        for p, q in zip(s, t):
            x, y = number(p), number(q)
            if p == q or x is not None and y is not None and x != x and y != y:
                continue
            if x is None or y is None or not abs(x - y) <= floor + digits * max(abs(x), abs(y)):
                return one, two
    return None if len(a) == len(b) else ("%d lines" % len(a), "%d lines" % len(b))


class Program:
    def __init__(self, options):
        self.options = options
        self.path = options.program
        with open(self.path) as source:
            text = source.read()
        self.cxx = self.path.endswith((".cpp", ".cc"))
        self.flags = " ".join(re.findall(r"^// FLAGS:\s*(.*)$", text, re.M)).split()
        self.libs = " ".join(re.findall(r"^// LIBS:\s*(.*)$", text, re.M)).split() + ["-lm"]
        levels = re.findall(r"^// LEVELS:\s*(.*)$", text, re.M)
        self.levels = [l.strip() for l in levels[0].split(";")] if levels else list(LEVELS)
        wanted = [l.strip() for l in (options.levels or "").split(";") if l.strip()]
        if wanted == ["all"]:
            self.levels += [l for l in ALL_LEVELS if l not in self.levels]
        elif wanted:
            # A program that lists its levels has a reason to leave out others.
            self.levels = [l for l in wanted if l in self.levels or not levels] or self.levels[-1:]
        self.sanitize = re.search(r"^// SANITIZE\b", text, re.M) is not None
        refuse = re.findall(r"^// REFUSE:\s*(.*?)\s*$", text, re.M)
        self.refuse = refuse[0] if refuse else None
        self.allow = re.search(r"^// ALLOW-REFUSE\b", text, re.M) is not None
        headers = os.path.join(HERE, "..", "..", "Plugin", "include")
        self.base = ["-I" + os.path.join(HERE, "Inputs"), "-I" + headers, "-std=gnu++17" if self.cxx else "-std=gnu11", "-w"]
        self.base += self.flags + options.flag
        if self.cxx:
            self.base.append("-I/usr/include/eigen3")

    def clang(self):
        return os.path.join(self.options.bindir, "clang++" if self.cxx else "clang")

    def output(self, level):
        name = re.sub(r"[^A-Za-z0-9]+", "_", level).strip("_")
        return os.path.join(self.options.tmp, name)

    def commands(self, level, extra=()):
        """The commands that build the program at one level, and the executable's path."""
        exe = self.output(level + " ".join(extra)) + ".exe"
        plugin = self.options.plugin
        if level.split()[0] != "opt":
            return [[self.clang(), "-fpass-plugin=" + plugin, *level.split(), *self.base, *extra, self.path, "-o", exe,
                     *self.libs]], exe
        flags = level.split()[1:] or ["-O1"]
        before, after = exe[:-4] + ".bc", exe[:-4] + ".nabla.bc"
        opt = os.path.join(self.options.bindir, "opt")
        return [[self.clang(), *flags, "-Xclang", "-disable-O0-optnone", *self.base, "-emit-llvm", "-c", self.path, "-o", before],
                [opt, "-load-pass-plugin=" + plugin, "-passes=nabla", before, "-o", after],
                [self.clang(), *flags, "-w", after, "-o", exe, *self.libs]], exe

    def build(self, level, extra=()):
        """Builds; returns the executable, or the diagnostics of a refusal. Raises if the compiler crashed."""
        commands, exe = self.commands(level, extra)
        for command in commands:
            status, out, err = run(command, COMPILE_SECONDS)
            if status == 0 and not CRASH.search(err):
                continue
            if status == 1 and not CRASH.search(err):
                return None, shell(command) + "\n" + err
            raise Failure("[%s] the compiler crashed (status %s)\n%s\n%s" % (level, status, shell(command), clip(err)))
        return exe, ""

    def execute(self, level, exe, prefix=(), env=None):
        status, out, err = run([*prefix, exe], RUN_SECONDS * (4 if prefix or env else 1), env)
        if status != 0:
            raise Failure("[%s] the program failed (status %s)\n%s\n%s" % (level, status, clip(out), clip(err)))
        if not out.strip():
            raise Failure("[%s] the program printed nothing" % level)
        return out

    def check(self):
        reference = None
        for level in self.levels:
            exe, refusal = self.build(level)
            if exe is None:
                if self.refuse is None:
                    raise Failure("[%s] does not compile\n%s" % (level, clip(refusal)))
                messages = re.findall(r"(?:error|note|remark|warning): (.*)", refusal)
                if not any(re.search(self.refuse, message) for message in messages):
                    raise Failure("[%s] refused, but no diagnostic matches /%s/\n%s" % (level, self.refuse, clip(refusal)))
                continue
            if self.refuse is not None and not self.allow:
                raise Failure("[%s] accepted, but should have been refused with /%s/" % (level, self.refuse))
            out = self.execute(level, exe)
            if reference is None:
                reference = level, out
            else:
                difference = same(reference[1], out)
                if difference:
                    raise Failure("the answer at %s differs from %s:\n  %s\n  %s" % (level, reference[0], difference[1], difference[0]))
        if self.sanitize and self.options.sanitizer != "none" and reference is not None:
            self.check_memory()

    def check_memory(self):
        kind = self.options.sanitizer
        if kind == "auto":
            resource = run([self.clang(), "-print-resource-dir"], 20)[1].strip()
            kind = "asan" if glob.glob(resource + "/lib/**/*clang_rt.asan*.a", recursive=True) else "valgrind"
        if kind == "asan":
            exe, refusal = self.build("-O1", ("-g", "-fsanitize=address"))
            if exe is None:
                raise Failure("[asan] does not compile\n" + clip(refusal))
            self.execute("asan", exe, env=dict(os.environ, ASAN_OPTIONS="detect_leaks=1:detect_stack_use_after_return=0"))
        elif shutil.which("valgrind"):
            exe, refusal = self.build("-O1", ("-g",))
            if exe is None:
                raise Failure("[valgrind] does not compile\n" + clip(refusal))
            self.execute("valgrind", exe, prefix=["valgrind", "-q", "--leak-check=full", "--errors-for-leak-kinds=definite",
                                                  "--error-exitcode=9"])

    def check_without_ad(self):
        """The program without differentiation: finite differences stand in for the hooks."""
        exe = self.output("noad") + ".exe"
        compiler = self.options.compiler or ("g++" if self.cxx else "gcc")
        command = [compiler, "-DNO_AD", "-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined", *self.base,
                   self.path, "-o", exe, *self.libs]
        status, out, err = run(command, COMPILE_SECONDS)
        if status != 0:
            raise Failure("[no-ad] does not compile\n%s\n%s" % (shell(command), clip(err)))
        print(self.execute("no-ad", exe, env=dict(os.environ, ASAN_OPTIONS="detect_leaks=1")), end="")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bindir", default="/usr/bin")
    parser.add_argument("--plugin", default=os.environ.get("NABLA_PLUGIN"))
    parser.add_argument("--tmp")
    parser.add_argument("--levels", help="`all`, or a list like '-O0; -O2; opt'")
    parser.add_argument("--sanitizer", choices=["auto", "asan", "valgrind", "none"], default="auto")
    parser.add_argument("--no-ad", action="store_true")
    parser.add_argument("--compiler", help="the compiler of --no-ad")
    parser.add_argument("--flag", action="append", default=[], help="one more compiler flag (--flag=-DNO_AD)")
    parser.add_argument("program")
    options = parser.parse_args()
    if not options.no_ad and not options.plugin:
        parser.error("--plugin is needed")
    keep = options.tmp is not None
    options.tmp = options.tmp or tempfile.mkdtemp(prefix="nabla-check-")
    if options.plugin:
        options.plugin = os.path.abspath(options.plugin)
    os.makedirs(options.tmp, exist_ok=True)
    try:
        program = Program(options)
        program.check_without_ad() if options.no_ad else program.check()
    except Failure as failure:
        print("%s: %s" % (options.program, failure))
        sys.exit(1)
    finally:
        if not keep:
            shutil.rmtree(options.tmp, ignore_errors=True)
        else:
            for leftover in glob.glob(os.path.join(options.tmp, "*.exe")):
                os.remove(leftover)


main()
