import IR

extension Value {
  /// The functions that this operand may be, in order of appearance; nil if some of them are
  /// unknown.
  ///
  /// Looks through constant casts, aliases, loads from constant globals and from local variables
  /// that are stored once, and through selects and phis.
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
    case .load: return instruction.loadedConstant(in: module).map { [$0] }
    case .call: return instruction.callee?.returnedValues
    default: return nil
    }
  }

  /// The parameter of the enclosing function that the value is; nil if it is something else.
  var forwardedParameter: Value? {
    if isArgument { return self }
    guard let instruction else { return nil }
    if instruction.opcode == .load {
      return instruction.operand(0).strippingCasts.onlyStoredValue?.forwardedParameter
    }
    return instruction.opcode.isCast ? instruction.operand(0).forwardedParameter : nil
  }
}

extension Instruction {
  /// What a load yields, where it reads a constant global or a local variable written once.
  fileprivate func loadedConstant(in module: Module) -> Value? {
    let place = operand(0)
    if let stored = place.strippingCasts.onlyStoredValue { return stored }
    let base = place.underlyingObject
    guard let global = base.global, global.isConstant, let whole = global.initializer else {
      return nil
    }
    let offset = place.strippingCasts == base ? 0 : place.constantOffset(in: module)
    return offset.flatMap { whole.part(at: $0, module.dataLayout) }
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
