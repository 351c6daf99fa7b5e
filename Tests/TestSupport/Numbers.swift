package import Testing

/// The derivative of `f` at `x`: central differences with steps h, h/2, h/4, h/8, extrapolated to
/// step zero (Richardson).
package func derivative(at x: Double, _ f: (Double) throws -> Double) rethrows -> Double {
  var h = 0.02 * max(1, abs(x))
  var column: [Double] = []
  for _ in 0..<4 {
    var next = [(try f(x + h) - f(x - h)) / (2 * h)]
    var power = 4.0
    for old in column {
      next.append(next.last! + (next.last! - old) / (power - 1))
      power *= 4
    }
    column = next
    h /= 2
  }
  return column.last!
}

/// The partial derivatives of `f` at `x`.
package func gradient(at x: [Double], _ f: ([Double]) throws -> Double) rethrows -> [Double] {
  try x.indices.map { i in
    try derivative(at: x[i]) { t in
      var moved = x
      moved[i] = t
      return try f(moved)
    }
  }
}

/// Are the two equal, up to `tolerance` of the larger or of 1?
package func isClose(_ a: Double, _ b: Double, tolerance: Double = 1e-7) -> Bool {
  a == b || abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}

/// Records an issue unless the lists are equal, up to `tolerance`.
package func expectClose(
  _ a: [Double], _ b: [Double], tolerance: Double = 1e-7, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard a.count == b.count, zip(a, b).allSatisfy({ isClose($0, $1, tolerance: tolerance) }) else {
    Issue.record("\(what) \(a) is not \(b)", sourceLocation: sourceLocation)
    return
  }
}
package func expectClose(
  _ a: Double, _ b: Double, tolerance: Double = 1e-7, _ what: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose([a], [b], tolerance: tolerance, what, sourceLocation: sourceLocation)
}

/// Numbers that look random and are the same in every run.
package struct Noise {
  private var state: UInt64
  package init(_ seed: UInt64 = 1) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }
  package mutating func bits() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
  /// Between -1 and 1.
  package mutating func number() -> Double { Double(bits() >> 11) / 0x1p52 - 1 }
  package mutating func integer(below n: Int) -> Int { Int(bits() >> 33) % n }
}
