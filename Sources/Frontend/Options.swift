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
  /// For all requests, what the markers of these names say for one.
  var strongZero = false
  var runtimeActivity = false
  /// Functions without body, of which nothing is known, and variables without a shadow of their own carry no derivatives.
  var inactiveFunctions = false
  var inactiveGlobals = false

  static let stages = ["requests", "subject", "types", "activity", "effects", "loops", "plan"]

  init(show: [String]) { self.show = show }

  /// nil if some parameter is unknown.
  init?(_ text: String) {
    for word in text.split(separator: ";") {
      switch String(word).trimmed {
      case "check": check = true
      case "strong-zero": strongZero = true
      case "runtime-activity": runtimeActivity = true
      case "inactive-functions": inactiveFunctions = true
      case "inactive-globals": inactiveGlobals = true
      case let other:
        guard let stage = other.dropping(prefix: "show-"), Options.stages.contains(stage) else { return nil }
        show.append(stage)
      }
    }
  }
}
