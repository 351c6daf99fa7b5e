#!/usr/bin/env python3
"""Checks the documentation as a whole: every page has a test here, every link leads somewhere, and every message of the catalogues has
a section in docs/diagnostics.md, which in turn has no others, and a test.

usage: check-pages.py ROOT
"""
import glob
import os
import re
import sys

CATALOGUES = ["Sources/Frontend/Diagnostic+Catalog.swift", "Sources/Planning/Messages.swift", "Sources/Analysis/Messages.swift"]
# Functions of the catalogues that are no messages.
HELPERS = {"parameterName", "trimmed"}
# What nothing a program contains should lead to, or no program that clang makes.
UNREACHED = {"unplanned", "invalid", "tapeRuntime", "instruction", "irreducible", "resultBufferUnknown"}
# Messages that still want a test: a list to make shorter.
UNTESTED = set()
# Messages of which no four words in a row are fixed.
PATTERNS = {"markerInPlaceOfValue": r"found '.*' where the .* should be", "byReferenceSize": r"' says .* bytes, but .* has"}


def read(path):
    with open(path) as file:
        return file.read()


def slug(heading):
    """The name that a heading has in links, as GitHub makes it."""
    text = re.sub(r"[`*]", "", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def check_tests(root, pages):
    tests = "".join(read(t) for t in glob.glob(root + "/Tests/lit/**/*.test", recursive=True))
    for page in pages:
        name = os.path.relpath(page, root)
        if name not in tests:
            yield "%s: no test runs this page; add one to Tests/lit/Docs" % name


def check_links(root, pages):
    for page in pages:
        name, text = os.path.relpath(page, root), read(page)
        outside = re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)", outside):
            if "://" in target:
                continue
            path, _, anchor = target.partition("#")
            full = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
            if not os.path.exists(full):
                yield "%s: the link to '%s' leads nowhere" % (name, target)
            elif anchor and anchor not in [slug(h) for h in re.findall(r"^#+ (.*)$", read(full), re.M)]:
                yield "%s: there is no heading for '%s'" % (name, target)


def messages(root):
    """The messages of the catalogues, with the text that each has for certain: its literals."""
    for path in CATALOGUES:
        text = read(os.path.join(root, path))
        starts = list(re.finditer(r"^  (private |package )?static func (\w+)\(", text, re.M))
        for here, following in zip(starts, starts[1:] + [None]):
            if here.group(1) == "private " or here.group(2) in HELPERS:
                continue
            body = text[here.end():following.start() if following else len(text)]
            body = re.sub(r"///[^\n]*", "", body)
            # Literals that are joined by + are one.
            body = re.sub(r'"\s*\+\s*"', "", body)
            literals = re.findall(r'"((?:[^"\\]|\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\\.)*)"', body)
            pieces = [p for l in literals for p in re.split(r"\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)", l)]
            yield here.group(2), [p.replace('\\"', '"') for p in pieces]


def check_messages(root):
    page = read(os.path.join(root, "docs/diagnostics.md"))
    sections = [name for list in re.findall(r"^<!-- messages?: (.*?) -->$", page, re.M) for name in list.split()]
    known = dict(messages(root))
    for name in known:
        if sections.count(name) != 1:
            yield "docs/diagnostics.md: %d sections for the message '%s'" % (sections.count(name), name)
    for name in set(sections) - set(known):
        yield "docs/diagnostics.md: there is no message '%s'" % name
    expected = re.findall(r"^```console$(.*?)^```$", page, re.M | re.S)
    for path in glob.glob(root + "/Tests/lit/**/*", recursive=True):
        if path.endswith((".c", ".cpp", ".ll", ".test")):
            expected += re.findall(r"(?:REFUSE|[A-Z0-9]+(?:-[A-Z]+)?):(.*)$", read(path), re.M)
    for path in glob.glob(root + "/Tests/*Tests/**/*.swift", recursive=True):
        expected.append(read(path))
    expected = "\n".join(re.sub(r"\s+", " ", re.sub(r"\\(.)", r"\1", e)) for e in expected)
    for name, pieces in known.items():
        if name in UNREACHED | UNTESTED:
            continue
        if name in PATTERNS and re.search(PATTERNS[name], expected):
            continue
        long = [re.sub(r"\s+", " ", p) for p in pieces if len(p.strip()) >= 12] or pieces
        words = [" ".join(p.split()[i:i + 4]) for p in long for i in range(max(1, len(p.split()) - 3))]
        if not any(w and w in expected for w in words if len(w) >= 12):
            yield "no test expects the message '%s': %s" % (name, long[:2])


def main():
    root = os.path.abspath(sys.argv[1])
    pages = [p for pattern in ("*.md", "docs/**/*.md") for p in glob.glob(os.path.join(root, pattern), recursive=True)]
    wrong = [*check_tests(root, pages), *check_links(root, pages), *check_messages(root)]
    print("\n".join(wrong))
    sys.exit(bool(wrong))


main()
