import Analysis
import IR

/// How a comparison came out.
package enum Verdict: String {
  case right = "ok"
  /// Differences tell nothing here: the function has a kink nearby, or the numbers are rough.
  case unclear = "unclear"
  case forwardWrong = "forward wrong"
  case reverseWrong = "reverse wrong"
  case bothWrong = "WRONG"
  /// What was in a shadow before is lost.
  case shadowLost = "shadow lost"
  case splitWrong = "split wrong"
  case tapeWrong = "fwdsplit wrong"

  package var isWrong: Bool { self != .right && self != .unclear }

  /// The kinds of derivatives that are wrong.
  package var wrongKinds: Set<Claim.Kind> {
    switch self {
    case .right, .unclear: []
    case .forwardWrong: [.forward]
    case .reverseWrong, .splitWrong, .shadowLost: [.reverse]
    case .bothWrong: [.forward, .reverse]
    case .tapeWrong: [.tape]
    }
  }
}

/// One input, or one direction through all of them.
package struct CheckRow {
  package var name: String
  package var value: Double?
  package var difference: Double
  /// The derivative by a complex step; nil: there is none, or it is not the slope on both sides.
  package var complex: Double?
  /// nil: not made.
  package var reverse: Double?
  package var forward: Double?
  package var error: Double
  package var verdict: Verdict
}

/// A function at one point.
package struct SampleReport {
  package var setting: [(name: String, text: String)]
  package var rows: [CheckRow]
  package var inputs: Int
  package var outputs: Int
  package var value: Double
  /// What else is wrong, or why nothing can be said.
  package var problems: [String] = []
  package var notes: [String] = []
  /// Does the forward half of split mode give another result than the function?
  package var hasWrongResult = false

  package var isWrong: Bool { !problems.isEmpty || rows.contains { $0.verdict.isWrong } }
  package var worst: Double { rows.filter { $0.verdict != .unclear }.map(\.error).max() ?? 0 }
}

/// A function compiled at one level.
package struct LevelReport {
  package var level: String
  package var samples: [SampleReport] = []
  package var refused = false
  package var problem: String?

  package var isWrong: Bool { refused || problem != nil || samples.contains(where: \.isWrong) }
}

