import Analysis
import IR
import Synthesis

/// A derivative as a function that C can call.
///
/// It takes and returns scalars and pointers only, so that every compiler agrees about how it is
/// called: structures and vectors go through pointers, and if there is more than one result, all of
/// them do.
package struct ExportedDerivative {
  package let function: Function
  /// "double f_gradient(double x, double *y, double *d_y)"
  package let prototype: String
  /// The structure of the results, where there are several.
  package let structure: String?
  /// What it is, in a line.
  package let summary: String

  /// Adds the function `name` to the module.
  /// - Parameter derivative: what the engine made of the request.
  package init(_ derivative: Function, _ request: Request, as name: String, _ bench: Workbench) throws {
    let module = bench.module
    guard module.function(named: name) == nil else {
      throw Diagnostic("the module has a function '\(name)' already; choose another name")
    }
    let interface = Interface(derivative, request, name, bench)
    let type = Type.function(interface.returnType, interface.parameters.map(\.type))
    let function = module.addFunction(name, type)
    for (i, p) in interface.parameters.enumerated() {
      function.parameter(i).name = p.name
      for word in p.attributes { function.addAttribute(word, at: i + 1) }
    }
    interface.writeBody(of: function)
    self.function = function
    prototype = interface.prototype
    structure = interface.structure
    summary = interface.summary
  }
}

/// The parameters and results of an exported derivative.
private struct Interface {
  struct Parameter {
    var name: String
    var type: Type
    var declaration: String
    /// What is behind the pointer, if the value is passed in memory.
    var inMemory: Type?
    var attributes: [String] = []
  }
  let derivative: Function
  let request: Request
  let name: String
  let module: Module
  private let program: Program?
  private(set) var parameters: [Parameter] = []
  private var fields: [(label: String, type: Type)] = []
  /// How many parameters the derivative function itself has.
  private let own: Int

  init(_ derivative: Function, _ request: Request, _ name: String, _ bench: Workbench) {
    self.derivative = derivative
    self.request = request
    self.name = name
    module = bench.module
    program = try? bench.engine.unit(request).program
    own = derivative.functionType.parameters.count
    addParameters()
    addFields()
    if !returnsDirectly, !fields.isEmpty {
      let pointer = module.context.bytePointer
      parameters.append(
        Parameter(name: "results", type: pointer, declaration: "struct \(name)_results *results"))
    }
  }

  private func lanes(_ text: String) -> [String] {
    request.width == 1 ? [text] : (0..<request.width).map { text + String($0) }
  }

  private mutating func addParameters() {
    let f = request.function
    for (i, type) in f.functionType.parameters.enumerated() {
      let label = cIdentifier(f.nameOfParameter(i))
      add(label, type, like: i)
      let activity = request.parameters[i]
      guard activity == .duplicated || activity == .duplicatedNoNeed else { continue }
      for shadow in lanes("d_" + label) { add(shadow, type, like: i) }
    }
    if request.mode == .gradient && request.seedParameter
      || request.mode == .reverse && request.result == .active
    {
      for seed in lanes("d_result") { add(seed, f.returnType, like: nil) }
    }
    if request.mode == .reverse { add("tape", module.context.bytePointer, like: nil) }
  }

  private mutating func add(_ label: String, _ type: Type, like i: Int?) {
    let f = request.function
    if type.isAggregate || type.isVector {
      let pointer = module.context.bytePointer
      parameters.append(
        Parameter(
          name: label, type: pointer, declaration: "const " + CName.declaration(type, "(*\(label))"),
          inMemory: type))
      return
    }
    let words = i.map { i in ["zeroext", "signext"].filter { f.parameterHasAttribute(i, $0) } } ?? []
    let text = i.flatMap { pointerDeclaration(label, $0) } ?? CName.declaration(type, label)
    parameters.append(Parameter(name: label, type: type, declaration: text, attributes: words))
  }

  /// `double *q`, where the analysis found nothing but such numbers behind an untyped pointer.
  private func pointerDeclaration(_ label: String, _ i: Int) -> String? {
    guard let program, request.function.functionType.parameters[i].isPointer,
      request.function.functionType.parameters[i].pointee == nil,
      i < program.root.function.parameters.count,
      let cell = program.graph.cell(of: program.root.function.parameter(i))
    else { return nil }
    let fields = program.graph.fields(cell.node)
    guard let first = fields.first, fields.count == 1, first.offset == 0 else { return nil }
    let kind = first.kinds.description
    let size = ["double": 8, "float": 4][kind]
    let stride = program.graph.stride(cell.node)
    guard let size, stride == 0 || stride == size else { return nil }
    return "\(kind) *\(label)"
  }

  private mutating func addFields() {
    let f = request.function
    func inLanes(_ t: Type) -> Type { request.width == 1 ? t : t.array(request.width) }
    if request.mode == .augmented { fields.append(("tape", module.context.bytePointer)) }
    if request.returnsPrimal { fields.append(("result", f.returnType)) }
    switch request.mode {
    case .augmented:
      if request.result == .duplicated { for l in lanes("d_result") { fields.append((l, f.returnType)) } }
    case .gradient, .reverse:
      for (i, activity) in request.parameters.enumerated() where activity == .out {
        fields.append(("d_" + cIdentifier(f.nameOfParameter(i)), inLanes(f.functionType.parameters[i])))
      }
    case .forward, .forwardSplit:
      if request.result != .constant { fields.append(("d_result", inLanes(f.returnType))) }
    }
  }

  /// A single scalar is returned, as one would expect.
  var returnsDirectly: Bool { fields.count == 1 && !fields[0].type.isAggregate && !fields[0].type.isVector }
  var returnType: Type { returnsDirectly ? fields[0].type : module.context.void }

  var prototype: String {
    let list = parameters.isEmpty ? "void" : parameters.map(\.declaration).joined(separator: ", ")
    return CName.declaration(returnType, "\(name)(\(list))")
  }
  var structure: String? {
    guard !returnsDirectly, !fields.isEmpty else { return nil }
    let members = fields.map { CName.declaration($0.type, $0.label) + ";" }
    return "struct \(name)_results { \(members.joined(separator: " ")) };"
  }
  var summary: String {
    let active = request.function.functionType.parameters.indices
      .filter { request.parameters[$0] != .constant }.map { request.function.nameOfParameter($0) }
    let by = active.isEmpty ? "" : " by " + active.joined(separator: ", ")
    return "\(request.mode) of \(request.function.name)\(by)"
      + (request.width > 1 ? ", \(request.width) directions at once" : "")
  }

  func writeBody(of function: Function) {
    let b = Builder(module: module)
    b.position(atEndOf: function.appendBlock("entry"))
    let types = derivative.functionType.parameters
    let arguments = (0..<own).map { i -> Value in
      guard let type = parameters[i].inMemory else { return function.parameter(i) }
      return b.load(type, from: function.parameter(i))
    }
    precondition(types.count == own)
    let result = b.call(derivative, arguments)
    if returnsDirectly { return b.ret(result) }
    if !fields.isEmpty { b.store(result, to: b.cast(pointer: function.parameter(own), to: result.type.pointer())) }
    b.ret(nil)
  }

  /// `x.addr` is no name in C.
  private func cIdentifier(_ text: String) -> String {
    String(text.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "_" })
  }
}
