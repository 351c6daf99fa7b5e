package import Analysis
package import IR

/// The adjoints of a subject's values during the reverse sweep: read, add, clear. Values that are used in
/// one block only have their adjoint in registers; others in stack variables that start at zero: at -0.0, so that
/// adding to it is no operation.
final class Adjoints {
  private let subject: Subject
  private let builder: Builder
  private let width: Int
  private let bitKinds: BitKinds
  private var variables: [Int: [Value]] = [:]
  private var local: [Int: [Value?]] = [:]
  private var isLocal: [Int: Bool] = [:]
  /// Where a value's variable is set to zero; nil for the entry.
  var start: (Int) -> BasicBlock? = { _ in nil }

  init(_ subject: Subject, _ builder: Builder, width: Int, _ bitKinds: BitKinds) {
    self.subject = subject
    self.builder = builder
    self.width = width
    self.bitKinds = bitKinds
  }

  /// Is the value defined and used in a single block, where the sweep meets its uses first?
  private func livesInOneBlock(_ id: Int) -> Bool {
    if let known = isLocal[id] { return known }
    var answer = false
    if let i = subject.instruction(id), !i.isPhi, i.opcode != .invoke {
      answer = i.value.users.allSatisfy { u in
        guard let x = u.instruction, !x.isPhi else { return false }
        return x.block == i.block && x.opcode != .ret && x.opcode != .invoke
      }
    }
    isLocal[id] = answer
    return answer
  }

  private func variable(_ id: Int, _ lane: Int) -> Value {
    if let v = variables[id] { return v[lane] }
    let type = subject.values[id].type
    let place = start(id)
    let list = (0..<width).map { _ in
      let a = builder.entryAlloca(type)
      let b = Builder(module: builder.module)
      if let place { b.position(atStartOf: place) } else { b.position(after: a.instruction!) }
      b.store(type.emptySum, to: a)
      return a
    }
    variables[id] = list
    return list[lane]
  }

  /// Adds to the adjoint of a value. Constants have none.
  func add(_ v: Value, _ delta: Value, lane: Int) {
    guard let id = subject.id(v) else { return }
    if livesInOneBlock(id) {
      var list = local[id] ?? Array(repeating: nil, count: width)
      list[lane] = list[lane].map { sum($0, delta, of: v) } ?? delta
      local[id] = list
      return
    }
    let place = variable(id, lane)
    builder.store(sum(builder.load(v.type, from: place), delta, of: v), to: place)
  }

  /// Reads the adjoint of a value and clears it; nil if nothing was added to it.
  func take(_ v: Value) -> [Value]? {
    guard let id = subject.id(v) else { return nil }
    if livesInOneBlock(id) {
      guard let list = local.removeValue(forKey: id) else { return nil }
      return list.map { $0 ?? v.type.zero }
    }
    return (0..<width).map { lane in
      let place = variable(id, lane)
      let d = builder.load(v.type, from: place)
      builder.store(v.type.emptySum, to: place)
      return d
    }
  }

  /// The adjoint of a parameter at the end of the sweep.
  func final(_ v: Value, lane: Int) -> Value {
    guard let id = subject.id(v) else { return v.type.zero }
    let d = builder.load(v.type, from: variable(id, lane))
    // Nothing added up is +0.0 for who asked.
    return v.type.isFloatOrVector ? builder.fadd(d, v.type.zero) : d
  }

  /// `a + b` where they are floating-point numbers, in whatever they are wrapped.
  func sum(_ a: Value, _ b: Value, of v: Value) -> Value {
    let type = a.type
    if type.isFloatOrVector { return builder.fadd(a, b) }
    if type.scalar.isInteger { return sumOfBits(a, b, bitKinds.kind(of: v)) }
    guard type.isAggregate else { return a }
    var result = a
    for k in 0..<type.count where type.member(k).containsFloat {
      let part = sum(builder.extractValue(a, k), builder.extractValue(b, k), of: v)
      result = builder.insertValue(result, part, k)
    }
    return result
  }
  /// Adds integers that are the bits of floating-point numbers of one type.
  func sumOfBits(_ a: Value, _ b: Value, _ kind: Type?) -> Value {
    guard let kind else { return a }
    let layout = builder.layout
    let lanes = layout.bits(a.type) / layout.bits(kind)
    guard lanes >= 1 else { return a }
    let type = lanes == 1 ? kind : kind.vector(lanes)
    let s = builder.fadd(builder.bitcast(a, to: type), builder.bitcast(b, to: type))
    return builder.bitcast(s, to: a.type)
  }
}

extension Type {
  /// What a sum starts from: adding x to it gives x, also if x is -0.0.
  var emptySum: Value { isFloatOrVector ? constant(-0.0) : zero }
}
