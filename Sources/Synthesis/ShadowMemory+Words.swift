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

  /// Sets the shadows that are null, of pointers that are not, to what `shadowOf` makes of the pointers.
  func linkWords(primal: Value, shadow: Value, size: Value, shadowOf: (Value) -> Value) {
    forEachWord(shadow, primal, size, backwards: nil) { s, p in
      let pointer = builder.load(builder.context.i64, from: p!)
      let old = builder.load(builder.context.i64, from: s)
      builder.store(builder.select(builder.icmp(.eq, old, old.type.zero), shadowOf(pointer), old), to: s)
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
