import ArgumentParser
import Checking
import Glibc
import IR

/// Looks whether everything fits together.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find LLVM, clang and the plugin, and try them; explain what does not fit.",
    discussion: """
      EXAMPLES
        nabla doctor
        nabla doctor --plugin build/llvm-19/libNabla.so --clang /opt/llvm/bin/clang
      """)

  @Option(name: .long, help: "The plugin to try.", completion: .file(extensions: ["so"]))
  var plugin: String?

  @Option(name: .long, help: "The clang to try it in.", completion: .file())
  var clang: String?

  func run() throws {
    var report = Report()
    report.say(.good, "nabla", "\(Nabla.configuration.version), \(Files.executable)")
    report.say(.good, "machine", Host.triple)
    checkTools(&report)
    checkPlugin(&report)
    report.finish()
    if report.failures > 0 { throw ExitCode(1) }
  }

  // MARK: Tools

  private func checkTools(_ report: inout Report) {
    let major = Toolchain.major
    if let path = clang ?? Toolchain.tool("clang") {
      let version = Toolchain.version(of: path)
      if version == major {
        report.say(.good, "clang", "\(path), version \(major)")
      } else {
        report.say(
          .bad, "clang",
          "\(path) is \(version.map { "version \($0)" } ?? "no clang that runs"); the plugin for LLVM \(major) works in clang \(major) only",
          remedy: (version.map { 14...19 ~= $0 ? "build Nabla for that version (make LLVM=\($0)), or " : "" } ?? "")
            + "use clang-\(major)")
      }
    } else {
      report.say(
        .bad, "clang", "no clang \(major) in PATH or /usr/lib/llvm-\(major)/bin",
        remedy: "apt install clang-\(major)")
    }
    for (name, why) in [
      ("opt", "to differentiate bitcode"), ("lld", "to differentiate at a link with -flto"),
      ("llvm-reduce", "for nabla reduce"),
    ] {
      let path = Toolchain.tool(name == "lld" ? "ld.lld" : name)
      if let path {
        report.say(.good, name, path)
      } else {
        report.say(.note, name, "not found; it is needed only \(why)", remedy: "apt install \(package(name))")
      }
    }
    let plain = Files.program("clang").flatMap { path in Toolchain.version(of: path).map { (path, $0) } }
    if let (path, version) = plain, version != major {
      report.say(
        .note, "plain clang", "\(path) is version \(version), so write clang-\(major) where the plugin is used")
    }
  }

  private func package(_ name: String) -> String {
    name == "lld" ? "lld-\(Toolchain.major)" : "llvm-\(Toolchain.major)"
  }

  // MARK: Plugin

  private func checkPlugin(_ report: inout Report) {
    guard let path = plugin ?? Toolchain.plugin else {
      return report.say(
        .bad, "plugin", "no libNabla.so for LLVM \(Toolchain.major) beside this program",
        remedy: "make LLVM=\(Toolchain.major), or name it with --plugin or NABLA_PLUGIN")
    }
    guard Files.exists(path) else { return report.say(.bad, "plugin", "there is no file \(path)") }
    report.say(.good, "plugin", path)
    guard let compiler = clang ?? Toolchain.tool("clang") else { return }
    tryOut(path, compiler, &report)
  }

  /// Compiles and runs a derivative.
  private func tryOut(_ plugin: String, _ compiler: String, _ report: inout Report) {
    let program = """
      double __nabla_autodiff(void *, ...);
      static double cube(double x) { return x * x * x; }
      int main(void) { return (int)__nabla_autodiff((void *)cube, 3.0); }
      """
    let outcome = try? Files.withTemporaryDirectory { directory -> (Subprocess.Outcome, Subprocess.Outcome?) in
      try Files.write(program, to: "\(directory)/try.c")
      let build = try Subprocess.run(
        [compiler, "-O2", "-fpass-plugin=\(plugin)", "\(directory)/try.c", "-o", "\(directory)/try"], seconds: 120)
      return (build, build.end.isSuccess ? try Subprocess.run(["\(directory)/try"], seconds: 20) : nil)
    }
    guard let (build, run) = outcome else { return report.say(.bad, "trial", "cannot run \(compiler)") }
    if run?.end == .exited(27) {
      return report.say(.good, "trial", "a derivative was compiled and gives the right number")
    }
    if let run {
      return report.say(
        .bad, "trial", "the derivative of x³ at 3 came out wrong (\(run.end))", remedy: "please report this")
    }
    explain(build, plugin, compiler, &report)
  }

  private func explain(_ build: Subprocess.Outcome, _ plugin: String, _ compiler: String, _ report: inout Report) {
    let text = build.errors
    if let line = text.split(separator: "\n").first(where: { $0.contains("built for LLVM") }) {
      return report.say(
        .bad, "trial", String(line),
        remedy: "plugin and compiler must be of one LLVM: make LLVM=\(Toolchain.version(of: compiler) ?? 19)")
    }
    if text.contains("undefined reference to `__nabla") {
      return report.say(
        .bad, "trial", "the plugin was loaded but did not run: the call was left for the linker",
        remedy: "this clang may lack the extension points; try it with -O1, or opt -passes=nabla")
    }
    if text.contains("undefined symbol") {
      return report.say(
        .bad, "trial", "\(compiler) does not export LLVM's symbols, so it can't load plugins (\(firstLine(text)))",
        remedy: "use a clang that is linked with libLLVM.so, as Debian's is")
    }
    report.say(.bad, "trial", "\(compiler) failed: \(firstLine(text))")
  }

  private func firstLine(_ text: String) -> String {
    text.split(separator: "\n").first.map(String.init) ?? "no message"
  }
}

/// Findings, as a list.
private struct Report {
  enum Verdict { case good, note, bad }
  private(set) var failures = 0

  mutating func say(_ verdict: Verdict, _ what: String, _ text: String, remedy: String? = nil) {
    let style = Terminal.output
    let sign =
      switch verdict {
      case .good: style.green("ok  ")
      case .note: style.yellow("note")
      case .bad: style.red("BAD ")
      }
    if verdict == .bad { failures += 1 }
    let label = what + String(repeating: " ", count: max(0, 12 - what.count))
    Terminal.print("\(sign)  \(label) \(text)\n")
    if let remedy { Terminal.print(String(repeating: " ", count: 19) + style.dim("→ \(remedy)") + "\n") }
  }

  func finish() {
    let style = Terminal.output
    Terminal.print(
      failures == 0
        ? style.green("Everything fits together.\n") : style.red("\(failures) problem\(failures == 1 ? "" : "s").\n"))
  }
}
