/// The functions that derivatives call and no library has.
///
/// They are plain code without pointers: the text is the same for every LLVM, and the functions
/// can be differentiated like any other.
public enum Prelude {
  /// A module that defines the function behind `primitive`, or `nil` where it needs none.
  ///
  /// The function is `internal`, takes and returns `double`, and is called what
  /// `primitive.form` says. The text declares the intrinsics it calls.
  public static func irText(for primitive: Primitive) -> String? {
    switch primitive {
    case .digamma: Polygamma.digamma.irText
    case .trigamma: Polygamma.trigamma.irText
    default: nil
    }
  }
}

extension Polygamma {
  private var name: String { self == .digamma ? "__nabla_digamma" : "__nabla_trigamma" }

  /// The algorithm of `value(at:)`, step by step.
  fileprivate var irText: String {
    """
    define internal double @\(name)(double %x) {
    entry:
      %below = fcmp olt double %x, \(hex(0.5))
      %mirrored = fsub double \(hex(1)), %x
      %start = select i1 %below, double %mirrored, double %x
      br label %loop

    loop:
      %z = phi double [ %start, %entry ], [ %next, %step ]
      %recurrence = phi double [ \(hex(0)), %entry ], [ %further, %step ]
      %low = fcmp olt double %z, \(hex(Polygamma.threshold))
      br i1 %low, label %step, label %asymptotic

    step:
    \(recurrenceStep)
      %next = fadd double %z, \(hex(1))
      br label %loop

    asymptotic:
      %v = fdiv double \(hex(1)), %z
      %w = fmul double %v, %v
    \(horner)
    \(seriesSum)
      %value = fadd double %recurrence, %sum
      br i1 %below, label %reflect, label %done

    reflect:
      %whole = call double @llvm.rint.f64(double %x)
      %fraction = fsub double %x, %whole
      %angle = fmul double \(hex(.pi)), %fraction
      %sine = call double @llvm.sin.f64(double %angle)
    \(reflection)
      br label %done

    done:
      %answer = phi double [ %value, %asymptotic ], [ %reflected, %reflect ]
      ret double %answer
    }

    declare double @llvm.rint.f64(double)
    declare double @llvm.sin.f64(double)
    \(self == .digamma ? "declare double @llvm.cos.f64(double)\ndeclare double @llvm.log.f64(double)\n" : "")
    """
  }

  private var recurrenceStep: String {
    switch self {
    case .digamma:
      """
        %term = fdiv double \(hex(1)), %z
        %further = fsub double %recurrence, %term
      """
    case .trigamma:
      """
        %inverse = fdiv double \(hex(1)), %z
        %term = fdiv double %inverse, %z
        %further = fadd double %recurrence, %term
      """
    }
  }

  /// The series by Horner's rule, into `%series`.
  private var horner: String {
    let c = Array(coefficients.reversed())
    var lines: [String] = []
    var sum = hex(c[0])
    for k in 1..<c.count {
      let next = k == c.count - 1 ? "%series" : "%s\(k)"
      lines.append("  %p\(k) = fmul double \(sum), %w")
      lines.append("  \(next) = fadd double %p\(k), \(hex(c[k]))")
      sum = next
    }
    return lines.joined(separator: "\n")
  }

  private var seriesSum: String {
    switch self {
    case .digamma:
      """
        %log = call double @llvm.log.f64(double %z)
        %half = fmul double \(hex(0.5)), %v
        %lead = fsub double %log, %half
        %tail = fmul double %w, %series
        %sum = fsub double %lead, %tail
      """
    case .trigamma:
      """
        %half = fmul double \(hex(0.5)), %w
        %lead = fadd double %v, %half
        %cube = fmul double %w, %v
        %tail = fmul double %cube, %series
        %sum = fadd double %lead, %tail
      """
    }
  }

  private var reflection: String {
    switch self {
    case .digamma:
      """
        %cosine = call double @llvm.cos.f64(double %angle)
        %scaled = fmul double \(hex(.pi)), %cosine
        %cotangent = fdiv double %scaled, %sine
        %reflected = fsub double %value, %cotangent
      """
    case .trigamma:
      """
        %cosecant = fdiv double \(hex(.pi)), %sine
        %square = fmul double %cosecant, %cosecant
        %reflected = fsub double %square, %value
      """
    }
  }
}

/// A `double` as LLVM IR spells it exactly.
private func hex(_ x: Double) -> String {
  let digits = String(x.bitPattern, radix: 16, uppercase: true)
  return "0x" + String(repeating: "0", count: 16 - digits.count) + digits
}
