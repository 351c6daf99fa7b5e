import Analysis
import IR

/// What one function does with addresses of dense views: every use of what is derived from them, in order.
struct DenseTrace {
  /// One of several addresses that come into a function.
  struct Root {
    let value: Value
    let view: DenseView
  }
  enum Use {
    case load(Instruction)
    case store(Instruction)
    /// A copy to or from a view, or both.
    case copy(Instruction)
    case clear(Instruction)
    /// By position of the argument: which root it is derived from.
    case call(Instruction, [Int: Int])
  }
  let roots: [Root]
  private(set) var uses: [Use] = []
  /// The root that a pointer is derived from.
  private(set) var origin: [Value: Int] = [:]
  private let function: Function

  init(_ function: Function, _ roots: [Root]) throws {
    self.function = function
    self.roots = roots
    for (k, root) in roots.enumerated() { origin[root.value] = k }
    derive()
    for block in function.blocks {
      for i in block.instructions { try visit(i) }
    }
  }

  private mutating func derive() {
    var pending = roots.map(\.value)
    while let v = pending.popLast() {
      for i in v.users.compactMap(\.instruction) where origin[i.value] == nil {
        switch i.opcode {
        case .gep where i.operand(0) == v, .bitcast, .addrspacecast, .freeze, .phi, .select:
          guard i.type.isPointer else { continue }
          origin[i.value] = origin[v]
          pending.append(i.value)
        default: continue
        }
      }
    }
  }

  private mutating func visit(_ i: Instruction) throws {
    let touched = i.operands.indices.filter { origin[i.operand($0)] != nil }
    guard let first = touched.first else { return }
    let view = roots[origin[i.operand(first)]!].view
    func refuse(_ what: String) -> Diagnostic { .denseViewUse(what, i, view) }
    switch i.opcode {
    case .gep where touched == [0], .bitcast, .addrspacecast, .freeze:
      guard origin[i.value] != nil else { throw refuse("becomes something else than a pointer") }
    case .phi, .select:
      let choices = i.opcode == .phi ? i.incoming.map(\.value) : [i.operand(1), i.operand(2)]
      guard choices.allSatisfy({ $0.isUndefOrPoison || origin[$0] == origin[i.value] }) else {
        throw refuse("meets another pointer in one variable")
      }
    case .icmp: break
    case .ptrtoint:
      let distances = i.value.users.allSatisfy { user in
        guard let d = user.instruction else { return false }
        return d.opcode == .icmp || d.opcode == .sub && isDistance(d)
      }
      guard distances else { throw refuse("becomes an integer") }
    case .load:
      try check(i.type, refuse, view)
      uses.append(.load(i))
    case .store:
      guard touched == [1] else { throw refuse("is stored in memory") }
      try check(i.operand(0).type, refuse, view)
      uses.append(.store(i))
    case .call, .invoke: try visitCall(i, touched, refuse)
    case .ret: throw refuse("is returned")
    default: throw refuse("is used in a way that can't be followed")
    }
  }

  /// The difference of two addresses in one view.
  private func isDistance(_ i: Instruction) -> Bool {
    func root(_ v: Value) -> Int? {
      guard let x = v.instruction, x.opcode == .ptrtoint else { return nil }
      return origin[x.operand(0)]
    }
    guard let a = root(i.operand(0)), let b = root(i.operand(1)) else { return false }
    return a == b
  }

  private func check(_ type: Type, _ refuse: (String) -> Diagnostic, _ view: DenseView) throws {
    let bits = function.module.dataLayout.bits(type)
    let plain = type.isFloat || type.isInteger || type.isVector && !type.element.isPointer
    guard plain, bits % (8 * view.size) == 0 else {
      throw refuse("is read or written as '\(type.cName)', not '\(view.element.cName)',")
    }
  }

  private mutating func visitCall(
    _ i: Instruction, _ touched: [Int], _ refuse: (String) -> Diagnostic
  ) throws {
    if let name = i.intrinsicName {
      if DenseTrace.silent.contains(where: { name.hasPrefix($0) }) { return }
      if name.hasPrefix("llvm.memcpy") || name.hasPrefix("llvm.memmove") {
        if name.hasPrefix("llvm.memmove"), touched.count > 1,
          origin[i.operand(0)] == origin[i.operand(1)]
        {
          throw refuse("is moved onto itself")
        }
        return uses.append(.copy(i))
      }
      if name.hasPrefix("llvm.memset") {
        guard i.operand(1).integerConstant == 0 else { throw refuse("is filled with bytes") }
        return uses.append(.clear(i))
      }
    }
    guard let callee = i.callee, touched.allSatisfy({ $0 < i.argumentCount }) else {
      throw refuse("is passed to a function that is not known here")
    }
    guard !callee.isDeclaration, callee.functionType == i.calledFunctionType, !callee.isVarArg
    else {
      throw refuse("is passed to '\(callee.name)', which has no body here,")
    }
    var given: [Int: Int] = [:]
    for k in touched { given[k] = origin[i.operand(k)]! }
    uses.append(.call(i, given))
  }

  /// Intrinsics that say something about an address and do nothing with it.
  private static let silent = ["llvm.dbg.", "llvm.lifetime.", "llvm.assume", "llvm.invariant."]
}
