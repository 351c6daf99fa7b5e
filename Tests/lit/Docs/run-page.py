#!/usr/bin/env python3
"""Runs the code blocks of a page of the documentation, from top to bottom, in a folder of its own.

  ```c, ```make, …    a file, if its first line is a comment that names it (/* fit.c */, # Makefile); a later command must use it
  ```sh               commands, which must succeed
  ```console          commands after `$ `, and what they print. Space and line ends count as one space; `...` and `…` stand for anything
  ```text             not run: drawings

A comment before a block changes that:

  <!-- test: part -->           the block is appended to the page's program (page.c, page.cpp), which must compile and, if it has a
                                `main`, run and exit with 0
  <!-- test: fails -->          the last command of the block must fail
  <!-- test: needs flang-19 --> the block is left out where that command is not installed
  <!-- test: same as PATH -->   the block is what stands in that file of the repository, which other tests run
  <!-- test: skip, why -->      the block is not run

A comment of the form `<!-- sh`, a line each, `-->` is a block that readers don't see; so are `<!-- c part` and the like.

In the folder there are `build/llvm-N/libNabla.so`, `docs`, and, after `<!-- test: install -->`, an installation in `prefix`. $NABLA is the
plugin; `clang-19`, `opt-19` and their kin are those of the LLVM under test.
"""
import argparse
import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".."))
NAMED = re.compile(r"^(?:/\*|//|#|!|<!--)\s*([\w./-]+\.[A-Za-z]\w*|(?:[\w./-]*/)?Makefile)\b[^\n]*$")
COMPILED = {"c": ".c", "cpp": ".cpp"}
SECONDS = 240


class Failure(Exception):
    pass


class Block:
    def __init__(self, line, language, words, text):
        self.line, self.language, self.words, self.text = line, language, words, text


def blocks(text):
    """The blocks of a page, in order."""
    lines, i, words = text.split("\n"), 0, ""
    while i < len(lines):
        line = lines[i]
        directive = re.match(r"^\s*<!-- test: (.*?) -->$", line)
        hidden = re.match(r"^<!-- (sh|console|c|cpp|make|cmake)( part)?$", line)
        fence = re.match(r"^(\s*)```(\w*)$", line)
        if directive:
            if words:
                raise Failure("line %d: two directives, or one without a block" % (i + 1))
            words = directive.group(1)
            if words == "install":
                yield Block(i + 1, "install", "", "")
                words = ""
        elif hidden or fence:
            end, indent = ("-->", "") if hidden else (fence.group(1) + "```", fence.group(1))
            start = i + 1
            i = lines.index(end, start)
            body = [l[len(indent):] if l.startswith(indent) else l for l in lines[start:i]]
            language = hidden.group(1) if hidden else fence.group(2) or "text"
            yield Block(start, language, (hidden.group(2) or "").strip() if hidden else words, "\n".join(body) + "\n")
            words = ""
        elif line.strip() and words:
            raise Failure("line %d: a directive without a block" % (i + 1))
        i += 1


