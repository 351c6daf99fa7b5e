import Analysis
import IR

/// How a hook for a function has to be declared and called, in C, for messages.
///
///     struct Result { double d_w; double d_h; }; struct Result __nabla_autodiff(void *area, double w, double h)
///
/// It is a declaration that C and C++ take as it stands: markers are parameters without a name.
struct Prototype {
  let arguments: RequestArguments

  private var call: HookCall { arguments.call }
  private var function: Function { arguments.function }
  private var request: Request { arguments.request }
  private var prefix: String { call.name.markerPrefix }

  var description: String {
    let rest = "\(call.name.description)(\(operands.joined(separator: ", ")))"
    let result = result
    // C++ has no types made in declarations of functions.
    guard result.hasPrefix("struct {") else { return "\(result) \(rest)" }
    return "struct Result\(result.dropFirst("struct".count)); struct Result \(rest)"
  }

  /// The type to declare as the hook's result.
  var result: String {
    let fields = ResultFields(arguments).fields
    guard let first = fields.first else { return "void" }
    if fields.count == 1 { return first.type.cName }
    let members = fields.map { CName.declaration($0.type, $0.label) + ";" }
    return "struct { \(members.joined(separator: " ")) }"
  }

  private var operands: [String] {
    var list = ["void *\(plainName)"]
    if request.width > 1 { list += [word("width"), "int /* \(request.width) */"] }
    if request.returnsPrimal, request.mode != .augmented { list.append(word("primal_return")) }
    for i in request.parameters.indices { list += parameter(i) }
    return list + trailing
  }

  /// `area` for `_ZN5shape4areaEd`.
  private var plainName: String {
    let name = demangled(function.name)
    guard name != function.name else { return name }
    let head = name.prefix { $0 != "(" && $0 != "<" }
    let last = head.split(whereSeparator: { $0 == ":" || $0 == " " }).last ?? ""
    return last.isEmpty ? function.name : String(last)
  }

  private func parameter(_ i: Int) -> [String] {
    let type = function.functionType.parameters[i], name = function.parameterName(i)
    let activity = request.parameters[i]
    if function.parameterHasAttribute(i, "sret") {
      guard activity != .constant, !request.mode.isForward else { return [] }
      return lanes { "void *d_result\($0)" }
    }
    let primal = CName.declaration(byValueType(i) ?? type, name)
    if i < arguments.parameters.count, arguments.parameters[i].returnsShadows { return [word("out"), primal] }
    let words = marker(activity, type)
    guard activity == .duplicated || activity == .duplicatedNoNeed else { return words + [primal] }
    return words + [primal] + lanes { CName.declaration(type, "d_\(name)\($0)") }
  }

  private func byValueType(_ i: Int) -> Type? { function.parameterTypeAttribute(i, "byval") }

  /// The marker, where it says something else than the default.
  private func marker(_ activity: ParameterActivity, _ type: Type) -> [String] {
    if activity == type.defaultActivity(in: request.mode) { return [] }
    switch activity {
    case .constant: return [word("const")]
    case .duplicated: return [word("dup")]
    case .duplicatedNoNeed: return [word("dupnoneed")]
    case .out: return [word("out")]
    }
  }

  private var trailing: [String] {
    var list: [String] = []
    if request.mode == .reverse, request.result == .active {
      list += lanes { CName.declaration(function.returnType, "d_result\($0)") }
    }
    if request.mode == .reverse || request.mode == .forwardSplit {
      list += arguments.flags.tape == nil ? ["void *tape"] : [word("tape"), "void *tape"]
    }
    return list
  }

  private func word(_ marker: String) -> String { "int /* \(prefix)\(marker) */" }

  private func lanes(_ text: (String) -> String) -> [String] {
    request.width == 1 ? [text("")] : (0..<request.width).map { text(String($0)) }
  }
}
