import ArgumentParser
import Glibc

/// The command.
@main
struct Nabla: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nabla",
    abstract: "Derivatives of compiled programs: make them, check them, see what they cost.",
    discussion: """
      Nabla differentiates functions in LLVM IR. The plugin does it inside clang and opt, where a program asks \
      for it; this command does it for functions of programs that ask for nothing, and tells about both.

      EXAMPLES
        nabla check energy.c -f energy              are the derivatives right?
        nabla explain energy.c --html plan.html     what do they keep, and why?
        nabla differentiate energy.c -f energy -o gradient.ll --header gradient.h
        nabla rules tanh                            what is the derivative of tanh?
        nabla doctor                                does everything fit together?
      """,
    version: "nabla 0.1.0 (LLVM \(Toolchain.major))",
    subcommands: [
      Check.self, Explain.self, Differentiate.self, Show.self, Rules.self, Reduce.self, Doctor.self, Interesting.self,
      Manual.self,
    ])

  static func main() {
    setvbuf(stdout, nil, Int32(_IOLBF), 0)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      Terminal.print("\(Terminal.errors.red("nabla:")) \(failure.description)\n", to: 2)
      Glibc.exit(failure.status)
    } catch {
      exit(withError: error)
    }
  }
}
