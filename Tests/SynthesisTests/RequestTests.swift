import Analysis
import TestSupport
import Testing

/// What a request says beyond the mode: widths, seeds, primal results, tapes.
@Suite struct RequestTests {
  static let text = """
    declare double @sin(double)
    define double @f(double %x, double %y) {
      %a = call double @sin(double %x)
      %b = fmul double %a, %y
      %c = fmul double %b, %y
      ret double %c
    }
    """
  let x = 0.7
  let y = 1.3
  var value: Double { 1.3 * 1.3 * 0.644217687237691 }
  /// ∂f/∂x and ∂f/∂y.
  var partials: [Double] { [1.3 * 1.3 * 0.764842187284489, 2 * 1.3 * 0.644217687237691] }

  @Test func gradientsSeedOneAndReturnThePrimal() throws {
    let module = try parse(Self.text)
    let engine = module.engine()
    let plain = try engine.derivative(module.request("f", .gradient))
    let both = try engine.derivative(module.request("f", .gradient, returnsPrimal: true))
    let partial = try engine.derivative(module.request("f", .gradient, [.constant, .out]))
    engine.finish()
    let code = try NativeCode(module, [plain, both, partial])
    expectClose(code.call(plain.name, [x, y]).numbers, partials, tolerance: 1e-14)
    expectClose(code.call(both.name, [x, y]).numbers, [value] + partials, tolerance: 1e-14)
    expectClose(code.call(partial.name, [x, y]).numbers, [partials[1]], tolerance: 1e-14)
  }

  @Test func equalRequestsAreOneFunction() throws {
    let module = try parse(Self.text)
    let engine = module.engine()
    let first = try engine.derivative(module.request("f", .gradient))
    #expect(try engine.derivative(module.request("f", .gradient)) == first)
    #expect(try engine.derivative(module.request("f", .forward)) != first)
  }

  @Test func severalDirectionsAtOnce() throws {
    let module = try parse(Self.text)
    let engine = module.engine()
    let tangents = try engine.derivative(
      module.request("f", .forward, returnsPrimal: true, width: 3))
    engine.finish()
    let code = try NativeCode(module, [tangents])
    let directions = [[1.0, 0.0], [0.0, 1.0], [0.5, -2.0]]
    let list = [x] + directions.map { $0[0] } + [y] + directions.map { $0[1] }
    let expected = directions.map { $0[0] * partials[0] + $0[1] * partials[1] }
    expectClose(code.call(tangents.name, list).numbers, [value] + expected, tolerance: 1e-14)
  }

  @Test func severalAdjointsAtOnce() throws {
    let module = try parse(
      """
      define double @f(double %x, ptr(double) %p) {
        %v = load double, ptr(double) %p
        %w = fmul double %v, %x
        store double %w, ptr(double) %p
        %r = fmul double %w, %x
        ret double %r
      }
      """)
    let engine = module.engine()
    var request = module.request("f", .gradient, width: 2)
    request.seedParameter = true
    let gradient = try engine.derivative(request)
    engine.finish()
    let code = try NativeCode(module, [gradient])
    let shadows = [Memory([0.5]), Memory([0])]
    // w = v·x, r = v·x²; seeds 1 and 2 for r, 0.5 and 0 for w, at v = 3, x = 2.
    let dx = code.call(gradient.name, [2.0, Memory([3]), shadows[0], shadows[1], 1.0, 2.0]).numbers
    expectClose(dx, [2 * 3 * 2 + 0.5 * 3, 2 * (2 * 3 * 2)], tolerance: 1e-14)
    expectClose(shadows.flatMap(\.values), [4 + 0.5 * 2, 8], tolerance: 1e-14)
  }

  @Test func splitModeRemembersWhatTheCallerOverwrites() throws {
    let text = """
      define double @f(ptr(double) %p) {
        %v = load double, ptr(double) %p
        %w = fmul double %v, %v
        ret double %w
      }
      """
    let comparison = try Comparison(text, "f", [.array([0])])
    let inputs = [Input.array([3])]
    let adjoints = comparison.splitMode(inputs) { arrays in arrays[0][0] = 1000 }
    expectClose(adjoints, comparison.gradientMode(inputs).adjoints, tolerance: 1e-14)
    // Unless the caller promised not to.
    let promised = try Comparison(text, "f", [.array([0])]) { $0.notOverwritten = [true] }
    let wrong = promised.splitMode(inputs) { arrays in arrays[0][0] = 1000 }
    #expect(!isClose(wrong[0], adjoints[0]), "nothing was kept")
  }

  @Test func tapesAreReadTwiceIfTheyAreKept() throws {
    let comparison = try Comparison(
      LoopTests().fold("%t = fmul double %s, %v"), "f", [.array([0]), .integer(0)]
    ) {
      if $0.mode == .reverse { $0.freesTape = false }
    }
    let inputs = [Input.array(LoopTests.array), .integer(5)]
    let before = comparison.liveAllocations
    expectClose(
      comparison.splitMode(inputs), comparison.gradientMode(inputs).adjoints, tolerance: 1e-14)
    #expect(comparison.liveAllocations > before, "the tape is still there")
  }

  @Test func higherDerivatives() throws {
    let module = try parse(
      """
      declare double @sin(double)
      define double @f(double %x) {
        %s = call double @sin(double %x)
        %r = fmul double %s, %x
        ret double %r
      }
      """)
    let inner = module.engine()
    let gradient = try inner.derivative(module.request("f", .gradient))
    inner.finish()
    let outer = module.engine()
    let overReverse = try outer.derivative(module.request(gradient.name, .forward))
    let reverseOverReverse = try outer.derivative(module.request(gradient.name, .gradient))
    outer.finish()
    let code = try NativeCode(module, [overReverse, reverseOverReverse])
    // (x sin x)″ = 2 cos x − x sin x
    let second = 2 * 0.764842187284489 - 0.7 * 0.644217687237691
    expectClose(code.call(overReverse.name, [0.7, 1.0])[0].number!, second, tolerance: 1e-12)
    expectClose(code.call(reverseOverReverse.name, [0.7])[0].number!, second, tolerance: 1e-12)
  }
}
