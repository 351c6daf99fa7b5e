package import IR

/// Copies of functions whose operations are carried out in another floating-point format.
///
/// Operands and results keep their type; each is rounded to the format before and after the operation. For the four
/// basic operations and the square root the outcome is that of the format itself where that has less than half the
/// digits (Figueroa, "When is double rounding innocuous?", 1995). LLVM turns rounded operations into those of the
/// narrower type where it has one.
package final class ReducedPrecision {
  private let module: Module
  private let from: Type
  private let format: FloatFormat
  private var copies: [Function: Function] = [:]
  /// Calls through pointers in what was copied: what they reach keeps its precision.
  package private(set) var indirectCalls: [Instruction] = []

  /// - Parameter from: the type whose operations change.
  package init(_ module: Module, from: Type, to format: FloatFormat) {
    self.module = module
    self.from = from
    self.format = format
  }

  /// The function with its operations in the format, and those of all functions that it calls. Functions without
  /// body compute as before, and what they are given and give back is rounded.
  package func copy(of function: Function) -> Function {
    if let known = copies[function] { return known }
    guard !function.isDeclaration else { return function }
    let name = "nabla.\(format.exponentBits).\(format.mantissaBits).\(function.name)"
    let copy = function.clone(named: name)
    copies[function] = copy
    for block in copy.blocks {
      var next = block.first
      while let i = next {
        next = i.next
        rewrite(i)
      }
    }
    return copy
  }

  private func rewrite(_ i: Instruction) {
    switch i.opcode {
    case .fadd, .fsub, .fmul, .fdiv, .frem, .fneg: roundOperands(i, 0..<i.operands.count)
    case .fcmp: return roundOperands(i, 0..<2)
    case .sitofp, .uitofp, .fpext, .fptrunc: break
    case .call:
      if i.isInlineAssemblyCall { return }
      guard let callee = i.callee else { return indirectCalls.append(i) }
      guard callee.isDeclaration else { return i.setCallee(copy(of: callee)) }
      roundOperands(i, 0..<i.argumentCount)
    case .invoke:
      guard let callee = i.callee else { return indirectCalls.append(i) }
      if !callee.isDeclaration { i.setCallee(copy(of: callee)) }
      return
    default: return
    }
    roundResult(i)
  }

  private func roundOperands(_ i: Instruction, _ positions: Range<Int>) {
    let builder = Builder(module: module)
    builder.position(before: i)
    for k in positions where i.operand(k).type.scalar == from { i.value.setOperand(k, rounded(i.operand(k), builder)) }
  }
  private func roundResult(_ i: Instruction) {
    guard i.type.scalar == from else { return }
    let users = i.value.users.compactMap(\.instruction)
    let builder = Builder(module: module)
    builder.position(after: i)
    let result = rounded(i.value, builder)
    for user in users {
      for (k, o) in user.operands.enumerated() where o == i.value { user.value.setOperand(k, result) }
    }
  }

  /// The number of the format that is nearest to `v`, ties to even, as a value of the same type.
  package func rounded(_ v: Value, _ builder: Builder) -> Value {
    let type = v.type
    func like(_ scalar: Type) -> Type { type.isVector ? scalar.vector(type.count) : scalar }
    if let narrow = format.type(module.context) {
      return builder.fpCast(builder.fpCast(v, to: like(narrow)), to: type)
    }
    guard type.isVector else { return roundedByCall(v, builder) }
    return (0..<type.count).reduce(v) { vector, k in
      let lane = module.context.i32.constant(k)
      return builder.insertElement(vector, roundedByCall(builder.extractElement(v, lane), builder), lane)
    }
  }
  private func roundedByCall(_ v: Value, _ builder: Builder) -> Value {
    let context = module.context
    let wide = builder.fpCast(v, to: context.double)
    let parameters = [format.exponentBits, format.mantissaBits].map { context.i32.constant($0) }
    return builder.fpCast(builder.call(RoundingRuntime.function(in: module), [wide] + parameters), to: v.type)
  }
}
