package import IR
internal import Planning

/// Copies of memory in which each aligned word is an adjoint or the shadow of a pointer, told apart by their bits
/// (`CopyLayout.isWordwise`).
extension ShadowMemory {
  /// In the forward sweep there are no adjoints yet in memory of the function's own: what looks like one belongs
  /// to the caller, and stays where it is.
  func copyPointerWords(target: Value, source: Value?, size: Value) {
    // As memmove does it.
    let backwards = source.map { startsBackwards($0, target) }
    forEachWord(target, source, size, backwards: backwards) { t, s in
      let old = builder.load(builder.context.i64, from: t, alignment: 1)
      var new = builder.select(isAdjoint(old), old, old.type.zero)
      if let s {
        let word = builder.load(builder.context.i64, from: s, alignment: 1)
        let isPointer = builder.and(builder.not(isAdjoint(word)), builder.icmp(.ne, word, word.type.zero))
        new = builder.select(isPointer, word, new)
      }
      builder.store(new, to: t, alignment: 1)
    }
  }

  /// Adjoints flow back from the target and are cleared there; pointers stay.
  func reverseWords(target: Value, source: Value?, size: Value, skipSource: Value?) {
    let double = builder.context.double
    forEachWord(target, source, size, backwards: source.map { startsBackwards(target, $0) }) { t, s in
      let word = builder.load(builder.context.i64, from: t, alignment: 1)
      let flows = isAdjoint(word)
      builder.store(builder.select(flows, word.type.zero, word), to: t, alignment: 1)
      guard let s else { return }
      unless(skipSource) {
        let old = builder.load(builder.context.i64, from: s, alignment: 1)
        let sum = builder.fadd(builder.bitcast(old, to: double), builder.bitcast(word, to: double))
        builder.store(builder.select(flows, builder.bitcast(sum, to: old.type), old), to: s, alignment: 1)
      }
    }
  }

  /// Reads and clears an adjoint where the shadow of a pointer may lie instead: that stays, and counts as zero.
  func drainWord(_ p: Value) -> Value {
    let word = builder.load(builder.context.i64, from: p, alignment: 1)
    let flows = isAdjoint(word)
    builder.store(builder.select(flows, word.type.zero, word), to: p, alignment: 1)
    return builder.select(flows, word, word.type.zero)
  }

  /// Memory whose shadow is known, as integers.
  struct Range {
    let start: Value
    let shadow: Value
    let size: Value
    /// Is it an allocation? A pointer may lead to its end then, and where it leads is looked up each time.
    let isBlock: Bool
  }
  /// Sets the shadows of pointers that have none yet: to where the ranges say, else to the pointers themselves.
  /// - Parameter last: where the pointers are kept as they were; one that was its own shadow then has no other.
  func linkWords(primal: Value, shadow: Value, last: Value, size: Value, isOutermost: Value, _ ranges: [Range]) {
    let i64 = builder.context.i64
    forEachWord(shadow, primal, size, backwards: nil) { s, p in
      let k = builder.offset(last, builder.sub(builder.ptrtoint(s, to: i64), builder.ptrtoint(shadow, to: i64)))
      let pointer = builder.load(i64, from: p!)
      let old = builder.load(i64, from: s)
      let noted = builder.load(i64, from: k)
      var isOpen = builder.or(builder.icmp(.eq, old, i64.zero), builder.icmp(.eq, old, noted))
      let isChanged = builder.and(builder.icmp(.ne, noted, pointer), builder.icmp(.ne, noted, i64.zero))
      isOpen = builder.or(isOpen, builder.and(isOutermost, isChanged))
      // Where a number may lie instead, it is none.
      var found = builder.select(isAdjoint(pointer), i64.zero, pointer)
      for r in ranges {
        let distance = builder.sub(pointer, r.start)
        let there = builder.add(r.shadow, distance)
        var isInside = builder.icmp(r.isBlock ? .ule : .ult, distance, r.size)
        if r.isBlock {
          isInside = builder.and(isInside, builder.icmp(.ne, r.start, i64.zero))
          isOpen = builder.or(isOpen, isInside)
        }
        found = builder.select(isInside, there, found)
      }
      builder.store(builder.select(isOpen, found, old), to: s)
      builder.store(pointer, to: k)
    }
  }

  /// Notes pointers for `linkWords`.
  func noteWords(primal: Value, last: Value, size: Value, if condition: Value) {
    let i64 = builder.context.i64
    forEachWord(last, primal, size, backwards: nil) { k, p in
      builder.store(builder.select(condition, builder.load(i64, from: p!), builder.load(i64, from: k)), to: k)
    }
  }

  private func isAdjoint(_ word: Value) -> Value {
    builder.icmp(.ne, builder.lshr(word, word.type.constant(48)), word.type.zero)
  }

  /// Calls `body` for each word of the target that is aligned and lies in the range, with its place in the source.
  private func forEachWord(
    _ target: Value, _ source: Value?, _ size: Value, backwards: Value?, _ body: (Value, Value?) -> Void
  ) {
    let i64 = builder.context.i64
    let bytes = builder.intCast(size, to: i64, signed: false)
    let address = builder.ptrtoint(target, to: i64)
    let skip = builder.and(builder.sub(i64.zero, address), i64.constant(7))
    let rest = builder.select(builder.icmp(.ult, bytes, skip), i64.zero, builder.sub(bytes, skip))
    let layout = CopyLayout.words
    forEachPeriod(layout, size: rest, backwards: backwards) { offset in
      let at = builder.add(offset, skip)
      body(builder.offset(target, at), source.map { builder.offset($0, at) })
    }
  }
}
