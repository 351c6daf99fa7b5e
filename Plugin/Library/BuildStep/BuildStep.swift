import PackagePlugin

/// Before `Analysis` is compiled: `LibraryText.swift`, of the C files here, by the clang of the Swift toolchain.
@main struct BuildStep: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let library = context.package.directoryURL.appending(path: "Plugin/Library")
    let sources = ["blas.c", "cxx.c"].map { library.appending(path: $0) }
    let text = context.pluginWorkDirectoryURL.appending(path: "LibraryText.swift")
    return [
      .buildCommand(
        displayName: "Making text of Plugin/Library",
        executable: try context.tool(named: "LibraryText").url,
        arguments: [try context.tool(named: "clang").url.path(percentEncoded: false)]
          + (sources + [text]).map { $0.path(percentEncoded: false) },
        inputFiles: sources, outputFiles: [text])
    ]
  }
}
