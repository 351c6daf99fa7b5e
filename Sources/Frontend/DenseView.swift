import Analysis
import IR

/// `__nabla_todense(load, store, arguments…)`: the address of memory that is not there. What reads at `offset` bytes from
/// it gets `load(offset, arguments…)`; what is written goes to `store(value, offset, arguments…)`.
///
/// ```
/// ┌────────────┬─────────────┐
/// │ what was   │ arguments…  │    the address is that of this record, which the functions
/// │ written    │             │    specialised for the view find their way by
/// └────────────┴─────────────┘
/// ```
/// Whatever a derivative writes is kept beside the record until the derivative returns, and goes to `store` then, each
/// place once: how often code reads back what it wrote differs from level to level, what it finally leaves does not.
final class DenseView {
  let call: HookCall
  let load: Function
  let store: Function
  /// The type of the numbers.
  let element: Type
  private let extras: [(value: Value, adaptation: Adaptation)]
  /// Is anything written through the address? Known when all uses have been followed.
  var isWritten = false
  private var made: [String: Function] = [:]

  init(_ call: HookCall) throws {
    self.call = call
    let operands = call.operandPositions.map { call.instruction.operand($0) }
    guard call.resultBuffer == nil, call.instruction.type.isPointer else {
      throw Diagnostic.denseView("gives a pointer", call)
    }
    guard let load = call.functionOperand?.possibleFunctions(in: call.module)?.only,
      let store = operands.first?.possibleFunctions(in: call.module)?.only
    else { throw Diagnostic.denseView("takes two functions that are known here", call) }
    self.load = load
    self.store = store
    let (reads, writes) = (load.functionType, store.functionType)
    element = reads.returnType
    guard element.isFloat, call.module.dataLayout.storeSize(element) <= 8 else {
      throw Diagnostic.denseView("needs a function that loads numbers of up to 8 bytes", call)
    }
    let given = operands.dropFirst()
    let loadShape = DenseView.shape(reads.parameters, [], given.count)
    let storeShape = DenseView.shape(writes.parameters, [element], given.count)
    guard let loadShape, let storeShape, storeShape == loadShape, writes.returnType.isVoid,
      !reads.isVarArg, !writes.isVarArg
    else { throw Diagnostic.denseView("has functions whose parameters do not fit", call) }
    extras = try zip(given, loadShape).map { v, type in
      guard let a = Adaptation(v, to: type, call.module.dataLayout) else {
        throw Diagnostic.denseView("can't pass on an argument of type '\(v.type.cName)'", call)
      }
      return (v, a)
    }
  }

  /// The types of the program's own arguments, if the parameters are `first`, an offset, and so many of these.
  private static func shape(_ parameters: [Type], _ first: [Type], _ count: Int) -> [Type]? {
    let start = first.count + 1
    guard parameters.count == start + count, Array(parameters.prefix(first.count)) == first,
      parameters[first.count].isInteger
    else { return nil }
    return Array(parameters.dropFirst(start))
  }

  var size: Int { layout.storeSize(element) }
  private var module: Module { call.module }
  private var layout: DataLayout { module.dataLayout }
  private var context: Context { module.context }
  private var extraTypes: [Type] { Array(load.functionType.parameters.dropFirst()) }
  private var record: Type {
    context.structure([context.i64.array(DenseRuntime.words)] + extraTypes)
  }

  /// Puts the address of the record in place of the call.
  func replaceCall() {
    let instruction = call.instruction
    let builder = Builder(module: module)
    let place = builder.cast(
      pointer: entryRecord(builder, instruction.function), to: context.bytePointer)
    builder.position(before: instruction)
    builder.debugLocation = instruction.debugLocation
    builder.memset(place, byte: 0, count: context.i64.constant(8 * DenseRuntime.words))
    for (k, extra) in extras.enumerated() {
      let value = extra.adaptation.emit(extra.value, to: extraTypes[k], builder)
      builder.store(value, to: builder.offset(place, layout.offset(record, k + 1)))
    }
    instruction.value.replaceAllUses(with: builder.cast(pointer: place, to: instruction.type))
    instruction.eraseWithDeadOperands()
  }
  private func entryRecord(_ builder: Builder, _ f: Function) -> Value {
    builder.position(atStartOf: f.entry)
    return builder.entryAlloca(record)
  }

  private func passedOn(_ base: Value, _ builder: Builder) -> [Value] {
    extraTypes.enumerated().map { k, type in
      builder.load(type, from: builder.offset(base, layout.offset(record, k + 1)))
    }
  }

  // MARK: What accesses become

  /// `element (base, offset)`
  var reader: Function {
    function("load", element, [context.bytePointer, context.i64]) { f, builder in
      let (base, offset) = (f.parameter(0), f.parameter(1))
      if isWritten {
        let there = f.appendBlock("there"), absent = f.appendBlock("absent")
        let cell = builder.call(
          DenseRuntime.function(.find, in: module), [base, offset, context.i1.constant(0)])
        builder.condBr(builder.isNull(cell), absent, there)
        builder.position(atEndOf: there)
        builder.ret(builder.load(element, from: cell))
        builder.position(atEndOf: absent)
      }
      let place = builder.intCast(offset, to: load.functionType.parameters[0], signed: true)
      builder.ret(builder.call(load, [place] + passedOn(base, builder)))
    }
  }

  /// `void (base, offset, value)`
  var writer: Function {
    function("store", context.void, [context.bytePointer, context.i64, element]) { f, builder in
      let cell = builder.call(
        DenseRuntime.function(.find, in: module),
        [f.parameter(0), f.parameter(1), context.i1.constant(1)])
      builder.store(f.parameter(2), to: cell)
      builder.ret(nil)
    }
  }

  /// `void (base)`: hands everything that was written to the program, in the order in which it was first written.
  var flusher: Function {
    function("flush", context.void, [context.bytePointer]) { f, builder in
      let base = f.parameter(0)
      let (i64, zero) = (context.i64, context.i64.constant(0))
      let count = builder.call(DenseRuntime.function(.count, in: module), [base])
      let extras = passedOn(base, builder)
      ElementLoop(f, builder, from: zero, below: count, step: 1).write { k in
        let entry = builder.call(DenseRuntime.function(.entry, in: module), [base, k])
        let offset = builder.load(i64, from: entry)
        let value = builder.load(element, from: builder.offset(entry, 8))
        let place = builder.intCast(offset, to: store.functionType.parameters[1], signed: true)
        builder.call(store, [value, place] + extras)
      }
      builder.call(DenseRuntime.function(.clear, in: module), [base])
      builder.ret(nil)
    }
  }

  private func function(
    _ what: String, _ result: Type, _ parameters: [Type], _ write: (Function, Builder) -> Void
  ) -> Function {
    if let f = made[what] { return f }
    let f = module.addFunction("nabla.dense.\(what)", .function(result, parameters))
    f.setInternal()
    made[what] = f
    let builder = Builder(module: module)
    builder.position(atEndOf: f.appendBlock("entry"))
    write(f, builder)
    return f
  }
}
