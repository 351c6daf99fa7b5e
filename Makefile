# A thin front for SwiftPM, lit and the demonstration.
#
#   make [LLVM=19]      plugin and command: build/llvm-19/{libNabla.so,nabla} (plain `make`: for the default llvm-config)
#   make plugin         the plugin alone: needs no package but Swift and LLVM, and half the time
#   make test           unit tests and lit tests with LLVM 14 and 19 (with LLVM=N: with that one)
#                       (LEVELS='-O0; -O2': programs at these levels only)
#   make demo           the gradient of a Gaussian mixture, through clang and through opt
#   make fuzz           random programs, differentiated and compared  (SEEDS=0:200)
#   make bench          times of gradients over their primals         (BENCH='--only gmm')
#   make install        DESTDIR=, PREFIX=/usr/local (install-plugin, install-command: a part of it)
#   make deb            Debian packages: build/nabla-llvm-19_….deb and build/nabla-common_….deb
#   make format         swift format, in place
#   make deps           what the above needs from Debian, where it is missing (as root or with sudo)
#   make clean
#
# `LLVM_CONFIG=/path/to/llvm-config` builds for an LLVM outside of PATH.

VERSION := 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
PYTHON ?= python3
CONFIGURATION ?= release
SEEDS ?= 0:200
BENCH ?= --sizes small

# ---- Which LLVM ---------------------------------------------------------------------------------

ifdef LLVM
  override LLVM_CONFIG := llvm-config-$(LLVM)
  TEST_LLVM ?= $(LLVM)
else
  LLVM_CONFIG ?= llvm-config
  TEST_LLVM ?= 14 19
endif
export LLVM_CONFIG

# Evaluated in recipes only: `make deps` and `make demo` must work where there is no LLVM yet.
MAJOR = $(firstword $(subst ., ,$(shell $(LLVM_CONFIG) --version)))
BINDIR = $(shell $(LLVM_CONFIG) --bindir)
SCRATCH = .build-$(MAJOR)
PLUGIN = build/llvm-$(MAJOR)/libNabla.so
# What makes the plugin work as `clang -fplugin=`; built where clang's headers are (Debian: libclang-N-dev).
COMPANION = build/llvm-$(MAJOR)/libNablaClang.so
CLANG_HEADERS = $(wildcard $(shell $(LLVM_CONFIG) --includedir)/clang/Sema/ParsedAttr.h)
COMMAND = build/llvm-$(MAJOR)/nabla
LIT = $(PYTHON) $(dir $(BINDIR))build/utils/lit/lit.py

.DEFAULT_GOAL := all
.PHONY: all plugin command test unit lit demo demo-clang demo-opt fuzz bench install install-plugin install-command deb format deps clean llvm

llvm:
	@command -v $(LLVM_CONFIG) > /dev/null || \
	  { echo "nabla: no $(LLVM_CONFIG); try LLVM=19, or \`make deps\` as root" >&2; exit 1; }

all: plugin command

plugin: llvm
	$(SWIFT) build -c $(CONFIGURATION) --scratch-path $(SCRATCH) --product Nabla
	@mkdir -p $(dir $(PLUGIN))
	@$(BINDIR)/llvm-strip -o $(PLUGIN).new $(SCRATCH)/$(CONFIGURATION)/libNabla.so
	@mv -f $(PLUGIN).new $(PLUGIN)
	@echo "$(PLUGIN)"
	$(if $(CLANG_HEADERS),@$(MAKE) --no-print-directory $(COMPANION))

# Without SwiftPM, which would link Swift's run-time library into it.
$(COMPANION): Plugin/Clang/Attributes.cpp Plugin/Clang/include/nabla_clang.h
	@mkdir -p $(dir $@)
	$(BINDIR)/clang++ -std=c++17 -O2 -fPIC -shared -s -fno-rtti -fno-exceptions -fvisibility=hidden -fvisibility-inlines-hidden \
	  -isystem $$($(LLVM_CONFIG) --includedir) -IPlugin/Clang/include $< -o $@
	@echo "$@"

command: llvm
	$(SWIFT) build -c $(CONFIGURATION) --scratch-path $(SCRATCH) --product nabla
	@mkdir -p $(dir $(COMMAND))
	@$(BINDIR)/llvm-strip -o $(COMMAND).new $(SCRATCH)/$(CONFIGURATION)/nabla
	@mv -f $(COMMAND).new $(COMMAND)
	@echo "$(COMMAND)"

# ---- Tests --------------------------------------------------------------------------------------

test: deps
	+.ci/test $(TEST_LLVM)

unit: llvm
	NABLA_WITHOUT_COMMAND=1 $(SWIFT) test --scratch-path $(SCRATCH) $(if $(UNIT_REPORT),--xunit-output $(UNIT_REPORT))

lit: llvm
	$(LIT) -sv Tests/lit --param llvm_config=$(LLVM_CONFIG) --param 'plugin=$(CURDIR)/$(PLUGIN)' \
	  --param 'build=$(CURDIR)/$(SCRATCH)/lit' $(if $(LEVELS),--param 'levels=$(LEVELS)') \
	  $(if $(LIT_REPORT),--xunit-xml-output $(LIT_REPORT))

