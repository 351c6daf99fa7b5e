import Analysis
import Glibc
import IR

/// Carries out `nabla<check>`: hands the module to the command that is installed beside the plugin, which runs what the module
/// asks for and compares it with differences. The module itself stays as it is.
struct CheckRun {
  let module: Module

  init(_ module: Module) { self.module = module }

  func run() {
    let reporter = Reporter(module.context)
    guard let command = Self.command else { return reporter.report(.checkNeedsCommand()) }
    guard let path = writeModule() else { return reporter.report(.checkFailed("cannot write a temporary file")) }
    defer { unlink(path) }
    switch Self.run([command, "check", path]) {
    case 0: return
    case 1: reporter.report(.checkFoundErrors())
    default: reporter.report(.checkFailed("see the message above"))
    }
  }

  private func writeModule() -> String? {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/nabla-check-XXXXXX.bc".utf8CString)
    let file = mkstemps(&template, 3)
    guard file >= 0 else { return nil }
    defer { close(file) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var rest = module.bitcode[...]
    while !rest.isEmpty {
      let n = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard n > 0 else { return nil }
      rest.removeFirst(n)
    }
    return path
  }

  // MARK: The command

  /// `nabla` beside the plugin, or the one for this LLVM in PATH.
  private static var command: String? {
    var places: [String] = []
    if let path = LLVMVersion.ownPath {
      places.append((path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ".") + "/nabla")
    }
    let directories = getenv("PATH").map { String(cString: $0) } ?? ""
    places += directories.split(separator: ":").map { "\($0)/nabla-\(LLVMVersion.major)" }
    return places.first { access($0, X_OK) == 0 }
  }

  /// Runs a program, with its output on the standard error, and returns its exit status.
  private static func run(_ command: [String]) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, 2, 1)
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    defer { for p in arguments { free(p) } }
    var process: pid_t = 0
    guard posix_spawn(&process, command[0], &actions, nil, &arguments, environ) == 0 else { return -1 }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7f == 0 ? (status >> 8) & 0xff : -1
  }
}
