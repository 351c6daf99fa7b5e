// swift-tools-version:6.0

// One package, one plugin per LLVM. `LLVM_CONFIG` names the llvm-config of the LLVM to build for:
//
//   LLVM_CONFIG=llvm-config-19 swift build -c release --scratch-path .build-19
//
// The plugin takes LLVM's symbols from the compiler that loads it, so only the tests and the command
// line program link LLVM. After an upgrade of the same LLVM, add `--manifest-cache none` once: what
// llvm-config prints is not part of SwiftPM's cache key.

import Foundation
import PackageDescription

// ---- LLVM ---------------------------------------------------------------------------------------

/// Stops the build with one readable line.
func fail(_ message: String) -> Never {
  FileHandle.standardError.write(Data("nabla: \(message)\n".utf8))
  exit(1)
}

/// The lines that a program prints.
func output(of tool: String, _ arguments: [String]) -> [String] {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [tool] + arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  do { try process.run() } catch { fail("cannot run \(tool): \(error)") }
  let data = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else {
    fail("\(tool) failed; set LLVM_CONFIG to the llvm-config of an LLVM from 14 to 19")
  }
  return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
}

let llvmConfig = Context.environment["LLVM_CONFIG"] ?? "llvm-config"
let llvm = output(of: llvmConfig, ["--includedir", "--libdir", "--libs"])
let (llvmInclude, llvmLibraries) = (llvm[0], llvm[1])
let llvmLink = llvm[2].split(separator: " ").map(String.init)

// ---- Flags --------------------------------------------------------------------------------------

let swift: [SwiftSetting] = [.swiftLanguageMode(.v5)]

let swiftLLVM: [SwiftSetting] =
  swift + [.unsafeFlags(["-Xcc", "-isystem", "-Xcc", llvmInclude])]

let cxxLLVM: [CXXSetting] = [
  .unsafeFlags([
    "-isystem", llvmInclude, "-fno-rtti", "-fno-exceptions", "-fvisibility=hidden",
    "-fvisibility-inlines-hidden", "-ffunction-sections", "-fdata-sections",
  ])
]

/// For programs of our own: LLVM comes from its shared library.
let linkLLVM: [LinkerSetting] = [
  .unsafeFlags(
    ["-L\(llvmLibraries)"] + llvmLink + ["-Xlinker", "-rpath", "-Xlinker", llvmLibraries])
]

/// For the command line program: its users need no Swift.
/// The last libraries are what the small Foundation below ArgumentParser is made of.
let linkCommand: [LinkerSetting] =
  linkLLVM + [
    .unsafeFlags([
      "-static-stdlib", "-use-ld=lld", "-Xlinker", "--gc-sections", "-l_FoundationCShims",
      "-l_FoundationCollections", "-lswiftSynchronization", "-lswift_RegexParser",
    ])
  ]

/// For the plugin: the Swift runtime inside, LLVM outside, one symbol visible.
let linkPlugin: [LinkerSetting] = [
  .unsafeFlags([
    "-static-stdlib",
    "-Xlinker", "--version-script=\(Context.packageDirectory)/Plugin/Entry/exports.map",
    "-Xlinker", "--gc-sections",
  ])
]

// ---- Targets ------------------------------------------------------------------------------------

/// The files below a directory of the package with one of these extensions.
func files(below path: String, _ extensions: String...) -> [String] {
  let root = "\(Context.packageDirectory)/\(path)"
  let all = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
  return all.filter { name in extensions.contains { name.hasSuffix("." + $0) } }.sorted()
}

/// Does the directory hold anything to compile? A target without sources would make the whole
/// manifest invalid.
func hasSources(_ path: String) -> Bool {
  !files(below: path, "swift", "cpp", "modulemap").isEmpty
}

/// Prose that stands among the sources.
func documents(_ path: String) -> [String] { files(below: path, "md") }

/// In dependency order: a target is declared if its directory has sources, and depends on those
/// before it that are declared.
var targets: [Target] = []

@MainActor func declared(_ names: [String]) -> [Target.Dependency] {
  names.filter { name in targets.contains { $0.name == name } }.map { .byName(name: $0) }
}

@MainActor func declare(_ target: Target, at path: String) {
  if hasSources(path) { targets.append(target) }
}

