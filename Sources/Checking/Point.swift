import Analysis

/// An active input of a function: a number that can be varied.
struct Variable {
  enum Origin: Hashable {
    /// A number in a parameter.
    case argument(Int, Leaf)
    case memory(Arena.Place, Leaf.Format)
  }
  let name: String
  let origin: Origin
  let value: Double
}

/// Where a function is evaluated: the values of its parameters and the memory behind them.
///
/// What is differentiated is one number, Φ: the weighted sum of the result and of what the function leaves in active memory.
final class Point {
  let arena: Arena
  let parameters: [CheckedParameter]
  /// For pointers: the block. For numbers and integers: the value.
  private enum Argument {
    case block(Int)
    case number(Double)
    case integer(Int)
    case leaves([Double])
  }
  private var arguments: [Argument] = []
  private(set) var variables: [Variable] = []
  /// The numbers that the function leaves in memory, with their weights.
  private(set) var outputs: [(place: Arena.Place, format: Leaf.Format, weight: Double)] = []
  private let resultLeaves: [Leaf]
  private let isResultActive: Bool

  /// - Parameter probing: the function with announced accesses.
  init(_ request: CheckRequest, sample: Int, probing f: Compiled) throws {
    parameters = f.parameters
    resultLeaves = f.result
    isResultActive = !f.result.isEmpty && !request.isResultConstant
    arena = try Arena(sample: sample, depth: request.depth)
    try layOut(request, sample)
    try explore(f)
    collect()
  }

  private func layOut(_ request: CheckRequest, _ sample: Int) throws {
    for name in request.values.keys.sorted() where !parameters.contains(where: { $0.name == name }) {
      throw CheckError(
        "there is no parameter '\(name)'; there are " + parameters.map { "'\($0.name)'" }.joined(separator: ", "))
    }
    for p in parameters {
      let given = request.values[p.name]
      switch p.kind {
      case .number: arguments.append(.number(given?.first ?? Arena.number(sample, p.name, 0)))
      case .integer(let bytes):
        arguments.append(.integer(given?.first.map { Int($0) } ?? (bytes == 1 ? 1 : request.defaultInteger)))
      case .other:
        arguments.append(
          .leaves(
            p.leaves.enumerated().map { k, leaf in
              given.flatMap { k < $0.count ? $0[k] : nil } ?? Arena.number(sample, p.name, leaf.offset)
            }))
      case .pointer:
        guard let n = arena.addBlock(p.name, depth: 0, isActive: p.activity != .constant) else {
          throw CheckError("too many pointer parameters")
        }
        if let element = p.vectorElement {
          try arena.makeVector(n, element: element, count: given?.count ?? request.defaultInteger, given: given)
        } else {
          arena.blocks[n].given = given
        }
        arguments.append(.block(n))
      }
    }
  }

  /// Runs the function once to learn what it looks at.
  private func explore(_ f: Compiled) throws {
    Probe.begin(arena)
    defer { Probe.end() }
    for (i, argument) in arguments.enumerated() {
      if case .block(let n) = argument { Probe.passed(i, arena.blocks[n].base) }
    }
    f.resetGlobals()
    try withMemory(f.primal) { memory in
      write(f.primal, memory, numbers: [:], shadows: .none)
      try f.call(f.primal, memory)
    }
    f.resetGlobals()
    arena.settle()
    if let complaint = arena.complaint { throw CheckError(complaint) }
  }

  private func collect() {
    for (i, p) in parameters.enumerated() where p.isActiveNumber {
      for (k, leaf) in p.leaves.enumerated() {
        let name = p.leaves.count == 1 ? p.name : "\(p.name).\(k)"
        variables.append(Variable(name: name, origin: .argument(i, leaf), value: argument(i, k)))
      }
    }
    var written = 0
    for (place, format, cell) in arena.numbers {
      if cell.isInput {
        variables.append(
          Variable(name: arena.name(of: place), origin: .memory(place, format), value: cell.value))
      }
      if cell.isWritten {
        outputs.append((place, format, weight(written)))
        written += 1
      }
    }
  }

  private func argument(_ i: Int, _ leaf: Int) -> Double {
    switch arguments[i] {
    case .number(let x): x
    case .leaves(let xs): xs[leaf]
    case .integer, .block: 0
    }
  }

