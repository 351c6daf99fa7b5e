import IR
import TestSupport
import Testing

@Suite struct TypeTests {
  let module: Module
  let context: Context
  init() throws {
    module = try parse("%named = type { i32, double }\ndeclare void @f(%named)")
    context = module.context
  }

  @Test func kinds() {
    #expect(context.double.isFloat && context.half.isFloat && context.x86FP80.isFloat)
    #expect(!context.i64.isFloat && context.i64.isInteger)
    let vector = context.float.vector(4)
    #expect(vector.isVector && vector.isFloatOrVector && !vector.isFloat)
    #expect(vector.scalar == context.float)
    #expect(context.bytePointer.isPointer && context.bytePointer.vector(2).isPointerOrVector)
    #expect(context.structure([context.i8]).isAggregate && context.i8.array(3).isAggregate)
  }

  @Test func equalityIsIdentityWithinAContext() throws {
    #expect(
      context.structure([context.i8, context.double])
        == context.structure([context.i8, context.double]))
    #expect(context.structure([context.i8], packed: true) != context.structure([context.i8]))
    let other = try parse("").context
    #expect(other.double != context.double)
  }

  @Test func searchesAggregates() {
    let inner = context.structure([context.i64, context.double.array(2)])
    let outer = context.structure([context.i8, inner])
    #expect(outer.containsFloat && !outer.containsPointer)
    #expect(context.structure([context.i8, context.bytePointer.array(2)]).containsPointer)
    #expect(!context.structure([context.i8, context.i64]).containsFloat)
  }

  @Test func layoutOfStructures() {
    let layout = module.dataLayout
    let padded = context.structure([context.i8, context.double, context.i16])
    #expect((0..<3).map { layout.offset(padded, $0) } == [0, 8, 16])
    #expect(layout.allocSize(padded) == 24)
    let packed = context.structure([context.i8, context.double, context.i16], packed: true)
    #expect((0..<3).map { layout.offset(packed, $0) } == [0, 1, 9])
    #expect(layout.allocSize(packed) == 11)
    #expect(layout.offset(padded.array(5), 2) == 48)
    #expect(layout.offset(context.float.vector(4), 3) == 12)
    #expect(layout.storeSize(context.i1) == 1)
    #expect(layout.storeSize(context.x86FP80) == 10)
    #expect(layout.allocSize(context.x86FP80) == 16)
    #expect(layout.pointerSize == 8)
  }

  @Test func namedStructures() {
    let named = module["f"].functionType.parameters[0]
    #expect(named.structName == "named")
    #expect(named.fields == [context.i32, context.double])
    let constant = named.constant(aggregate: [
      context.i32.constant(1), context.double.constant(2.0),
    ])
    #expect(constant.type == named)
  }

  @Test func functions() {
    let type = Type.function(context.double, [context.i32, context.bytePointer], variadic: true)
    #expect(type.returnType == context.double)
    #expect(type.parameters == [context.i32, context.bytePointer])
    #expect(type.isVarArg)
  }

  @Test func constantsOfVectorsAreSplats() {
    let c = context.double.vector(3).constant(2.5)
    #expect(c.type.count == 3)
    #expect(c.description.contains("2.5"))
    #expect(context.double.zero.floatConstant == 0)
    #expect(context.double.poison.isUndefOrPoison)
  }
}
