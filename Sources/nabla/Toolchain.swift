import Glibc
import IR

/// The LLVM that belongs to this program: one built for LLVM 19 needs clang 19 and the plugin for 19.
enum Toolchain {
  static let major = LLVMVersion.major

  /// Where Debian, Homebrew and others put a version of LLVM.
  private static var directories: [String] {
    ["/usr/lib/llvm-\(major)/bin", "/usr/local/llvm-\(major)/bin", "/opt/llvm-\(major)/bin"]
  }

  /// A tool of this LLVM: `clang-19`, or a `clang` that says it is version 19.
  static func tool(_ name: String) -> String? {
    if let path = Files.program("\(name)-\(major)") { return path }
    if let path = directories.map({ "\($0)/\(name)" }).first(where: Files.isExecutable) { return path }
    guard let path = Files.program(name), version(of: path) == major else { return nil }
    return path
  }

  /// The major version that a tool of LLVM says it has.
  static func version(of path: String) -> Int? {
    guard let outcome = try? Subprocess.run([path, "--version"], seconds: 20), outcome.end.isSuccess else {
      return nil
    }
    let words = outcome.output.split(whereSeparator: \.isWhitespace)
    if let n = words.first.flatMap({ Int($0.prefix { $0.isNumber }) }) { return n }
    // "Debian clang version 19.1.7", "Debian LLVM version 19.1.7", and not every program that has a version.
    guard let k = words.firstIndex(of: "version"), k > 0, k + 1 < words.count,
      ["clang", "LLVM", "flang-new"].contains(words[k - 1])
    else { return nil }
    return Int(words[k + 1].prefix { $0.isNumber })
  }

  static func clang(forCxx: Bool) throws -> String {
    let name = forCxx ? "clang++" : "clang"
    if let path = tool(name) { return path }
    throw Failure(
      "no \(name) \(major) found, and this program is for LLVM \(major): install it (Debian: apt install "
        + "clang-\(major)), or hand over IR that another front end made (.ll or .bc)")
  }

  /// Where the headers <nabla/…> are: those that were installed with this program, or those it was built with.
  static var headers: String? {
    let here = Files.directory(of: Files.executable)
    return ["\(here)/../../../include", "\(here)/../../Plugin/include"].first { Files.exists($0 + "/nabla/nabla.h") }
  }

  /// The plugin beside this program.
  static var plugin: String? {
    let here = Files.directory(of: Files.executable)
    let places =
      (getenv("NABLA_PLUGIN").map { [String(cString: $0)] } ?? []) + [
        "\(here)/libNabla.so", "\(here)/../lib/nabla/llvm-\(major)/libNabla.so",
        "\(here)/../../build/llvm-\(major)/libNabla.so",
      ]
    return places.first(where: Files.exists)
  }
}