  /// No two neighbours have the same, so that what is mixed up shows.
  private func weight(_ k: Int) -> Double { 1 - 0.37 * Double(k % 5) }
  var hasOutput: Bool { isResultActive || !outputs.isEmpty }

  /// The values that were made up, for the report.
  var setting: [(name: String, text: String)] {
    parameters.enumerated().compactMap { i, p in
      switch arguments[i] {
      case .integer(let n): return (p.name, "\(n)")
      case .number(let x) where p.activity == .constant: return (p.name, "\(x)")
      case .block(let n):
        let block = arena.blocks[n]
        if let element = p.vectorElement, case .pointer(_, let size)? = block.cells[8]?.kind {
          return (p.name, "\(size / element) elements")
        }
        guard block.low < block.high else { return (p.name, "not used") }
        let sizes = Set(block.cells.values.map(\.size))
        let size = sizes.count == 1 ? sizes.first! : 1
        let count = (block.high - min(0, block.low)) / size
        return (p.name, size == 1 ? "\(count) bytes" : "\(count) values")
      default: return nil
      }
    }
  }

  // MARK: Frames

  enum Shadows {
    case none
    /// Behind pointers.
    case adjoints
    /// Behind pointers and numbers; the tangents of the variables.
    case tangents([Double])
  }

