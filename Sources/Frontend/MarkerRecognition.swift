import IR

extension Value {
  /// The marker that this operand of a hook call is; nil for an ordinary value.
  ///
  /// A marker is a metadata string; a load of a global whose name begins with `nabla_` or
  /// `enzyme_`, or its address; an alloca of such a name; a phi or select of one and the same
  /// marker; and any of these behind casts, or stored once into a local variable and loaded from it
  /// (as at `-O0`).
  var markerName: MarkerName? {
    var visited: Set<Value> = []
    return findMarker(&visited)
  }

  fileprivate func findMarker(_ visited: inout Set<Value>) -> MarkerName? {
    guard visited.insert(self).inserted, visited.count < 64 else { return nil }
    if let global { return global.marker(loadedAs: nil) }
    if let instruction { return instruction.findMarker(&visited) }
    if isConstantExpression {
      guard constantOpcode.isCast || constantOpcode == .gep, let inner = operands.first else {
        return nil
      }
      return inner.findMarker(&visited)
    }
    return type.kind == .metadata ? stringConstant.flatMap(MarkerName.init) : nil
  }
}

extension Instruction {
  fileprivate func findMarker(_ visited: inout Set<Value>) -> MarkerName? {
    switch opcode {
    case .load:
      let place = operand(0).strippingCasts
      if let global = place.global { return global.marker(loadedAs: type) }
      if let name = MarkerName(place.name), name.marker != nil { return name }
      return place.onlyStoredValue?.findMarker(&visited)
    case .alloca:
      return MarkerName(value.name).flatMap { $0.marker == nil ? nil : $0 }
    case .phi:
      return Instruction.common(incoming.map(\.value), &visited)
    case .select:
      return Instruction.common([operand(1), operand(2)], &visited)
    case _ where opcode == .freeze || opcode.isCast:
      return operand(0).findMarker(&visited)
    default:
      return nil
    }
  }

  /// The marker that all values are.
  private static func common(_ values: [Value], _ visited: inout Set<Value>) -> MarkerName? {
    var found: MarkerName?
    for value in values where !visited.contains(value) {
      guard let name = value.findMarker(&visited), found == nil || found == name else { return nil }
      found = name
    }
    return found
  }
}

extension Global {
  /// The marker that this global is. A name with the prefix but unknown is a misspelt marker if it
  /// is an integer; other data that happens to have such a name is data.
  fileprivate func marker(loadedAs type: Type?) -> MarkerName? {
    guard let name = MarkerName(self.name) else { return nil }
    if name.marker != nil { return name }
    return (type ?? valueType).isInteger ? name : nil
  }
}

extension Value {
  /// What this local variable holds if it is written once, with a store, and otherwise only read.
  var onlyStoredValue: Value? { storedValues?.only }

  /// The values that are stored to this local variable, if it is used by stores and loads alone.
  var storedValues: [Value]? {
    guard let instruction, instruction.opcode == .alloca else { return nil }
    var stored: [Value] = []
    return collectStores(&stored) && !stored.isEmpty ? stored : nil
  }

  /// Looks for the stores to the place that this value points to; false if the place is used in
  /// another way than by those and loads.
  private func collectStores(_ stored: inout [Value]) -> Bool {
    for user in users {
      guard let use = user.instruction else { return false }
      switch use.opcode {
      case .load: continue
      case .store where use.operand(0) != self: stored.append(use.operand(0))
      case _ where use.isMarkOfLifetime: continue
      case .bitcast, .gep:
        guard use.value.strippingCasts == strippingCasts, use.value.collectStores(&stored) else {
          return false
        }
      default: return false
      }
    }
    return true
  }
}

extension Instruction {
  /// Does this only tell the optimiser or the debugger something?
  var isMarkOfLifetime: Bool {
    guard let name = intrinsicName else { return false }
    return name.hasPrefix("llvm.lifetime.") || name.hasPrefix("llvm.dbg.")
  }
}
