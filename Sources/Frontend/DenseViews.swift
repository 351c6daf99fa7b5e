import Analysis
import IR
import Synthesis

/// Carries out `__nabla_todense`: copies the functions that are given addresses of views, with reads and writes through these
/// replaced. Derivatives must be in place.
///
/// The program itself only hands the addresses on. Reads and writes are those of derivatives, and of what derivatives call.
final class DenseViews {
  private let module: Module
  private let run: (String, Function) -> Void
  private let derivatives: Set<Function>
  private var copies: [Key: Function] = [:]
  private var planned: Set<Key> = []
  /// A function with the views that its arguments point into.
  private struct Key: Hashable {
    let function: Function
    let inDerivative: Bool
    let views: [Int: ObjectIdentifier]
  }

  /// - Parameter run: runs passes on a function.
  init(_ module: Module, derivatives: [Function], run: @escaping (String, Function) -> Void) {
    self.module = module
    self.run = run
    self.derivatives = Set(derivatives)
  }

  /// Replaces the views of one function. Requires: its variables are in registers.
  func replace(_ views: [DenseView], in function: Function) throws {
    let trace = try DenseTrace(
      function, views.map { .init(value: $0.call.instruction.value, view: $0) })
    try plan(function, trace, inDerivative: derivatives.contains(function))
    rewrite(function, trace, bases: nil, inDerivative: derivatives.contains(function))
    for view in views { view.replaceCall() }
  }

  /// Is the address still used by calls that have not been carried out?
  static func isOpen(_ calls: [HookCall]) -> Bool {
    var seen: Set<Value> = []
    var pending = calls.map(\.instruction.value)
    while let v = pending.popLast() {
      for i in v.users.compactMap(\.instruction) where seen.insert(i.value).inserted {
        if i.isCall, i.callee?.hookName != nil { return true }
        if i.type.isPointer, !i.isCall { pending.append(i.value) }
        if i.opcode == .store { pending.append(i.operand(1)) }
      }
    }
    return false
  }

  // MARK: Before anything is written

  private func plan(_ function: Function, _ trace: DenseTrace, inDerivative: Bool) throws {
    for use in trace.uses {
      switch use {
      case .call(let i, let given):
        let callee = i.callee!
        let inside = inDerivative || derivatives.contains(callee)
        guard planned.insert(key(callee, given, trace, inside)).inserted else { continue }
        if !inside || !derivatives.contains(callee) { run("sroa", callee) }
        let roots = rootOrder(given).map {
          DenseTrace.Root(value: callee.parameter($0), view: trace.roots[given[$0]!].view)
        }
        try plan(callee, DenseTrace(callee, roots), inDerivative: inside)
      case .load(let i), .store(let i), .copy(let i), .clear(let i):
        let places = i.operands.compactMap { trace.origin[$0] }
        guard inDerivative else {
          throw Diagnostic.denseViewUse(
            "is read or written in '\(function.name)', outside of a derivative,", i,
            trace.roots[places[0]].view)
        }
        if case .load = use { continue }
        let target = i.opcode == .store ? i.operand(1) : i.operand(0)
        if let k = trace.origin[target] { trace.roots[k].view.isWritten = true }
      }
    }
  }

  private func key(_ f: Function, _ given: [Int: Int], _ trace: DenseTrace, _ inside: Bool) -> Key {
    Key(
      function: f, inDerivative: inside,
      views: given.mapValues { ObjectIdentifier(trace.roots[$0].view) })
  }
  private func rootOrder(_ given: [Int: Int]) -> [Int] { given.keys.sorted() }

  // MARK: Writing

  /// The copy of a function whose arguments at the given positions point into views; it has a parameter more for each, the
  /// address where the view begins.
  private func copy(_ f: Function, _ given: [Int: Int], _ trace: DenseTrace, _ inside: Bool)
    -> Function
  {
    let key = key(f, given, trace, inside)
    if let known = copies[key] { return known }
    let positions = rootOrder(given)
    let copy = f.clone(named: f.name + ".dense", morePointers: positions.count)
    copies[key] = copy
    let roots = positions.map {
      DenseTrace.Root(value: copy.parameter($0), view: trace.roots[given[$0]!].view)
    }
    guard let inner = try? DenseTrace(copy, roots) else { unreachable("a view was not planned") }
    let bases = positions.indices.map { copy.parameter(f.parameters.count + $0) }
    rewrite(copy, inner, bases: bases, inDerivative: inside)
    if inside { run(Engine.cleanup, copy) }
    return copy
  }

  /// - Parameter bases: where the views begin; nil if the roots are these addresses.
  private func rewrite(_ f: Function, _ trace: DenseTrace, bases: [Value]?, inDerivative: Bool) {
    for v in trace.origin.keys {
      v.instruction.map { if $0.opcode == .gep { $0.dropPoisonFlags() } }
    }
    let bases = bases ?? trace.roots.map(\.value)
    let access = DenseAccess(module, trace, bases)
    for use in trace.uses {
      switch use {
      case .load(let i): access.replaceLoad(i)
      case .store(let i): access.replaceStore(i)
      case .copy(let i): access.replaceCopy(i)
      case .clear(let i): access.replaceClear(i)
      case .call(let i, let given):
        let callee = i.callee!
        let inside = inDerivative || derivatives.contains(callee)
        let positions = rootOrder(given)
        let builder = Builder(module: module)
        builder.position(before: i)
        let starts = positions.map {
          builder.cast(pointer: bases[given[$0]!], to: module.context.bytePointer)
        }
        let made = i.replacedByCall(of: copy(callee, given, trace, inside), adding: starts)
        if inside, !inDerivative { flush(behind: made, Set(given.values).sorted(), trace, bases) }
      }
    }
  }

