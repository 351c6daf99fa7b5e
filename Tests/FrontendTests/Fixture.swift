import CLLVM
import IR
import LLVMShims

@testable import Analysis
@testable import Frontend

/// A module parsed from text, in a context of its own. The context is never disposed of: handles into it
/// don't keep it alive.
final class Fixture {
  let module: Module
  private(set) var messages: [String] = []

  /// In the text, pointer types are written `ptr(double)`, and functions as pointer operands
  /// `@f as double (double) asptr`, as in the lit tests.
  init(_ text: String) {
    let context = LLVMContextCreate()!
    var parsed: LLVMModuleRef?
    var reason: UnsafeMutablePointer<CChar>?
    let written = Dialect.translate(text, typed: nablaLLVMMajor() < 15)
    let buffer = LLVMCreateMemoryBufferWithMemoryRangeCopy(written, written.utf8.count, "test")
    if LLVMParseIRInContext(context, buffer, &parsed, &reason) != 0 {
      fatalError(String(cString: reason!) + "\n" + written)
    }
    module = Module(ref: parsed!)
  }

  func function(_ name: String) -> Function { module.function(named: name)! }

  /// The hook calls of the module.
  var calls: [HookCall] { module.hookCalls() }

  /// What is read from the hook call number `i`: the request, or the messages.
  func reading(_ i: Int = 0) -> String {
    let call = calls[i]
    let named = call.functionOperand?.possibleFunctions(in: module)?.only
    do { return try HookReading(call, named!, call.hook.mode!).description } catch let d
      as Diagnostic
    {
      return "error: \(d.message)"
    } catch { return "\(error)" }
  }

  /// How the result of the hook call number `i` is adapted.
  func result(_ i: Int = 0) -> ResultAdaptation? {
    let call = calls[i]
    guard let named = call.functionOperand?.possibleFunctions(in: module)?.only,
      let reading = try? HookReading(call, named, call.hook.mode!)
    else { return nil }
    return try? ResultAdaptation(reading, module.dataLayout)
  }

  /// Runs the pass over the module; the messages are kept.
  @discardableResult
  func run(_ stage: Stage = .explicit) -> Fixture {
    let reporter = Reporter(module.context)
    reporter.sink = { [unowned self] in messages.append("\($0.severity): \($0.message)") }
    Pipeline(module, stage: stage, options: Options("")!, reporter: reporter, output: { _ in })
      .run()
    return self
  }
}

/// The pointer dialect of one LLVM, as `Tests/lit/irdialect.py` writes it.
enum Dialect {
  static func translate(_ text: String, typed: Bool) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { pointers(functions(String($0), typed), typed) }.joined(separator: "\n")
  }

  private static func pointers(_ line: String, _ typed: Bool) -> String {
    guard let start = line.utf8Range(of: "ptr(") else { return line }
    var depth = 0
    var end = line.index(before: start.upperBound)
    while end < line.endIndex {
      if line[end] == "(" { depth += 1 }
      if line[end] == ")" { depth -= 1 }
      if depth == 0 { break }
      end = line.index(after: end)
    }
    let inner = pointers(String(line[start.upperBound..<end]), typed)
    let rest = String(line[line.index(after: end)...])
    return line[..<start.lowerBound] + (typed ? inner + "*" : "ptr") + pointers(rest, typed)
  }

  /// `@f as T asptr`
  private static func functions(_ line: String, _ typed: Bool) -> String {
    guard let end = line.utf8Range(of: " asptr"), let middle = line.utf8Range(of: " as "),
      let at = line[..<middle.lowerBound].lastIndex(of: "@")
    else { return line }
    let name = line[at..<middle.lowerBound], type = line[middle.upperBound..<end.lowerBound]
    let written = typed ? "i8* bitcast (\(type)* \(name) to i8*)" : "ptr \(name)"
    return line[..<at] + written + functions(String(line[end.upperBound...]), typed)
  }
}

extension String {
  /// The first place where the text stands.
  fileprivate func utf8Range(of text: String) -> Range<String.Index>? {
    guard let range = Array(utf8).firstRange(ofText: text) else { return nil }
    return utf8.index(
      startIndex, offsetBy: range.lowerBound)..<utf8.index(startIndex, offsetBy: range.upperBound)
  }
}