/// Compares the derivatives of a function with differences and with each other.
package final class Checker {
  private let request: CheckRequest
  private let load: (Int) throws -> Module
  private let runsPipeline: Bool
  private let report: (Diagnostic) -> Void
  private var points: [Int: Point] = [:]
  private var prober: Compiled?
  private var stepper: Stepper = .notMade
  /// Relative error that is accepted against differences; nil: by precision.
  package var tolerance: Double?
  /// How many inputs are looked at one by one.
  package var entries = 64

  /// - Parameters:
  ///   - runsPipeline: compile as clang does; else the module is differentiated as it is.
  ///   - load: a new copy of the module for a level.
  package init(
    _ request: CheckRequest, runsPipeline: Bool, report: @escaping (Diagnostic) -> Void,
    load: @escaping (Int) throws -> Module
  ) {
    self.request = request
    self.runsPipeline = runsPipeline
    self.report = report
    self.load = load
  }

  /// The point number `sample`, found by a run in which accesses are announced.
  func point(_ sample: Int) throws -> Point {
    if let p = points[sample] { return p }
    let f: Compiled
    if let prober {
      f = prober
    } else {
      f = try Compiled(
        request, load(1), level: 1, runsPipeline: runsPipeline, instrumentation: .announcing, modes: [],
        report: { _ in })
      prober = f
    }
    let p = try Point(request, sample: sample, probing: f)
    points[sample] = p
    return p
  }

  /// The function on complex numbers.
  private enum Stepper {
    case notMade, impossible(String), made(Compiled)
  }

  private func makeStepper() {
    guard case .notMade = stepper else { return }
    do {
      stepper = .made(
        try Compiled(
          request, load(1), level: 1, runsPipeline: runsPipeline, instrumentation: .complex, modes: [], report: { _ in }
        ))
    } catch {
      stepper = .impossible("\(error)")
    }
  }

  /// The derivatives along directions by complex steps; nil, and a note, where a run on complex numbers is not possible.
  private func complexSteps(_ p: Point, _ x: [Double], _ directions: [[Double]], _ notes: inout [String]) throws
    -> [Double]?
  {
    makeStepper()
    if case .impossible(let reason) = stepper { notes.append("no complex step: \(reason)") }
    guard case .made(let f) = stepper else { return nil }
    var found: [Double] = []
    for v in directions {
      switch try p.complexStep(f, x, along: v) {
      case .derivative(let value): found.append(value)
      case .ends(let place):
        notes.append("no complex step: imaginary parts do not get beyond \(place)")
        return nil
      }
    }
    return found
  }

  /// The function with its derivatives, and with all its values watched.
  func compiledForWatching(_ level: Int, _ watch: Watch) throws -> Compiled {
    try Compiled(
      request, load(level), level: level, runsPipeline: runsPipeline, modes: [.gradient, .forward], report: { _ in },
      before: { watch.instrument($1, in: $0) })
  }

  package func check(level: Int, samples: Int) -> LevelReport {
    var result = LevelReport(level: runsPipeline ? "-O\(level)" : "as it is")
    do {
      let modes: Set<Mode> =
        request.checksSplit ? [.gradient, .forward, .augmented, .reverse, .forwardSplit] : [.gradient, .forward]
      let f = try Compiled(request, load(level), level: level, runsPipeline: runsPipeline, modes: modes, report: report)
      for sample in 0..<samples { result.samples.append(try compare(f, point(sample))) }
      if result.samples.allSatisfy({ $0.rows.isEmpty }), !result.samples.contains(where: \.isWrong) {
        result.problem =
          "no number could be compared; give a point with --at (the function has finite values there), and say with "
          + "--activity what is active"
      }
    } catch is CheckRefusal {
      result.refused = true
    } catch {
      result.problem = "\(error)"
    }
    return result
  }

  private func compare(_ f: Compiled, _ p: Point) throws -> SampleReport {
    let x = p.variables.map(\.value)
    let here = try p.values(f, x)
    var sample = SampleReport(
      setting: p.setting, rows: [], inputs: x.count, outputs: p.outputs.count + (f.isResultActive ? f.result.count : 0),
      value: here.sum)
    for q in p.parameters where q.isUnreadable {
      sample.notes.append("'\(q.name)' holds numbers of more than 80 bits, which are not varied here")
    }
    guard p.hasOutput else {
      sample.notes.append("the function has no active result and leaves no numbers in active memory")
      return sample
    }
    guard !x.isEmpty else {
      sample.notes.append("the function has no active input")
      return sample
    }
    guard here.sum.isFinite else {
      sample.notes.append("the function's value is not finite here, so nothing can be compared")
      return sample
    }
    let again = try p.values(f, x)
    guard again.sum == here.sum else {
      sample.problems.append(
        "the function gives different values for the same input, so differences mean nothing (random numbers, or state that "
          + "is kept elsewhere?)")
      return sample
    }
    sample.notes += f.notes
    var adjoints: [Double]?, added: [Double]?
    if let gradient = f.gradient {
      let found = try p.gradient(f, gradient, x)
      adjoints = found.adjoints
      added = try p.gradient(f, gradient, x, ontoShadows: true).adjoints
      compareMemory(found.memory, here.memory, f, &sample)
      for (name, adjoint) in found.leftover.prefix(4) {
        sample.rows.append(
          CheckRow(
            name: "\(name), before", value: nil, difference: 0, reverse: adjoint, error: 1, verdict: .reverseWrong))
      }
    }
    var split: [Double]?
    if let a = f.augmented, let r = f.reverse {
      let found = try p.splitGradient(f, a, r, x)
      split = found.adjoints
      compareResult(found.result, here.result, f, &sample)
    }
    let judge = Judge(
      unit: f.precision, tolerance: tolerance, magnitude: max(here.magnitude, 1e-300), hasOwnRules: f.hasOwnRules)
    let numbers = chosen(x.count)
    let directions =
      numbers.map { n in x.indices.map { $0 == n ? 1.0 : 0 } }
      + (x.count > 1 ? [x.indices.map { Arena.number(7, "direction", $0) - 0.75 }] : [])
    let steps = try complexSteps(p, x, directions, &sample.notes)
    for (k, n) in numbers.enumerated() {
      let v = directions[k]
      let along = try f.tangent.map { try p.tangent(f, $0, x, along: v) }
      let difference = try Difference(scale: x[n], unit: f.precision, magnitude: here.magnitude) { h in
        var y = x
        y[n] += h
        return try p.values(f, y).sum
      }
      var row = judge.row(
        p.variables[n].name, x[n], difference, steps?[k], reverse: adjoints?[n], forward: along)
      if let a = added?[n], let b = adjoints?[n], row.verdict == .right, !judge.agree(a, b, size: 1) {
        row.verdict = .shadowLost
      }
      if let split, !judge.agree(split[n], adjoints?[n] ?? row.difference), row.verdict == .right {
        row.verdict = .splitWrong
      }
      if let a = f.recording, let r = f.replaying, row.verdict == .right {
        let replayed = try p.replayedTangent(f, a, r, x, along: v)
        if !judge.agree(replayed, along ?? row.difference) { row.verdict = .tapeWrong }
      }
      sample.rows.append(row)
    }
    if x.count > 1 {
      sample.rows.append(try direction(f, p, x, here, along: directions.last!, steps?.last, adjoints, judge))
    }
    return sample
  }

  /// One direction through all inputs.
  private func direction(
    _ f: Compiled, _ p: Point, _ x: [Double], _ here: Point.Values, along v: [Double], _ step: Double?,
    _ adjoints: [Double]?, _ judge: Judge
  ) throws -> CheckRow {
    let along = try f.tangent.map { try p.tangent(f, $0, x, along: v) }
    let difference = try Difference(scale: 1, unit: f.precision, magnitude: here.magnitude) { h in
      try p.values(f, zip(x, v).map { $0 + h * $1 }).sum
    }
    let terms = adjoints.map { zip($0, v).map { $0 * $1 } }
    let size = terms?.reduce(0) { $0 + abs($1) } ?? 0
    return judge.row(
      "all, one direction", nil, difference, step, reverse: terms?.reduce(0, +), forward: along, size: size)
  }

  /// Which inputs to look at one by one.
  private func chosen(_ count: Int) -> [Int] {
    if count <= entries { return Array(0..<count) }
    return (0..<entries).map { $0 * (count - 1) / max(1, entries - 1) }
  }

  /// The first half of a split derivative gives the function's result as well.
  private func compareResult(_ found: [Double], _ expected: [Double], _ f: Compiled, _ sample: inout SampleReport) {
    guard found.count == expected.count else { return }
    for (a, b) in zip(found, expected) where abs(a - b) > f.slack * max(abs(a), abs(b)) {
      sample.problems.append("the first half of split mode returns \(a) where the function returns \(b)")
      sample.hasWrongResult = true
      return
    }
  }

  private func compareMemory(_ left: [Double], _ expected: [Double], _ f: Compiled, _ sample: inout SampleReport) {
    for (a, b) in zip(left, expected) where !(abs(a - b) <= f.slack * max(abs(a), abs(b), 1e-12)) {
      guard a.isNaN != b.isNaN || !a.isNaN else { continue }
      sample.problems.append("the gradient leaves \(a) in memory where the function leaves \(b)")
      return
    }
  }
}

