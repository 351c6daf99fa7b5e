import IR

/// A call to a hook in the user's program.
struct HookCall: Hashable {
  let instruction: Instruction
  let name: HookName

  var hook: Hook { name.hook }
  var module: Module { instruction.function.module }

  /// The pointer through which the hook returns a large structure, with the structure's type.
  var resultBuffer: (pointer: Value, type: Type?)? {
    guard instruction.argumentCount > 0, instruction.argumentHasAttribute(0, "sret") else {
      return nil
    }
    return (instruction.operand(0), instruction.argumentTypeAttribute(0, "sret"))
  }
  /// Where the function to differentiate stands among the operands.
  var functionPosition: Int { resultBuffer == nil ? 0 : 1 }
  var functionOperand: Value? {
    functionPosition < instruction.argumentCount ? instruction.operand(functionPosition) : nil
  }
  /// The positions of the operands after the function.
  var operandPositions: Range<Int> {
    let start = min(functionPosition + 1, instruction.argumentCount)
    return start..<instruction.argumentCount
  }
  /// Whether anything reads what the hook returns.
  var isResultUsed: Bool { resultBuffer != nil || instruction.value.hasUses }

  var description: String { "\(name.description) in '\(instruction.function.name)'" }
}
