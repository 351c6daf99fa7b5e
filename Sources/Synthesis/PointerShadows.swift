package import Analysis
package import IR
package import Planning

/// The shadows of pointers in a function that holds a copy of a subject's body: each computed once, right
/// behind the pointer itself.
final class PointerShadows {
  let unit: DerivativeUnit
  let body: BodyClone
  let function: Function
  let signature: Signature
  let rules: Shadows
  private var shadows: [Int: [Value]] = [:]
  private var subject: Subject { body.subject }
  private var builder: Builder { body.builder }
  private var activity: Activity { unit.activity }
  private var width: Int { unit.width }

  init(_ unit: DerivativeUnit, _ body: BodyClone, _ function: Function, _ signature: Signature) {
    self.unit = unit
    self.body = body
    self.function = function
    self.signature = signature
    rules = Shadows(unit: unit, builder: body.builder, families: body.families)
  }
  func setShadow(_ list: [Value], of id: Int) { shadows[id] = list }

  /// The shadows of a pointer (or of what carries one), computed right behind the pointer itself.
  func shadow(of v: Value) -> [Value] {
    guard let id = subject.id(v) else { return (0..<width).map { rules.constant(v, $0) } }
    if let known = shadows[id] { return known }
    if id < subject.parameterCount {
      let list = (0..<width).map { signature.parameter(.shadow(id, lane: $0), of: function) ?? body.values[id]! }
      shadows[id] = list
      return list
    }
    guard activity.needsShadow(v), let copy = body.values[id] else {
      return Array(repeating: body.mapped(v), count: width)
    }
    let i = subject.instruction(id)!
    if i.isPhi { return shadowPhi(i, id, copy) }
    // Walk chains of pointer arithmetic without recursion.
    var list: [Value] = []
    for lane in 0..<width {
      for o in i.operands where subject.id(o) != nil && rules.carries(o) { _ = shadow(of: o)[lane] }
      body.position(afterDefinitionOf: id)
      let s = rules.recompute(i, { self.shadow(of: $0)[lane] }, body.mapped)
      body.position(afterDefinitionOf: id)
      if let s {
        list.append(s)
      } else {
        if !activity.isMixed(v) { fail(i) }
        list.append(copy)
      }
    }
    shadows[id] = list
    return list
  }
  private func shadowPhi(_ i: Instruction, _ id: Int, _ copy: Value) -> [Value] {
    builder.position(before: copy.instruction!)
    let phis = (0..<width).map { _ in builder.phi(i.type) }
    shadows[id] = phis.map(\.value)
    open.append((i, phis))
    if isWritten { closePhis() }
    return phis.map(\.value)
  }
  /// Phis whose operands may come from instructions that have not been written yet.
  private var open: [(Instruction, [Instruction])] = []
  private var isWritten = false
  /// Gives the shadows of phis their operands, once every instruction has been written.
  func closePhis() {
    isWritten = true
    while let (i, phis) = open.popLast() {
      for (value, block) in i.incoming {
        guard let b = subject.cfg.number(of: block) else { continue }
        let s = shadow(of: value)
        let tail = body.tail(b, before: subject.block(subject.id(i)))
        for lane in 0..<width { phis[lane].addIncoming(s[lane], from: tail) }
      }
    }
  }

  /// Nothing made a shadow for a pointer that needs one.
  private func fail(_ i: Instruction) {
    unit.engine.failures.append(
      Diagnostic(
        Messages.noShadow(subject, i), at: i, in: subject.original, location: i.sourceLocation))
  }
  /// The condition that a pointer has no shadow; nil if it always has one.
  func lacksShadow(_ p: Value, _ shadow: Value) -> Value? {
    activity.isMixed(p) ? builder.icmp(.eq, shadow, builder.cast(pointer: body.mapped(p), to: shadow.type)) : nil
  }

  /// Stores only what are pointers in a value: numbers in shadow memory are adjoints.
  func store(_ s: Value, _ type: Type, to p: Value, alignment: Int) {
    if !type.isAggregate {
      builder.store(s, to: p, alignment: alignment)
      return
    }
    for path in Shadows.pointerPaths(type) {
      var part = s
      var t = type
      var offset = 0
      for k in path {
        offset += function.module.dataLayout.offset(t, k)
        part = builder.extractValue(part, k)
        t = t.member(k)
      }
      builder.store(part, to: builder.offset(p, offset), alignment: 1)
    }
  }
}
