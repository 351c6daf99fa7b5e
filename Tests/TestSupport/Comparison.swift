package import Analysis
package import IR
internal import Synthesis
package import Testing

/// What a function is given at one parameter.
package enum Input {
  /// A number with derivative.
  case number(Double)
  /// An array of numbers behind a pointer, with a shadow.
  case array([Double])
  /// An integer.
  case integer(Int)
  /// A number without derivative.
  case constant(Double)
  /// An array behind a pointer, without shadow.
  case constantArray([Double])
}

/// The derivatives of one function, compiled and compared: the gradient, the two halves of split
/// mode and the tangent, against central differences and against each other.
///
/// They are all derivatives of one number, a weighted sum of the result and of what the function
/// leaves in its arrays.
package final class Comparison {
  package let module: Module
  /// The derivatives, as the engine left them.
  package let gradient: Function
  package let augmented: Function
  package let reverse: Function
  package let tangent: Function
  private let code: NativeCode
  private let names: (primal: String, gradient: String, augmented: String, reverse: String, tangent: String)
  private let isActiveResult: Bool

  /// - Parameters:
  ///   - inputs: their kinds matter here; their values don't.
  ///   - others: further functions of the module that the test wants to call.
  ///   - change: what the requests say beyond the usual.
  package init(
    _ text: String, _ name: String = "f", _ inputs: [Input], entries others: [String] = [],
    change: (inout Request) -> Void = { _ in }
  ) throws {
    let module = try parse(text)
    let function = module[name]
    let isActive = function.returnType.containsFloat
    let engine = module.engine()
    func derivative(_ mode: Mode) throws -> Function {
      var request = module.request(name, mode, inputs.map { $0.activity(mode) })
      request.seedParameter = mode == .gradient && isActive
      request.returnsPrimal = mode == .augmented && !function.returnType.isVoid
      change(&request)
      return try engine.derivative(request)
    }
    gradient = try derivative(.gradient)
    augmented = try derivative(.augmented)
    reverse = try derivative(.reverse)
    tangent = try derivative(.forward)
    engine.finish()
    if let reason = module.verificationError { throw ToolError(reason) }
    self.module = module
    isActiveResult = isActive
    names = (name, gradient.name, augmented.name, reverse.name, tangent.name)
    let entries = [function, gradient, augmented, reverse, tangent] + others.map { module[$0] }
    code = try NativeCode(module, entries, countingAllocations: true)
  }

  /// Calls one of the other functions.
  package func call(_ name: String, _ arguments: [any Argument]) -> Outcome {
    code.call(name, arguments)
  }

  // MARK: Evaluation

  /// The values that a call starts from, and where its active inputs stand among all numbers.
  private struct Point {
    var inputs: [Input]

    var active: [Double] {
      get {
        inputs.flatMap { input -> [Double] in
          switch input {
          case .number(let x): [x]
          case .array(let xs): xs
          default: []
          }
        }
      }
      set {
        var rest = newValue[...]
        for (i, input) in inputs.enumerated() {
          switch input {
          case .number: inputs[i] = .number(rest.removeFirst())
          case .array(let xs):
            inputs[i] = .array(Array(rest.prefix(xs.count)))
            rest = rest.dropFirst(xs.count)
          default: break
          }
        }
      }
    }
  }

  /// Fixed weights of the result and of the numbers left in arrays.
  private let resultWeight = 0.75
  private func weights(_ n: Int) -> [Double] { (0..<n).map { 1 - 0.37 * Double($0 % 5) } }

  /// The arguments of a call: each input, and behind it what `shadow` says, if anything.
  private func arguments(
    _ inputs: [Input], shadow: (Input, Int) -> [any Argument]
  ) -> (arguments: [any Argument], arrays: [Memory]) {
    var list: [any Argument] = []
    var arrays: [Memory] = []
    for (i, input) in inputs.enumerated() {
      switch input {
      case .number(let x), .constant(let x): list.append(x)
      case .integer(let n): list.append(n)
      case .array(let xs):
        arrays.append(Memory(xs))
        list.append(arrays.last!)
      case .constantArray(let xs): list.append(Memory(xs))
      }
      list += shadow(input, i)
    }
    return (list, arrays)
  }

  private func sum(_ result: [Double], _ arrays: [Memory]) -> Double {
    let left = arrays.flatMap { zip($0.values, weights($0.values.count)).map { $0 * $1 } }
    return result.reduce(0) { $0 + resultWeight * $1 } + left.reduce(0, +)
  }

  /// The weighted sum at a point.
  package func value(_ inputs: [Input]) -> Double {
    let (list, arrays) = arguments(inputs) { _, _ in [] }
    return sum(code.call(names.primal, list).numbers, arrays)
  }

  /// By central differences.
  package func differences(_ inputs: [Input]) -> [Double] {
    var point = Point(inputs: inputs)
    return TestSupport.gradient(at: point.active) { x in
      point.active = x
      return value(point.inputs)
    }
  }

  /// The adjoints that reverse calls leave: those returned, and those left in the shadows.
  private func collect(_ inputs: [Input], _ returned: [Double], _ shadows: [Memory]) -> [Double] {
    var numbers = returned[...]
    var arrays = shadows[...]
    return inputs.flatMap { input -> [Double] in
      switch input {
      case .number: [numbers.popFirst() ?? .nan]
      case .array: arrays.popFirst()?.values ?? []
      default: []
      }
    }
  }
  private func shadows(_ inputs: [Input]) -> [Memory] {
    inputs.compactMap { if case .array(let xs) = $0 { Memory(weights(xs.count)) } else { nil } }
  }
  private var seed: [any Argument] { isActiveResult ? [resultWeight] : [] }

  /// By the gradient; `primals` are the arrays as it leaves them.
  package func gradientMode(_ inputs: [Input]) -> (adjoints: [Double], primals: [[Double]]) {
    let shadows = shadows(inputs)
    var rest = shadows[...]
    let (list, arrays) = arguments(inputs) { input, _ in input.isArray ? [rest.removeFirst()] : [] }
    let result = code.call(names.gradient, list + seed)
    return (collect(inputs, result.numbers, shadows), arrays.map(\.values))
  }

  /// By the two halves, with the same arrays in both.
  /// - Parameter between: what the caller does to the primal arrays between the halves.
  package func splitMode(_ inputs: [Input], between: ([Memory]) -> Void = { _ in }) -> [Double] {
    let shadows = shadows(inputs)
    var rest = shadows[...]
    let (list, arrays) = arguments(inputs) { input, _ in input.isArray ? [rest.removeFirst()] : [] }
    let tape = code.call(names.augmented, list)[0].pointer!
    between(arrays)
    let result = code.call(names.reverse, list + seed + [tape])
    return collect(inputs, result.numbers, shadows)
  }

  /// By the tangent in one direction.
  package func forwardMode(_ inputs: [Input], along direction: [Double]) -> Double {
    var rest = direction[...]
    var tangents: [Memory] = []
    let (list, _) = arguments(inputs) { input, _ in
      switch input {
      case .number: return [rest.removeFirst()]
      case .array(let xs):
        tangents.append(Memory(Array(rest.prefix(xs.count))))
        rest = rest.dropFirst(xs.count)
        return [tangents.last!]
      default: return []
      }
    }
    return sum(code.call(names.tangent, list).numbers, tangents)
  }

  /// Blocks of memory that were allocated and not freed so far; and all that were allocated.
  package var liveAllocations: Int { code.liveAllocations }
  package var allocations: Int { code.allocations }

  // MARK: Comparing

  /// Records an issue for every derivative that is wrong at the point.
  ///
  /// - Parameters:
  ///   - tolerance: for what is compared with differences.
  ///   - agreement: for what is compared with another derivative.
  package func check(
    _ inputs: [Input], tolerance: Double = 1e-6, agreement: Double = 1e-11,
    _ location: SourceLocation
  ) {
    let expected = differences(inputs)
    let before = liveAllocations
    let (adjoints, primals) = gradientMode(inputs)
    expectClose(adjoints, expected, tolerance: tolerance, "gradient", sourceLocation: location)
    let (list, arrays) = arguments(inputs) { _, _ in [] }
    _ = code.call(names.primal, list)
    expectClose(
      primals.flatMap { $0 }, arrays.flatMap(\.values), "memory left", sourceLocation: location)
    let split = splitMode(inputs)
    expectClose(
      split, adjoints, tolerance: agreement, "split against gradient", sourceLocation: location)
    var noise = Noise(7)
    let direction = expected.map { _ in noise.number() }
    let along = zip(adjoints, direction).map { $0 * $1 }.reduce(0, +)
    expectClose(
      forwardMode(inputs, along: direction), along, tolerance: agreement, "forward against reverse",
      sourceLocation: location)
    if liveAllocations != before {
      Issue.record("\(liveAllocations - before) blocks leaked", sourceLocation: location)
    }
  }
}

/// Differentiates, runs and compares one function at the given points.
package func checkDerivatives(
  _ text: String, _ points: [Input]..., tolerance: Double = 1e-6, agreement: Double = 1e-11,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let comparison = try Comparison(text, "f", points[0])
  for inputs in points {
    comparison.check(inputs, tolerance: tolerance, agreement: agreement, sourceLocation)
  }
}

extension Input {
  func activity(_ mode: Mode) -> ParameterActivity {
    switch self {
    case .number: mode == .forward ? .duplicated : .out
    case .array: .duplicated
    case .integer, .constant, .constantArray: .constant
    }
  }
  var isArray: Bool { if case .array = self { true } else { false } }
}
