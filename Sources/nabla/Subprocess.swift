import Glibc

/// Another program, run to its end.
struct Subprocess {
  /// How it ended.
  enum End: Equatable {
    case exited(Int32)
    case killed(signal: Int32)
    case timedOut

    var isSuccess: Bool { self == .exited(0) }
  }
  struct Outcome {
    var end: End
    var output: String
    var errors: String
  }

  /// Runs a program and gathers what it prints.
  ///
  /// - Parameters:
  ///   - showingErrors: passes its standard error through.
  ///   - seconds: ends it then.
  static func run(
    _ command: [String], showingErrors: Bool = false, showingOutput: Bool = false,
    environment extra: [String: String] = [:], seconds: Double? = nil
  ) throws -> Outcome {
    var output: [Int32] = [0, 0]
    var errors: [Int32] = [0, 0]
    guard pipe(&output) == 0, pipe(&errors) == 0 else { throw Failure("cannot make a pipe") }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    if !showingOutput { posix_spawn_file_actions_adddup2(&actions, output[1], 1) }
    if !showingErrors { posix_spawn_file_actions_adddup2(&actions, errors[1], 2) }
    // A pipe that nothing is written to tells by its end that the program is over.
    let open = (showingOutput ? [output[1]] : []) + (showingErrors ? [errors[1]] : [])
    for d in output + errors where !open.contains(d) { posix_spawn_file_actions_addclose(&actions, d) }
    var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var variables = environmentVariables(adding: extra)
    defer { for p in arguments + variables { free(p) } }
    var process: pid_t = 0
    let status = posix_spawnp(&process, command[0], &actions, nil, &arguments, &variables)
    close(output[1])
    close(errors[1])
    guard status == 0 else {
      close(output[0])
      close(errors[0])
      throw Failure("cannot run '\(command[0])': \(String(cString: strerror(status)))")
    }
    let (texts, isLate) = gather([output[0], errors[0]], process, seconds)
    var result: Int32 = 0
    while waitpid(process, &result, 0) < 0 && errno == EINTR {}
    let end: End =
      isLate ? .timedOut : result & 0x7f == 0 ? .exited((result >> 8) & 0xff) : .killed(signal: result & 0x7f)
    return Outcome(end: end, output: texts[0], errors: texts[1])
  }

  private static func environmentVariables(adding extra: [String: String]) -> [UnsafeMutablePointer<CChar>?] {
    var list: [UnsafeMutablePointer<CChar>?] = []
    var p = environ
    while let text = p.pointee {
      let name = String(cString: text).prefix { $0 != "=" }
      if extra[String(name)] == nil { list.append(strdup(text)) }
      p += 1
    }
    for (name, value) in extra.sorted(by: { $0.key < $1.key }) { list.append(strdup("\(name)=\(value)")) }
    return list + [nil]
  }

  /// Reads both pipes to their ends.
  private static func gather(_ descriptors: [Int32], _ process: pid_t, _ seconds: Double?) -> ([String], Bool) {
    var bytes: [[UInt8]] = [[], []]
    var open = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    var buffer = [UInt8](repeating: 0, count: 65536)
    var isLate = false
    let start = now()
    while open.contains(where: { $0.fd >= 0 }) {
      var wait: Int32 = -1
      if let seconds, !isLate {
        let left = seconds - (now() - start)
        if left <= 0 {
          isLate = true
          kill(process, SIGKILL)
        }
        wait = Int32(max(1, min(left, 1000) * 1000))
      }
      guard poll(&open, nfds_t(open.count), wait) >= 0 || errno == EINTR else { break }
      for k in open.indices where open[k].fd >= 0 && open[k].revents != 0 {
        let n = read(open[k].fd, &buffer, buffer.count)
        if n > 0 {
          bytes[k] += buffer[..<n]
        } else {
          close(open[k].fd)
          open[k].fd = -1
        }
      }
    }
    return (bytes.map { String(decoding: $0, as: UTF8.self) }, isLate)
  }

  static func now() -> Double {
    var t = timespec()
    clock_gettime(CLOCK_MONOTONIC, &t)
    return Double(t.tv_sec) + Double(t.tv_nsec) * 1e-9
  }
}

/// Something that ends the command, in words.
struct Failure: Error, CustomStringConvertible {
  let description: String
  /// 1: what was asked for is not so; 2: it could not be done.
  var status: Int32 = 2

  init(_ description: String, status: Int32 = 2) {
    self.description = description
    self.status = status
  }
}
