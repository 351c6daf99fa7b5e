// Makes LibraryText.swift of the C files of Plugin/Library: LIBRARYTEXT CLANG blas.c cxx.c OUTPUT.

import Foundation

func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("LibraryText: \(message)\n".utf8))
  exit(1)
}

let arguments = CommandLine.arguments
guard arguments.count == 5 else { fail("usage: LibraryText CLANG blas.c cxx.c OUTPUT") }

/// What clang makes of a file.
func text(of file: String, _ flags: String...) -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: arguments[1])
  process.arguments =
    ["-O1", "-fno-inline", "-fno-vectorize", "-fno-slp-vectorize", "-fno-unroll-loops", "-fno-math-errno"]
    + ["-ffp-contract=off", "-ffreestanding", "-S", "-emit-llvm"] + flags + [file, "-o", "-"]
  let pipe = Pipe()
  process.standardOutput = pipe
  do { try process.run() } catch { fail("cannot run \(arguments[1]): \(error)") }
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { fail("\(arguments[1]) did not compile \(file)") }
  do { return try Dialect.convert(String(decoding: data, as: UTF8.self)) } catch { fail("\(file): \(error)") }
}

var out =
  "// Made of Plugin/Library.\n\n/// Bodies of functions of libraries, in the dialect of LLVM 14.\nenum LibraryText {\n"
for (name, body) in [
  ("blasOfDouble", text(of: arguments[2], "-DR=double")), ("blasOfFloat", text(of: arguments[2], "-DR=float")),
  ("cxx", text(of: arguments[3])),
] {
  out += "  static let \(name) = #\"\"\"\n\(body)\n\"\"\"#\n"
}
do { try Data((out + "}\n").utf8).write(to: URL(fileURLWithPath: arguments[4])) } catch { fail("\(error)") }
