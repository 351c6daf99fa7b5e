import Frontend
import IR

extension Module {
  /// What the plugin's pass at the start of the pipeline notes.
  func noteParametersForPass() { noteParameters() }
}
