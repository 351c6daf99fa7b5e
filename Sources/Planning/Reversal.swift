package import Analysis
package import IR
package import Rules

/// What the reverse sweep does about one instruction.
package enum Reversal {
  case nothing
  /// The adjoint of the result flows to the operands as the kind of instruction says.
  case value
  /// As `value`, for logic on the bits of floating-point numbers.
  case bits(BitTrick)
  /// As `value`, by a rule of the book.
  case rule(MathRule)
  /// The adjoint of the result is added to the shadow memory.
  case load
  /// The shadow memory flows to the adjoint of the stored value and is cleared.
  case store
  /// Shadow bytes flow back from target to source, which may overlap.
  case copy(CopyLayout, target: Value, source: Value, size: Value, overlaps: Bool)
  /// Shadow bytes are cleared.
  case fill(CopyLayout, target: Value, size: Value)
  /// The reverse half of the callee is called.
  case call
  /// The reverse half that the user registered is called.
  case custom(CustomShape)
  /// An atomic addition: the shadow memory flows to the addend.
  case atomicAdd
  /// New memory took over the contents of old memory.
  case reallocation
}

/// Decides what reversing each instruction of a subject takes, and collects what cannot be done.
package struct ReversalClassifier {
  /// Forward mode: what has a tangent, rather than an adjoint.
  let forward: Bool
  let program: Program
  let activity: Activity
  let subject: Subject
  package private(set) var refusals: [Diagnostic] = []
  private let bitKinds: BitKinds
  private var hasRefusedText = false

  package init(_ program: Program, _ activity: Activity, _ subject: Subject, forward: Bool = false) {
    self.forward = forward
    self.program = program
    self.activity = activity
    self.subject = subject
    bitKinds = BitKinds(program)
  }

  private mutating func refuse(_ i: Instruction, _ message: String) -> Reversal {
    refusals.append(
      Diagnostic(message, at: i, in: subject.original, location: i.sourceLocation))
    return .nothing
  }
  private func isActive(_ v: Value) -> Bool { activity.isActive(v, in: subject) }
  private func node(_ p: Value) -> Int? { program.graph.cell(of: p)?.node }
  private func isActiveMemory(_ p: Value) -> Bool { node(p).map { activity.isActive(node: $0) } ?? false }

  /// Are there shadows where the characters of strings are? Then they were mixed up with numbers.
  private mutating func refuseNumbersInText(_ i: Instruction) {
    guard !hasRefusedText, let text = program.graph.textNode, activity.needsShadow(node: text),
      i.operands.contains(where: { node($0) == text }) || node(i.value) == text
    else { return }
    hasRefusedText = true
    _ = refuse(i, Messages.text(subject))
  }

  @discardableResult
  package mutating func classify(_ i: Instruction) -> Reversal {
    refuseNumbersInText(i)
    switch i.opcode {
    case .load:
      if let store = storeOfUnknownWord(i) { return refuse(i, Messages.unknownCopy(subject, i, store.operand(1))) }
      guard isActive(i.value), isActiveMemory(i.operand(0)) else { return .nothing }
      // Tangents can be moved in parts, adjoints cannot: those of one number add up as a whole.
      if program.isPartOfNumber(i), !forward || !program.isOnlyMoved(i) { return refuse(i, Messages.parts(subject, i)) }
      return .load
    case .store: return classifyStore(i)
    case .atomicRMW:
      guard isActiveMemory(i.operand(0)),
        i.operand(1).type.containsFloat || isActive(i.operand(1)) || isActive(i.value)
      else { return .nothing }
      if forward, i.type.containsFloat, [0, 11, 12].contains(i.atomicOperation) { return .atomicAdd }
      // fadd and fsub; the old value must not be used actively.
      if i.atomicOperation == 11 || i.atomicOperation == 12, !isActive(i.value) { return .atomicAdd }
      return refuse(i, Messages.atomic(subject, i))
    case .cmpxchg:
      guard isActiveMemory(i.operand(0)), isActive(i.operand(2)) || isActive(i.value) else { return .nothing }
      return refuse(i, Messages.atomic(subject, i))
    case .call, .invoke: return classifyCall(i)
    case .ret: return .nothing
    default:
      guard isActive(i.value) else { return .nothing }
      return classifyValue(i)
    }
  }

  private mutating func classifyValue(_ i: Instruction) -> Reversal {
    switch i.opcode {
    case .fneg, .fadd, .fsub, .fmul, .fdiv, .frem:
      return RuleBook.standard.rule(for: i.opcode).map { .rule($0) } ?? .nothing
    case .shuffleVector where repeatsPartsOfNumbers(i): return refuse(i, Messages.bits(subject, i))
    case .fpext, .fptrunc, .phi, .select, .freeze, .extractElement, .insertElement, .shuffleVector, .extractValue,
      .insertValue:
      return .value
    case .bitcast, .trunc, .zext, .lshr, .shl: return .value
    case .and, .or, .xor:
      if let trick = BitTrick(i, kind: bitKinds.kind(of: i.value), isActive) { return .bits(trick) }
      return refuse(i, Messages.bits(subject, i))
    default:
      return refuse(i, i.type.scalar.isInteger ? Messages.bits(subject, i) : Messages.instruction(subject, i))
    }
  }

  /// Where a word goes that is loaded and stored as an integer, if nothing tells at either place whether it is a number.
  private func storeOfUnknownWord(_ load: Instruction) -> Instruction? {
    guard !forward, load.type.isInteger, [32, 64].contains(load.type.bitWidth), !isActive(load.value),
      load.accessedType.map({ $0.scalar == "omnipotent char" }) ?? true, isUnknown(load.operand(0)),
      program.isOnlyMoved(load)
    else { return nil }
    var seen: Set<Value> = []
    var work = [load.value]
    while let v = work.popLast() {
      guard seen.insert(v).inserted else { continue }
      for user in v.users.compactMap(\.instruction) {
        if user.opcode == .store, user.operand(0) == v, isUnknown(user.operand(1)) { return user }
        if user.isPhi || user.opcode == .select || user.opcode == .freeze { work.append(user.value) }
      }
    }
    return nil
  }
  /// Memory of others, of which the program uses nothing as a number.
  private func isUnknown(_ place: Value) -> Bool {
    let graph = program.graph
    guard isActiveMemory(place), let c = graph.cell(of: place) else { return false }
    return graph.kinds(c.node, at: c.offset).isEmpty
      && !graph.origin(c.node).isDisjoint(with: [.argument, .loaded, .mutableGlobal])
      && !graph.fields(c.node).contains { $0.kinds.isFloat }
  }

  /// Does a shuffle repeat integers that are parts of numbers? The parts' adjoints can't be added up.
  private func repeatsPartsOfNumbers(_ i: Instruction) -> Bool {
    guard !forward, i.type.scalar.isInteger, let kind = bitKinds.kind(of: i.value),
      program.module.dataLayout.bits(kind) > i.type.scalar.bitWidth
    else { return false }
    let lanes = i.shuffleMask.filter { $0 >= 0 }
    return Set(lanes).count < lanes.count
  }

  private mutating func classifyStore(_ i: Instruction) -> Reversal {
    guard isActiveMemory(i.operand(1)) else { return .nothing }
    let v = i.operand(0)
    if v.type.containsFloat { return .store }
    if isActive(v) { return .store }
    // An integer (a constant bit pattern, often zero) over floating-point bytes clears their shadow.
    if let c = program.graph.cell(of: i.operand(1)), program.isNumber(v, at: c) { return .store }
    return .nothing
  }

  private mutating func classifyCall(_ i: Instruction) -> Reversal {
    switch program.knowledge.target(of: i) {
    case .known(let k, _): return classifyKnown(i, k)
    case .transparent, .hint, .inactiveSite: return .nothing
    case .assembly:
      return activity.touchesActive(i, in: subject) ? refuse(i, Messages.assembly(subject, i)) : .nothing
    case .body, .indirect:
      guard activity.touchesActive(i, in: subject) else { return .nothing }
      if let s = program.variadicCallee(of: i) { return refuse(i, Messages.variadic(s)) }
      if program.bodies(of: i) != nil || i.callee == nil { return .call }
      return refuse(i, Messages.opaque(subject, i))
    case .custom(let f):
      guard activity.touchesActive(i, in: subject) else { return .nothing }
      return classifyCustom(i, f)
    case .opaque:
      return activity.touchesActive(i, in: subject) && !isHarmless(i)
        ? refuse(i, Messages.opaque(subject, i)) : .nothing
    }
  }
  private mutating func classifyCustom(_ i: Instruction, _ f: Function) -> Reversal {
    let declarations = program.knowledge.declarations
    let width = activity.request.width
    if forward {
      let hasRule =
        declarations.derivatives[f] != nil
        || activity.request.mode == .forwardSplit && declarations.splitDerivatives[f] != nil
      if width > 1, let rule = declarations.derivatives[f], !LibraryBodies.isRule(f),
        let reason = ForwardRuleEffects(rule, i, program).obstacle
      {
        return refuse(i, Messages.forwardRuleWidth(subject, f, width, reason))
      }
      return hasRule ? .call : refuse(i, Messages.ruleMissing(subject, f, forward: true))
    }
    guard let g = declarations.gradients[f] else { return refuse(i, Messages.ruleMissing(subject, f, forward: false)) }
    guard let shape = CustomShape(g, of: f) else { return refuse(i, Messages.customShape(f)) }
    if width > 1, let reason = shape.obstacle(toSeveralDirections: program) {
      return refuse(i, Messages.customWidth(subject, f, width, reason))
    }
    return .custom(shape)
  }
  /// An unknown function that cannot change anything active: it only reads, and returns nothing that counts.
  private func isHarmless(_ i: Instruction) -> Bool {
    !isActive(i.value) && (i.doesNotAccessMemory || i.onlyReadsMemory) && !i.type.containsPointer
  }

  /// May pointers that have shadows lie where the call may change pointers?
  private func mayMissLinks(_ i: Instruction, _ k: FunctionKnowledge) -> Bool {
    let graph = program.graph
    let text = i.callee.flatMap { TextClass.member($0.name)?.of }
    // The pointer in a string is known wherever it is loaded.
    if text != nil, program.showsStrings { return false }
    return i.arguments.enumerated().contains { n, a in
      guard a.type.isPointer, k.effects.access(ofArgument: n).mayWrite, let c = graph.cell(of: a),
        activity.needsShadow(node: c.node)
      else { return false }
      let isFolded = graph.stride(c.node) > 0 && text.map { graph.stride(c.node) < $0.size } ?? true
      return graph.fields(c.node).contains { f in
        guard let p = f.pointee, activity.needsShadow(node: p.node) else { return false }
        if isFolded { return true }
        return f.offset >= c.offset && text.map { f.offset < c.offset + $0.size } ?? true
      }
    }
  }

  private lazy var subjectIsActive = subject.values.contains { activity.isActive($0, in: subject) }

  private mutating func classifyKnown(_ i: Instruction, _ k: FunctionKnowledge) -> Reversal {
    if k.canonicalName.hasPrefix("llvm.va_start"), activity.touchesActive(i, in: subject) {
      return refuse(i, Messages.variadic(subject))
    }
    switch k.kind {
    case .math(let rule, _):
      return isActive(i.value) ? .rule(rule) : .nothing
    case .inactive where k.relinksArguments && mayMissLinks(i, k): return refuse(i, Messages.relinked(subject, i))
    case .memory(let m):
      let target = i.operand(m.targetArgument)
      if let s = m.sourceArgument, let from = node(i.operand(s)), from == program.graph.textNode,
        !activity.isActive(node: from)
      {
        return .nothing
      }
      guard let c = program.graph.cell(of: target), activity.isActive(node: c.node) else { return .nothing }
      let size = i.operand(m.sizeArgument)
      let constant = size.integerConstant
      if constant == 0 { return .nothing }
      guard let layout = CopyLayout(c, size: constant, program, activity, clears: m.clears(i)) else {
        if forward { return .nothing }
        return refuse(i, Messages.unknownCopy(subject, i, target))
      }
      // What comes from inactive memory takes no adjoint back: the target's is cleared.
      if let s = m.sourceArgument, forward || isActiveMemory(i.operand(s)) {
        let overlaps = m.operation == .move && node(i.operand(s)) == c.node
        return .copy(layout, target: target, source: i.operand(s), size: size, overlaps: overlaps)
      }
      return !layout.movesNumbers ? .nothing : .fill(layout, target: target, size: size)
    case .reallocation: return activity.needsShadow(i.value) ? .reallocation : .nothing
    case .refused(let reason):
      return subjectIsActive || activity.touchesActive(i, in: subject)
        ? refuse(i, Messages.refused(subject, i, reason)) : .nothing
    case .noReturn where k.canonicalName == "__cxa_throw":
      return isActiveMemory(i.operand(0)) ? refuse(i, Messages.thrown(subject)) : .nothing
    case .callback:
      return activity.touchesActive(i, in: subject) ? refuse(i, Messages.callback(subject, i)) : .nothing
    case .structural:
      return isActive(i.value) || i.arguments.contains { isActive($0) } && i.mayWriteMemory
        ? refuse(i, Messages.instruction(subject, i)) : .nothing
    default: return .nothing
    }
  }
}

extension Type {
  /// Bits of the integer (or of the elements of a vector of integers).
  package var bitWidthOfScalar: Int { scalar.isInteger ? scalar.bitWidth : 0 }
}

extension RuleBook {
  /// The rule of a floating-point instruction.
  package func rule(for opcode: Opcode) -> MathRule? {
    switch opcode {
    case .fneg: instruction(.fneg)
    case .fadd: instruction(.fadd)
    case .fsub: instruction(.fsub)
    case .fmul: instruction(.fmul)
    case .fdiv: instruction(.fdiv)
    case .frem: instruction(.frem)
    default: nil
    }
  }
}
