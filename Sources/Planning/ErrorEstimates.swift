package import Analysis
package import IR
package import Rules

/// What an operation adds to the errors of its operands: the result is the exact one times 1 + δ, with δ no larger than the
/// unit roundoff of its type, half the distance from 1 to the next number.
package enum RoundingError {
  /// The result is a number of its type whatever the operands are.
  case none
  case result
  /// A product and a sum, which are two operations where the target has none for both.
  case resultAndProduct

  package init(of rule: MathRule, in i: Instruction) {
    if RoundingError.exact.contains(rule.name) {
      self = .none
    } else {
      self = i.intrinsicName?.hasPrefix("llvm.fmuladd") ?? false ? .resultAndProduct : .result
    }
  }

  /// Operations that give one of their operands, a power of two times it, or what is left of a division.
  private static let exact: Set = [
    "fneg", "fpext", "frem", "fabs", "copysign", "fmax", "fmin", "fmaximum", "fminimum", "fmaxmag",
    "fminmag", "fmod", "remainder", "remquo", "modf", "ldexp", "frexp", "nextafter", "nexttoward",
    "nextup",
    "nextdown", "llvm.canonicalize", "llvm.arithmetic.fence",
  ]
}

extension Type {
  /// The unit roundoff of a floating-point type.
  package var unitRoundoff: Double {
    let digits =
      switch scalar.kind {
      case .half: 11
      case .bfloat: 8
      case .float: 24
      case .x86FP80: 64
      case .fp128: 113
      case .ppcFP128: 106
      default: 53
      }
    return (0..<digits).reduce(1.0) { u, _ in u / 2 }
  }
}

/// Refuses what moves errors in a way that sums of magnitudes do not describe.
package struct ErrorEstimateCheck {
  private let program: Program
  private let activity: Activity

  package init(_ program: Program, _ activity: Activity) {
    self.program = program
    self.activity = activity
  }

  package func refusals() -> [Diagnostic] {
    program.subjects.flatMap { s in
      s.instructions.compactMap { i in
        complaint(i, s).map {
          Diagnostic(
            Messages.errorEstimate(s, i, $0), at: i, in: s.original, location: i.sourceLocation)
        }
      }
    }
  }

  private func complaint(_ i: Instruction, _ s: Subject) -> String? {
    switch i.opcode {
    case .and, .or, .xor:
      return activity.isActive(i.value, in: s) ? "it computes with the bits of a number" : nil
    case .atomicRMW:
      let node = program.graph.cell(of: i.operand(0))?.node
      return node.map { activity.isActive(node: $0) } ?? false ? "it is atomic" : nil
    case .call, .invoke:
      guard activity.touchesActive(i, in: s) else { return nil }
      switch program.knowledge.target(of: i) {
      case .indirect: return "it is called through a pointer"
      case .custom(let f):
        return program.knowledge.declarations.derivatives[f] == nil
          ? nil : "its registered rule gives tangents, in which errors cancel"
      default: return nil
      }
    default: return nil
    }
  }
}
