package import IR

/// Library functions that differentiated code calls, as functions with bodies: in a subject a call of `cblas_dgemm` or `dgemm_` is one of
/// `nabla.library.blas.d.user_gemm`, with flags and sizes read and a beginning made of the work, so that what is left is a product with rules.
///
/// The bodies are text of LLVM IR, made of `Plugin/Library`; they are linked into modules that call the functions.
package enum LibraryBodies {
  static let prefix = "nabla.library."
  /// Among the facts that a tangent is told: do the work itself, too.
  package static let primalBit = 62

  /// Has the function rules of the library's own?
  package static func isRule(_ f: Function) -> Bool { f.name.hasPrefix(prefix) && rule(f.name) != nil }

  /// Links what the module's declarations call for, and adds the rules; the reason if that fails.
  package static func define(in module: Module, _ declarations: inout Declarations) -> String? {
    let names = module.functions.lazy.filter(\.isDeclaration).map(\.name)
    let blas = names.compactMap { name in BlasName(name).map { (name, $0) } }
    for precision in ["d", "s"] {
      let mine = blas.filter { $0.1.precision == precision }
      guard !mine.isEmpty else { continue }
      let calls = BlasCalls(Dictionary(mine, uniquingKeysWith: { a, _ in a }), precision, in: module)
      if let reason = link(calls.text, "blas.\(precision).user_gemm", in: module) { return reason }
      for (name, rule) in rules { register(name, rule, precision, in: module, &declarations) }
    }
    if names.contains(where: { CxxBody.name(of: $0) != nil }) {
      let text = LibraryText.cxx.replacing("@nabla_cxx_", with: "@\(prefix)cxx.")
      if let reason = link(text, "cxx.lock", in: module) { return reason }
    }
    return nil
  }

  private static func link(_ text: String, _ witness: String, in module: Module) -> String? {
    if module.function(named: prefix + witness).map({ !$0.isDeclaration }) ?? false { return nil }
    if let reason = module.link(text: text) { return reason }
    for f in module.functions where f.name.hasPrefix(prefix) && !f.isDeclaration && !f.isInternal {
      f.setInternal()
      f.addAttribute("nounwind")
    }
    return nil
  }

  /// Deletes what nothing uses.
  package static func removeUnused(from module: Module) {
    module.removeUnused(module.functions.filter { $0.name.hasPrefix(prefix) })
  }

  // MARK: Rules

  /// What the library calls what a rule is for: `dgemm`.
  package static func routine(_ f: Function) -> String {
    let name = f.name.dropFirst((prefix + "blas.").count)
    return name.prefix(1) + (name.dropFirst(2) == "syr2kh" ? "syr2k" : String(name.dropFirst(2)))
  }

  /// The products of `blas.c` with rules, and which of their parameters are only read.
  private static let rules: [(String, reads: [Int])] = [
    ("gemm", [6, 8]), ("gemv", [4, 6]), ("ger", [3, 5]), ("symm", [5, 7]), ("syr2kh", [5, 7]), ("syrk", [5]),
    ("trmm", [6]),
    ("trsm", [6]),
  ]
  private static func rule(_ name: String) -> (String, reads: [Int])? {
    rules.first { name == "\(prefix)blas.d.\($0.0)" || name == "\(prefix)blas.s.\($0.0)" }
  }

  /// Of the rules: on which numbers does it work?
  static func isDouble(_ f: Function) -> Bool { f.name.hasPrefix(prefix + "blas.d.") }

  private static func register(
    _ name: String, _ reads: [Int], _ precision: String, in module: Module, _ declarations: inout Declarations
  ) {
    let stem = "\(prefix)blas.\(precision).\(name)"
    guard let f = module.function(named: stem), let augmented = module.function(named: stem + "_augmented"),
      let reverse = module.function(named: stem + "_reverse"), let forward = module.function(named: stem + "_forward")
    else { return }
    for (k, p) in f.parameters.enumerated() where p.type.isPointer {
      f.addAttribute("nocapture", at: k + 1)
      if reads.contains(k) { f.addAttribute("readonly", at: k + 1) }
    }
    f.setOnlyAccessesArgumentAndInaccessibleMemory()
    f.addAttribute("willreturn")
    declarations.gradients[f] = Declarations.Gradient(augmented: augmented, reverse: reverse)
    declarations.derivatives[f] = forward
  }
}

