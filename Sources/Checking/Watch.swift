import Analysis
import Frontend
import IR

/// Looks at every floating-point value of one function while it and its derivatives run.
///
/// Each value goes through a function that returns it unchanged and has derivative rules of its own, registered as a program
/// would register them, which take notes:
///
///     %x = fmul double %a, %b         %x = fmul double %a, %b
///     … %x …                          %w = call double @watch(double %x, i64 7)      … %w …
///
/// So tangents and adjoints in the middle of a function can be compared with differences, without the engine knowing.
final class Watch {
  /// One passage of a value.
  struct Passage {
    var id: Int
    var value: Double
  }
  /// What is watched, in words: the instruction and its line, and those that use it.
  struct Watched {
    var text: String
    var line: Int?
    var users: [(text: String, line: Int?)]
    /// The watched values among its operands.
    var operands: [Int]
  }
  private(set) var watched: [Watched] = []
  private(set) var passages: [Passage] = []
  private(set) var tangents: [Passage] = []
  /// In reverse order.
  private(set) var adjoints: [Passage] = []
  /// The passage that is changed, and by how much.
  private var target: (index: Int, change: Double)?
  private static let limit = 400_000

  // MARK: Instrumenting

  func instrument(_ f: Function, in module: Module) {
    var places: [(value: Value, before: Instruction)] = []
    for block in f.blocks {
      for i in block.instructions {
        guard i.type.kind == .double || i.type.kind == .float, i.value.hasUses else { continue }
        if i.isPhi {
          if let first = block.firstInsertionPoint { places.append((i.value, first)) }
        } else if let next = i.next, i.opcode != .invoke {
          places.append((i.value, next))
        }
      }
    }
    let numbers = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1.value, $0) })
    let operands = places.map { place in
      place.value.instruction.map { i in i.operands.compactMap { numbers[$0] } } ?? []
    }
    let functions = (double: Watcher(module, module.context.double), float: Watcher(module, module.context.float))
    let b = Builder(module: module)
    for (value, before) in places {
      let users = value.users.compactMap(\.instruction)
      watched.append(
        Watched(
          text: Self.text(value), line: Self.line(value.instruction),
          users: users.map { (Self.text($0.value), Self.line($0)) }, operands: operands[watched.count]))
      b.position(before: before)
      let watcher = value.type.kind == .double ? functions.double : functions.float
      let call = b.call(watcher.primal, [value, module.context.i64.constant(watched.count - 1)])
      for u in users {
        for k in 0..<u.operands.count where u.operand(k) == value { u.value.setOperand(k, call) }
      }
    }
  }

  private static func line(_ i: Instruction?) -> Int? { i?.positions.first { $0.line > 0 }?.line }
  private static func text(_ v: Value) -> String {
    var text = Substring(v.description)
    while text.first == " " { text.removeFirst() }
    var plain = ""
    while let c = text.first, !text.hasPrefix(", !"), !text.hasPrefix(" #") {
      plain.append(c)
      text.removeFirst()
    }
    return String(plain.prefix(120))
  }

  // MARK: Runs

  /// Runs `body` with this watch taking notes.
  func during<T>(changing target: (index: Int, change: Double)? = nil, _ body: () throws -> T) rethrows -> T {
    passages = []
    tangents = []
    adjoints = []
    self.target = target
    Self.current = self
    defer { Self.current = nil }
    return try body()
  }

  nonisolated(unsafe) private static var current: Watch?

  private func pass(_ x: Double, _ id: Int) -> Double {
    let n = passages.count
    if n < Self.limit { passages.append(Passage(id: id, value: x)) }
    if let target, target.index == n { return x + target.change }
    return x
  }

  fileprivate static let passed: @convention(c) (Double, Int) -> Double = { x, id in current?.pass(x, id) ?? x }
  fileprivate static let tangentPassed: @convention(c) (Double, Int) -> Double = { dx, id in
    if let w = current, w.tangents.count < limit { w.tangents.append(Passage(id: id, value: dx)) }
    return dx
  }
  fileprivate static let adjointPassed: @convention(c) (Double, Int) -> Double = { adjoint, id in
    if let w = current, w.adjoints.count < limit { w.adjoints.append(Passage(id: id, value: adjoint)) }
    return adjoint
  }
}

/// The functions that values of one type go through.
private struct Watcher {
  let primal: Function
  private let module: Module
  private let type: Type

