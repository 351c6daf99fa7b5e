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
    builder.families = families.map { ($0, .shadow) }
    defer { builder.families = before }
    return body()
  }

  /// The size to ask for, so that large arrays and their shadows, allocated in turn and walked through side by side, do not
  /// meet in the same lines of a cache.
  static func staggered(_ size: Value, _ builder: Builder) -> Value {
    let i64 = builder.context.i64
    let isLarge = builder.icmp(.uge, size, i64.constant(4096))
    return builder.add(size, builder.select(isLarge, i64.constant(576), i64.constant(0)))
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
  /// - Parameter backwards: a condition under which the last period is the first.
  func forEachPeriod(
    _ layout: CopyLayout, size: Value, backwards: Value? = nil, _ body: (Value) -> Void
  ) {
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
    let next = builder.add(index.value, i64.constant(1))
    let at = backwards.map { builder.select($0, builder.sub(count, next), index.value) } ?? index.value
    body(builder.mul(at, i64.constant(layout.period)))
    index.addIncoming(next, from: builder.block)
    builder.condBr(builder.icmp(.eq, next, count), done, loop)
    builder.position(atEndOf: done)
  }

  /// The part of a period at the end of the range, as conditions on what of it is there.
  private func forRest(_ layout: CopyLayout, size: Value, _ body: (CopyLayout.Segment, Value) -> Void) {
    let i64 = builder.context.i64
    guard layout.period > 0,
      layout.floats.count != 1 || builder.layout.storeSize(layout.floats[0].type) != layout.period
    else { return }
    let n = builder.intCast(size, to: i64, signed: false)
    let start = builder.mul(builder.udiv(n, i64.constant(layout.period)), i64.constant(layout.period))
    let rest = builder.sub(n, start)
    for s in layout.floats {
      let end = i64.constant(s.offset + builder.layout.storeSize(s.type))
      let isCut = builder.icmp(.ult, rest, end)
      if isCut.integerConstant == 0 {
        body(s, start)
      } else if isCut.integerConstant == nil {
        unless(isCut) { body(s, start) }
      }
    }
  }

  /// A place must be cleared as a target before it gets its share as a source: a copy is undone from the end if
  /// the target lies in front of the source.
  func startsBackwards(_ target: Value, _ source: Value) -> Value {
    let i64 = builder.context.i64
    return builder.icmp(.ult, builder.ptrtoint(target, to: i64), builder.ptrtoint(source, to: i64))
  }

  /// The adjoint of a copy: what arrived at the target flows back to the source. Either may be the same
  /// pointer as its shadow, and is then left alone.
  func reverseCopy(
    _ layout: CopyLayout, target: Value, source: Value?, size: Value, skipTarget: Value?, skipSource: Value?,
    overlaps: Bool = false
  ) {
    func take(_ s: CopyLayout.Segment, _ offset: Value) -> Value {
      let t = builder.offset(builder.offset(target, offset), s.offset)
      return drain(t, s.type, alignment: 1)
    }
    func give(_ s: CopyLayout.Segment, _ offset: Value, _ d: Value) {
      guard let source else { return }
      unless(skipSource) {
        let p = builder.offset(builder.offset(source, offset), s.offset)
        asShadow {
          let sum = builder.fadd(builder.load(s.type, from: p, alignment: 1), d)
          builder.store(sum, to: p, alignment: 1)
        }
      }
    }
    /// Each period: everything is taken before anything is given, and in an order in which nothing is
    /// taken that was given here. That is the order opposite to the copy's own.
    func periods(_ backwards: Value?) {
      forEachPeriod(layout, size: size, backwards: backwards) { offset in
        let all = layout.floats.map { ($0, take($0, offset)) }
        for (s, d) in all { give(s, offset, d) }
      }
    }
    func rest() { forRest(layout, size: size) { give($0, $1, take($0, $1)) } }
    unless(skipTarget) {
      if layout.isWordwise {
        return reverseWords(target: target, source: source, size: size, skipSource: skipSource)
      }
      guard overlaps, let source, layout.period > 0 else {
        periods(nil)
        rest()
        return
      }
      let down = startsBackwards(target, source)
      // The rest lies at the end: first if the order is backwards.
      if layout.floats.count == 1 {
        periods(down)
      } else {
        unless(builder.not(down)) { rest() }
        periods(down)
        unless(down) { rest() }
      }
    }
  }
}
