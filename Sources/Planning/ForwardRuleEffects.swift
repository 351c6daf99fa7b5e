package import Analysis
package import IR

/// What a registered forward rule reads and writes of the function's own memory. It is called once for each direction, and does the
/// function's own work each time: that is right only if it does not read what it has written.
struct ForwardRuleEffects {
  private let rule: Function
  private let call: Instruction
  private let program: Program

  init(_ rule: Function, _ call: Instruction, _ program: Program) {
    self.rule = rule
    self.call = call
    self.program = program
  }

  /// Memory, as the rule gets at it.
  private enum Place: Hashable {
    /// Behind this argument of the call.
    case argument(Int)
    case variable(Value)
    case elsewhere
  }

  /// Why the rule must not be called several times; nil if it may.
  var obstacle: String? {
    guard call.arguments.contains(where: { $0.type.containsPointer }) || !rule.isDeclaration else { return nil }
    guard !rule.isDeclaration, let body = try? program.preparation.subject(of: rule) else {
      return "it is not known what it writes"
    }
    var read: Set<Place> = []
    var written: Set<Place> = []
    for i in body.instructions {
      switch i.opcode {
      case .load: place(i.operand(0), body).map { _ = read.insert($0) }
      case .store:
        guard let p = place(i.operand(1), body) else { continue }
        // A rule may count its calls.
        if case .variable = p, !i.operand(0).type.containsFloat { continue }
        written.insert(p)
      default:
        guard i.isCall, i.mayWriteMemory || i.mayReadMemory else { continue }
        let isBlock = i.intrinsicName?.hasPrefix("llvm.mem") ?? false
        for (k, a) in i.arguments.enumerated() where a.type.isPointer {
          guard let p = place(a, body) else { continue }
          if i.mayWriteMemory, !isBlock || k == 0 { written.insert(p) }
          if i.mayReadMemory, !isBlock || k > 0 { read.insert(p) }
        }
      }
    }
    return written.contains { w in read.contains { mayMeet(w, $0) } } ? "it reads what it writes" : nil
  }

  /// nil: memory of its own, or a shadow, of which each direction has one.
  private func place(_ pointer: Value, _ body: Subject) -> Place? {
    var base = pointer.underlyingObject
    // What a pointer in memory leads to counts as part of what the pointer is in.
    while let i = base.instruction, i.opcode == .load { base = i.operand(0).underlyingObject }
    if base.isArgument {
      guard let k = body.function.parameters.firstIndex(of: base) else { return .elsewhere }
      return argument(ofParameter: k)
    }
    if let g = base.global { return g.isConstant ? nil : .variable(base) }
    if let i = base.instruction, i.opcode == .alloca || i.isCall && i.callee.map(isAllocation) ?? false { return nil }
    return base.isNull || base.isUndefOrPoison ? nil : .elsewhere
  }
  private func isAllocation(_ f: Function) -> Bool {
    if case .allocation = program.knowledge.of(f)?.kind { return true }
    return false
  }

  /// Parameters are followed by their tangents, integers possibly not.
  private func argument(ofParameter n: Int) -> Place? {
    let isFull = rule.functionType.parameters.count >= 2 * call.argumentCount
    var position = 0
    for (k, a) in call.arguments.enumerated() {
      if n == position { return .argument(k) }
      let isFollowed = isFull || a.type.containsFloat || a.type.containsPointer
      if isFollowed, n == position + 1 { return nil }
      position += isFollowed ? 2 : 1
    }
    return .elsewhere
  }

  private func mayMeet(_ a: Place, _ b: Place) -> Bool {
    guard case .argument(let i) = a, case .argument(let j) = b, i != j else {
      return a == b || a == .elsewhere || b == .elsewhere
    }
    guard let x = program.graph.cell(of: call.arguments[i]), let y = program.graph.cell(of: call.arguments[j]) else {
      return true
    }
    return x.node == y.node
  }
}