  func withMemory<T>(_ frame: Frame, _ body: (UnsafeMutableRawPointer) throws -> T) rethrows -> T {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: frame.size + 64, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: frame.size + 64)
    defer { memory.deallocate() }
    return try body(memory)
  }

  /// Writes the arguments of a call; returns how many.
  @discardableResult
  private func write(
    _ frame: Frame, _ memory: UnsafeMutableRawPointer, numbers: [Variable.Origin: Double], shadows: Shadows
  ) -> Int {
    var k = 0
    for (i, p) in parameters.enumerated() {
      writePrimal(i, p, memory + frame.arguments[k], numbers)
      k += 1
      switch shadows {
      case .none: continue
      case .adjoints:
        guard case .pointer = p.kind, p.activity != .constant else { continue }
        writeShadowPointer(i, memory + frame.arguments[k])
      case .tangents(let v):
        guard p.activity != .constant else { continue }
        if case .pointer = p.kind {
          writeShadowPointer(i, memory + frame.arguments[k])
        } else {
          guard p.isActiveNumber else { continue }
          for (n, variable) in variables.enumerated() {
            guard case .argument(i, let leaf) = variable.origin else { continue }
            (memory + frame.arguments[k] + leaf.offset).store(number: v[n], leaf.format)
          }
        }
      }
      k += 1
    }
    return k
  }

  private func writePrimal(
    _ i: Int, _ p: CheckedParameter, _ place: UnsafeMutableRawPointer, _ numbers: [Variable.Origin: Double]
  ) {
    switch arguments[i] {
    case .block(let n): place.storeBytes(of: arena.blocks[n].base, as: UInt.self)
    case .integer(let value): place.storeBytes(of: value, as: Int.self)
    case .number, .leaves:
      for (k, leaf) in p.leaves.enumerated() {
        (place + leaf.offset).store(number: numbers[.argument(i, leaf)] ?? argument(i, k), leaf.format)
      }
    }
  }

  private func writeShadowPointer(_ i: Int, _ place: UnsafeMutableRawPointer) {
    guard case .block(let n) = arguments[i] else { return }
    place.storeBytes(of: UInt(Int(arena.blocks[n].base) + arena.distance), as: UInt.self)
  }

  // MARK: Evaluation

  private func prepare(_ f: Compiled, _ x: [Double]) -> [Variable.Origin: Double] {
    var numbers: [Variable.Origin: Double] = [:]
    var inMemory: [Arena.Place: Double] = [:]
    for (variable, value) in zip(variables, x) {
      switch variable.origin {
      case .argument: numbers[variable.origin] = value
      case .memory(let place, _): inMemory[place] = value
      }
    }
    f.resetGlobals()
    arena.restore(inMemory)
    return numbers
  }

  /// The numbers that a call gave and left.
  struct Values {
    var result: [Double]
    var memory: [Double]
    /// The weighted sum, and the sum of magnitudes.
    var sum: Double
    var magnitude: Double
    var all: [Double] { result + memory }
  }

  /// Evaluates the function itself.
  func values(_ f: Compiled, _ x: [Double]) throws -> Values {
    let numbers = prepare(f, x)
    return try withMemory(f.primal) { memory in
      write(f.primal, memory, numbers: numbers, shadows: .none)
      try f.call(f.primal, memory)
      return weighted(resultLeaves.map { (memory + f.primal.result + $0.offset).number($0.format) }, shadow: false)
    }
  }

  private func weighted(_ result: [Double], shadow: Bool) -> Values {
    let left = outputs.map { arena.number(at: $0.place, $0.format, shadow: shadow) }
    var terms = isResultActive ? result.enumerated().map { weight($0) * $1 } : []
    terms += zip(left, outputs).map { $0 * $1.weight }
    return Values(
      result: result, memory: left, sum: terms.reduce(0, +), magnitude: terms.reduce(0) { $0 + abs($1) })
  }

  private func writeSeed(_ place: UnsafeMutableRawPointer) {
    for (k, leaf) in resultLeaves.enumerated() { (place + leaf.offset).store(number: weight(k), leaf.format) }
  }

  /// What is in the shadows of inputs before a gradient is added to them.
  private static let before = 0.75

  private func prepareAdjoints(ontoShadows: Bool = false) {
    let weights = Dictionary(uniqueKeysWithValues: outputs.map { ($0.place, $0.weight) })
    arena.restoreShadows { weights[$0] ?? (ontoShadows ? Self.before : 0) }
  }

  /// What a gradient gives and leaves.
  struct Gradient {
    /// The adjoints of all variables.
    var adjoints: [Double]
    var memory: [Double]
    /// Adjoints that are still in the shadows of numbers that the function only writes: what was there before is no input.
    var leftover: [(name: String, adjoint: Double)]
  }

  /// The gradient, in the shadows and as returned.
  /// - Parameter ontoShadows: begin with shadows that are not zero, and take off what was there.
  func gradient(_ f: Compiled, _ frame: Frame, _ x: [Double], ontoShadows: Bool = false) throws
    -> Gradient
  {
    let numbers = prepare(f, x)
    prepareAdjoints(ontoShadows: ontoShadows)
    return try withMemory(frame) { memory in
      let k = write(frame, memory, numbers: numbers, shadows: .adjoints)
      if f.isResultActive { writeSeed(memory + frame.arguments[k]) }
      try f.call(frame, memory)
      var found = adjoints(f, memory + frame.result)
      if ontoShadows {
        let written = Set(outputs.map(\.place))
        for (k, variable) in variables.enumerated() {
          if case .memory(let place, _) = variable.origin, !written.contains(place) { found[k] -= Self.before }
        }
      }
      return Gradient(adjoints: found, memory: leftInMemory, leftover: leftover)
    }
  }

  private var leftover: [(name: String, adjoint: Double)] {
    var inputs: Set<Arena.Place> = []
    for variable in variables { if case .memory(let place, _) = variable.origin { inputs.insert(place) } }
    return outputs.compactMap { output in
      guard !inputs.contains(output.place) else { return nil }
      let adjoint = arena.number(at: output.place, output.format, shadow: true)
      return adjoint == 0 ? nil : (arena.name(of: output.place), adjoint)
    }
  }

  /// The same by the two halves of split mode, and the result that the first half gives.
  func splitGradient(_ f: Compiled, _ first: Frame, _ second: Frame, _ x: [Double]) throws
    -> (adjoints: [Double], result: [Double])
  {
    var result: [Double] = []
    let numbers = prepare(f, x)
    prepareAdjoints()
    let tape = try withMemory(first) { memory in
      write(first, memory, numbers: numbers, shadows: .adjoints)
      try f.call(first, memory)
      result = f.augmentedResult.map { (memory + first.result + $0.offset).number($0.format) }
      return (memory + first.result + f.augmentedTape).load(as: UInt.self)
    }
    return try withMemory(second) { memory in
      var k = write(second, memory, numbers: numbers, shadows: .adjoints)
      if f.isResultActive {
        writeSeed(memory + second.arguments[k])
        k += 1
      }
      (memory + second.arguments[k]).storeBytes(of: tape, as: UInt.self)
      try f.call(second, memory)
      return (adjoints(f, memory + second.result), result)
    }
  }

  private var leftInMemory: [Double] { outputs.map { arena.number(at: $0.place, $0.format) } }

  private func adjoints(_ f: Compiled, _ result: UnsafeMutableRawPointer) -> [Double] {
    variables.map { variable in
      switch variable.origin {
      case .memory(let place, let format): return arena.number(at: place, format, shadow: true)
      case .argument(let i, let leaf):
        guard let outs = f.outLeaves.first(where: { $0.parameter == i }),
          let k = parameters[i].leaves.firstIndex(of: leaf), k < outs.leaves.count
        else { return .nan }
        return (result + outs.leaves[k].offset).number(outs.leaves[k].format)
      }
    }
  }

  /// The tangent of Φ along a direction, from a tape.
  func replayedTangent(_ f: Compiled, _ first: Frame, _ second: Frame, _ x: [Double], along v: [Double]) throws
    -> Double
  {
    let numbers = prepare(f, x)
    arena.restoreShadows { _ in 0 }
    let tape = try withMemory(first) { memory in
      write(first, memory, numbers: numbers, shadows: .adjoints)
      try f.call(first, memory)
      return (memory + first.result + f.augmentedTape).load(as: UInt.self)
    }
    restoreTangents(v)
    return try withMemory(second) { memory in
      let k = write(second, memory, numbers: numbers, shadows: .tangents(v))
      (memory + second.arguments[k]).storeBytes(of: tape, as: UInt.self)
      try f.call(second, memory)
      return weighted(f.tangentLeaves.map { (memory + second.result + $0.offset).number($0.format) }, shadow: true).sum
    }
  }

  private func restoreTangents(_ v: [Double]) {
    var inMemory: [Arena.Place: Double] = [:]
    for (variable, value) in zip(variables, v) {
      if case .memory(let place, _) = variable.origin { inMemory[place] = value }
    }
    arena.restoreShadows { inMemory[$0] ?? 0 }
  }

  /// The tangent of Φ along a direction.
  func tangent(_ f: Compiled, _ frame: Frame, _ x: [Double], along v: [Double]) throws -> Double {
    let numbers = prepare(f, x)
    restoreTangents(v)
    return try withMemory(frame) { memory in
      write(frame, memory, numbers: numbers, shadows: .tangents(v))
      try f.call(frame, memory)
      return weighted(f.tangentLeaves.map { (memory + frame.result + $0.offset).number($0.format) }, shadow: true).sum
    }
  }

  // MARK: Complex steps

  /// The derivative of Φ along a direction, from imaginary parts; or where they end.
  func complexStep(_ f: Compiled, _ x: [Double], along v: [Double]) throws -> ComplexOutcome {
    let numbers = prepare(f, x)
    ComplexRun.reset()
    var parts: [Variable.Origin: Double] = [:]
    for (variable, value) in zip(variables, v) where value != 0 { parts[variable.origin] = ComplexStep.step * value }
    var k = 0
    for (i, p) in parameters.enumerated() {
      for leaf in p.leaves {
        ComplexRun.registers[k] = parts[.argument(i, leaf)] ?? 0
        k += 1
      }
      if case .block(let n) = arguments[i], i < ComplexRun.sourceCount { ComplexRun.sources[i] = arena.blocks[n].base }
    }
    for (origin, value) in parts {
      if case .memory(let place, _) = origin { ComplexRun.memory[arena.address(of: place)] = value }
    }
    try withMemory(f.primal) { memory in
      write(f.primal, memory, numbers: numbers, shadows: .none)
      try f.call(f.primal, memory)
    }
    if let place = ComplexRun.lost { return .ends(place) }
    var sum = 0.0
    if isResultActive { for k in resultLeaves.indices { sum += weight(k) * ComplexRun.registers[k] } }
    for output in outputs { sum += output.weight * (ComplexRun.memory[arena.address(of: output.place)] ?? 0) }
    return .derivative(sum / ComplexStep.step)
  }
}

/// What a run on complex numbers gives.
enum ComplexOutcome {
  case derivative(Double)
  /// Imaginary parts do not get beyond this instruction.
  case ends(String)
}
