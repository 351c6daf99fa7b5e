import IR
import TestSupport
import Testing

@Suite struct ModuleTests {
  @Test func linksText() throws {
    let module = try parse("define i32 @one() {\n  ret i32 1\n}")
    #expect(module.link(text: "define i32 @two() {\n  ret i32 2\n}") == nil)
    #expect(module.function(named: "two") != nil)
    #expect(module.link(text: "define i32 @three(") != nil)
    #expect(module.verificationError == nil)
  }

  @Test func declaresOnce() throws {
    let module = try parse("declare double @sin(double)")
    let c = module.context
    #expect(module.declare("sin", .function(c.double, [c.double])) == module["sin"])
    let cos = module.declare("cos", .function(c.double, [c.double]))
    #expect(cos.isDeclaration && module.function(named: "cos") == cos)
  }

  @Test func intrinsicsByNameAndTypes() throws {
    let module = try parse("")
    #expect(Module.hasIntrinsic("llvm.fma") && !Module.hasIntrinsic("llvm.no.such.thing"))
    let fma = module.intrinsic("llvm.fma", [module.context.double])
    #expect(fma.name == "llvm.fma.f64" && fma.isIntrinsic)
  }

  @Test func globalsWithValuesAreInternal() throws {
    let module = try parse("")
    let own = module.addGlobal(
      "own", module.context.i64, initializer: module.context.i64.constant(4))
    let foreign = module.addGlobal("foreign", module.context.i64, initializer: nil)
    #expect(!own.isDeclaration && foreign.isDeclaration)
    #expect(own.value.description.contains("internal global i64 4"))
  }

  @Test func theVerifierNamesTheFunction() throws {
    let module = try parse("declare void @f()")
    #expect(module.verificationError == nil)
    _ = module["f"].appendBlock("entry")
    #expect(module["f"].verificationError?.contains("terminator") == true)
    #expect(module.verificationError?.contains("'f'") == true)
  }

  @Test func attributes() throws {
    let module = try parse(
      """
      define void @f(ptr(double) noalias %p) "note"="text" {
        ret void
      }
      """)
    let f = module["f"]
    #expect(f.parameterHasAttribute(0, "noalias") && !f.parameterHasAttribute(0, "nonnull"))
    #expect(f.stringAttribute("note") == "text" && f.stringAttribute("other") == nil)
    #expect(f.addAttribute("nonnull", at: 1) && f.parameterHasAttribute(0, "nonnull"))
    #expect(!f.addAttribute("no-such-attribute"))
    #expect(!f.hasAttribute("nounwind"))
    f.addAttribute("nounwind")
    #expect(f.hasAttribute("nounwind"))
  }
}
