import Analysis
import IR

/// What a registration array says.
enum RegistrationKind: CaseIterable {
  case gradient, derivative, splitDerivative, inactiveFunction, inactiveGlobal
  case functionLike, allocationLike, noFree
  /// A fact that may be ignored.
  case hint

  private static let keys: [(key: String, kind: RegistrationKind)] = [
    ("register_gradient", .gradient),
    ("register_derivative", .derivative),
    ("register_splitderivative", .splitDerivative),
    ("inactivefn", .inactiveFunction),
    ("inactive_global", .inactiveGlobal),
    ("function_like", .functionLike),
    ("allocation_like", .allocationLike),
    ("nofree", .noFree),
    ("sparse_accumulate", .hint),
    ("no_escaping_allocation", .hint),
  ]

  /// The kind whose key, behind a hook prefix, the name contains.
  init?(_ name: String) {
    let text = Array(name.utf8)
    for prefix in HookTable.prefixes {
      guard let end = text.firstRange(ofText: prefix)?.upperBound else { continue }
      for (key, kind) in RegistrationKind.keys where text[end...].starts(with: key.utf8) {
        self = kind
        return
      }
    }
    return nil
  }

  /// What to write after `void *`, for messages.
  func shape(_ name: String) -> String {
    switch self {
    case .gradient: "\(name)[] = {(void *)f, (void *)f_augmented, (void *)f_reverse};"
    case .derivative: "\(name)[] = {(void *)f, (void *)f_forward};"
    case .splitDerivative: "\(name)[] = {(void *)f, (void *)f_augmented, (void *)f_forward};"
    case .inactiveFunction, .noFree, .hint: "\(name) = (void *)f;"
    case .inactiveGlobal: "\(name) = (void *)&g;"
    case .functionLike: "\(name)[] = {(void *)f, (void *)\"log1p\"};"
    case .allocationLike:
      "\(name)[] = {(void *)allocate, (void *)0, (void *)\"-1\", (void *)release};"
    }
  }
}

/// A registration array, its entries taken apart.
struct Registration {
  let global: Global
  let kind: RegistrationKind
  let entries: [Value]

  init(_ global: Global, _ kind: RegistrationKind) throws {
    self.global = global
    self.kind = kind
    guard let whole = global.initializer else {
      throw Diagnostic.notConstant(global, shape: kind.shape(global.name))
    }
    entries = whole.type.isAggregate ? Registration.members(whole) : [whole]
    let isMissing = entries.isEmpty || whole.isNull && kind != .hint
    if isMissing { throw Diagnostic.notConstant(global, shape: kind.shape(global.name)) }
  }

  /// The scalars of a constant aggregate.
  private static func members(_ whole: Value) -> [Value] {
    whole.isNull || whole.isUndefOrPoison
      ? [] : whole.operands.flatMap { $0.type.isAggregate ? members($0) : [$0] }
  }

  func malformed(_ reason: String) -> Diagnostic {
    .malformed(global, reason, shape: kind.shape(global.name))
  }

  func expect(_ counts: ClosedRange<Int>) throws {
    guard counts.contains(entries.count) else {
      let wanted =
        counts.lowerBound == counts.upperBound
        ? "\(counts.lowerBound)" : "\(counts.lowerBound) or more"
      throw malformed("it has \(counted(entries.count, "entry", "entries")), not \(wanted)")
    }
  }

  func function(_ i: Int) throws -> Function {
    guard let function = entries[i].strippingCasts.function else {
      throw malformed("entry \(i + 1) is not a function")
    }
    return function
  }

  func text(_ i: Int) throws -> String {
    guard let text = entries[i].pointedText else {
      throw malformed("entry \(i + 1) is not a string")
    }
    return text
  }

  /// An integer, written `(void *)1`.
  func integer(_ i: Int) throws -> Int {
    let entry = entries[i]
    if entry.isNull { return 0 }
    if let n = entry.integerConstant { return n }
    if entry.isConstantExpression, entry.constantOpcode == .inttoptr,
      let n = entry.operands[0].integerConstant
    {
      return n
    }
    throw malformed("entry \(i + 1) is not an integer")
  }

  func indices(_ list: String) throws -> [Int] {
    guard let found = Registration.integers(list) else {
      throw malformed("\"\(list)\" is not a list of integers")
    }
    return found
  }

  /// The integers of "0,1,-1".
  static func integers(_ list: String) -> [Int]? {
    let parts = list.split(separator: ",").map { Int(String($0).trimmed) }
    return parts.isEmpty || parts.contains(nil) ? nil : parts.compactMap { $0 }
  }

  func functions() throws -> [Function] { try entries.indices.map(function) }

  func globals() throws -> [Global] {
    try entries.indices.map { i in
      guard let g = entries[i].strippingCasts.global else {
        throw malformed("entry \(i + 1) is not a variable")
      }
      return g
    }
  }
}
