#!/usr/bin/env python3
"""Makes Sources/Analysis/Library/LibraryText.swift of the C files beside this one, with clang 14 (whose text all later LLVMs are
given in their own dialect).

usage: Plugin/Library/generate.py [--clang clang-14]
"""
import argparse
import os
import re
import subprocess

here = os.path.dirname(os.path.abspath(__file__))
FLAGS = ["-O1", "-fno-inline", "-fno-vectorize", "-fno-slp-vectorize", "-fno-unroll-loops", "-fno-math-errno", "-ffp-contract=off",
         "-ffreestanding", "-S", "-emit-llvm"]


def text(clang, name):
    out = subprocess.run([clang, *FLAGS, os.path.join(here, name), "-o", "-"], check=True, stdout=subprocess.PIPE, text=True).stdout
    lines = []
    for line in out.split("\n"):
        if re.match(r"^(;|!|attributes|source_filename|target)", line):
            continue
        line = re.sub(r"\s*; preds = .*", "", line)
        line = re.sub(r", ![a-z.]+ !\d+", "", line)
        line = re.sub(r" #\d+", "", line)
        line = re.sub(r"\b(dso_local|local_unnamed_addr|noundef|signext|zeroext|nocapture|readonly|readnone|writeonly|noalias|nuw|nsw|inbounds|tail|nonnull|exact) ?", "", line)
        line = re.sub(r", align \d+$", "", line) if "atomic" not in line and "cmpxchg" not in line else line
        lines.append(line.rstrip())
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clang", default="clang-14")
    clang = parser.parse_args().clang
    path = os.path.join(here, "..", "..", "Sources", "Analysis", "Library", "LibraryText.swift")
    with open(path, "w") as out:
        out.write("// swift-format-ignore-file\n// Made by Plugin/Library/generate.py of the C files beside it: change those.\n\n")
        out.write("/// Bodies of functions of libraries, in the dialect of LLVM 14.\nenum LibraryText {\n")
        for name in ("blas", "cxx"):
            body = text(clang, name + ".c").replace("\\", "\\\\")
            out.write('  static let %s = #"""\n%s\n"""#\n' % (name, body))
        out.write("}\n")


main()
