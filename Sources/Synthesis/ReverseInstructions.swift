package import Analysis
package import IR
package import Planning
internal import Rules

/// How each kind of instruction is reversed.
extension ReverseSweep {
  func reverse(_ n: Int) {
    let i = subject.instructions[n]
    builder.fastMathFlags = 0
    if plan.saved.contains(n) { restore(n, i) }
    switch plan.reversals[n] {
    case .nothing: return
    case .value: reverseValue(i)
    case .bits(let trick): reverseBits(i, trick)
    case .rule(let rule): reverseRule(n, i, rule)
    case .load: reverseLoad(n, i)
    case .store: reverseStore(i)
    case .copy(let layout, let target, let source, let size, let overlaps):
      reverseCopy(layout, target, source, size, overlaps)
    case .fill(let layout, let target, let size): reverseCopy(layout, target, nil, size, false)
    case .call: reverseCall(n, i)
    case .custom(let shape): reverseCustom(n, i, shape)
    case .atomicAdd: reverseAtomic(i)
    case .reallocation: reverseReallocation(i)
    }
    builder.fastMathFlags = 0
  }

  private func isActive(_ v: Value) -> Bool { activity.isActive(v, in: subject) }

  // MARK: Memory

  /// Whether a pointer has no shadow, where that is not known: the two are the same.
  private func lacksShadow(_ p: Value, _ lane: Int) -> Value? {
    guard activity.isMixed(p) else { return nil }
    let s = shadow(p, lane)
    let own = primal(p)
    return s == own ? builder.context.i1.constant(1) : builder.icmp(.eq, s, builder.cast(pointer: own, to: s.type))
  }

  private var outside: OutsideMemory { OutsideMemory(unit: unit, builder: builder) }

  private func restore(_ n: Int, _ i: Instruction) {
    let old = lookup(.saved(n))[0]
    if i.opcode == .store {
      builder.store(old, to: primal(i.operand(1)), alignment: i.alignment)
      return
    }
    guard case .known(let k, _) = unit.program.knowledge.target(of: i), case .memory(let m) = k.kind else { return }
    let bytes = builder.intCast(primal(i.operand(m.sizeArgument)), to: context.i64, signed: false)
    builder.memcpy(to: primal(i.operand(m.targetArgument)), from: old, count: bytes)
  }

  private func reverseLoad(_ n: Int, _ i: Instruction) {
    if sums.contains(n) { return sums.add(n, adjoints.take(i.value)) { self.shadow(i.operand(0), $0) } }
    guard let d = adjoints.take(i.value) else { return }
    for lane in 0..<width {
      let p = shadow(i.operand(0), lane)
      memory.unless(lacksShadow(i.operand(0), lane)) {
        memory.accumulate(p, d[lane], alignment: i.shadowAlignment, like: i.value)
      }
    }
  }

  private func reverseStore(_ i: Instruction) {
    let v = i.operand(0)
    for lane in 0..<width {
      let p = shadow(i.operand(1), lane)
      if isActive(v), activity.isMixed(i.operand(1)) {
        outside.check(i.operand(1), at: (primal(i.operand(1)), p), brings: .number)
      }
      let d = memory.valueUnless(lacksShadow(i.operand(1), lane), v.type) {
        mayBePointer(i) ? memory.drainWord(p) : memory.drain(p, v.type, alignment: i.shadowAlignment)
      }
      if isActive(v) { adjoints.add(v, d, lane: lane) }
    }
  }

  /// Is a word stored as an integer where there are pointers at other times?
  private func mayBePointer(_ store: Instruction) -> Bool {
    guard store.operand(0).type.isInteger, store.operand(0).type.bitWidth == 64,
      let c = unit.program.graph.cell(of: store.operand(1))
    else { return false }
    return unit.program.graph.kinds(c.node, at: c.offset).contains(.pointer)
  }

  private func reverseAtomic(_ i: Instruction) {
    let v = i.operand(1)
    guard isActive(v) else { return }
    for lane in 0..<width {
      let p = shadow(i.operand(0), lane)
      let d = memory.valueUnless(lacksShadow(i.operand(0), lane), v.type) { builder.load(v.type, from: p) }
      adjoints.add(v, i.atomicOperation == 12 ? builder.fneg(d) : d, lane: lane)
    }
  }

  private func reverseCopy(_ layout: CopyLayout, _ target: Value, _ source: Value?, _ size: Value, _ overlaps: Bool) {
    guard layout.movesNumbers else { return }
    let bytes = primal(size)
    for lane in 0..<width {
      let t = shadow(target, lane)
      let s = source.map { shadow($0, lane) }
      if let source, let s, activity.needsShadow(source), activity.isMixed(target) {
        outside.check(
          target, at: (primal(target), t),
          brings: activity.isMixed(source) ? .pointer(primal(source), shadow: s) : .number)
      }
      memory.reverseCopy(
        layout, target: t, source: s, size: bytes, skipTarget: lacksShadow(target, lane),
        skipSource: source.flatMap { lacksShadow($0, lane) }, overlaps: overlaps)
    }
  }

