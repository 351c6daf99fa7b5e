internal import IR

/// The name of a function of BLAS: `cblas_dgemm`, `dgemm_`, `sgemm_64_`.
struct BlasName {
  enum Kind { case flag, integer, real, array }

  /// "d" or "s".
  let precision: String
  /// "gemm".
  let routine: String
  /// As C calls it: by value, with the order in front.
  let isC: Bool
  /// The name says that integers have 64 bits.
  let isLong: Bool

  init?(_ name: String) {
    var rest = name[...]
    isC = rest.hasPrefix("cblas_")
    if isC { rest = rest.dropFirst("cblas_".count) } else if !rest.hasSuffix("_") { return nil }
    let ending = ["_64_", "64_", "_64", "_"].first { rest.hasSuffix($0) } ?? ""
    isLong = ending.contains("64")
    rest = rest.dropLast(ending.count)
    precision = String(rest.prefix(1))
    routine = String(rest.dropFirst())
    guard ["d", "s"].contains(precision), Self.routines[routine] != nil else { return nil }
  }

  /// What the Fortran function takes: t, u, d, s flags (transposed, which triangle, ones on the diagonal, side), i integers, r numbers, m
  /// arrays. What C passes differs by the order alone, where there are matrices.
  static let routines: [String: String] = [
    "dot": "imimi", "axpy": "irmimi", "scal": "irmi", "copy": "imimi", "swap": "imimi", "asum": "imi", "nrm2": "imi",
    "rot": "imimirr",
    "gemv": "tiirmimirmi", "ger": "iirmimimi", "symv": "uirmimirmi", "syr": "uirmimi", "syr2": "uirmimimi",
    "trmv": "utdimimi", "trsv": "utdimimi",
    "gemm": "ttiiirmimirmi", "symm": "suiirmimirmi", "syrk": "utiirmirmi", "syr2k": "utiirmimirmi",
    "trmm": "sutdiirmimi", "trsm": "sutdiirmimi",
  ]
  private static let ofVectors: Set<String> = ["dot", "axpy", "scal", "copy", "swap", "asum", "nrm2", "rot"]

  private var hasOrder: Bool { isC && !Self.ofVectors.contains(routine) }
  /// The function in `blas.c` that does what this one does.
  var body: String { (hasOrder ? "c_" : "user_") + routine }
  var kinds: [Kind] {
    (hasOrder ? [.flag] : [])
      + Self.routines[routine]!.map { c in
        switch c {
        case "i": Kind.integer
        case "r": .real
        case "m": .array
        default: .flag
        }
      }
  }
  /// May an argument of this type be meant?
  func fits(_ kind: Kind, _ type: Type) -> Bool {
    switch kind {
    case .array: type.isPointer
    case .integer, .flag: isC ? type.isInteger : type.isPointer
    case .real: isC ? type.isFloat : type.isPointer
    }
  }
}

/// How the products of `blas.c` call the library itself: under the names that the module uses.
struct BlasCalls {
  private enum Interface { case c, fortran(suffix: String) }
  private let precision: String
  private let interface: Interface
  /// Bits of an integer that C passes.
  private let width: Int
  /// How the names that C calls end.
  private let ending: String

  init(_ names: [String: BlasName], _ precision: String, in module: Module) {
    self.precision = precision
    let inOrder = names.sorted { $0.key < $1.key }
    if let (name, c) = inOrder.first(where: { $0.value.isC }) {
      interface = .c
      ending = ["64_", "_64"].first { name.hasSuffix($0) }.map { name.hasSuffix("_64_") ? "_64_" : $0 } ?? ""
      let types = module.function(named: name)?.functionType.parameters ?? []
      let integer = zip(c.kinds, types).first { $0.0 == .integer }?.1
      width = c.isLong || integer.map { $0.isInteger && $0.bitWidth == 64 } ?? false ? 64 : 32
    } else {
      let long = inOrder.first { $0.value.isLong }?.key
      ending = long.map { $0.hasSuffix("_64_") ? "_64_" : "64_" } ?? "_"
      interface = .fortran(suffix: ending)
      width = 64
    }
  }

  private var real: String { precision == "d" ? "double" : "float" }
  private static let called = [
    "gemm", "gemv", "ger", "symv", "symm", "syrk", "syr2k", "trmv", "trsv", "trmm", "trsm",
  ]

