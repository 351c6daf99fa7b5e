internal import IR

/// The function that rounds to formats which the target does not know, emitted into the module that uses it.
enum RoundingRuntime {
  private static let name = "__nabla_rounded"

  static func function(in module: Module) -> Function {
    if let f = module.function(named: name), !f.isDeclaration { return f }
    if let reason = module.link(text: text) { preconditionFailure("rounding: \(reason)") }
    let f = module.function(named: name)!
    f.setInternal()
    f.addAttribute("nounwind")
    return f
  }

  /// A number is a multiple of its unit in the last place, a power of two that is the same for all numbers below the
  /// smallest normal one.
  private static let text = """
    declare double @ldexp(double, i32)
    declare double @llvm.rint.f64(double)
    declare double @llvm.fabs.f64(double)
    declare double @llvm.copysign.f64(double, double)

    define double @__nabla_rounded(double %x, i32 %exponentBits, i32 %mantissaBits) {
    entry:
      %bits = bitcast double %x to i64
      %shifted = lshr i64 %bits, 52
      %field64 = and i64 %shifted, 2047
      %field = trunc i64 %field64 to i32
      %special = icmp eq i32 %field, 2047
      br i1 %special, label %same, label %finite
    same:
      ret double %x
    finite:
      %e = sub i32 %field, 1023
      %b = sub i32 %exponentBits, 1
      %half = shl i32 1, %b
      %least = sub i32 2, %half
      %isSmall = icmp slt i32 %e, %least
      %scale = select i1 %isSmall, i32 %least, i32 %e
      %last = sub i32 %scale, %mantissaBits
      %unit = call double @ldexp(double 1.0, i32 %last)
      %count = fdiv double %x, %unit
      %whole = call double @llvm.rint.f64(double %count)
      %r = fmul double %whole, %unit
      %signed = call double @llvm.copysign.f64(double %r, double %x)
      %limit = call double @ldexp(double 1.0, i32 %half)
      %size = call double @llvm.fabs.f64(double %r)
      %isLarge = fcmp oge double %size, %limit
      %infinity = call double @llvm.copysign.f64(double 0x7FF0000000000000, double %x)
      %result = select i1 %isLarge, double %infinity, double %signed
      ret double %result
    }
    """
}
