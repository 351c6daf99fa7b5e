import Glibc
import Testing

@testable import Rules

@Suite struct PreludeTests {
  /// Values to 17 digits (DLMF 5.4: digamma(1) = -γ, trigamma(1) = π²/6, and so on).
  @Test(arguments: [
    (1.0, -0.57721566490153286), (0.5, -1.9635100260214235), (2, 0.42278433509846714),
    (10, 2.2517525890667211), (0.25, -4.2274535333762654), (-0.5, 0.036489973978576520),
    (-1.5, 0.70315664064524319), (100, 4.6001618527380874),
  ])
  func digammaIsAccurate(_ x: Double, _ expected: Double) {
    #expect(isClose(Primitive.digamma.applied(to: [x]), expected, tolerance: 1e-14))
  }

  @Test(arguments: [
    (1.0, 1.6449340668482264), (0.5, 4.9348022005446793), (2, 0.64493406684822644),
    (10, 0.10516633568168575), (-0.5, 8.9348022005446793), (0.25, 17.197329154507110),
  ])
  func trigammaIsAccurate(_ x: Double, _ expected: Double) {
    #expect(isClose(Primitive.trigamma.applied(to: [x]), expected, tolerance: 1e-14))
  }

  @Test func existsForExactlyThePrimitivesThatNeedIt() {
    for primitive in Primitive.allCases {
      if case .prelude(let name) = primitive.form {
        #expect(Prelude.irText(for: primitive)?.contains("double @\(name)(double %x)") == true)
      } else {
        #expect(Prelude.irText(for: primitive) == nil)
      }
    }
  }

  @Test func hasNoPointers() {
    for primitive in [Primitive.digamma, .trigamma] {
      let text = Prelude.irText(for: primitive) ?? ""
      #expect(!text.contains("ptr") && !text.contains("*") && !text.contains("#"))
    }
  }

  /// The LLVM text computes what the Swift text computes.
  @Test(
    .enabled(if: interpreter != nil, "no lli"),
    arguments: [Primitive.digamma, .trigamma])
  func runsInLLVM(_ primitive: Primitive) throws {
    let text = try #require(Prelude.irText(for: primitive))
    let points = [0.1, 0.5, 0.7, 1, 1.46, 3.25, 9.99, 12, 55, 1e6, -0.3, -1.75, -20.4]
    let module = text + program(checking: primitive, at: points)
    let path = "/tmp/nabla-prelude-\(primitive)-\(getpid()).ll"
    defer { unlink(path) }
    let file = try #require(fopen(path, "w"))
    fputs(module, file)
    fclose(file)
    #expect(system("\(Self.interpreter ?? "") \(path)") == 0)
  }

  private static let interpreter: String? = {
    let places: [String] = ["/usr/bin/lli", "/usr/bin/lli-14", "/usr/lib/llvm-14/bin/lli"]
    return places.first { access($0, X_OK) == 0 }
  }()

  /// A `main` that returns how many values are off by more than rounding.
  private func program(checking primitive: Primitive, at points: [Double]) -> String {
    let checks = points.enumerated().map { i, x in
      let expected = primitive.applied(to: [x])
      return """
          %v\(i) = call double @__nabla_\(primitive)(double \(bits(x)))
          %d\(i) = fsub double %v\(i), \(bits(expected))
          %a\(i) = call double @llvm.fabs.f64(double %d\(i))
          %b\(i) = fcmp ugt double %a\(i), \(bits(1e-14 * max(1, abs(expected))))
          %e\(i) = zext i1 %b\(i) to i32
          %n\(i + 1) = add i32 %n\(i), %e\(i)
        """
    }
    return """
      declare double @llvm.fabs.f64(double)
      define i32 @main() {
        %n0 = add i32 0, 0
      \(checks.joined(separator: "\n"))
        ret i32 %n\(points.count)
      }
      """
  }

  private func bits(_ x: Double) -> String {
    let digits = String(x.bitPattern, radix: 16)
    return "0x" + String(repeating: "0", count: 16 - digits.count) + digits
  }
}