  /// The bodies for this precision, and what they call.
  var text: String {
    let prefix = "@\(LibraryBodies.prefix)blas.\(precision)."
    let bodies = precision == "d" ? LibraryText.blasOfDouble : LibraryText.blasOfFloat
    var text = bodies.split(separator: "\n").filter { line in
      !line.hasPrefix("declare") || !["@nabla_blas_call_", "@nabla_blas_sqrt"].contains { String(line).has($0) }
    }.joined(separator: "\n")
    text = text.replacing("@nabla_blas_sqrt", with: precision == "d" ? "@llvm.sqrt.f64" : "@llvm.sqrt.f32")
    text = text.replacing("@nabla_blas_", with: prefix)
    text += precision == "d" ? "\ndeclare double @llvm.sqrt.f64(double)\n" : "\ndeclare float @llvm.sqrt.f32(float)\n"
    return text
      + Self.called.map { routine in
        let kinds = Array(BlasName.routines[routine]!)
        switch interface {
        case .c: return c(routine, kinds, prefix)
        case .fortran(let suffix): return fortran(routine, kinds, prefix, suffix)
        }
      }.joined()
  }

  private func type(_ kind: Character) -> String {
    switch kind {
    case "i": "i64"
    case "r": real
    case "m": "i8*"
    default: "i8"
    }
  }
  private func head(_ routine: String, _ kinds: [Character], _ prefix: String) -> String {
    let parameters = kinds.enumerated().map { "\(type($1)) %a\($0)" }.joined(separator: ", ")
    return "define void \(prefix)call_\(routine)(\(parameters)) {\n"
  }

  /// Everything by reference; an integer of 64 bits is one of 32 as well, where the low half comes first.
  private func fortran(_ routine: String, _ kinds: [Character], _ prefix: String, _ suffix: String) -> String {
    var body = head(routine, kinds, prefix)
    var arguments: [String] = []
    for (n, k) in kinds.enumerated() {
      if k == "m" {
        arguments.append("i8* %a\(n)")
      } else {
        body += "  %p\(n) = alloca \(type(k))\n  store \(type(k)) %a\(n), \(type(k))* %p\(n)\n"
        arguments.append("\(type(k))* %p\(n)")
      }
    }
    // The lengths of texts, which Fortran passes behind.
    let lengths = kinds.filter { !["i", "r", "m"].contains($0) }.map { _ in "i64 1" }
    let name = "@\(precision)\(routine)\(suffix)"
    let types = kinds.map { $0 == "m" ? "i8*" : type($0) + "*" } + lengths.map { _ in "i64" }
    body += "  call void \(name)(\((arguments + lengths).joined(separator: ", ")))\n  ret void\n}\n"
    return body + "declare void \(name)(\(types.joined(separator: ", ")))\n"
  }

  /// By value, by columns.
  private func c(_ routine: String, _ kinds: [Character], _ prefix: String) -> String {
    var body = head(routine, kinds, prefix)
    var arguments = ["i32 102"]
    var types = ["i32"]
    let flags: [Character: (letter: Character, yes: Int, no: Int)] = [
      "t": ("N", 111, 112), "u": ("U", 121, 122), "d": ("U", 132, 131), "s": ("L", 141, 142),
    ]
    for (n, k) in kinds.enumerated() {
      if let flag = flags[k] {
        body += "  %c\(n) = icmp eq i8 %a\(n), \(flag.letter.asciiValue!)\n"
        body += "  %f\(n) = select i1 %c\(n), i32 \(flag.yes), i32 \(flag.no)\n"
        arguments.append("i32 %f\(n)")
        types.append("i32")
      } else if k == "i", width == 32 {
        body += "  %f\(n) = trunc i64 %a\(n) to i32\n"
        arguments.append("i32 %f\(n)")
        types.append("i32")
      } else {
        arguments.append("\(type(k)) %a\(n)")
        types.append(type(k))
      }
    }
    let name = "@cblas_\(precision)\(routine)\(ending)"
    body += "  call void \(name)(\(arguments.joined(separator: ", ")))\n  ret void\n}\n"
    return body + "declare void \(name)(\(types.joined(separator: ", ")))\n"
  }
}