class Page:
    def __init__(self, options):
        self.options = options
        self.tmp = options.tmp
        shutil.rmtree(self.tmp, ignore_errors=True)
        major = options.llvm
        os.makedirs(os.path.join(self.tmp, "build", "llvm-%s" % major))
        os.symlink(options.plugin, os.path.join(self.tmp, "build", "llvm-%s" % major, "libNabla.so"))
        shutil.copytree(os.path.join(ROOT, "docs", "examples"), os.path.join(self.tmp, "docs", "examples"))
        tools = os.path.join(self.tmp, "bin")
        os.makedirs(tools)
        for tool in ("clang", "clang++", "opt", "llvm-link"):
            os.symlink(os.path.join(options.bindir, tool), os.path.join(tools, "%s-%s" % (tool, major)))
        command = os.path.join(os.path.dirname(options.plugin), "nabla")
        if os.path.exists(command):
            os.symlink(command, os.path.join(tools, "nabla"))
        self.env = dict(os.environ, NABLA=options.plugin, PATH=tools + ":" + os.environ["PATH"], NO_COLOR="1", LC_ALL="C.UTF-8",
                        PREFIX=os.path.join(self.tmp, "prefix"))
        self.env.pop("MAKEFLAGS", None)
        self.parts, self.files, self.commands = {}, {}, ""

    def shell(self, command):
        try:
            done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=self.tmp, env=self.env, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS, text=True, errors="replace")
        except subprocess.TimeoutExpired:
            raise Failure("timeout: " + command)
        self.commands += command + "\n"
        return done.returncode, done.stdout

    def succeed(self, command):
        status, out = self.shell(command)
        if status != 0:
            raise Failure("status %d\n$ %s\n%s" % (status, command.rstrip(), out))
        return out

    def install(self):
        # -o: the plugin under test is the one to install, and is not built again.
        self.succeed("make -s -C %s -o plugin -o llvm LLVM=%s PLUGIN=%s PREFIX=%s/prefix install-plugin" % (
            ROOT, self.options.llvm, self.options.plugin, self.tmp))

    def transcript(self, block, fails):
        """Runs commands and compares what they print."""
        entries = re.split(r"^\$ ", block.text, flags=re.M)
        if entries[0].strip() or len(entries) < 2:
            raise Failure("a console block begins with `$ `")
        for number, entry in enumerate(entries[1:], 1):
            # A command goes on in the next line after a backslash.
            command, expected = re.match(r"((?:.*\\\n)*.*\n)((?:.|\n)*)", entry).groups()
            status, out = self.shell(command)
            must_fail = fails and number == len(entries) - 1
            if (status != 0) != must_fail:
                raise Failure("status %d\n$ %s%s" % (status, command, out))
            pattern = r"\s+".join(re.escape(word) for word in expected.split())
            pattern = re.sub(r"(?:\\s\+)?(?:\\\.\\\.\\\.|…)(?:\\s\+)?", ".*", pattern)
            if not re.fullmatch(r"\s*%s\s*" % pattern, out, re.S):
                raise Failure("$ %s---- printed\n%s---- in the page\n%s" % (command, out, expected))

    def run(self, block):
        words, language = block.words, block.language
        if words.startswith("skip"):
            return
        if words.startswith("needs "):
            if not all(shutil.which(w, path=self.env["PATH"]) for w in words.split()[1:]):
                print("line %d: left out, there is no %s" % (block.line, words[6:]))
                return
        if words.startswith("same as "):
            with open(os.path.join(ROOT, words[8:])) as file:
                if file.read().strip() != block.text.strip():
                    raise Failure("this is not what stands in " + words[8:])
            return
        if language == "install":
            self.install()
        elif language == "sh":
            self.succeed(block.text)
        elif language == "console":
            self.transcript(block, words == "fails")
        elif words == "part":
            self.parts.setdefault(language, []).append("#line %d \"%s\"\n%s" % (block.line + 1, self.options.page, block.text))
        elif language != "text":
            name = NAMED.match(block.text.split("\n")[0])
            if not name:
                raise Failure("a block that nothing runs: name its file in the first line, or say <!-- test: … --> before it")
            path = os.path.join(self.tmp, name.group(1))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w") as file:
                file.write(block.text)
            self.files[name.group(1)] = block.line

    def finish(self):
        for language, parts in self.parts.items():
            name = "page" + COMPILED[language]
            text = "".join(parts)
            with open(os.path.join(self.tmp, name), "w") as file:
                file.write(text)
            compiler = "clang++" if language == "cpp" else "clang"
            runs = re.search(r"\bmain\s*\(", text)
            command = "%s-%s -O1 -Wall -Wno-unused -fpass-plugin=$NABLA %s " % (compiler, self.options.llvm, name)
            self.succeed(command + ("-o page -lm && ./page" if runs else "-c"))
        implied = ("Makefile", "CMakeLists.txt", "meson.build")
        for name, line in self.files.items():
            if os.path.basename(name) not in implied and os.path.basename(name) not in self.commands:
                raise Failure("line %d: no command of the page uses '%s'" % (line, name))


def without_spaces(options):
    """The pages write $NABLA without quotes, as their readers do whose folders have plain names: others are reached by links."""
    global ROOT
    if not re.search(r"\s", ROOT + options.plugin + options.tmp):
        return
    links = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, links)
    os.symlink(ROOT, os.path.join(links, "repository"))
    os.symlink(os.path.dirname(options.plugin), os.path.join(links, "plugin"))
    ROOT = os.path.join(links, "repository")
    options.plugin = os.path.join(links, "plugin", os.path.basename(options.plugin))
    options.tmp = os.path.join(links, "page")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bindir", required=True)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--llvm", required=True)
    parser.add_argument("--tmp", required=True)
    parser.add_argument("page")
    options = parser.parse_args()
    options.plugin, options.tmp = os.path.abspath(options.plugin), os.path.abspath(options.tmp)
    without_spaces(options)
    page, failed, line = Page(options), False, 0
    with open(options.page) as file:
        text = file.read()
    try:
        for block in blocks(text):
            line = block.line
            try:
                page.run(block)
            except Failure as failure:
                print("%s:%d: %s" % (options.page, line, failure))
                failed = True
        page.finish()
    except Failure as failure:
        print("%s: %s" % (options.page, failure))
        failed = True
    sys.exit(failed)


main()
