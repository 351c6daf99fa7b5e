package import Analysis
package import IR
internal import Planning

/// Shadows for allocations that global variables hold when a derivative begins.
struct ShadowBlocks {
  let unit: DerivativeUnit
  let builder: Builder
  private var context: Context { builder.context }

  /// Where a pointer to a block lies, its shadow, and what the pointer was before.
  struct Place {
    let allocator: HeapStarts.Allocator
    let primal: Value
    let shadow: Value
    let last: Value
  }

  /// Makes the shadows of blocks, of zeros, or makes use of those that are there. Several pointers may lead to one block.
  func provide(_ places: [Place]) -> [ShadowMemory.Range] {
    guard places.count <= WorkGlobal.blockLimit else { return [] }
    let i64 = context.i64
    func words(_ place: (Place) -> Value) -> [Value] { places.map { builder.load(i64, from: place($0)) } }
    let primals = words(\.primal)
    let shadows = words(\.shadow)
    let before = words(\.last)
    var ranges: [ShadowMemory.Range] = []
    for (k, place) in places.enumerated() {
      // The block of an earlier pointer has the shadow that it was given; one shadow does not serve two blocks.
      var known = i64.zero
      var isTaken = builder.icmp(.eq, shadows[k], before[k])
      for r in ranges {
        known = builder.select(builder.icmp(.eq, r.start, primals[k]), r.shadow, known)
        isTaken = builder.or(isTaken, builder.icmp(.eq, r.shadow, shadows[k]))
      }
      let others = shadows.indices.filter { $0 != k }
      let isShared = others.reduce(context.i1.constant(0)) {
        builder.or($0, builder.icmp(.eq, shadows[$1], shadows[k]))
      }
      let own = builder.select(isTaken, i64.zero, shadows[k])
      let s = builder.call(
        provider(place.allocator), [primals[k], own, known, builder.select(isShared, i64.zero, own)])
      s.instruction?.setDoesNotThrow()
      // Where there is no block, there is nothing to do.
      let none = builder.icmp(.eq, primals[k], i64.zero)
      builder.store(builder.select(none, shadows[k], s), to: place.shadow)
      let size = builder.call(usable, [builder.inttoptr(primals[k], to: context.bytePointer)])
      ranges.append(.init(start: primals[k], shadow: s, size: size, isBlock: true))
    }
    return ranges
  }

  private var usable: Function {
    builder.module.declare("malloc_usable_size", .function(context.i64, [context.bytePointer]))
  }

  /// Takes a pointer, a shadow that may serve it, the shadow that it is known to have, and what to free if the second is too small.
  /// Returns its shadow. All of them are integers, and may be zero.
  private func provider(_ allocator: HeapStarts.Allocator) -> Function {
    let module = unit.program.module
    let name = "nabla.block." + allocator.allocate
    if let f = module.function(named: name) { return f }
    let byte = context.bytePointer
    let i64 = context.i64
    let f = module.addFunction(name, .function(i64, [i64, i64, i64, i64]))
    f.setInternal()
    unit.engine.produced.append(f)
    let b = Builder(module: module)
    let start = f.appendBlock("entry")
    let some = f.appendBlock("some")
    let grow = f.appendBlock("grow")
    let clear = f.appendBlock("clear")
    let done = f.appendBlock("done")
    let (p, own, known, old) = (f.parameter(0), f.parameter(1), f.parameter(2), f.parameter(3))
    func pointer(_ v: Value) -> Value { b.inttoptr(v, to: byte) }
    b.position(atEndOf: start)
    b.condBr(b.or(b.icmp(.eq, p, i64.zero), b.icmp(.ne, known, i64.zero)), done, some)
    b.position(atEndOf: some)
    let size = b.call(usable, [pointer(p)])
    let room = b.call(usable, [pointer(own)])
    b.condBr(b.or(b.icmp(.eq, own, i64.zero), b.icmp(.ult, room, size)), grow, clear)
    b.position(atEndOf: grow)
    b.call(module.declare(allocator.free, .function(context.void, [byte])), [pointer(old)])
    let new = b.call(module.declare(allocator.allocate, .function(byte, [i64])), [size])
    new.instruction?.setDoesNotThrow()
    let address = b.ptrtoint(new, to: i64)
    b.br(clear)
    b.position(atEndOf: clear)
    let result = b.phi(i64)
    result.addIncoming(own, from: some)
    result.addIncoming(address, from: grow)
    b.memset(pointer(result.value), byte: 0, count: size)
    b.br(done)
    b.position(atEndOf: done)
    let answer = b.phi(i64)
    answer.addIncoming(known, from: start)
    answer.addIncoming(result.value, from: clear)
    b.ret(answer.value)
    return f
  }
}
