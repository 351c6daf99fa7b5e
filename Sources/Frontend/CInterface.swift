import Glibc
import IR

/// Carries out the requests of a module. Returns 1 if the module was changed, else 0.
@c(nablaRunOnModule)
public func nablaRunOnModule(
  _ module: OpaquePointer, _ parameters: UnsafePointer<CChar>?, _ stage: Int32
) -> Int32 {
  let options = Options(parameters.map { String(cString: $0) } ?? "")
  guard let options, let stage = Stage(rawValue: stage) else { return 0 }
  return Pipeline.run(on: Module(ref: module), stage, options) ? 1 : 0
}

/// Does the engine know these pass parameters, the text between `nabla<` and `>`?
@c(nablaAcceptsParameters)
public func nablaAcceptsParameters(_ parameters: UnsafePointer<CChar>?) -> Int32 {
  Options(parameters.map { String(cString: $0) } ?? "") == nil ? 0 : 1
}

/// Writes on the standard error.
func printToStandardError(_ text: String) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let written = rest.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    guard written > 0 else { return }
    rest.removeFirst(written)
  }
}
