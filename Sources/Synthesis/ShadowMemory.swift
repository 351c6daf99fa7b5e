package import IR
internal import Planning

/// Reads, accumulates and clears shadow memory, element by element of whatever type was accessed.
struct ShadowMemory {
  let builder: Builder
  let adjoints: Adjoints?
  /// The alias families of the function, where accesses are known to be to shadows.
  var families: AliasFamilies?

  private func asShadow<R>(_ body: () -> R) -> R {
    let before = builder.families
    builder.families = families.map { ($0, isShadow: true) }
    defer { builder.families = before }
    return body()
  }

  /// `p' += delta` for the floating-point parts of the value.
  func accumulate(_ p: Value, _ delta: Value, alignment: Int, like v: Value) {
    let type = delta.type
    if type.isAggregate {
      for k in 0..<type.count where type.member(k).containsFloat {
        let at = builder.offset(p, builder.layout.offset(type, k))
        accumulate(at, builder.extractValue(delta, k), alignment: 1, like: v)
      }
      return
    }
    let old = asShadow { builder.load(type, from: p, alignment: alignment) }
    let sum = adjoints!.sum(old, delta, of: v)
    asShadow { _ = builder.store(sum, to: p, alignment: alignment) }
  }

  /// Reads the floating-point parts of shadow memory and clears them.
  func drain(_ p: Value, _ type: Type, alignment: Int) -> Value {
    if type.isAggregate {
      var result = type.zero
      for k in 0..<type.count where type.member(k).containsFloat || type.member(k).isInteger {
        guard type.member(k).containsFloat else { continue }
        let at = builder.offset(p, builder.layout.offset(type, k))
        result = builder.insertValue(result, drain(at, type.member(k), alignment: 1), k)
      }
      return result
    }
    return asShadow {
      let value = builder.load(type, from: p, alignment: alignment)
      builder.store(type.zero, to: p, alignment: alignment)
      return value
    }
  }

  /// Runs `body` unless the condition (nil: never) holds.
  func unless(_ condition: Value?, _ body: () -> Void) {
    guard let condition else { return body() }
    let f = builder.function
    let act = f.appendBlock("active")
    let join = f.appendBlock("join")
    builder.condBr(condition, join, act)
    builder.position(atEndOf: act)
    body()
    builder.br(join)
    builder.position(atEndOf: join)
  }
  /// As `unless`, for a value; zero where nothing is done.
  func valueUnless(_ condition: Value?, _ type: Type, _ body: () -> Value) -> Value {
    guard let condition else { return body() }
    let f = builder.function
    let before = builder.block
    let act = f.appendBlock("active")
    let join = f.appendBlock("join")
    builder.condBr(condition, join, act)
    builder.position(atEndOf: act)
    let v = body()
    let end = builder.block
    builder.br(join)
    builder.position(atEndOf: join)
    let phi = builder.phi(type)
    phi.addIncoming(type.zero, from: before)
    phi.addIncoming(v, from: end)
    return phi.value
  }

  /// For each period of a range of `size` bytes: calls `body` with the byte offset of the period.
  func forEachPeriod(_ layout: CopyLayout, size: Value, _ body: (Value) -> Void) {
    let i64 = builder.context.i64
    let n = builder.intCast(size, to: i64, signed: false)
    guard layout.period > 0 else { return body(i64.constant(0)) }
    let count = builder.udiv(n, i64.constant(layout.period))
    let f = builder.function
    let before = builder.block
    let loop = f.appendBlock("each")
    let done = f.appendBlock("done")
    builder.condBr(builder.icmp(.eq, count, i64.constant(0)), done, loop)
    builder.position(atEndOf: loop)
    let index = builder.phi(i64)
    index.addIncoming(i64.constant(0), from: before)
    body(builder.mul(index.value, i64.constant(layout.period)))
    let next = builder.add(index.value, i64.constant(1))
    index.addIncoming(next, from: builder.block)
    builder.condBr(builder.icmp(.eq, next, count), done, loop)
    builder.position(atEndOf: done)
  }

  /// The adjoint of a copy: what arrived at the target flows back to the source. Either may be the same
  /// pointer as its shadow, and is then left alone.
  func reverseCopy(
    _ layout: CopyLayout, target: Value, source: Value?, size: Value, skipTarget: Value?, skipSource: Value?
  ) {
    unless(skipTarget) {
      forEachPeriod(layout, size: size) { offset in
        for s in layout.floats {
          let t = builder.offset(builder.offset(target, offset), s.offset)
          let d = drain(t, s.type, alignment: 1)
          guard let source else { continue }
          unless(skipSource) {
            let p = builder.offset(builder.offset(source, offset), s.offset)
            asShadow {
              let sum = builder.fadd(builder.load(s.type, from: p, alignment: 1), d)
              builder.store(sum, to: p, alignment: 1)
            }
          }
        }
      }
    }
  }
}
