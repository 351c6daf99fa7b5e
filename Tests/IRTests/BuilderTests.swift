import IR
import TestSupport
import Testing

@Suite struct BuilderTests {
  /// An empty function of this type with a builder at its end.
  func begin(_ text: String) throws -> (Function, Builder) {
    let module = try parse(text)
    let f = module["f"]
    let builder = Builder(module: module)
    builder.position(atEndOf: f.appendBlock("entry"))
    return (f, builder)
  }

  @Test func foldsConstants() throws {
    let (f, b) = try begin("declare void @f()")
    let c = f.context
    #expect(b.fmul(c.double.constant(3.0), c.double.constant(0.5)).floatConstant == 1.5)
    #expect(b.add(c.i64.constant(-4), c.i64.constant(1)).integerConstant == -3)
    #expect(b.intCast(c.i8.constant(-1), to: c.i32, signed: true).integerConstant == -1)
    #expect(b.intCast(c.i8.constant(-1), to: c.i32, signed: false).integerConstant == 255)
    #expect(f.entry.first == nil)
  }

  @Test func addsNoOffsetOfZero() throws {
    let (f, b) = try begin("declare void @f(ptr(double))")
    let p = f.parameter(0)
    #expect(b.offset(p, 0) == p)
    #expect(b.element(p, f.context.double, f.context.i64.zero) == p)
    #expect(f.entry.first == nil)
  }

  @Test func offsetsCountBytes() throws {
    let (f, b) = try begin("declare void @f(ptr(double))")
    let moved = b.offset(f.parameter(0), 24)
    #expect(moved.constantOffset(in: f.module) == 24)
    let element = b.element(f.parameter(0), f.context.double, f.context.i64.constant(3))
    #expect(element.constantOffset(in: f.module) == 24)
  }

  @Test func castsWhatItDoesNotHaveToCast() throws {
    let (f, b) = try begin("declare double @f(double)")
    let x = f.parameter(0)
    #expect(b.bitcast(x, to: f.context.double) == x)
    #expect(b.fpCast(x, to: f.context.double) == x)
    #expect(b.fpCast(x, to: f.context.float).instruction!.opcode == .fptrunc)
    #expect(
      b.fpCast(b.fptrunc(x, to: f.context.float), to: f.context.double).instruction!.opcode
        == .fpext)
  }

  @Test func givesFlagsToFloatingPointOnly() throws {
    let (f, b) = try begin("declare double @f(double, i64)")
    let nsz: UInt32 = 1 << 3
    b.fastMathFlags = nsz
    #expect(b.fmul(f.parameter(0), f.parameter(0)).instruction!.fastMathFlags == nsz)
    #expect(b.fneg(f.parameter(0)).instruction!.fastMathFlags == nsz)
    #expect(!b.add(f.parameter(1), f.parameter(1)).description.contains("nsz"))
    b.fastMathFlags = 0
    #expect(b.fadd(f.parameter(0), f.parameter(0)).instruction!.fastMathFlags == 0)
  }

  @Test func entryAllocasStandFirstInTheEntry() throws {
    let (f, b) = try begin("declare void @f()")
    let here = f.appendBlock("here")
    b.br(here)
    b.position(atEndOf: here)
    let slot = b.entryAlloca(f.context.double, name: "slot")
    #expect(f.entry.first!.value == slot)
    #expect(b.block == here)
    b.ret(nil)
    #expect(f.verificationError == nil)
  }

  @Test func startOfABlockIsBehindItsPhis() throws {
    let module = try parse(
      """
      define i64 @f(i64 %n) {
      entry:
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %next, %loop ]
        %next = add i64 %i, 1
        %more = icmp ult i64 %next, %n
        br i1 %more, label %loop, label %out
      out:
        ret i64 %i
      }
      """)
    let f = module["f"]
    let b = Builder(module: module)
    b.position(atStartOf: f.block("loop")!)
    let twice = b.add(f.value("i")!, f.value("i")!)
    #expect(twice.instruction!.previous == f.instruction("i"))
    b.position(after: f.instruction("next")!)
    #expect(b.mul(twice, twice).instruction!.next == f.instruction("more"))
    #expect(f.verificationError == nil)
  }

  @Test func vectorsAndAggregates() throws {
    let (f, b) = try begin("declare { <4 x double>, i64 } @f(double)")
    let wide = b.splat(f.parameter(0), 4)
    let swapped = b.shuffle(wide, wide, mask: [1, 0, -1, 7])
    #expect(swapped.instruction!.shuffleMask == [1, 0, -1, 7])
    let pair = b.insertValue(f.returnType.poison, swapped, 0)
    let whole = b.insertValue(pair, f.context.i64.constant(5), 1)
    #expect(b.extractValue(whole, 1).type == f.context.i64)
    b.ret(whole)
    #expect(f.verificationError == nil)
  }

  @Test func invokesWithAnyPointer() throws {
    let module = try parse(
      """
      declare void @g(ptr(i8))
      declare i32 @personality(...)
      define void @f(ptr(double) %p) personality @personality as i32 (...) asptr {
      entry:
        unreachable
      normal:
        ret void
      cleanup:
        %l = landingpad { ptr(i8), i32 } cleanup
        resume { ptr(i8), i32 } %l
      }
      """)
    let f = module["f"]
    f.entry.terminator!.erase()
    let b = Builder(module: module)
    b.position(atEndOf: f.entry)
    let g = module["g"]
    let call = b.invoke(
      g.value, g.functionType, [f.parameter(0)], normal: f.block("normal")!,
      unwind: f.block("cleanup")!)
    #expect(call.normalDestination == f.block("normal")!)
    #expect(call.unwindDestination == f.block("cleanup")!)
    #expect(call.callee == g)
    #expect(f.verificationError == nil)
  }
}
