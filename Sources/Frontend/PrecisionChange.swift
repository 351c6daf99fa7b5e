import Analysis
import IR
import Rounding

/// `__nabla_truncate_op_func(f, from, to)` and its kin: a function whose operations on numbers of one type are carried out
/// in another format.
///
/// Numbers in memory keep their type, and hold values of the format; so `truncate_mem_func` is the same,
/// `truncate_mem_value` rounds, and `expand_mem_value` has nothing left to do.
struct PrecisionChange {
  private let call: HookCall
  private let from: Type
  private let format: FloatFormat

  init(_ call: HookCall, isFunction: Bool) throws {
    self.call = call
    let context = call.module.context
    let numbers = try call.operandPositions.map { k in
      guard let n = call.instruction.operand(k).integerConstant else {
        throw Diagnostic.precision("takes constants for the formats", call)
      }
      return n
    }
    let wanted: FloatFormat? =
      switch numbers.count {
      case 2: FloatFormat(bits: numbers[1])
      case 3: FloatFormat(exponentBits: numbers[1], mantissaBits: numbers[2])
      default: throw Diagnostic.precision("takes two or three numbers", call)
      }
    guard let from = FloatFormat.type(bits: numbers[0], context) else {
      throw Diagnostic.precision("knows no floating-point type of \(numbers[0]) bits", call)
    }
    guard let wanted else { throw Diagnostic.precision("knows no such format", call) }
    guard wanted.type(context) != nil || numbers[0] <= 64 else {
      throw Diagnostic.precision("rounds numbers of more than 64 bits to IEEE formats only", call)
    }
    self.from = from
    format = wanted
  }

  /// Returns the calls whose callees keep their precision.
  func replaceFunction() throws -> [Instruction] {
    guard let operand = call.functionOperand else { throw Diagnostic.noFunction(in: call) }
    guard let function = operand.possibleFunctions(in: call.module)?.only else {
      throw Diagnostic.unknownFunction(operand, in: call)
    }
    if function.isDeclaration { throw Diagnostic.precision("has no body of '\(function.name)' to copy", call) }
    let change = ReducedPrecision(call.module, from: from, to: format)
    let copy = change.copy(of: function)
    let instruction = call.instruction
    if instruction.value.hasUses {
      guard instruction.type.isPointer else { throw Diagnostic.precision("gives a pointer to a function", call) }
      instruction.value.replaceAllUses(with: copy.value.constantPointer(to: instruction.type))
    }
    instruction.eraseWithDeadOperands()
    return change.indirectCalls
  }

  func replaceValue() throws {
    let instruction = call.instruction
    guard let value = call.functionOperand, value.type == from, instruction.type == from else {
      throw Diagnostic.precision("takes and gives a number of type '\(from.cName)'", call)
    }
    let builder = Builder(module: call.module)
    builder.position(before: instruction)
    builder.debugLocation = instruction.debugLocation
    let isExpansion = call.name.key.hasPrefix("expand")
    let result = isExpansion ? value : ReducedPrecision(call.module, from: from, to: format).rounded(value, builder)
    instruction.value.replaceAllUses(with: result)
    instruction.eraseWithDeadOperands()
  }
}
