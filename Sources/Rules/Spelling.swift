/// One reading of a function's name.
///
/// The tables name each function once; this is where the many names come from:
///
/// | spelling | example | read as |
/// |---|---|---|
/// | C, by precision | `sinf`, `sinl`, `sinf128`, `sinq`, `lgammaf_r` | `sin`, `lgamma_r` |
/// | glibc, `-ffinite-math-only` | `__expf_finite` | `exp` |
/// | LLVM intrinsic | `llvm.sin.v4f64`, `llvm.memcpy.p0.p0.i64` | `sin`, `llvm.memcpy` |
/// | LLVM, strict floating point | `llvm.experimental.constrained.fadd.f64` | `fadd` |
/// | C++, libstdc++ and libc++ | `_ZSt3sinf`, `_ZNSt3__13sinEf` | `sin` |
/// | vector function ABI | `_ZGVdN4v_sin` | `sin` |
/// | CUDA, ROCm | `__nv_sinf`, `__ocml_sin_f32` | `sin` |
/// | flang and its predecessor | `_FortranAModReal8`, `__fs_sin_1` | `fmod`, `sin` |
/// | compiler runtime | `__powidf2` | `powi` |
struct Spelling: Hashable, Sendable {
  /// Which entries of the tables this reading can mean.
  enum Scope: Sendable {
    case anything, mathOnly, instructionOnly
  }

  /// The name to look up.
  let base: String

  /// The precision that the name says.
  let precision: Precision?

  let scope: Scope

  init(_ base: some StringProtocol, _ precision: Precision?, _ scope: Scope = .mathOnly) {
    self.base = String(base)
    self.precision = precision
    self.scope = scope
  }

  /// The readings of `name`, the likeliest first.
  static func candidates(for name: String) -> [Spelling] {
    if name.hasPrefix("llvm.") { return intrinsic(name) }
    let exact = Spelling(name, .double, .anything)
    return [exact] + library(name[...]) + decorated(name) + mangled(name)
  }

  /// `sinf`, `sinl`, `sinf128`: a base followed by the suffix of a precision.
  private static func library(_ name: Substring) -> [Spelling] {
    let reentrant = name.hasSuffix("_r")
    let stem = reentrant ? name.dropLast(2) : name
    return precisionSuffixes.compactMap { suffix, precision in
      guard stem.hasSuffix(suffix), stem.count > suffix.count else { return nil }
      return Spelling(stem.dropLast(suffix.count) + (reentrant ? "_r" : ""), precision)
    }
  }

  private static let precisionSuffixes: [(String, Precision)] = [
    ("f", .float), ("l", .longDouble), ("q", .quad), ("f16", .half), ("f32", .float),
    ("f64", .double), ("f128", .quad), ("f32x", .double), ("f64x", .longDouble),
  ]

  /// A `libm` name in somebody's wrapping.
  private static func decorated(_ name: String) -> [Spelling] {
    if let inner = name.between("__", "_finite") ?? name.between("__nv_", "") {
      return [Spelling(inner, .double)] + library(inner)
    }
    for (prefix, suffix, precision) in wrappings {
      if let inner = name.between(prefix, suffix) { return [Spelling(inner, precision)] }
    }
    if let mode = name.between("__powi", "2"), let precision = runtimePrecisions[mode] {
      return [Spelling("powi", precision)]
    }
    return vectorised(name) + fortran(name)
  }

  /// Names that say their precision outside of the `libm` name.
  private static let wrappings: [(String, String, Precision)] = [
    ("__ocml_", "_f64", .double), ("__ocml_", "_f32", .float), ("__ocml_", "_f16", .half),
    ("__fd_", "_1", .double), ("__fs_", "_1", .float),
  ]

  /// The vector function ABI. Only unmasked functions of nothing but vectors are elementwise.
  private static func vectorised(_ name: String) -> [Spelling] {
    guard let vector = name.between("_ZGV", ""), let bar = vector.firstIndex(of: "_") else {
      return []
    }
    let shape = vector[..<bar].dropFirst()  // without the instruction set
    guard shape.hasPrefix("N"), shape.dropFirst().drop(while: \.isNumber).allSatisfy({ $0 == "v" })
    else { return [] }
    let inner = vector[bar...].dropFirst()
    return [Spelling(inner, .double)] + library(inner)
  }

