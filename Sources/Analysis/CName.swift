package import IR

/// Types as C spells them.
package enum CName {
  package static func declaration(_ type: Type, _ name: String) -> String {
    if type.isArray { return declaration(type.element, "\(name)[\(type.count)]") }
    let text = type.cName
    return text.hasSuffix("*") ? text + name : text + " " + name
  }
}

extension Type {
  /// The type as C spells it.
  package var cName: String {
    switch kind {
    case .void: "void"
    case .half: "_Float16"
    case .bfloat: "__bf16"
    case .float: "float"
    case .double: "double"
    case .x86FP80: "long double"
    case .fp128: "__float128"
    case .integer: integerName
    case .pointer: pointerName
    case .structure: structureName
    case .array: "struct { \(CName.declaration(self, "a")); }"
    default: description
    }
  }

  private var integerName: String {
    switch bitWidth {
    case 1: "_Bool"
    case 8: "char"
    case 16: "short"
    case 32: "int"
    case 64: "long"
    default: "_BitInt(\(bitWidth))"
    }
  }

  private var pointerName: String {
    guard let pointee, pointee.kind != .function else { return "void *" }
    let name = pointee.kind == .integer && pointee.bitWidth == 8 ? "void" : pointee.cName
    return name.hasSuffix("*") ? name + "*" : name + " *"
  }

  private var structureName: String {
    if let name = structName, let dot = name.firstIndex(of: "."), !name.hasPrefix("class.") {
      return "struct " + name[name.index(after: dot)...]
    }
    let members = fields.enumerated().map { CName.declaration($1, "m\($0)") + ";" }
    return "struct { \(members.joined(separator: " ")) }"
  }
}