/// What counts as equal.
struct Judge {
  /// The rounding unit.
  let unit: Double
  let tolerance: Double?
  /// The size of the terms that the function adds up.
  let magnitude: Double
  /// Then derivatives may be those of what the function approximates.
  var hasOwnRules = false

  private var isRough: Bool { unit > 1e-10 }
  private var relative: Double { tolerance ?? (isRough ? max(2e-2, 40 * unit) : 1e-6) }

  /// Do two derivatives agree that were both computed without differences?
  func agree(_ a: Double, _ b: Double, size: Double = 0) -> Bool {
    if a == b || a.isNaN && b.isNaN { return true }
    let slack = isRough ? max(1e-3, 20 * unit) : 1e-9
    return abs(a - b) <= slack * max(abs(a), abs(b), size) + 100 * unit * magnitude
  }

  func row(
    _ name: String, _ value: Double?, _ difference: Difference, _ complex: Double?, reverse: Double?, forward: Double?,
    size: Double = 0
  ) -> CheckRow {
    let scale = max(abs(difference.value), size)
    func isClose(_ x: Double?) -> Bool {
      guard let x else { return true }
      return abs(x - difference.value)
        <= relative * max(abs(x), scale) + difference.noise + 4 * min(difference.truncation, 1e-3 * scale)
    }
    // Where halving the step changes the difference a lot, it is no derivative.
    let size = max(scale, abs(reverse ?? forward ?? 0))
    let isUnclear = !difference.value.isFinite || difference.truncation > 0.02 * size + 10 * difference.noise
    let agreeing = agree(reverse ?? forward ?? 0, forward ?? reverse ?? 0, size: size)
    // A complex step has no error of its own, where it is the slope on both sides.
    let step = isUnclear || !isClose(complex) ? nil : complex
    func isRight(_ x: Double?) -> Bool {
      guard isClose(x) else { return false }
      guard let x, let step else { return true }
      // Where the modes differ, it says which one is right.
      return (hasOwnRules || tolerance != nil) && agreeing || agree(x, step, size: size)
    }
    let truth = step ?? difference.value
    func error(_ x: Double) -> Double {
      let e = abs(x - truth)
      return e == 0 ? 0 : e / max(scale, abs(x), 1e-300)
    }
    let isReverseRight = isRight(reverse), isForwardRight = isRight(forward)
    let verdict: Verdict =
      if agreeing && isReverseRight && isForwardRight { .right } else if isUnclear {
        agreeing ? .unclear : .bothWrong
      } else if isReverseRight && !isForwardRight { .forwardWrong } else if isForwardRight && !isReverseRight {
        .reverseWrong
      } else { .bothWrong }
    return CheckRow(
      name: name, value: value, difference: difference.value, complex: step, reverse: reverse, forward: forward,
      error: [reverse, forward].compactMap { $0.map(error) }.max() ?? 0, verdict: verdict)
  }
}