/// Compiled functions of libc++ with a body in `cxx.c`.
enum CxxBody {
  static func name(of function: String) -> String? {
    if let known = exact[function] { return known }
    return sorts.first { function.hasPrefix($0.key) }?.value
  }
  private static let exact = [
    "_ZNSt3__114__shared_count12__add_sharedEv": "add_shared",
    "_ZNSt3__114__shared_count16__release_sharedEv": "release",
    "_ZNSt3__119__shared_weak_count12__add_sharedEv": "add_shared",
    "_ZNSt3__119__shared_weak_count10__add_weakEv": "add_weak",
    "_ZNSt3__119__shared_weak_count16__release_sharedEv": "release_shared",
    "_ZNSt3__119__shared_weak_count14__release_weakEv": "release_weak",
    "_ZNSt3__119__shared_weak_count4lockEv": "lock",
    "_ZNSt3__114__shared_countD1Ev": "end",
    "_ZNSt3__114__shared_countD2Ev": "end",
    "_ZNSt3__119__shared_weak_countD1Ev": "end",
    "_ZNSt3__119__shared_weak_countD2Ev": "end",
  ]
  private static let sorts = [
    "_ZNSt3__16__sortIRNS_6__lessIffEEPfEE": "sort_float",
    "_ZNSt3__16__sortIRNS_6__lessIddEEPdEE": "sort_double",
    "_ZNSt3__16__sortIRNS_6__lessIeeEEPeEE": "sort_long_double",
  ]
}

/// A call of a library function as a call of its body.
enum LibraryCall {
  /// Builds the call before the instruction; `nil` if there is no body for it.
  static func build(insteadOf i: Instruction, _ name: String, _ builder: Builder) -> (result: Value?, Void)? {
    guard let (body, arguments) = parts(i, name, builder) else { return nil }
    let call = builder.call(body, arguments)
    if i.type.isVoid || call.type == i.type { return (i.type.isVoid ? nil : call, ()) }
    if call.type.isVoid { return (i.type.zero, ()) }
    if call.type.isFloat, i.type.isFloat { return (builder.fpCast(call, to: i.type), ()) }
    if call.type.isPointer, i.type.isPointer { return (builder.cast(pointer: call, to: i.type), ()) }
    return (
      i.type.isInteger && call.type.isInteger ? builder.intCast(call, to: i.type, signed: false) : i.type.zero, ()
    )
  }

  private static func parts(_ i: Instruction, _ name: String, _ builder: Builder) -> (Function, [Value])? {
    let module = i.function.module
    if let cxx = CxxBody.name(of: name) {
      guard let body = module.function(named: "\(LibraryBodies.prefix)cxx.\(cxx)"),
        body.parameters.count <= i.argumentCount
      else { return nil }
      builder.position(before: i)
      let given = zip(body.parameters, i.arguments)
      guard given.allSatisfy({ $0.type.isPointer && $1.type.isPointer }) else { return nil }
      return (body, given.map { builder.cast(pointer: $1, to: $0.type) })
    }
    guard let blas = BlasName(name), i.argumentCount >= blas.kinds.count,
      let body = module.function(named: "\(LibraryBodies.prefix)blas.\(blas.precision).\(blas.body)"),
      body.parameters.count == blas.kinds.count,
      zip(blas.kinds, i.arguments).allSatisfy({ blas.fits($0, $1.type) })
    else { return nil }
    builder.position(before: i)
    let real = blas.precision == "d" ? module.context.double : module.context.float
    return (
      body,
      zip(zip(blas.kinds, i.arguments), body.parameters).map { given, p -> Value in
        let (kind, a) = given
        switch kind {
        case .array: return builder.cast(pointer: a, to: p.type)
        case .real: return blas.isC ? a : builder.load(real, from: a)
        case .integer, .flag:
          if blas.isC { return builder.intCast(a, to: p.type, signed: true) }
          let context = module.context
          let type = kind == .flag ? context.i8 : blas.isLong ? context.i64 : context.i32
          return builder.intCast(builder.load(type, from: a), to: p.type, signed: true)
        }
      }
    )
  }
}