  init(_ module: Module, _ type: Type) {
    self.module = module
    self.type = type
    let i64 = module.context.i64
    let name = "nabla_watch_\(type.description)"
    primal = module.addFunction(name, .function(type, [type, i64]))
    let augmented = module.addFunction(name + "_augmented", .function(type, [type, i64, i64]))
    let reverse = module.addFunction(name + "_reverse", .function(type, [type, i64, i64, type]))
    let pair = module.context.structure([type, type])
    let forward = module.addFunction(name + "_forward", .function(pair, [type, type, i64, i64]))
    write(primal) { b, p in note(b, Watch.passed, p[0], p[1]) }
    write(augmented) { b, p in note(b, Watch.passed, p[0], p[1]) }
    write(reverse) { b, p in note(b, Watch.adjointPassed, p[3], p[1]) }
    write(forward) { b, p in
      let x = note(b, Watch.passed, p[0], p[2])
      let dx = note(b, Watch.tangentPassed, p[1], p[2])
      return b.insertValue(b.insertValue(pair.poison, x, 0), dx, 1)
    }
    register("__nabla_register_gradient_\(name)", [primal, augmented, reverse])
    register("__nabla_register_derivative_\(name)", [primal, forward])
  }

  private func write(_ f: Function, _ body: (Builder, [Value]) -> Value) {
    f.addAttribute("noinline")
    f.addAttribute("nounwind")
    let b = Builder(module: module)
    b.position(atEndOf: f.appendBlock("entry"))
    b.ret(body(b, f.parameters))
  }

  private func note(_ b: Builder, _ f: @convention(c) (Double, Int) -> Double, _ x: Value, _ id: Value) -> Value {
    let c = b.context
    let signature = Type.function(c.double, [c.double, c.i64])
    let address = Int(bitPattern: unsafeBitCast(f, to: UnsafeRawPointer.self))
    let target = b.inttoptr(c.i64.constant(address), to: signature.pointer())
    return b.fpCast(b.call(target, signature, [b.fpCast(x, to: c.double), id]), to: type)
  }

  private func register(_ name: String, _ functions: [Function]) {
    let b = Builder(module: module)
    let pointer = module.context.bytePointer
    let list = pointer.array(functions.count)
    module.addGlobal(
      name, list, initializer: list.constant(aggregate: functions.map { b.cast(pointer: $0.value, to: pointer) })
    )
    .setExternal()
  }
}

extension Checker {
  /// Names the instruction of the function whose derivative is wrong, as far as watching its values tells.
  package func blame(level: Int, sample: Int) throws -> [String] {
    let watch = Watch()
    let f = try compiledForWatching(level, watch)
    let p = try point(sample)
    guard !p.variables.isEmpty else { return [] }
    let x = p.variables.map(\.value)
    let here = try watch.during { try p.values(f, x) }
    let search = Search(f: f, p: p, x: x, watch: watch, here: here, order: watch.passages)
    var found: [String] = []
    if let tangent = f.tangent, let text = try search.forward(tangent) { found.append(text) }
    if let gradient = f.gradient, let text = try search.reverse(gradient) { found.append(text) }
    return found
  }
}

/// The search for the first wrong value.
private struct Search {
  let f: Compiled
  let p: Point
  let x: [Double]
  let watch: Watch
  let here: Point.Values
  /// The passages of the plain run.
  let order: [Watch.Passage]

  /// How much a derivative may be off, given a difference.
  private func isWrong(_ found: Double, _ difference: Difference) -> Bool {
    let scale = max(abs(found), abs(difference.value))
    let slack = (f.precision > 1e-10 ? 3e-2 : 1e-5) * scale + difference.noise + 4 * difference.truncation
    return difference.truncation < 0.02 * scale + 10 * difference.noise && !(abs(found - difference.value) <= slack)
  }

