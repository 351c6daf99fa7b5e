import Analysis
import IR

/// A number that is known when a program runs, as a person would write it: `n`, `2·n + 1`, `(n - 1)·m`.
package struct Extent: Hashable {
  /// Products of names, with their factors; the empty product is the constant.
  private var terms: [[String]: Int] = [:]

  package init(_ constant: Int) { if constant != 0 { terms[[]] = constant } }
  package init(name: String) { terms[[name]] = 1 }

  package var constant: Int? { terms.isEmpty ? 0 : terms.count == 1 ? terms[[]] : nil }

  package static func + (a: Extent, b: Extent) -> Extent {
    var sum = a
    for (term, factor) in b.terms {
      sum.terms[term, default: 0] += factor
      if sum.terms[term] == 0 { sum.terms[term] = nil }
    }
    return sum
  }
  package static func * (a: Extent, b: Extent) -> Extent {
    var product = Extent(0)
    for (s, x) in a.terms {
      for (t, y) in b.terms {
        product.terms[(s + t).sorted(), default: 0] += x &* y
      }
    }
    product.terms = product.terms.filter { $0.value != 0 }
    return product
  }

  package var description: String {
    if terms.isEmpty { return "0" }
    let sorted = terms.sorted { ($0.key.count, $0.key.joined()) > ($1.key.count, $1.key.joined()) }
    var text = ""
    for (term, factor) in sorted {
      let size = abs(factor)
      let name = term.joined(separator: "·")
      let one = term.isEmpty ? "\(size)" : size == 1 ? name : "\(size)·\(name)"
      text += text.isEmpty ? (factor < 0 ? "-" : "") + one : (factor < 0 ? " - " : " + ") + one
    }
    return text
  }
  /// As a factor of a product.
  package var asFactor: String { terms.count > 1 ? "(\(description))" : description }
}

/// Reads extents off the instructions that compute them.
struct ExtentReader {
  let subject: Subject
  /// What to call a loop's counter.
  let counterName: (Int) -> String
  private static let depth = 8

  /// How often the body of a loop runs each time it is entered; nil if only running tells.
  func iterations(of loop: Int) -> Extent? {
    subject.tripCounts[loop].map { read($0, Self.depth) + Extent(1) }
  }

  /// What a number is.
  func extent(of v: Value) -> Extent { read(v, Self.depth) }

  private func read(_ v: Value, _ depth: Int) -> Extent {
    if let n = v.integerConstant { return Extent(n) }
    if let loop = subject.loop(ofCounter: v) { return Extent(name: counterName(loop)) }
    guard let i = v.instruction, depth > 0 else { return named(v) }
    func operand(_ k: Int) -> Extent { read(i.operand(k), depth - 1) }
    switch i.opcode {
    case .add: return operand(0) + operand(1)
    case .sub: return operand(0) + operand(1) * Extent(-1)
    case .mul: return operand(0) * operand(1)
    case .shl:
      if let n = i.operand(1).integerConstant, 0..<32 ~= n { return operand(0) * Extent(1 << n) }
    case .zext, .sext, .trunc, .freeze, .bitcast: return operand(0)
    case .udiv, .sdiv, .lshr, .ashr:
      guard let n = i.operand(1).integerConstant, n > 0, i.opcode == .udiv || i.opcode == .sdiv || n < 32 else { break }
      let divisor = i.opcode == .udiv || i.opcode == .sdiv ? n : 1 << n
      return Extent(name: "⌊\(operand(0).asFactor)/\(divisor)⌋")
    case .call:
      let name = i.intrinsicName ?? ""
      if name.hasPrefix("llvm.smax") || name.hasPrefix("llvm.umax") {
        return choice("max", operand(0), operand(1))
      }
      if name.hasPrefix("llvm.smin") || name.hasPrefix("llvm.umin") {
        return choice("min", operand(0), operand(1))
      }
    case .load:
      if let name = i.operand(0).underlyingObject.readableName { return Extent(name: "\(name)[…]") }
    default: break
    }
    return named(v)
  }

  /// A bound like max(n, 1) - 1 + 1 is there for loops that are not entered: what matters is n.
  private func choice(_ word: String, _ a: Extent, _ b: Extent) -> Extent {
    if a == b { return a }
    if word == "max" {
      if let n = b.constant, n <= 1 { return a }
      if let n = a.constant, n <= 1 { return b }
    }
    return Extent(name: "\(word)(\(a.description), \(b.description))")
  }

  private func named(_ v: Value) -> Extent {
    if let k = subject.function.parameters.firstIndex(of: v) {
      // Without any name as messages call it.
      return Extent(name: subject.original.parameter(k).readableName ?? v.readableName ?? "p\(k + 1)")
    }
    if let name = v.readableName { return Extent(name: name) }
    return Extent(name: v.instruction?.positions.first.map { "⟨line \($0.line)⟩" } ?? "?")
  }
}

extension Value {
  /// The variable in the source, or else the name in the IR.
  var readableName: String? {
    if let name = sourceName, !name.isEmpty { return name }
    if let g = global { return g.name }
    let plain = String(name.prefix { $0 != "." })
    return plain.isEmpty || plain.allSatisfy(\.isNumber) ? nil : plain
  }
}
