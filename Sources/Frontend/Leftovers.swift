import Analysis
import IR

// What is tidied up behind the requests.

extension Instruction {
  /// Erases the instruction and what nothing else uses of what it was computed from, such as loads
  /// of markers.
  func eraseWithDeadOperands() {
    let sources = operands.compactMap(\.instruction)
    erase()
    for source in sources.unique where !source.value.hasUses && source.isDiscardable {
      source.eraseWithDeadOperands()
    }
  }

  private var isDiscardable: Bool {
    !isTerminator && !isVolatile && !isAtomic && !mayHaveSideEffects && opcode != .landingPad
  }
}

extension Array where Element: Hashable {
  /// The elements without repetition, in order.
  var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

/// Removes what has no meaning any more when all requests are carried out.
struct Leftovers {
  let module: Module

  /// The hooks that only speak to the engine: assertions vanish, identities become their operand.
  func removeSilentHooks(_ report: (Diagnostic) -> Void) {
    for call in module.hookCalls() {
      switch call.hook {
      case .identity: replaceByOperand(call, report)
      case .assertion:
        if call.instruction.value.hasUses {
          call.instruction.value.replaceAllUses(with: call.instruction.type.zero)
        }
        call.plainInstruction.eraseWithDeadOperands()
      default: continue
      }
    }
  }

  private func replaceByOperand(_ call: HookCall, _ report: (Diagnostic) -> Void) {
    let instruction = call.plainInstruction
    if instruction.value.hasUses {
      let builder = Builder(module: module)
      builder.position(before: instruction)
      if let value = adapted(instruction, builder) {
        instruction.value.replaceAllUses(with: value)
      } else {
        report(.identityOperand(call))
        instruction.value.replaceAllUses(with: instruction.type.poison)
      }
    }
    instruction.eraseWithDeadOperands()
  }

  private func adapted(_ call: Instruction, _ builder: Builder) -> Value? {
    guard call.argumentCount > 0 else { return nil }
    let value = call.operand(0)
    return Adaptation(value, to: call.type, builder.layout)?.emit(value, to: call.type, builder)
  }

  /// Markers are declared and never defined: nothing may be left for the linker to look for.
  func removeMarkers() {
    for global in module.globals where global.isDeclaration {
      guard let name = MarkerName(global.name), name.marker != nil else { continue }
      if global.value.hasUses {
        global.initializer = global.valueType.zero
        global.setInternal()
      } else {
        global.delete()
      }
    }
  }

  /// The declarations of hooks that nobody calls any more.
  func removeHookDeclarations() {
    for function in module.functions where function.isDeclaration && !function.value.hasUses {
      if function.hookName != nil { function.delete() }
    }
  }

  /// Registration arrays, once they are read.
  func remove(_ registrations: [Global]) {
    for global in registrations {
      module.removeFromUsed(global.value)
      if !global.value.hasUses { global.delete() }
    }
  }
}

extension HookCall {
  /// The call, as a call instruction even if it was an invoke.
  var plainInstruction: Instruction {
    instruction.opcode == .invoke ? instruction.replacedByCall() : instruction
  }
}