  private func reverseReallocation(_ i: Instruction) {
    guard let c = unit.program.graph.cell(of: i.value),
      let layout = CopyLayout(c, size: nil, unit.program, activity), layout.movesNumbers
    else { return }
    let usable = builder.module.declare("malloc_usable_size", .function(context.i64, [context.bytePointer]))
    for lane in 0..<width {
      let old = shadow(i.operand(0), lane)
      let new = shadow(i.value, lane)
      outside.check(i.operand(0), at: (primal(i.operand(0)), old), brings: .number)
      let a = builder.call(usable, [old])
      let b = builder.call(usable, [new])
      let size = builder.select(builder.icmp(.ult, a, b), a, b)
      memory.reverseCopy(layout, target: new, source: old, size: size, skipTarget: nil, skipSource: nil)
    }
  }

  // MARK: Values

  private func reverseRule(_ n: Int, _ i: Instruction, _ rule: MathRule) {
    guard let d = adjoints.take(i.value) else { return }
    builder.fastMathFlags = i.fastMathFlags & ~0x06
    var emitter = FormulaEmitter(
      builder, type: i.type, operand: { self.primal(i.operand($0)) }, result: { self.primal(i.value) })
    let active = rule.partials.indices.filter {
      rule.partials[$0] != nil && $0 < i.operands.count && isActive(i.operand($0))
    }
    for k in active {
      let partial = rule.partials[k]!
      let operand = i.operand(k)
      for lane in 0..<width {
        let delta: Value
        switch partial {
        case .constant(1): delta = d[lane]
        case .constant(-1): delta = builder.fneg(d[lane])
        case .apply(.div, let parts) where parts[0] == .constant(1) && active.count == 1:
          delta = chosen(n, strong(d[lane], builder.fdiv(d[lane], emitter.emit(parts[1]))))
        default: delta = chosen(n, strong(d[lane], builder.fmul(d[lane], emitter.emit(partial))))
        }
        adjoints.add(operand, builder.fpCast(delta, to: operand.type), lane: lane)
      }
    }
  }
  /// Nothing, where what the instruction computes is not used.
  private func chosen(_ n: Int, _ delta: Value) -> Value {
    (plan.guards[n] ?? []).reduce(delta) { delta, g in
      let c = primal(g.condition)
      let none = delta.type.emptySum
      return g.whenTrue ? builder.select(c, delta, none) : builder.select(c, none, delta)
    }
  }
  /// Under strong zeros, zero times anything is zero.
  private func strong(_ seed: Value, _ product: Value) -> Value {
    guard unit.request.strongZero else { return product }
    return builder.select(builder.fcmp(.oeq, seed, seed.type.zero), seed.type.zero, product)
  }

  private func add(_ v: Value, _ d: Value, _ lane: Int) {
    if isActive(v) { adjoints.add(v, d, lane: lane) }
  }

  private func reverseValue(_ i: Instruction) {
    guard let all = adjoints.take(i.value) else { return }
    builder.fastMathFlags = 0
    for lane in 0..<width { spread(i, all[lane], lane) }
  }

  private func spread(_ i: Instruction, _ d: Value, _ lane: Int) {
    let a = i.operand(0)
    switch i.opcode {
    case .fpext: add(a, builder.fptrunc(d, to: a.type), lane)
    case .fptrunc: add(a, builder.fpext(d, to: a.type), lane)
    case .freeze: add(a, d, lane)
    case .bitcast: if !a.type.isPointerOrVector { add(a, builder.bitcast(d, to: a.type), lane) }
    case .select:
      let c = primal(a)
      add(i.operand(1), builder.select(c, d, d.type.emptySum), lane)
      add(i.operand(2), builder.select(c, d.type.emptySum, d), lane)
    case .extractElement:
      add(a, builder.insertElement(a.type.zero, d, primal(i.operand(1))), lane)
    case .insertElement:
      let at = primal(i.operand(2))
      add(i.operand(1), builder.extractElement(d, at), lane)
      add(a, builder.insertElement(d, i.operand(1).type.zero, at), lane)
    case .shuffleVector: spreadShuffle(i, d, lane)
    case .extractValue: add(a, inserted(d, i.indices[...], a.type), lane)
    case .insertValue:
      let indices = i.indices
      add(i.operand(1), extracted(d, indices[...]), lane)
      add(a, replaced(d, indices[...], i.operand(1).type.zero), lane)
    case .trunc: add(a, builder.intCast(d, to: a.type, signed: false), lane)
    case .zext: add(a, builder.intCast(d, to: a.type, signed: false), lane)
    case .lshr: add(a, builder.shl(d, primal(i.operand(1))), lane)
    case .shl: add(a, builder.lshr(d, primal(i.operand(1))), lane)
    default: break
    }
  }

