#!/usr/bin/env python3
"""Writes LLVM IR in the pointer dialect of one LLVM.

usage: irdialect.py MAJOR FILE

In a test a pointer type is written `ptr(double)`, nested as `ptr(ptr(i8))`; LLVM 14 gets `double*` and `i8**`, later ones `ptr`.
A function used as an operand is written `@f as double (double, ptr(double)) asptr`: LLVM 14 gets the type and value
`i8* bitcast (double (double, double*)* @f to i8*)`, later ones `ptr @f`. Both include the operand's type.
A mangled intrinsic suffix is written `ptrsuffix(f64)`: `p0f64` in LLVM 14, `p0` later.
"""
import re
import sys

POINTER = re.compile(r"\bptr\(")
SUFFIX = re.compile(r"\bptrsuffix\(([^()]*)\)")
FUNCTION = re.compile(r"(@[\w.$-]+) as (.+?) asptr")


def matching(text, start):
    """The index of the parenthesis that closes the one at start."""
    depth = 0
    for i in range(start, len(text)):
        if text[i] == "(":
            depth += 1
        elif text[i] == ")":
            depth -= 1
            if depth == 0:
                return i
    raise SystemExit("irdialect: unbalanced parentheses in: " + text.strip())


def pointers(text, typed):
    while True:
        match = POINTER.search(text)
        if not match:
            return text
        end = matching(text, match.end() - 1)
        inner = text[match.end():end]
        text = text[:match.start()] + (pointers(inner, typed) + "*" if typed else "ptr") + text[end + 1:]


def translate(line, typed):
    if line.lstrip().startswith(";"):
        return line
    line = SUFFIX.sub(lambda m: "p0" + m.group(1) if typed else "p0", line)
    if typed:
        line = FUNCTION.sub(lambda m: "i8* bitcast (%s* %s to i8*)" % (m.group(2), m.group(1)), line)
    else:
        line = FUNCTION.sub(lambda m: "ptr " + m.group(1), line)
    return pointers(line, typed)


def main():
    typed = int(sys.argv[1]) < 15
    with open(sys.argv[2]) as source:
        for line in source:
            sys.stdout.write(translate(line, typed))


main()
