import IR
import TestSupport
import Testing

/// What is built on pointers is valid whether pointers have types or not, and casts are made where
/// types ask for them only.
@Suite struct PointerCastTests {
  let module: Module
  let f: Function
  let builder: Builder
  init() throws {
    module = try parse(
      """
      declare double @use(ptr(double))
      define void @f(ptr(i64) %p) {
        ret void
      }
      """)
    f = module["f"]
    builder = Builder(module: module)
    builder.position(before: f.entry.terminator!)
  }
  /// Casts between pointers in the function.
  var casts: Int { f.all(.bitcast).count }

  @Test func loadsAndStores() {
    let x = builder.load(module.context.double, from: f.parameter(0), alignment: 4)
    #expect(x.type == module.context.double && x.instruction!.alignment == 4)
    builder.store(x, to: f.parameter(0))
    #expect(f.verificationError == nil)
    #expect(casts == (Dialect.isTyped ? 2 : 0))
  }

  @Test func loadsOfThePointeeNeedNoCast() {
    builder.store(builder.load(module.context.i64, from: f.parameter(0)), to: f.parameter(0))
    #expect(casts == 0)
    #expect(f.verificationError == nil)
  }

  @Test func callsAndCopies() {
    builder.call(module["use"], [f.parameter(0)])
    let size = module.context.i64.constant(8)
    builder.memcpy(to: f.parameter(0), from: f.parameter(0), count: size)
    builder.memmove(to: f.parameter(0), from: f.parameter(0), count: size)
    builder.memset(f.parameter(0), byte: 0, count: size)
    builder.atomicFAdd(module.context.double.constant(1.0), to: f.parameter(0))
    #expect(f.verificationError == nil)
    #expect((casts > 0) == Dialect.isTyped)
  }

  @Test func pointersAsPointers() {
    let p = f.parameter(0)
    let q = builder.cast(pointer: p, to: module.context.float.pointer())
    #expect((q == p) == !Dialect.isTyped)
    #expect(q.strippingCasts == p)
    #expect(builder.cast(pointer: q, to: p.type).type == p.type)
    #expect(p.type.pointee == (Dialect.isTyped ? module.context.i64 : nil))
  }

  @Test func addressSpaces() {
    let far = module.context.bytePointer(addressSpace: 3)
    let q = builder.cast(pointer: f.parameter(0), to: far)
    #expect(q.type.addressSpace == 3)
    #expect(q.instruction!.opcode == .addrspacecast)
    #expect(builder.offset(q, 8).type.addressSpace == 3)
    #expect(f.verificationError == nil)
  }

  @Test func oneTextForBothDialects() {
    let text = "call void @g(ptr(ptr(double)) %p, @h as i32 (ptr(i8)) asptr)"
    #expect(
      Dialect.translate(text, typed: true)
        == "call void @g(double** %p, i8* bitcast (i32 (i8*)* @h to i8*))")
    #expect(Dialect.translate(text, typed: false) == "call void @g(ptr %p, ptr @h)")
  }
}
