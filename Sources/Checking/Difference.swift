/// A derivative by differences, with an estimate of its error.
struct Difference {
  var value: Double
  /// What is due to the step being finite.
  var truncation: Double
  /// What is due to rounding.
  var noise: Double

  /// Central differences at a step and its half, extrapolated (Richardson), for the better of two steps.
  ///
  /// - Parameters:
  ///   - scale: the size of the variable.
  ///   - unit: the rounding unit.
  ///   - magnitude: the size of the terms that the function adds up.
  init(scale: Double, unit: Double, magnitude: Double, _ f: (Double) throws -> Double) rethrows {
    let middle = try f(0)
    var best: Difference?
    for step in [Math.power(unit, 0.2), Math.power(unit, 0.34)] {
      let h = step * max(abs(scale), 0.1)
      let (right, left) = (try f(h), try f(-h))
      let (nearRight, nearLeft) = (try f(h / 2), try f(-h / 2))
      let one = (right - left) / (2 * h)
      let two = (nearRight - nearLeft) / h
      var found = Difference(
        value: (4 * two - one) / 3, truncation: abs(two - one), noise: 8 * unit * magnitude / h)
      // The slopes of the two sides come together as the step is halved, unless there is a kink just here.
      let far = abs(right + left - 2 * middle) / h
      let near = abs(nearRight + nearLeft - 2 * middle) / (h / 2)
      if near > 0.75 * far, near > 0.001 * abs(found.value) + 10 * found.noise { found.truncation += near }
      let isBetter = best.map { !($0.truncation + $0.noise <= found.truncation + found.noise) } ?? true
      if isBetter { best = found }
      // Good enough.
      if found.truncation < 1e-4 * abs(found.value) { break }
    }
    self = best!
  }

  init(value: Double, truncation: Double, noise: Double) {
    self.value = value
    self.truncation = truncation
    self.noise = noise
  }
}
