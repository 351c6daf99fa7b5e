import Analysis
import IR

/// The order in which hook calls are carried out: those inside a function and its callees before
/// those on the function. A derivative of a derivative is a derivative of ordinary code.
struct RequestOrder {
  /// A call and the functions that its first operand may be.
  struct Entry {
    let call: HookCall
    let functions: [Function]
  }
  private let entries: [Entry]
  private let graph: ReferenceGraph
  private var callsIn: [Function: [Int]] = [:]
  private var state: [Visit]
  private enum Visit { case new, open, done }
  /// Indices into `entries`, inner calls first.
  private var order: [Int] = []
  /// Calls on a function that contains the call itself.
  private(set) var circular: [HookCall] = []
  /// Calls that another one differentiates.
  private(set) var inner: Set<HookCall> = []

  init(_ entries: [Entry]) {
    self.entries = entries
    state = Array(repeating: .new, count: entries.count)
    graph = ReferenceGraph()
    for (i, entry) in entries.enumerated() {
      callsIn[entry.call.instruction.function, default: []].append(i)
    }
    for i in entries.indices { visit(i) }
  }

  var calls: [HookCall] { order.map { entries[$0].call } }

  private mutating func visit(_ i: Int) {
    guard state[i] == .new else { return }
    state[i] = .open
    let mentioned = graph.reachable(from: entries[i].functions)
    for function in mentioned {
      for j in callsIn[function] ?? [] {
        inner.insert(entries[j].call)
        if state[j] == .open { circular.append(entries[j].call) }
        visit(j)
      }
    }
    // Calls through pointers may lead to more. That they do is not certain, so a circle of such is none.
    for function in behindPointers(calledBy: mentioned) {
      for j in callsIn[function] ?? [] {
        inner.insert(entries[j].call)
        visit(j)
      }
    }
    state[i] = .done
    order.append(i)
  }
}

extension RequestOrder {
  /// The functions with requests to which calls through pointers may lead.
  private func behindPointers(calledBy callers: [Function]) -> [Function] {
    let types = Set(
      callers.flatMap { $0.blocks.flatMap(\.instructions) }.lazy.filter {
        $0.isCall && $0.callee == nil && !$0.isInlineAssemblyCall
      }
      .map(\.calledFunctionType))
    guard !types.isEmpty else { return [] }
    return entries.map { $0.call.instruction.function }.unique.filter { f in
      types.contains { $0.isInterchangeable(with: f.functionType) } && Program.isAddressTaken(f)
    }
  }
}

/// Which functions a function mentions: calls and takes the address of.
final class ReferenceGraph {
  private var references: [Function: [Function]] = [:]

  /// The functions and all that they mention, directly or not, in a fixed order.
  func reachable(from roots: [Function]) -> [Function] {
    var seen = Set(roots)
    var list = roots
    var i = 0
    while i < list.count {
      for f in mentioned(by: list[i]) where seen.insert(f).inserted { list.append(f) }
      i += 1
    }
    return list
  }

  func mentioned(by function: Function) -> [Function] {
    if let known = references[function] { return known }
    var search = MentionSearch()
    for block in function.blocks {
      for instruction in block.instructions {
        for operand in instruction.operands where operand.isConstant { search.visit(operand) }
      }
    }
    references[function] = search.found
    return search.found
  }
}

/// Functions in constants: casts of them, and constant globals that hold them.
private struct MentionSearch {
  var found: [Function] = []
  private var seen: Set<Value> = []

  mutating func visit(_ constant: Value) {
    var pending = [constant]
    while let c = pending.popLast() {
      let isPlain =
        !c.isConstantExpression && c.operands.isEmpty && c.global == nil && c.function == nil
      if isPlain || !seen.insert(c).inserted { continue }
      if let f = c.function {
        found.append(f)
      } else if let g = c.global {
        if g.isConstant, let whole = g.initializer { pending.append(whole) }
      } else {
        pending += c.operands.filter(\.isConstant)
      }
    }
  }
}
