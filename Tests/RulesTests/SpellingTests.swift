import Testing

@testable import Rules

@Suite struct SpellingTests {
  @Test(arguments: [
    ("sin", "sin", Precision.double), ("sinf", "sin", .float), ("sinl", "sin", .longDouble),
    ("sinf128", "sin", .quad), ("sinq", "sin", .quad), ("erff", "erf", .float),
    ("modff", "modf", .float), ("expl", "exp", .longDouble), ("lgammaf_r", "lgamma_r", .float),
    ("__exp_finite", "exp", .double), ("__expf_finite", "exp", .float),
    ("__lgammaf_r_finite", "lgamma_r", .float), ("jnf", "jn", .float),
    ("drem", "remainder", .double),
    ("llvm.sin.f64", "sin", .double), ("llvm.sin.v4f32", "sin", .float),
    ("llvm.sin.nxv2f64", "sin", .double), ("llvm.fabs.bf16", "fabs", .bfloat),
    ("llvm.powi.f64.i32", "powi", .double), ("llvm.maxnum.f16", "fmax", .half),
    ("llvm.fma.f128", "fma", .quad), ("llvm.pow.f80", "pow", .longDouble),
    ("llvm.lround.i64.f32", "lround", .float), ("llvm.ldexp.f64.i32", "ldexp", .double),
    ("llvm.experimental.constrained.fadd.f64", "fadd", .double),
    ("llvm.experimental.constrained.sin.f32", "sin", .float),
    ("llvm.experimental.constrained.fptosi.i32.f64", "fptosi", .double),
    ("llvm.experimental.constrained.fcmps.f64", "fcmp", .double),
    ("llvm.experimental.constrained.maxnum.f64", "fmax", .double),
    ("llvm.experimental.constrained.fmuladd.f64", "fma", .double),
    ("_ZSt3sinf", "sin", .float), ("_ZSt3powdd", "pow", .double), ("_ZSt3absd", "fabs", .double),
    ("_ZSt4fabse", "fabs", .longDouble), ("_ZNSt3__13sinEf", "sin", .float),
    ("_ZNSt3__13sinB8ne180100Ef", "sin", .float), ("_ZGVdN4v_sin", "sin", .double),
    ("_ZGVbN4vv_powf", "pow", .float), ("__nv_sinf", "sin", .float),
    ("__ocml_sin_f64", "sin", .double), ("__fs_sin_1", "sin", .float),
    ("__powidf2", "powi", .double), ("__powisf2", "powi", .float),
    ("_FortranAFPow8i", "powi", .double), ("_FortranAModReal4", "fmod", .float),
  ])
  func mathIsFoundUnder(_ spelling: String, _ name: String, _ precision: Precision) throws {
    let knowledge = try #require(RuleBook.standard.function(spelling))
    guard case .math(let rule, let found) = knowledge.kind else {
      Issue.record("\(spelling) is \(knowledge)")
      return
    }
    #expect(rule.name == name)
    #expect(found == precision)
  }

  @Test(arguments: [
    "user_function", "freef", "putsl", "_ZN4user3sinEd", "llvm.x86.sse2.rcp", "sinfoo", "_ZSt3sini",
    "_ZGVbM4v_sin", "f", "", "llvm.", "_ZSt", "_Z3sinf", "_ZSt99sinf", "__finite_",
  ])
  func isNotFound(_ name: String) {
    #expect(RuleBook.standard.function(name) == nil, "\(name)")
  }

  @Test func everyMathFunctionHasThePrecisionsOfC() {
    let withoutSuffix: Set = [
      "llvm.canonicalize", "llvm.arithmetic.fence", "__nabla_digamma", "_FortranAModuloReal",
    ]
    let instructions = Set(FloatingInstruction.allCases.map(\.rawValue))
    for rule in RuleBook.standard.allMath
    where !withoutSuffix.contains(rule.name) && !instructions.contains(rule.name) {
      let stem = rule.name.hasSuffix("_r") ? String(rule.name.dropLast(2)) : rule.name
      let tail = rule.name.hasSuffix("_r") ? "_r" : ""
      for (suffix, precision) in [("f", Precision.float), ("l", .longDouble)] {
        guard
          case .math(let found, let p) = RuleBook.standard.function(stem + suffix + tail)?.kind
        else {
          Issue.record("\(stem + suffix + tail) is not known")
          continue
        }
        #expect(found == rule)
        #expect(p == precision)
      }
    }
  }
}