  /// Tangents, in the order of execution: what comes before the first wrong one is right.
  func forward(_ frame: Frame) throws -> String? {
    let v = x.indices.map { Arena.number(11, "direction", $0) - 0.6 }
    _ = try watch.during { try p.tangent(f, frame, x, along: v) }
    let tangents = watch.tangents
    guard let truth = try differences(along: v, count: order.count) else { return nil }
    var occurrences: [Int: Int] = [:]
    for passage in order { occurrences[passage.id, default: 0] += 1 }
    var noted: [Int: [Double]] = [:]
    for t in tangents { noted[t.id, default: []].append(t.value) }
    var next: [Int: Int] = [:]
    var constant: Int?
    for (n, passage) in order.enumerated() {
      let k = next[passage.id, default: 0]
      next[passage.id] = k + 1
      let w = watch.watched[passage.id]
      // What is taken for constant is not noted at all: rightly so, if nothing that has a derivative uses it.
      guard let list = noted[passage.id] else {
        if isWrong(0, truth[n]) { constant = n }
        continue
      }
      guard list.count == occurrences[passage.id], isWrong(list[k], truth[n]) else { continue }
      if let m = lastPassage(of: w.operands.filter { noted[$0] == nil }, before: n), isWrong(0, truth[m]) {
        return takenForConstant(m, truth[m])
      }
      return "forward mode goes wrong at `\(w.text)`\(at(w.line)): its tangent is \(short(list[k])), differences say "
        + short(truth[n].value)
    }
    return constant.map { takenForConstant($0, truth[$0]) }
  }

  private func lastPassage(of ids: [Int], before n: Int) -> Int? { order[..<n].lastIndex { ids.contains($0.id) } }

  private func takenForConstant(_ n: Int, _ truth: Difference) -> String {
    let w = watch.watched[order[n].id]
    return "forward mode goes wrong at `\(w.text)`\(at(w.line)): it is taken for constant, but changes with the inputs "
      + "(difference \(short(truth.value)))"
  }

  /// The derivatives of all passages along a direction, by differences; nil if control flow changes.
  private func differences(along v: [Double], count: Int) throws -> [Difference]? {
    let h = Math.power(f.precision, 0.25)
    func run(_ t: Double) throws -> [Watch.Passage] {
      _ = try watch.during { try p.values(f, zip(x, v).map { $0 + t * $1 }) }
      return watch.passages
    }
    let runs = try [h, -h, h / 2, -h / 2].map(run)
    guard runs.allSatisfy({ $0.count == count }) else { return nil }
    return (0..<count).map { n in
      let one = (runs[0][n].value - runs[1][n].value) / (2 * h)
      let two = (runs[2][n].value - runs[3][n].value) / h
      return Difference(
        value: (4 * two - one) / 3, truncation: abs(two - one), noise: 8 * f.precision * abs(order[n].value) / h)
    }
  }

  /// Adjoints, from the end: what comes behind the last wrong one is right, so one of those that use it is to blame.
  func reverse(_ frame: Frame) throws -> String? {
    _ = try watch.during { try p.gradient(f, frame, x) }
    var adjoints: [Int: [Double]] = [:]
    for a in watch.adjoints { adjoints[a.id, default: []].append(a.value) }
    var occurrences: [Int: [Int]] = [:]
    for (n, passage) in order.enumerated() { occurrences[passage.id, default: []].append(n) }
    // For each value its last and first passage.
    var candidates: [(index: Int, id: Int, adjoint: Double)] = []
    for (id, list) in occurrences {
      let found = adjoints[id].map { Array($0.reversed()) } ?? list.map { _ in 0 }
      guard found.count == list.count else { continue }
      for k in Set([0, list.count - 1]) { candidates.append((list[k], id, found[k])) }
    }
    for c in candidates.sorted(by: { $0.index > $1.index }).prefix(1000) {
      let difference = try Difference(
        scale: order[c.index].value, unit: f.precision, magnitude: here.magnitude
      ) { h in try watch.during(changing: (c.index, h)) { try p.values(f, x).sum } }
      guard isWrong(c.adjoint, difference) else { continue }
      let w = watch.watched[c.id]
      let users = w.users.prefix(3).map { "`\($0.text)`\(at($0.line))" }.joined(separator: " or ")
      return "reverse mode goes wrong at \(users): the adjoint that comes from there to `\(w.text)`\(at(w.line)) is "
        + "\(short(c.adjoint)), differences say \(short(difference.value))"
    }
    return nil
  }

  private func at(_ line: Int?) -> String { line.map { " (line \($0))" } ?? "" }
  private func short(_ x: Double) -> String {
    let digits = (x * 1e6).rounded() / 1e6
    return abs(x) > 1e-3 && abs(x) < 1e9 ? "\(digits)" : "\(x)"
  }
}
