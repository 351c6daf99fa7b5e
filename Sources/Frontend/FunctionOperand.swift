import IR

extension Value {
  /// The functions that this operand may be, in order of appearance; nil if some of them are
  /// unknown.
  ///
  /// Looks through constant casts, aliases, loads from constant tables and from local variables, and through selects and
  /// phis. An entry of a table that is chosen at run time may be any of the table's functions.
  func possibleFunctions(in module: Module) -> [Function]? {
    var found: [Function] = []
    var visited: Set<Value> = []
    return collectFunctions(in: module, &found, &visited) ? found : nil
  }

  private func collectFunctions(
    in module: Module, _ found: inout [Function], _ visited: inout Set<Value>
  ) -> Bool {
    let value = strippingCasts
    if let function = value.function {
      if !found.contains(function) { found.append(function) }
      return true
    }
    guard visited.insert(value).inserted else { return true }
    guard visited.count < 64 else { return false }
    for source in value.functionSources(in: module) ?? [] {
      guard source.collectFunctions(in: module, &found, &visited) else { return false }
    }
    return value.functionSources(in: module) != nil
  }

  /// The values one of which this value is; nil if that is unknown.
  private func functionSources(in module: Module) -> [Value]? {
    if isGlobalAlias { return [aliasee] }
    if isConstantExpression, constantOpcode.isCast { return [operands[0]] }
    guard let instruction else { return nil }
    switch instruction.opcode {
    case .phi: return instruction.incoming.map(\.value)
    case .select: return [instruction.operand(1), instruction.operand(2)]
    case let opcode where opcode == .freeze || opcode.isCast: return [instruction.operand(0)]
    case .load: return instruction.loadedSources(in: module)
    case .call: return instruction.callee?.returnedValues
    default: return nil
    }
  }

  /// The parameter of the enclosing function that the value is; nil if it is something else.
  var forwardedParameter: Value? {
    if isArgument { return self }
    guard let instruction else { return nil }
    if instruction.opcode == .load {
      return instruction.operand(0).strippingCasts.storedValues?.only?.forwardedParameter
    }
    return instruction.opcode.isCast ? instruction.operand(0).forwardedParameter : nil
  }
}

extension Instruction {
  /// What a load may yield, where it reads a local variable or a table that nobody changes.
  fileprivate func loadedSources(in module: Module) -> [Value]? {
    let place = operand(0)
    if let stored = place.strippingCasts.storedValues { return stored.unique }
    let base = place.underlyingObject
    guard let global = base.global, global.isUnchanging, let whole = global.initializer else {
      return nil
    }
    if place.strippingCasts == base { return whole.part(at: 0, module.dataLayout).map { [$0] } }
    if let offset = place.constantOffset(in: module) {
      return whole.part(at: offset, module.dataLayout).map { [$0] }
    }
    let entries = whole.functionEntries
    return entries.isEmpty ? nil : entries
  }
}

extension Global {
  /// Does it hold what it is initialised with whenever it is read?
  fileprivate var isUnchanging: Bool { isConstant || isInternal && value.isOnlyRead }
}

extension Value {
  /// Do all uses of the address only read there?
  fileprivate var isOnlyRead: Bool {
    users.allSatisfy { user in
      if let use = user.instruction {
        switch use.opcode {
        case .load: return true
        case .gep, .bitcast: return user.isOnlyRead
        default: return false
        }
      }
      return user.isConstantExpression && user.isOnlyRead
    }
  }

  /// The functions in a constant table, if it holds nothing else (but null, which nobody can call).
  fileprivate var functionEntries: [Value] {
    if isNull || isUndefOrPoison { return [] }
    guard type.isAggregate else { return [self] }
    guard stringConstant == nil else { return [] }
    return operands.flatMap(\.functionEntries).unique
  }
}

extension Function {
  /// What a small function returns, as the conversion of a C++ lambda to a pointer does; nil if
  /// unknown.
  fileprivate var returnedValues: [Value]? {
    guard !isDeclaration, !isInterposable, !returnType.isVoid else { return nil }
    let blocks = self.blocks
    guard blocks.count <= 16 else { return nil }
    return blocks.compactMap { $0.terminator?.opcode == .ret ? $0.terminator?.operand(0) : nil }
  }
}

extension Value {
  /// The scalar that lies at a byte offset in a constant aggregate.
  func part(at offset: Int, _ layout: DataLayout) -> Value? {
    guard type.isAggregate else { return offset == 0 ? self : nil }
    guard offset >= 0, !isNull, !isUndefOrPoison, stringConstant == nil else { return nil }
    for i in 0..<operands.count {
      let start = layout.offset(type, i)
      if offset >= start, offset < start + layout.allocSize(type.member(i)) {
        return operands[i].part(at: offset - start, layout)
      }
    }
    return nil
  }
}