  /// What the derivative has written goes to the program.
  private func flush(
    behind call: Instruction, _ roots: [Int], _ trace: DenseTrace, _ bases: [Value]
  ) {
    let written = roots.filter { trace.roots[$0].view.isWritten }
    guard !written.isEmpty else { return }
    let builder = Builder(module: module)
    if call.opcode == .invoke {
      builder.position(before: returned(from: call))
    } else {
      builder.position(after: call)
    }
    builder.debugLocation = call.debugLocation
    for k in written { builder.call(trace.roots[k].view.flusher, [bases[k]]) }
  }
  /// A block of its own for what comes after an invoke.
  private func returned(from invoke: Instruction) -> Instruction {
    let target = invoke.normalDestination
    let block = invoke.function.appendBlock("returned")
    let builder = Builder(module: module)
    builder.position(atEndOf: block)
    builder.br(target)
    for phi in target.phis {
      for (k, (_, from)) in phi.incoming.enumerated() where from == invoke.block {
        phi.setIncomingBlock(k, block)
      }
    }
    invoke.setSuccessor(0, block)
    return block.first!
  }
}

/// Replaces accesses to views in one function.
private struct DenseAccess {
  private let module: Module
  private let trace: DenseTrace
  private let bases: [Value]
  private var i64: Type { module.context.i64 }

  init(_ module: Module, _ trace: DenseTrace, _ bases: [Value]) {
    (self.module, self.trace, self.bases) = (module, trace, bases)
  }

  private func builder(before i: Instruction) -> Builder {
    let b = Builder(module: module)
    b.position(before: i)
    b.debugLocation = i.debugLocation
    return b
  }
  /// The view that a pointer points into, where that begins, and how far away.
  private func place(_ pointer: Value, _ b: Builder) -> (
    view: DenseView, base: Value, offset: Value
  ) {
    let k = trace.origin[pointer]!
    let base = b.cast(pointer: bases[k], to: module.context.bytePointer)
    let offset = b.sub(b.ptrtoint(pointer, to: i64), b.ptrtoint(base, to: i64))
    return (trace.roots[k].view, base, offset)
  }
  /// What the numbers of an access are together: the element itself or a vector of elements.
  private func elements(_ type: Type, _ view: DenseView) -> (count: Int, type: Type) {
    let n = module.dataLayout.bits(type) / (8 * view.size)
    return (n, n == 1 ? view.element : view.element.vector(n))
  }

  func replaceLoad(_ i: Instruction) {
    let b = builder(before: i)
    let (view, base, offset) = place(i.operand(0), b)
    let (n, type) = elements(i.type, view)
    func one(_ k: Int) -> Value {
      b.call(view.reader, [base, b.add(offset, i64.constant(k * view.size))])
    }
    let all =
      n == 1
      ? one(0)
      : (0..<n).reduce(type.poison) {
        b.insertElement($0, one($1), module.context.i32.constant($1))
      }
    i.value.replaceAllUses(with: all.type == i.type ? all : b.bitcast(all, to: i.type))
    i.erase()
  }

  func replaceStore(_ i: Instruction) {
    let b = builder(before: i)
    let (view, base, offset) = place(i.operand(1), b)
    let value = i.operand(0)
    let (n, type) = elements(value.type, view)
    let all = value.type == type ? value : b.bitcast(value, to: type)
    for k in 0..<n {
      let one = n == 1 ? all : b.extractElement(all, module.context.i32.constant(k))
      b.call(view.writer, [base, b.add(offset, i64.constant(k * view.size)), one])
    }
    i.erase()
  }

  func replaceCopy(_ i: Instruction) {
    let b = builder(before: i)
    let bytes = b.intCast(i.operand(2), to: i64, signed: false)
    let (target, source) = (i.operand(0), i.operand(1))
    let to = trace.origin[target] == nil ? nil : place(target, b)
    let from = trace.origin[source] == nil ? nil : place(source, b)
    loop(i, bytes, (to ?? from)!.view) { b, offset, element in
      let value =
        from.map { b.call($0.view.reader, [$0.base, b.add($0.offset, offset)]) }
        ?? b.load(element, from: b.offset(source, offset), alignment: 1)
      if let to {
        b.call(
          to.view.writer, [to.base, b.add(to.offset, offset), b.fpCast(value, to: to.view.element)])
      } else {
        b.store(value, to: b.offset(target, offset), alignment: 1)
      }
    }
  }

  func replaceClear(_ i: Instruction) {
    let b = builder(before: i)
    let (view, base, start) = place(i.operand(0), b)
    loop(i, b.intCast(i.operand(2), to: i64, signed: false), view) { b, offset, element in
      b.call(view.writer, [base, b.add(start, offset), element.zero])
    }
  }

  /// Puts a loop over the elements of so many bytes in place of `i`.
  private func loop(
    _ i: Instruction, _ bytes: Value, _ view: DenseView, _ body: (Builder, Value, Type) -> Void
  ) {
    let head = i.block
    let rest = i.splitBlockBefore("behind")
    head.terminator!.erase()
    let b = Builder(module: module)
    b.position(atEndOf: head)
    ElementLoop(rest.function, b, from: i64.constant(0), below: bytes, step: view.size).write {
      body(b, $0, view.element)
    }
    b.br(rest)
    i.erase()
  }
}