  /// `_FortranAModReal8`: a function followed by the kind of its operand.
  private static func fortran(_ name: String) -> [Spelling] {
    flangFunctions.compactMap { prefix, base in
      guard let rest = name.between(prefix, ""), let kind = Int(rest.prefix(while: \.isNumber)),
        let precision = fortranKinds[kind]
      else { return nil }
      return Spelling(base, precision)
    }
  }

  /// The modes of libgcc and compiler-rt: `__powidf2`.
  private static let runtimePrecisions: [Substring: Precision] = [
    "sf": .float, "df": .double, "xf": .longDouble, "tf": .quad,
  ]

  /// What flang calls for `**`, `mod`, `modulo`, `fraction` and `scale`: the prefix of a kind.
  private static let flangFunctions = [
    ("_FortranAFPow", "powi"), ("_FortranAModReal", "fmod"),
    ("_FortranAModuloReal", "_FortranAModuloReal"), ("_FortranAFraction", "significand"),
    ("_FortranAScale", "ldexp"),
  ]

  private static let fortranKinds: [Int: Precision] = [
    2: .half, 3: .bfloat, 4: .float, 8: .double, 10: .longDouble, 16: .quad,
  ]

  /// `std::sin(float)` and its like: overloads on a floating-point first parameter.
  private static func mangled(_ name: String) -> [Spelling] {
    for (prefix, close) in [("_ZSt", ""), ("_ZNSt3__1", "E")] {
      guard var rest = name.between(prefix, ""), let identifier = rest.takeIdentifier() else {
        continue
      }
      while rest.first == "B" {  // ABI tags of libc++
        rest = rest.dropFirst()
        _ = rest.takeIdentifier()
      }
      guard rest.hasPrefix(close), let code = rest.dropFirst(close.count).first,
        let precision = mangledPrecisions[code]
      else { continue }
      return [Spelling(identifier == "abs" ? "fabs" : identifier, precision)]
    }
    return []
  }

  private static let mangledPrecisions: [Character: Precision] = [
    "f": .float, "d": .double, "e": .longDouble, "g": .quad,
  ]

  /// `llvm.sin.f64`: a base followed by the types it is overloaded on.
  private static func intrinsic(_ name: String) -> [Spelling] {
    let components = name.split(separator: ".", omittingEmptySubsequences: false)
    let end = components.dropFirst(2).firstIndex(where: \.isIntrinsicType) ?? components.endIndex
    let precision = components[end...].compactMap { Precision(intrinsicSuffix: $0) }.first
    let base = components[..<end].joined(separator: ".")
    let exact = Spelling(base, precision, .anything)
    guard let strict = base.between("llvm.experimental.constrained.", "") else {
      return [exact, Spelling(base.dropFirst(5), precision)]
    }
    let operation = strict == "fcmps" ? "fcmp" : strict
    return [
      exact, Spelling(operation, precision, .instructionOnly),
      Spelling("llvm." + operation, precision), Spelling(operation, precision),
    ]
  }
}

extension String {
  /// What is left without this beginning and this end, or `nil` if it does not have them.
  fileprivate func between(_ prefix: String, _ suffix: String) -> Substring? {
    guard hasPrefix(prefix), hasSuffix(suffix), count > prefix.count + suffix.count else {
      return nil
    }
    return dropFirst(prefix.count).dropLast(suffix.count)
  }
}

extension Substring {
  /// Removes an identifier in the manner of the C++ ABI, `3sin`, and returns it.
  fileprivate mutating func takeIdentifier() -> Substring? {
    let digits = prefix(while: \.isNumber)
    guard let length = Int(digits), length > 0, count >= digits.count + length else { return nil }
    let identifier = dropFirst(digits.count).prefix(length)
    self = dropFirst(digits.count + length)
    return identifier
  }

  /// Whether this part of an intrinsic's name says a type: `f64`, `i32`, `v4f64`, `p0`, `p0i8`.
  fileprivate var isIntrinsicType: Bool {
    if Precision(intrinsicSuffix: self) != nil { return true }
    if ["isVoid", "Metadata", "x86mmx", "x86amx", "token"].contains(self) { return true }
    for prefix in ["nxv", "i", "v", "p", "a", "s_", "sl_", "f_"] where hasPrefix(prefix) {
      let rest = dropFirst(prefix.count)
      if prefix.hasSuffix("_") || rest.first?.isNumber == true { return true }
    }
    return false
  }
}
