package import IR
package import Planning

/// Derivatives of logic on the bits of numbers. They are linear in the derivative and the same in both directions:
/// what the bits of the derivative go through on their way between an operand and the result.
struct BitLogic {
  let builder: Builder
  let instruction: Instruction
  let primal: (Value) -> Value

  /// The operands that take part, with the derivative `d` carried between each of them and the result.
  func flow(_ trick: BitTrick, _ d: Value) -> [(Int, Value)] {
    switch trick {
    case .joined: [(0, d), (1, d)]
    default: operand(trick).map { [($0, carried(trick, d))] } ?? []
    }
  }
  /// The only operand through which a derivative passes.
  func operand(_ trick: BitTrick) -> Int? {
    switch trick {
    case .flip, .absolute, .negative, .withoutExponent, .rescaled: 0
    case .masked(let mask): 1 - mask
    case .signed(let magnitude): magnitude
    case .signOnly, .joined: nil
    }
  }

  func carried(_ trick: BitTrick, _ d: Value) -> Value {
    let (x, mask) = (instruction.operand(0), instruction.operand(1))
    switch trick {
    case .flip: return builder.xor(d, mask)
    // The sign of x goes on the derivative.
    case .absolute: return builder.xor(d, builder.and(primal(x), builder.not(mask)))
    case .negative: return builder.xor(d, builder.and(builder.not(primal(x)), mask))
    case .masked(let k): return builder.and(d, primal(instruction.operand(k)))
    case .signed(let magnitude): return builder.xor(d, primal(instruction.operand(1 - magnitude)))
    case .rescaled: return rescaled(d)
    case .signOnly, .joined, .withoutExponent: return d
    }
  }

  /// The derivative times the power of two that the number was multiplied by. Where that is none (zero has no exponent)
  /// the result is none that programs use.
  private func rescaled(_ d: Value) -> Value {
    let context = builder.context
    let element = d.type.scalar.bitWidth == 64 ? context.double : context.float
    let type = d.type.isVector ? element.vector(d.type.count) : element
    func number(_ bits: Value) -> Value { builder.bitcast(bits, to: type) }
    let fraction = instruction.operand(0)
    let result = builder.or(primal(fraction), instruction.operand(1))
    let factor = builder.fdiv(number(result), number(primal(fraction.instruction!.operand(0))))
    let isFinite = builder.fcmp(.oeq, builder.fsub(factor, factor), type.zero)
    return builder.bitcast(builder.fmul(number(d), builder.select(isFinite, factor, type.zero)), to: d.type)
  }
}
