import IR
import TestSupport
import Testing

@Suite struct ValueTests {
  @Test func integerConstantsAreSignExtended() throws {
    let context = try parse("").context
    #expect(context.i1.constant(1).integerConstant == -1)
    #expect(context.i8.constant(255).integerConstant == -1)
    #expect(context.i64.constant(.min).integerConstant == .min)
    #expect(context.integer(128).constant(1).integerConstant == nil)
    #expect(context.double.constant(1.0).integerConstant == nil)
  }

  @Test func strings() throws {
    let module = try parse(
      """
      @a = constant [4 x i8] c"abc\\00"
      @b = constant [3 x i8] c"abc"
      @c = constant [2 x i16] [i16 1, i16 2]
      """)
    #expect(module.global(named: "a")!.initializer!.stringConstant == "abc")
    #expect(module.global(named: "b")!.initializer!.stringConstant == "abc")
    #expect(module.global(named: "c")!.initializer!.stringConstant == nil)
  }

  @Test func usersOnePerUse() throws {
    let f = try parse(
      """
      define double @f(double %x) {
        %y = fmul double %x, %x
        %z = fadd double %y, %x
        ret double %z
      }
      """)["f"]
    #expect(f.value("x")!.users.count == 3)
    f.value("y")!.replaceAllUses(with: f.value("x")!)
    #expect(!f.value("y")!.hasUses)
    #expect(f.value("x")!.users.count == 4)
    #expect(f.value("x")!.owner == f)
  }

  @Test func objectsBehindPointers() throws {
    let module = try parse(
      """
      @g = global [4 x double] zeroinitializer
      @alias = alias [4 x double], ptr([4 x double]) @g
      define void @f(ptr([4 x double]) %p, i64 %i) {
        %e = getelementptr [4 x double], ptr([4 x double]) %p, i64 0, i64 %i
        %b = bitcast ptr(double) %e to ptr(i8)
        %s = getelementptr [4 x double], ptr([4 x double]) @alias, i64 0, i64 2
        store double 0.0, ptr(double) %s
        ret void
      }
      """)
    let f = module["f"]
    #expect(f.value("b")!.underlyingObject == f.value("p"))
    #expect(f.value("b")!.strippingCasts == f.value("e"))
    let alias = f.value("s")?.instruction?.operand(0) ?? f.all(.store)[0].operand(1)
    #expect(alias.underlyingObject == module.global(named: "g")!.value)
  }

  @Test func blocksAsValues() throws {
    let f = try parse("define void @f() {\nentry:\n  ret void\n}")["f"]
    #expect(f.entry.value.isBlock)
    #expect(f.entry.value.asBlock == f.entry)
    f.entry.name = "start"
    #expect(f.block("start") == f.entry)
  }
}
