import Testing

@testable import Analysis
@testable import Frontend

@Suite struct DeclarationsTests {
  /// What a module declares, and the complaints.
  func read(_ text: String) -> (fixture: Fixture, declarations: Declarations, messages: [String]) {
    let fixture = Fixture(
      text + """

        define double @f(double %x) { ret double %x }
        define double @f1(double %x) { ret double %x }
        define double @f2(double %x, double %s) { ret double %x }
        define ptr(i8) @allocate(i64 %n) { ret ptr(i8) null }
        define void @release(ptr(i8) %p) { ret void }
        @g = global double 1.0
        """)
    var messages: [String] = []
    let reader = DeclarationsReader(fixture.module) { messages.append($0.message) }
    return (fixture, reader.declarations, messages)
  }
  static let f = "@f as double (double) asptr"
  static let f1 = "@f1 as double (double) asptr"
  static let f2 = "@f2 as double (double, double) asptr"

  @Test func gradient() {
    let m = read(
      """
      @b = constant [8 x i8] c"byref_1\\00"
      @__nabla_register_gradient_f = global [4 x ptr(i8)] [
        \(Self.f),
        \(Self.f1),
        \(Self.f2),
        ptr(i8) getelementptr (i8, ptr(i8) bitcast (ptr([8 x i8]) @b to ptr(i8)), i64 0)]
      """)
    let rule = m.declarations.gradients[m.fixture.function("f")]
    #expect(rule?.augmented == m.fixture.function("f1"))
    #expect(rule?.reverse == m.fixture.function("f2"))
    #expect(rule?.byReference == [1])
    #expect(m.messages.isEmpty)
  }

  @Test func derivativesAndFacts() {
    let m = read(
      """
      @s = constant [6 x i8] c"log1p\\00"
      @__enzyme_register_derivative_f = internal global { ptr(i8), ptr(i8) } {
        \(Self.f),
        \(Self.f2) }
      @__enzyme_function_like_f = internal global [2 x ptr(i8)] [
        \(Self.f),
        ptr(i8) getelementptr (i8, ptr(i8) bitcast (ptr([6 x i8]) @s to ptr(i8)), i64 0)]
      @__enzyme_inactivefn_f1 = global ptr(i8) bitcast (ptr(double (double)) @f1 to ptr(i8))
      @__enzyme_inactive_global_g = global ptr(i8) bitcast (ptr(double) @g to ptr(i8))
      """)
    #expect(m.messages.isEmpty)
    #expect(m.declarations.derivatives[m.fixture.function("f")] == m.fixture.function("f2"))
    #expect(m.declarations.functionLike[m.fixture.function("f")] == "log1p")
    #expect(m.declarations.inactiveFunctions == [m.fixture.function("f1")])
    #expect(m.declarations.inactiveGlobals.map(\.name) == ["g"])
  }

  @Test func allocator() {
    let m = read(
      """
      @s = constant [5 x i8] c"0,-1\\00"
      @__nabla_allocation_like_a = global [4 x ptr(i8)] [
        @allocate as ptr(i8) (i64) asptr,
        ptr(i8) inttoptr (i64 0 to ptr(i8)),
        ptr(i8) getelementptr (i8, ptr(i8) bitcast (ptr([5 x i8]) @s to ptr(i8)), i64 0),
        @release as void (ptr(i8)) asptr]
      """)
    let allocator = m.declarations.allocators[m.fixture.function("allocate")]
    #expect(allocator?.sizeArgument == 0)
    #expect(allocator?.freeArguments == [0, -1])
    #expect(allocator?.deallocator == m.fixture.function("release"))
  }

  @Test func attributes() {
    let m = read(
      """
      declare void @log(double) "nabla_inactive"
      declare double @mine(double) "enzyme_math"="sin"
      declare ptr(i8) @pool(i32, i64) "enzyme_allocator"="1" "enzyme_deallocator"="-1"
      declare void @keep(ptr(i8)) "enzyme_nofree"
      """)
    #expect(m.declarations.inactiveFunctions == [m.fixture.function("log")])
    #expect(m.declarations.functionLike[m.fixture.function("mine")] == "sin")
    #expect(m.declarations.allocators[m.fixture.function("pool")]?.sizeArgument == 1)
    #expect(m.declarations.noFree == [m.fixture.function("keep")])
  }

  @Test(arguments: [
    ("@__nabla_register_gradient_f = global [1 x ptr(i8)] [\(f)]", "it has 1 entry, not 3 or more"),
    (
      "@__nabla_register_derivative_f = global [2 x ptr(i8)] [\(f), ptr(i8) null]",
      "entry 2 is not a function"
    ),
    ("@__nabla_inactivefn_f = global ptr(i8) null", "its initialiser is not constant"),
  ])
  func malformed(_ text: String, _ message: String) {
    let m = read(text)
    #expect(m.messages.count == 1 && m.messages[0].has(message), "\(m.messages)")
  }
}