declare(.systemLibrary(name: "CLLVM"), at: "Sources/CLLVM")
declare(.systemLibrary(name: "CFFI"), at: "Sources/CFFI")
declare(
  .target(name: "LLVMShims", path: "Plugin/Shim", cxxSettings: cxxLLVM), at: "Plugin/Shim")

/// The engine, each module above the ones it may import.
let engine: [(module: String, imports: [String])] = [
  ("Rules", []),
  ("IR", ["CLLVM", "LLVMShims"]),
  ("Rounding", ["IR"]),
  ("Analysis", ["IR", "Rules"]),
  ("Planning", ["Analysis", "IR", "Rules"]),
  ("Synthesis", ["Planning", "Analysis", "IR", "Rules"]),
  ("Explaining", ["Synthesis", "Planning", "Analysis", "IR", "Rules"]),
  ("Frontend", ["Explaining", "Rounding", "Synthesis", "Planning", "Analysis", "IR", "Rules"]),
]

/// What the command line program adds to the engine.
let command: [(module: String, imports: [String])] = [
  ("Checking", ["Frontend", "Synthesis", "Planning", "Analysis", "IR", "Rules", "CLLVM", "LLVMShims", "ToolShims"])
]

/// Functions of libraries that the plugin brings along are written in C; the engine contains text of LLVM IR.
declare(
  .executableTarget(name: "LibraryText", path: "Plugin/Library/Generator", swiftSettings: swift),
  at: "Plugin/Library/Generator")
declare(
  .plugin(
    name: "LibraryBuildStep", capability: .buildTool(), dependencies: ["LibraryText"], path: "Plugin/Library/BuildStep"),
  at: "Plugin/Library/BuildStep")

for (module, imports) in engine {
  let settings = imports.isEmpty ? swift : swiftLLVM
  declare(
    .target(
      name: module, dependencies: declared(imports), exclude: documents("Sources/\(module)"),
      swiftSettings: settings, plugins: module == "Analysis" ? [.plugin(name: "LibraryBuildStep")] : []),
    at: "Sources/\(module)")
}

declare(
  .target(
    name: "NablaPlugin", dependencies: declared(["LLVMShims", "Frontend"]), path: "Plugin/Entry",
    exclude: ["exports.map"], cxxSettings: cxxLLVM + [.headerSearchPath("../Clang/include")],
    linkerSettings: linkPlugin),
  at: "Plugin/Entry")

/// What only the command line program consists of. `NABLA_WITHOUT_COMMAND=1` leaves it out, and with
/// it the one dependency.
if Context.environment["NABLA_WITHOUT_COMMAND"] == nil {
  declare(
    .target(name: "ToolShims", dependencies: declared(["LLVMShims"]), path: "Plugin/Tool", cxxSettings: cxxLLVM),
    at: "Plugin/Tool")
  for (module, imports) in command {
    declare(
      .target(name: module, dependencies: declared(imports), swiftSettings: swiftLLVM),
      at: "Sources/\(module)")
  }
  declare(
    .executableTarget(
      name: "nabla",
      dependencies: declared(command.map(\.module) + engine.map(\.module))
        + [.product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: swiftLLVM, linkerSettings: linkCommand),
    at: "Sources/nabla")
}

// ---- Tests --------------------------------------------------------------------------------------

declare(
  .target(
    name: "TestSupport",
    dependencies: declared(["Synthesis", "Analysis", "IR", "LLVMShims", "CLLVM", "CFFI"]),
    path: "Tests/TestSupport", swiftSettings: swiftLLVM),
  at: "Tests/TestSupport")

for (module, imports) in engine {
  let support = imports.isEmpty ? [] : ["TestSupport"]
  declare(
    .testTarget(
      name: "\(module)Tests", dependencies: declared([module] + imports + support),
      exclude: documents("Tests/\(module)Tests"),
      swiftSettings: imports.isEmpty ? swift : swiftLLVM, linkerSettings: linkLLVM),
    at: "Tests/\(module)Tests")
}

// ---- Package ------------------------------------------------------------------------------------

let hasCommand = targets.contains { $0.name == "nabla" }
let hasPlugin = targets.contains { $0.name == "Frontend" }

let package = Package(
  name: "Nabla",
  products: hasPlugin ? [.library(name: "Nabla", type: .dynamic, targets: ["NablaPlugin"])] : [],
  dependencies: hasCommand
    ? [.package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")] : [],
  targets: targets,
  cxxLanguageStandard: .cxx17)
