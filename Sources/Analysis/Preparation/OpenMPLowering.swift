package import IR

/// Reads parallel regions of OpenMP as run by one thread, which the standard allows for any program: the derivative of that
/// is the derivative of the program, up to rounding, whatever the number of threads. Tasks stay calls to the runtime.
///
/// ```
/// __kmpc_fork_call(…, body, a, b)        body(&0, &0, a, b)
/// __kmpc_for_static_init_4(…)            all iterations are this thread's
/// __kmpc_dispatch_init_4, _next_4        one chunk with all iterations, then none
/// __kmpc_reduce, __kmpc_single, …        1: this thread combines, and executes
/// __kmpc_barrier, __kmpc_critical, …     nothing
/// ```
struct OpenMPLowering {
  private let builder: Builder
  private let function: Function
  /// The place of a thread's number, always 0.
  private var threadNumber: Value?
  /// Bounds, step and "still to do" of loops whose chunks are handed out on demand, by the type of their counter.
  private var pending: [Type: (lower: Value, upper: Value, step: Value, isOpen: Value)] = [:]

  init(_ builder: Builder, _ function: Function) {
    self.builder = builder
    self.function = function
  }

  /// Replaces the call if it is one to the OpenMP runtime (LLVM's) that is known; false if it is not.
  mutating func lower(_ i: Instruction, _ name: String) -> Bool {
    guard name.hasPrefix("__kmpc_"), i.opcode == .call else { return false }
    builder.position(before: i)
    let word = name.dropFirst("__kmpc_".count)
    switch word {
    case "fork_call": return fork(i)
    case _ where word.hasPrefix("for_static_init_"): return staticLoop(i)
    case _ where word.hasPrefix("dispatch_init_"): return dynamicLoop(i)
    case _ where word.hasPrefix("dispatch_next_"): return nextChunk(i)
    case "reduce", "reduce_nowait", "single", "master", "masked": return replace(i, by: i.type.constant(1))
    case "global_thread_num": return replace(i, by: i.type.zero)
    case "for_static_fini", "barrier", "flush", "push_num_threads", "push_proc_bind", "end_single", "end_master",
      "end_masked", "end_reduce", "end_reduce_nowait", "critical", "critical_with_hint", "end_critical", "ordered",
      "end_ordered", "serialized_parallel", "end_serialized_parallel":
      return replace(i, by: nil)
    case _ where word.hasPrefix("dispatch_fini_") || word.hasPrefix("dispatch_deinit"): return replace(i, by: nil)
    default: return false
    }
  }

  private func replace(_ i: Instruction, by value: Value?) -> Bool {
    if let value { i.value.replaceAllUses(with: value) }
    i.erase()
    return true
  }

  /// `fork_call(location, count, body, arguments…)`
  private mutating func fork(_ i: Instruction) -> Bool {
    guard i.argumentCount >= 3, let body = i.operand(2).strippingCasts.function, !body.isDeclaration else {
      return false
    }
    let arguments = Array(i.arguments.dropFirst(3))
    guard body.functionType.parameters.count == arguments.count + 2 else { return false }
    let number = zero()
    _ = builder.call(body, [number, number] + arguments)
    return replace(i, by: nil)
  }
  private mutating func zero() -> Value {
    if let n = threadNumber { return n }
    let i32 = function.context.i32
    let place = builder.entryAlloca(i32, name: "nabla.thread")
    let start = Builder(module: function.module)
    start.position(after: place.instruction!)
    start.store(i32.zero, to: place)
    threadNumber = place
    return place
  }

  /// `for_static_init(location, thread, schedule, &isLast, &lower, &upper, &stride, increment, chunk)`: the bounds
  /// stay, and the next chunk would begin behind them.
  private func staticLoop(_ i: Instruction) -> Bool {
    guard i.argumentCount == 9 else { return false }
    let type = i.operand(7).type
    builder.store(function.context.i32.constant(1), to: i.operand(3))
    let lower = builder.load(type, from: i.operand(4))
    let upper = builder.load(type, from: i.operand(5))
    builder.store(builder.add(builder.sub(upper, lower), i.operand(7)), to: i.operand(6))
    return replace(i, by: nil)
  }

  /// `dispatch_init(location, thread, schedule, lower, upper, stride, chunk)`
  private mutating func dynamicLoop(_ i: Instruction) -> Bool {
    guard i.argumentCount == 7 else { return false }
    let loop = loop(i.operand(3).type)
    builder.store(i.operand(3), to: loop.lower)
    builder.store(i.operand(4), to: loop.upper)
    builder.store(i.operand(5), to: loop.step)
    builder.store(function.context.i32.constant(1), to: loop.isOpen)
    return replace(i, by: nil)
  }
  /// `dispatch_next(location, thread, &isLast, &lower, &upper, &stride)`: is there another chunk?
  private mutating func nextChunk(_ i: Instruction) -> Bool {
    guard i.argumentCount == 6, let name = i.callee?.name else { return false }
    let i32 = function.context.i32
    let loop = loop(name.contains("_8") ? function.context.i64 : i32)
    let isOpen = builder.load(i32, from: loop.isOpen)
    builder.store(i32.zero, to: loop.isOpen)
    builder.store(i32.constant(1), to: i.operand(2))
    let type = loop.lower.instruction!.allocatedType
    for (from, to) in [(loop.lower, 3), (loop.upper, 4), (loop.step, 5)] {
      builder.store(builder.load(type, from: from), to: i.operand(to))
    }
    return replace(i, by: isOpen)
  }
  private mutating func loop(_ type: Type) -> (lower: Value, upper: Value, step: Value, isOpen: Value) {
    if let known = pending[type] { return known }
    let new = (
      builder.entryAlloca(type), builder.entryAlloca(type), builder.entryAlloca(type),
      builder.entryAlloca(function.context.i32)
    )
    pending[type] = new
    return new
  }
}
