package import IR

/// Replaces the inline assembly that numerical libraries are written with by what it computes:
///
/// ```
/// asm("" : "+r"(x))                        x: a barrier for the optimiser
/// asm("maxpd %1, %0" : "+x"(a) : "x"(b))   a > b ? a : b, in each lane
/// asm("sqrtsd %1, %0" : "=x"(r) : "x"(x))  the square root
/// ```
struct AssemblyLowering {
  private let builder: Builder
  private let call: Instruction
  /// One for each result.
  private let outputs: [Substring]
  /// One for each operand.
  private let inputs: [Substring]

  /// nil if the constraints are of another kind.
  init?(_ builder: Builder, _ call: Instruction) {
    guard call.opcode == .call, let constraints = call.assemblyConstraints else { return nil }
    self.builder = builder
    self.call = call
    let all = constraints.split(separator: ",").filter { !$0.hasPrefix("~") }
    outputs = all.filter { $0.hasPrefix("=") && !$0.hasPrefix("=*") }
    inputs = all.filter { !$0.hasPrefix("=") || $0.hasPrefix("=*") }
    guard inputs.count == call.argumentCount, outputs.isEmpty == call.type.isVoid else { return nil }
    guard outputs.count < 2 || call.type.isStruct && call.type.count == outputs.count else { return nil }
  }

  func lower() {
    guard let text = call.assemblyText else { return }
    builder.position(before: call)
    let words = text.split { " \t\n,".contains($0) }
    guard let name = words.first else { return removeBarrier() }
    guard let result = value(of: name, words.dropFirst().map { operand($0) }) else { return }
    call.value.replaceAllUses(with: result)
    call.erase()
  }

  /// Nothing is executed: each result is the operand that shares its place.
  private func removeBarrier() {
    let values = outputs.indices.map { k in tied(k) }
    guard values.allSatisfy({ $0 != nil }) else { return }
    if outputs.count == 1 {
      call.value.replaceAllUses(with: values[0]!)
    } else if !outputs.isEmpty {
      let all = values.enumerated().reduce(call.type.poison) { builder.insertValue($0, $1.element!, $1.offset) }
      call.value.replaceAllUses(with: all)
    }
    call.erase()
  }
  /// The operand that is in the place of result `k` before.
  private func tied(_ k: Int) -> Value? {
    inputs.firstIndex { $0 == "\(k)" }.map { call.operand($0) }
  }
  /// What `$n` is when the code begins.
  private func operand(_ word: Substring) -> Value? {
    guard word.hasPrefix("$"), let n = Int(word.dropFirst()) else { return nil }
    if n < outputs.count { return tied(n) }
    return n - outputs.count < inputs.count ? call.operand(n - outputs.count) : nil
  }

  /// Instructions in the order of operands that AT&T's syntax has: the target is the last.
  private func value(of name: Substring, _ operands: [Value?]) -> Value? {
    let plain = name.hasPrefix("v") ? name.dropFirst() : name
    let isPacked = plain.hasSuffix("pd") || plain.hasSuffix("ps")
    guard outputs.count == 1, isPacked ? call.type.isVector : call.type.isFloat else { return nil }
    switch plain.dropLast(2) {
    case "min", "max":
      // The second operand wins where they are equal or not ordered.
      guard operands.count == (name.hasPrefix("v") ? 3 : 2), let b = operands[0], let a = operands[1],
        a.type == call.type, b.type == call.type
      else { return nil }
      let first = builder.fcmp(plain.hasPrefix("min") ? .olt : .ogt, a, b)
      return builder.select(first, a, b)
    case "sqrt":
      guard operands.count == 2, let x = operands[0], x.type == call.type else { return nil }
      return builder.call(call.function.module.intrinsic("llvm.sqrt", [x.type]), [x])
    default: return nil
    }
  }
}
