/// The floating-point formats of LLVM.
public enum Precision: String, CaseIterable, Hashable, Sendable {
  /// IEEE binary16.
  case half
  /// The upper half of a binary32.
  case bfloat
  /// IEEE binary32.
  case float
  /// IEEE binary64.
  case double
  /// The target's `long double` where it is wider than `double` but not binary128: x87 extended,
  /// or PowerPC's pair of doubles.
  case longDouble
  /// IEEE binary128.
  case quad

  /// The precision that ends the names of LLVM intrinsics in `suffix`: `f64`, `v4f32`, `nxv2f64`.
  init?(intrinsicSuffix suffix: Substring) {
    let scalar = suffix.hasPrefix("nxv") || suffix.hasPrefix("v") ? suffix.elementType : suffix
    switch scalar {
    case "f16": self = .half
    case "bf16": self = .bfloat
    case "f32": self = .float
    case "f64": self = .double
    case "f80", "ppcf128": self = .longDouble
    case "f128": self = .quad
    default: return nil
    }
  }
}

extension Substring {
  /// What follows the count in the suffix of a vector type: `f64` in `v4f64`.
  fileprivate var elementType: Substring {
    drop(while: { $0 == "n" || $0 == "x" || $0 == "v" }).drop(while: \.isNumber)
  }
}
