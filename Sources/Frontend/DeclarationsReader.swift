import Analysis
import IR

/// Reads what the program declares about its own functions and globals: registration arrays, LLVM
/// string attributes, clang's `annotate` attributes, metadata.
struct DeclarationsReader {
  let module: Module
  let report: (Diagnostic) -> Void
  private(set) var declarations = Declarations()
  /// The registration arrays, to be erased at the end.
  private(set) var registrations: [Global] = []

  init(_ module: Module, _ options: Options = Options(show: []), report: @escaping (Diagnostic) -> Void) {
    self.module = module
    self.report = report
    for global in module.globals {
      read(global)
      if let shadow = global.shadowMetadata { declarations.globalShadows[global] = shadow }
    }
    for function in module.functions { readAttributes(function) }
    readAnnotations()
    declarations.unknownFunctionsAreInactive = options.inactiveFunctions
    guard options.inactiveGlobals else { return }
    for g in module.globals where !g.isConstant && declarations.globalShadows[g] == nil {
      declarations.inactiveGlobals.insert(g)
    }
  }

  private mutating func read(_ global: Global) {
    guard let kind = RegistrationKind(global.name), !global.isDeclaration else { return }
    registrations.append(global)
    do { try read(Registration(global, kind)) } catch let diagnostic as Diagnostic {
      report(diagnostic)
    } catch {}
  }

  // MARK: Registration arrays

  private mutating func read(_ r: Registration) throws {
    switch r.kind {
    case .gradient: try readGradient(r)
    case .derivative:
      try r.expect(2...2)
      declarations.derivatives[try r.function(0)] = try r.function(1)
    case .splitDerivative:
      try r.expect(3...3)
      declarations.splitDerivatives[try r.function(0)] = (try r.function(1), try r.function(2))
    case .inactiveFunction: for f in try r.functions() { declarations.inactiveFunctions.insert(f) }
    case .inactiveGlobal: for g in try r.globals() { declarations.inactiveGlobals.insert(g) }
    case .functionLike:
      try r.expect(2...2)
      declarations.functionLike[try r.function(0)] = try r.text(1)
    case .allocationLike: try readAllocator(r)
    case .noFree: for f in try r.functions() { declarations.noFree.insert(f) }
    case .hint: break
    }
  }

  private mutating func readGradient(_ r: Registration) throws {
    try r.expect(3...Int.max)
    var gradient = Declarations.Gradient(augmented: try r.function(1), reverse: try r.function(2))
    for i in 3..<max(3, r.entries.count) {
      guard let n = try r.text(i).dropping(prefix: "byref_").flatMap({ Int($0) }), n >= 0 else {
        throw r.malformed("entry \(i + 1) is not \"byref_K\"")
      }
      gradient.byReference.insert(n)
    }
    declarations.gradients[try r.function(0)] = gradient
  }

  private mutating func readAllocator(_ r: Registration) throws {
    try r.expect(3...4)
    let list = try r.text(2)
    declarations.allocators[try r.function(0)] = Declarations.Allocator(
      sizeArgument: try r.integer(1), freeArguments: try r.indices(list),
      deallocator: r.entries.count > 3 ? try r.function(3) : nil)
  }

  // MARK: Attributes

  private mutating func readAttributes(_ function: Function) {
    if function.attribute("inactive") != nil { declarations.inactiveFunctions.insert(function) }
    if function.attribute("nofree") != nil { declarations.noFree.insert(function) }
    if let name = function.attribute("math") ?? function.attribute("function_like"), !name.isEmpty {
      declarations.functionLike[function] = name
    }
    readRules(function)
    guard let size = function.attribute("allocator").flatMap({ Int($0) }) else { return }
    let list = Registration.integers(function.attribute("deallocator") ?? "-1") ?? [-1]
    let free = Function.metadata("deallocator_fn", of: function)
    declarations.allocators[function] = Declarations.Allocator(
      sizeArgument: size, freeArguments: list, deallocator: free)
  }

  /// Rules in metadata, as front ends write them that know what an array would say.
  private mutating func readRules(_ function: Function) {
    func rule(_ word: String) -> Function? { Function.metadata(word, of: function) }
    if let forward = rule("derivative") { declarations.derivatives[function] = forward }
    guard let augmented = rule("augment") else { return }
    if let reverse = rule("gradient") {
      declarations.gradients[function] = Declarations.Gradient(augmented: augmented, reverse: reverse)
    }
    if let forward = rule("splitderivative") { declarations.splitDerivatives[function] = (augmented, forward) }
  }

  // MARK: Annotations

  /// `__attribute__((annotate("nabla_inactive")))`, `annotate("nabla_function_like=log1p")` or
  /// `annotate("nabla_function_like", "log1p")`.
  private mutating func readAnnotations() {
    guard let list = module.global(named: "llvm.global.annotations")?.initializer else { return }
    for entry in list.operands where entry.type.isStruct && entry.operands.count >= 2 {
      guard let text = entry.operands[1].pointedText else { continue }
      let argument =
        entry.operands.count > 4
        ? entry.operands[4].underlyingObject.global?.initializer?.operands.first?.pointedText : nil
      annotate(entry.operands[0].strippingCasts, text, argument)
    }
  }

  private mutating func annotate(_ subject: Value, _ text: String, _ argument: String?) {
    guard let prefix = Marker.prefixes.first(where: text.hasPrefix) else { return }
    let parts = text.dropFirst(prefix.count).split(separator: "=", maxSplits: 1).map(String.init)
    let value = parts.count > 1 ? parts[1] : argument
    if let global = subject.global, parts.first == "inactive" || parts.first == "inactive_global" {
      declarations.inactiveGlobals.insert(global)
    }
    guard let function = subject.function else { return }
    switch parts.first {
    case "inactive", "inactivefn": declarations.inactiveFunctions.insert(function)
    case "nofree": declarations.noFree.insert(function)
    case "function_like", "math": value.map { declarations.functionLike[function] = $0 }
    default: break
    }
  }
}

extension Function {
  /// A string attribute under either spelling.
  fileprivate func attribute(_ word: String) -> String? {
    for prefix in Marker.prefixes {
      if let text = stringAttribute(prefix + word) { return text }
    }
    return nil
  }

  /// The function that metadata of `function` names.
  fileprivate static func metadata(_ word: String, of function: Function) -> Function? {
    for prefix in Marker.prefixes {
      let value = function.metadataValue(prefix + word)
      if let found = value?.strippingCasts.function { return found }
    }
    return nil
  }
}

extension Global {
  /// The shadow that the front end supplies as metadata.
  fileprivate var shadowMetadata: Value? {
    metadataValue("nabla_shadow") ?? metadataValue("enzyme_shadow")
  }
}

extension Value {
  /// The text of the C string that a constant points to.
  var pointedText: String? {
    guard let text = underlyingObject.global?.initializer else { return nil }
    // An empty string is a zero initialiser.
    return text.stringConstant ?? (text.isNull && text.type.isArray ? "" : nil)
  }
}
