import Glibc

@testable import Rules

/// The operands and result of one evaluation of a function.
struct Sample {
  var operands: [Double]
  var result: Double
}

extension MathRule {
  /// Points spread evenly over the domain of the rule, the same ones every time.
  func points(count: Int) -> [[Double]] {
    let strides = [0.6180339887498949, 0.7548776662466927, 0.5698402909980532]
    return (1...count).map { k in
      parameters.indices.map { i in
        let position = Double(k) * strides[i]
        let interval = domain[i]
        let x =
          interval.lowerBound
          + (interval.upperBound - interval.lowerBound) * (position - floor(position))
        return parameters[i] == .real ? x : x.rounded()
      }
    }
  }

  var realParameters: [Int] {
    parameters.indices.filter { parameters[$0] == .real }
  }
}

/// The derivative of `f` at `x` by the variable at position `i`: a central difference, extrapolated
/// once, so that its error is of fourth order.
func centralDifference(of f: ([Double]) -> Double, by i: Int, at x: [Double]) -> Double {
  func difference(_ h: Double) -> Double {
    var left = x
    var right = x
    left[i] -= h
    right[i] += h
    return (f(right) - f(left)) / (right[i] - left[i])
  }
  let h = 1e-3
  return (4 * difference(h / 2) - difference(h)) / 3
}

/// Whether two numbers agree as well as a central difference can tell.
func isClose(_ a: Double, _ b: Double, tolerance: Double = 1e-7) -> Bool {
  abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}