fuzz: plugin
	$(PYTHON) Tests/Fuzz/fuzz.py --plugin $(PLUGIN) --llvm $(MAJOR) --seeds $(SEEDS) \
	  --out build/fuzz-failures

bench: plugin
	$(PYTHON) Tests/Benchmarks/run.py --llvm $(MAJOR) --plugin 'nabla=$(CURDIR)/$(PLUGIN):nabla' $(BENCH)

# ---- Demonstration ------------------------------------------------------------------------------

EXAMPLE := docs/examples/gmm
SOURCES := $(EXAMPLE)/gmm.c $(EXAMPLE)/main.c
DATA := $(EXAMPLE)/data/gmm_d10_K25.txt

# In clang, and then through opt on bitcode, with the newest and the oldest LLVM.
demo:
	@.ci/deps 14 19
	@$(MAKE) --no-print-directory LLVM=19 plugin demo-clang demo-opt
	@$(MAKE) --no-print-directory LLVM=14 plugin demo-clang demo-opt

demo-clang:
	@mkdir -p build/demo
	clang-$(MAJOR) -O2 -fpass-plugin=$(PLUGIN) $(SOURCES) -o build/demo/gmm-clang-$(MAJOR) -lm
	build/demo/gmm-clang-$(MAJOR) $(DATA)

demo-opt:
	@mkdir -p build/demo
	clang-$(MAJOR) -O1 -emit-llvm -c $(EXAMPLE)/gmm.c -o build/demo/gmm.bc
	opt-$(MAJOR) -load-pass-plugin=$(PLUGIN) -passes='nabla,default<O2>' build/demo/gmm.bc \
	  -o build/demo/gmm-gradient.bc
	clang-$(MAJOR) -O2 build/demo/gmm-gradient.bc $(EXAMPLE)/main.c -o build/demo/gmm-opt-$(MAJOR) -lm
	build/demo/gmm-opt-$(MAJOR) $(DATA)

# ---- The rest -----------------------------------------------------------------------------------

# What a user of version N gets; versions can be installed beside each other.
LIBDIR = $(DESTDIR)$(PREFIX)/lib/nabla/llvm-$(MAJOR)
BINDIR_TO = $(DESTDIR)$(PREFIX)/bin
SHARE = $(DESTDIR)$(PREFIX)/share

install: all install-plugin install-command

install-plugin: plugin
	install -D -m 644 $(PLUGIN) "$(LIBDIR)/libNabla.so"
	$(if $(wildcard $(COMPANION)),install -D -m 644 $(COMPANION) "$(LIBDIR)/libNablaClang.so")
	install -D -m 644 -t "$(DESTDIR)$(PREFIX)/include/nabla" Plugin/include/nabla/*
	install -D -m 644 -t "$(DESTDIR)$(PREFIX)/include/enzyme" Plugin/include/enzyme/*
	install -D -m 644 cmake/NablaConfig.cmake "$(DESTDIR)$(PREFIX)/lib/cmake/Nabla/NablaConfig.cmake"
	install -D -m 644 cmake/NablaConfigVersion.cmake "$(DESTDIR)$(PREFIX)/lib/cmake/Nabla/NablaConfigVersion.cmake"
	install -d "$(DESTDIR)$(PREFIX)/lib/pkgconfig"
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|; s|@LLVM@|$(MAJOR)|' cmake/nabla.pc.in \
	  > "$(DESTDIR)$(PREFIX)/lib/pkgconfig/nabla-llvm-$(MAJOR).pc"
	ln -sf nabla-llvm-$(MAJOR).pc "$(DESTDIR)$(PREFIX)/lib/pkgconfig/nabla.pc"
	install -D -m 644 LICENSE "$(SHARE)/doc/nabla/LICENSE"

install-command: command
	install -D -m 755 $(COMMAND) "$(LIBDIR)/nabla"
	install -d "$(BINDIR_TO)" "$(SHARE)/man/man1" "$(SHARE)/bash-completion/completions" \
	  "$(SHARE)/zsh/site-functions" "$(SHARE)/fish/vendor_completions.d"
	ln -sf ../lib/nabla/llvm-$(MAJOR)/nabla "$(BINDIR_TO)/nabla-$(MAJOR)"
	ln -sf nabla-$(MAJOR) "$(BINDIR_TO)/nabla"
	$(COMMAND) manual > "$(SHARE)/man/man1/nabla.1"
	$(COMMAND) --generate-completion-script bash > "$(SHARE)/bash-completion/completions/nabla"
	$(COMMAND) --generate-completion-script zsh > "$(SHARE)/zsh/site-functions/_nabla"
	$(COMMAND) --generate-completion-script fish > "$(SHARE)/fish/vendor_completions.d/nabla.fish"

# nabla-llvm-19 and nabla-common: what `make install` puts below /usr.
deb: all
	rm -rf build/deb/llvm-$(MAJOR)
	$(MAKE) --no-print-directory install DESTDIR="$(CURDIR)/build/deb/llvm-$(MAJOR)" PREFIX=/usr
	.ci/debian-packages $(MAJOR) $(VERSION) build/deb/llvm-$(MAJOR) build

format:
	$(SWIFT) format -i -r -p Package.swift Sources Tests Plugin

deps:
	@.ci/deps $(TEST_LLVM)

clean:
	rm -rf .build .build-* build
