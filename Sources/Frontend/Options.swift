import Synthesis

/// Where in a compilation the pass runs. The numbers are those of `NablaStage` in `nabla_plugin.h`.
enum Stage: Int32 {
  case explicit, compile, preLink, link, start
}

/// What stands between `nabla<` and `>`.
struct Options {
  /// The stages to print; the module is not differentiated then.
  var show: [String] = []
  /// Check what the module asks for, instead.
  var check = false

  static let stages = ["requests", "subject", "types", "activity", "effects", "loops", "plan"]

  init(show: [String]) { self.show = show }

  /// nil if some parameter is unknown.
  init?(_ text: String) {
    for word in text.split(separator: ";") {
      if String(word).trimmed == "check" {
        check = true
        continue
      }
      guard let stage = String(word).trimmed.dropping(prefix: "show-"),
        Options.stages.contains(stage)
      else {
        return nil
      }
      show.append(stage)
    }
  }
}
