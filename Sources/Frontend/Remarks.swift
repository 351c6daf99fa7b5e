import Analysis
import Explaining
import IR
import Synthesis

// What a derivative costs, as optimisation remarks: `-Rpass=nabla`, `-Rpass-missed=nabla`, `-Rpass-analysis=nabla`, and
// `-fsave-optimization-record`.

extension Pipeline {
  /// Says what was made of a request, if anybody wants to know.
  func remark(on call: HookCall, _ request: Request) {
    guard module.context.wantsRemarks, let unit = try? engine.unit(request) else { return }
    let explanation = Explanation(unit, title: "")
    for part in explanation.parts {
      emitRemark(.passed, "Derivative", at: call.instruction, Remarks.summary(part, request, explanation))
      for slot in part.slots where slot.kind != .base {
        emitRemark(.missed, "Kept", at: slot.instruction ?? call.instruction, Remarks.kept(slot))
      }
      for note in part.notes {
        emitRemark(.analysis, Remarks.name(note.kind), at: note.instruction ?? call.instruction, note.text)
      }
    }
  }
}

/// The wording.
private enum Remarks {
  static func summary(_ part: Explanation.Part, _ request: Request, _ e: Explanation) -> String {
    let recomputed = part.blocks.reduce(0) { $0 + $1.instructions.filter(\.isRecomputed).count }
    let what = "\(request.mode) of '\(part.function)'"
    if request.mode == .forward { return what }
    return "\(what): the tape holds \(TapeFormula(part).text), \(recomputed) values are recomputed"
  }

  static func kept(_ slot: Explanation.Slot) -> String {
    "keeps \(TapeFormula.size(slot)): `\(slot.what)`, because \(slot.why)"
  }

  static func name(_ kind: Explanation.Note.Kind) -> String {
    switch kind {
    case .guarded: "Guard"
    case .unknown: "UnknownCall"
    case .call: "CustomRule"
    case .atomic: "Atomic"
    case .inactive: "Inactive"
    }
  }
}
