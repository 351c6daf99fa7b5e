import Analysis
import IR
import Rules
import TestSupport
import Testing

@Suite struct KnowledgeBaseTests {
  static let text = """
    declare double @sin(double)
    declare double @llvm.sqrt.f64(double)
    declare double @foreign(double)
    define double @gamma(double %x) { ret double %x }
    define double @own(double %x) { ret double %x }
    declare ptr(i8) @malloc(i64)
    declare void @free(ptr(i8))
    declare ptr(i8) @__nabla_tape_allocate.12(ptr(i8), i64)
    declare double @__enzyme_ignore_derivatives(double)
    declare void @__nabla_hint(ptr(double))
    define double @f(double %x, ptr(double (double)) %p) {
      %a = call double @sin(double %x)
      %b = call double @llvm.sqrt.f64(double %a)
      %c = call double @foreign(double %b)
      %d = call double @gamma(double %c)
      %e = call double @own(double %d)
      %g = call double %p(double %e)
      %h = call double asm "", "=x,x"(double %g)
      %i = call double @own(double %h) "nabla_inactive"
      %j = call double @__enzyme_ignore_derivatives(double %i)
      call void @__nabla_hint(ptr(double) null)
      %m = call ptr(i8) @malloc(i64 8)
      call void @free(ptr(i8) %m)
      %t = call ptr(i8) @__nabla_tape_allocate.12(ptr(i8) null, i64 8)
      ret double %j
    }
    """
  let module: Module
  init() throws { module = try parse(Self.text) }

  /// What the calls of `f` go to, in words.
  func targets(_ change: (inout Declarations, Module) -> Void = { _, _ in }) -> [String] {
    var declarations = Declarations()
    change(&declarations, module)
    let knowledge = KnowledgeBase(declarations)
    return module["f"].all(.call).map { call in
      switch knowledge.target(of: call) {
      case .known(let k, _):
        switch k.kind {
        case .math: "math"
        case .allocation: "allocation"
        case .deallocation: "deallocation"
        case .marker: "marker"
        case .inactive: "inactive"
        default: "known"
        }
      case .body(let f): "body of \(f.name)"
      case .custom(let f): "custom \(f.name)"
      case .opaque(let f): "opaque \(f.name)"
      case .indirect: "indirect"
      case .assembly: "assembly"
      case .inactiveSite: "inactive site"
      case .transparent: "transparent"
      case .hint: "hint"
      }
    }
  }

  @Test func withoutDeclarations() {
    #expect(
      targets() == [
        "math", "math", "opaque foreign", "body of gamma", "body of own", "indirect", "assembly",
        "inactive site", "transparent", "hint", "allocation", "deallocation", "allocation",
      ])
  }

  @Test func declarationsComeFirst() {
    let found = targets { d, m in
      d.gradients[m["sin"]] = .init(augmented: m["own"], reverse: m["own"])
      d.inactiveFunctions = [m["foreign"]]
      d.functionLike[m["own"]] = "sin"
    }
    #expect(found[0] == "custom sin")
    #expect(found[2] == "inactive")
    #expect(found[4] == "math")
  }

  @Test func forwardRulesAreCustomAsWell() {
    #expect(targets { d, m in d.derivatives[m["own"]] = m["gamma"] }[4] == "custom own")
    #expect(
      targets { d, m in d.splitDerivatives[m["own"]] = (m["gamma"], m["gamma"]) }[4] == "custom own"
    )
  }

  @Test func declaredAllocators() {
    let found = targets { d, m in
      d.allocators[m["own"]] = .init(
        sizeArgument: 0, freeArguments: [-1], deallocator: m["foreign"])
    }
    #expect(found[4] == "allocation" && found[2] == "deallocation")
  }

  @Test func declaredEffectsAreThoseOfTheAttributes() throws {
    let module = try parse(
      """
      declare double @pure(double) readnone
      declare double @reads(ptr(double)) readonly
      declare double @any(ptr(double))
      """)
    var declarations = Declarations()
    declarations.inactiveFunctions = [module["pure"], module["reads"], module["any"]]
    let knowledge = KnowledgeBase(declarations)
    #expect(knowledge.of(module["pure"])?.effects == Effects.none)
    #expect(knowledge.of(module["reads"])?.effects.mayWrite == false)
    #expect(knowledge.of(module["any"])?.effects == .unknown)
  }

  @Test func answersAreRemembered() {
    let knowledge = KnowledgeBase(Declarations())
    #expect(knowledge.of(module["own"]) == nil && knowledge.of(module["own"]) == nil)
    #expect(knowledge.of(module["sin"]) != nil && knowledge.of(module["sin"]) != nil)
  }

  @Test func tapeFunctionsKeepTheirNameAfterLinking() {
    #expect(TapeFunction(name: "__nabla_tape_release") == .release)
    #expect(TapeFunction(name: "__nabla_tape_release.7") == .release)
    #expect(TapeFunction(name: "__nabla_tape_other") == nil)
  }
}
