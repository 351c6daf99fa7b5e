package import IR

/// A binary floating-point format in the manner of IEEE 754.
package struct FloatFormat: Hashable {
  package let exponentBits: Int
  /// Without the leading one.
  package let mantissaBits: Int

  /// nil if no number of the format can be told from its neighbours, or some are not numbers of binary64.
  package init?(exponentBits: Int, mantissaBits: Int) {
    guard (2...11).contains(exponentBits), (1...52).contains(mantissaBits) else { return nil }
    self.exponentBits = exponentBits
    self.mantissaBits = mantissaBits
  }

  /// The IEEE format of so many bits; nil if there is none up to 64.
  package init?(bits: Int) {
    switch bits {
    case 16: self.init(exponentBits: 5, mantissaBits: 10)
    case 32: self.init(exponentBits: 8, mantissaBits: 23)
    case 64: self.init(exponentBits: 11, mantissaBits: 52)
    default: return nil
    }
  }

  /// LLVM's type of this format, if it has one that every target converts to by itself: the narrower ones need
  /// functions that not every runtime library has.
  package func type(_ context: Context) -> Type? {
    switch (exponentBits, mantissaBits) {
    case (8, 23): context.float
    case (11, 52): context.double
    default: nil
    }
  }

  /// LLVM's floating-point type of so many bits; nil if there is none that can be rounded.
  package static func type(bits: Int, _ context: Context) -> Type? {
    switch bits {
    case 16: context.half
    case 32: context.float
    case 64: context.double
    case 80: context.x86FP80
    case 128: context.fp128
    default: nil
    }
  }
}
