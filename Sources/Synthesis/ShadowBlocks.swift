package import Analysis
package import IR

/// Shadows for allocations that global variables hold when a derivative begins.
struct ShadowBlocks {
  let unit: DerivativeUnit
  let builder: Builder
  private var context: Context { builder.context }

  /// Makes the shadow of a block, of zeros, or makes use of the one that is there.
  /// - Parameters:
  ///   - primal: where the pointer to the block lies; null has no shadow.
  ///   - shadow: where that of its shadow lies.
  ///   - last: where the pointer that was looked at before is kept.
  func provide(_ allocator: HeapStarts.Allocator, primal: Value, shadow: Value, last: Value) -> ShadowMemory.Range {
    let byte = context.bytePointer
    let i64 = context.i64
    let p = builder.load(byte, from: primal)
    let s = builder.call(
      provider(allocator), [p, builder.load(byte, from: shadow), builder.load(byte, from: last)])
    s.instruction?.setDoesNotThrow()
    builder.store(s, to: shadow)
    let size = builder.call(usable, [p])
    return .init(start: builder.ptrtoint(p, to: i64), shadow: builder.ptrtoint(s, to: i64), size: size, isBlock: true)
  }

  private var usable: Function {
    builder.module.declare("malloc_usable_size", .function(context.i64, [context.bytePointer]))
  }

  /// Takes a pointer, its shadow and what the pointer was before, and returns the shadow that it is to have.
  private func provider(_ allocator: HeapStarts.Allocator) -> Function {
    let module = unit.program.module
    let name = "nabla.block." + allocator.allocate
    if let f = module.function(named: name) { return f }
    let byte = context.bytePointer
    let i64 = context.i64
    let f = module.addFunction(name, .function(byte, [byte, byte, byte]))
    f.setInternal()
    unit.engine.produced.append(f)
    let b = Builder(module: module)
    let start = f.appendBlock("entry")
    let some = f.appendBlock("some")
    let grow = f.appendBlock("grow")
    let clear = f.appendBlock("clear")
    let none = f.appendBlock("none")
    let (p, s, last) = (f.parameter(0), f.parameter(1), f.parameter(2))
    b.position(atEndOf: start)
    b.condBr(b.isNull(p), none, some)
    b.position(atEndOf: some)
    let own = b.select(b.icmp(.eq, s, last), byte.zero, s)
    let size = b.call(usable, [p])
    b.condBr(b.icmp(.ult, b.call(usable, [own]), size), grow, clear)
    b.position(atEndOf: grow)
    b.call(module.declare(allocator.free, .function(context.void, [byte])), [own])
    let new = b.call(module.declare(allocator.allocate, .function(byte, [i64])), [size])
    new.instruction?.setDoesNotThrow()
    b.br(clear)
    b.position(atEndOf: clear)
    let result = b.phi(byte)
    result.addIncoming(own, from: some)
    result.addIncoming(new, from: grow)
    b.memset(result.value, byte: 0, count: size)
    b.ret(result.value)
    b.position(atEndOf: none)
    b.ret(s)
    return f
  }
}