  private func reverseBits(_ i: Instruction, _ trick: BitTrick) {
    guard let all = adjoints.take(i.value) else { return }
    for (lane, d) in all.enumerated() {
      let logic = BitLogic(builder: builder, instruction: i, primal: primal)
      for (k, delta) in logic.flow(trick, d) { add(i.operand(k), delta, lane) }
    }
  }

  private func spreadShuffle(_ i: Instruction, _ d: Value, _ lane: Int) {
    let n = i.operand(0).type.count
    let i32 = context.i32
    for (k, operand) in [i.operand(0), i.operand(1)].enumerated() where isActive(operand) {
      var delta = operand.type.zero
      for target in 0..<n {
        var sum: Value?
        for (r, m) in i.shuffleMask.enumerated() where m == target + k * n {
          let part = builder.extractElement(d, i32.constant(r))
          sum = sum.map { adjoints.sum($0, part, of: i.value) } ?? part
        }
        if let sum { delta = builder.insertElement(delta, sum, i32.constant(target)) }
      }
      adjoints.add(operand, delta, lane: lane)
    }
  }

  /// A zero aggregate of the type with `d` at the place.
  private func inserted(_ d: Value, _ path: ArraySlice<Int>, _ type: Type) -> Value {
    replaced(type.zero, path, d)
  }
  private func extracted(_ v: Value, _ path: ArraySlice<Int>) -> Value {
    path.reduce(v) { builder.extractValue($0, $1) }
  }
  private func replaced(_ v: Value, _ path: ArraySlice<Int>, _ part: Value) -> Value {
    guard let k = path.first else { return part }
    return builder.insertValue(v, replaced(builder.extractValue(v, k), path.dropFirst(), part), k)
  }

  // MARK: Calls

  private func reverseCall(_ n: Int, _ i: Instruction) {
    guard let f = i.callee, let s = unit.program.subject(of: f) else { return IndirectCalls(unit).reverse(self, n, i) }
    let pair = unit.pair(s)
    let signature = pair.reverseSignature
    let d = signature.parameters.contains(.resultAdjoint(lane: 0)) ? adjoints.take(i.value) : nil
    let arguments = signature.parameters.map { p -> Value in
      switch p {
      case .primal(let k): primal(i.operand(k))
      case .shadow(let k, let lane): shadow(i.operand(k), lane)
      case .resultAdjoint(let lane): d?[lane] ?? i.type.zero
      case .frame: plan.availability[.frame(n)] == nil ? context.bytePointer.zero : lookup(.frame(n))[0]
      case .arena: arena
      }
    }
    finishReverse(i, pair.reverse.value, signature, arguments)
  }
  var arena: Value { forward?.tape.arena() ?? signature.parameter(.arena, of: function)! }

  /// Calls a reverse half and adds the adjoints it returns.
  func finishReverse(_ i: Instruction, _ callee: Value, _ signature: Signature, _ arguments: [Value]) {
    let call = builder.call(callee, signature.type, arguments)
    if i.doesNotThrow { call.instruction?.setDoesNotThrow() }
    for r in signature.results {
      guard case .adjoint(let k) = r, isActive(i.operand(k)) else { continue }
      let all = signature.result(r, of: call, builder)!
      for lane in 0..<width {
        adjoints.add(i.operand(k), width == 1 ? all : builder.extractValue(all, lane), lane: lane)
      }
    }
  }

  private func reverseCustom(_ n: Int, _ i: Instruction, _ shape: CustomShape) {
    let d = adjoints.take(i.value)
    let types = shape.reverse.functionType.parameters
    for lane in 0..<width {
      var rule = CustomCall(i, builder, primal: { self.primal($0) }, shadow: { self.shadow(i.operand($0), lane) })
      rule.facts = plan.facts[n] ?? 0
      let arguments = shape.reverseOperands.enumerated().map { k, o -> Value in
        switch o {
        case .resultAdjoint: d?[lane] ?? i.type.zero
        case .tape: lookup(.frame(n))[0]
        default: rule.operand(o, types[k])
        }
      }
      takeAdjoints(builder.call(shape.reverse, arguments), i, shape, lane)
    }
  }
  private func takeAdjoints(_ call: Value, _ i: Instruction, _ shape: CustomShape, _ lane: Int) {
    guard !call.type.isVoid else { return }
    if shape.adjoints.count == 1, isActive(i.operand(shape.adjoints[0])) {
      let part = call.type == i.operand(shape.adjoints[0]).type ? call : builder.extractValue(call, 0)
      adjoints.add(i.operand(shape.adjoints[0]), part, lane: lane)
    } else if call.type.isAggregate || call.type.isVector {
      for (k, p) in shape.adjoints.enumerated() where k < call.type.count && isActive(i.operand(p)) {
        let part =
          call.type.isVector
          ? builder.extractElement(call, context.i32.constant(k)) : builder.extractValue(call, k)
        adjoints.add(i.operand(p), part, lane: lane)
      }
    }
  }
}
