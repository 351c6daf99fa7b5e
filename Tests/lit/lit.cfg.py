# Configuration of the Nabla test-suite for lit; see README.md in this directory.
#
#   lit Tests/lit --param llvm_config=llvm-config-19 --param plugin=/path/to/libNabla.so
#
# Further parameters:
#   levels=all      also build every Run test with -Os and with -O2 -g
#   sanitizer=asan|valgrind|none   what a SANITIZE test runs under (default: asan when its run-time library is there)
#   build=DIR       where the temporary files go
import glob
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
from quoted import QuotedShTest

params = lit_config.params

llvm_config = params.get("llvm_config") or os.environ.get("LLVM_CONFIG", "llvm-config")
plugin = params.get("plugin") or os.environ.get("NABLA_PLUGIN")
if not plugin:
    lit_config.fatal("no plugin: use --param plugin=/path/to/libNabla.so")
plugin = os.path.abspath(plugin)
if not os.path.exists(plugin):
    lit_config.fatal("plugin not found: " + plugin)


def cfg(option):
    try:
        return subprocess.check_output([llvm_config, option], text=True).strip()
    except OSError as error:
        lit_config.fatal("cannot run %s: %s" % (llvm_config, error))


bindir = cfg("--bindir")
major = int(cfg("--version").split(".")[0])

config.name = "Nabla (LLVM %d)" % major
config.test_format = QuotedShTest(execute_external=False)
config.suffixes = [".c", ".cpp", ".ll", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = here
config.test_exec_root = params.get("build") or os.path.join(
    tempfile.gettempdir(), "nabla-lit-%d-llvm%d" % (os.getuid(), major))
os.makedirs(config.test_exec_root, exist_ok=True)

for version in range(14, 20):
    if version == major:
        config.available_features.add("llvm-%d" % version)
config.available_features.add("typed-pointers" if major < 15 else "opaque-pointers")
if os.path.isdir("/usr/include/eigen3"):
    config.available_features.add("has-eigen")
if os.path.isdir("/usr/include/boost"):
    config.available_features.add("has-boost")
if os.path.exists(os.path.join(bindir, "..", "lib", "libomp.so")):
    config.available_features.add("openmp")
# A BLAS with the header of its C interface, and libc++.
if glob.glob("/usr/include/cblas.h") + glob.glob("/usr/include/*/cblas.h") and glob.glob("/usr/lib/*/libblas.so") + glob.glob(
        "/usr/lib/libblas.so"):
    config.available_features.add("has-blas")
if os.path.isdir(os.path.join(bindir, "..", "include", "c++", "v1")):
    config.available_features.add("has-libcxx")
# Other languages; what is not installed is left out.
flang = shutil.which("flang-new-%d" % major) or shutil.which("flang-%d" % major)
if flang:
    config.available_features.add("has-flang")
if shutil.which("swiftc"):
    config.available_features.add("has-swift")

# The command line program, where it was built beside the plugin.
command = params.get("command") or os.path.join(os.path.dirname(plugin), "nabla")
if os.path.exists(command):
    config.available_features.add("command")
# What makes the plugin one of clang too, where it was built beside it.
if os.path.exists(os.path.join(os.path.dirname(plugin), "libNablaClang.so")):
    config.available_features.add("clang-plugin")
browser = shutil.which("chromium") or shutil.which("chromium-browser")
if browser:
    config.available_features.add("browser")
if all(shutil.which(tool) for tool in ("make", "cmake", "meson", "ninja", "pkg-config")):
    config.available_features.add("build-systems")

for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "NABLA_OPTIONS"):
    if name in os.environ:
        config.environment[name] = os.environ[name]

q = shlex.quote
python = q(sys.executable)
inputs = os.path.join(here, "Inputs")
check = [python, q(os.path.join(here, "check.py")), "--bindir", q(bindir), "--plugin", q(plugin), "--tmp", "%t.dir"]
if params.get("levels"):
    check += ["--levels=" + q(params["levels"])]
if params.get("sanitizer"):
    check += ["--sanitizer", q(params["sanitizer"])]

prefixes = "CHECK,LLVM%d,%s" % (major, "TYPED" if major < 15 else "OPAQUE")
config.substitutions += [
    ("%check", " ".join(check)),
    ("%plainopt", q(bindir + "/opt")),
    ("%opt", q(bindir + "/opt") + " -load-pass-plugin=" + q(plugin)),
    ("%clangplain", q(bindir + "/clang++")),
    ("%clangxx", "%s -fpass-plugin=%s -I%s" % (q(bindir + "/clang++"), q(plugin), q(inputs))),
    ("%clang", "%s -fpass-plugin=%s -I%s" % (q(bindir + "/clang"), q(plugin), q(inputs))),
    ("%filecheck", "%s --check-prefixes=%s --allow-unused-prefixes" % (q(bindir + "/FileCheck"), prefixes)),
    ("%nabla", q(command)),
    ("%browser", q(browser or "chromium") + " --headless --no-sandbox --disable-gpu --virtual-time-budget=3000"),
    ("%llvm_config", q(shutil.which(llvm_config) or llvm_config)),
    ("%llvm_major", str(major)),
    ("%if-lto", "env" if major >= 15 else "true"),
    ("%cc", q(bindir + "/clang")),
    ("%python", python),
    ("%page", "%s %s --bindir %s --plugin %s --llvm %d --tmp %%t.dir" % (
        python, q(os.path.join(here, "Docs", "run-page.py")), q(bindir), q(plugin), major)),
    ("%flang", "%s -fpass-plugin=%s" % (q(flang or "flang"), q(plugin))),
    ("%not", q(bindir + "/not")),
    ("%lli", q(bindir + "/lli")),
    ("%irdialect", "%s %s %d" % (python, q(os.path.join(here, "irdialect.py")), major)),
    ("%plugin", q(plugin)),
]
