package import IR
internal import LLVMShims

/// Makes subjects: private copies of functions, in canonical form.
///
/// ```
/// function ─▶ simplified (copy; small callees inlined; registers) ─▶ subject (loops, counters)
/// ```
/// Vectorisation and unrolling never run here, so that the same program gives the same subject
/// whatever it was compiled with.
package final class Preparation {
  package let module: Module
  let knowledge: KnowledgeBase
  var declarations: Declarations { knowledge.declarations }
  let analyses: NablaAnalysesRef
  private var simplified: [Function: Function] = [:]
  private var subjects: [Function: Subject] = [:]
  private var made: [Function] = []
  private lazy var asksFunctions = FunctionManagers.areAsked(in: module)
  private lazy var fixedArity = FixedArity(module: module)
  private lazy var recursive: Set<Function> = recursiveFunctions(of: module)

  /// Does the module compute with no floating-point numbers but doubles? (What it only moves, such as the load factor
  /// of a hash table, doesn't count.)
  package private(set) lazy var computesWithDoublesOnly: Bool = {
    let others = KindSet.floats.subtracting(.double)
    func isOther(_ v: Value) -> Bool { !KindSet(v.type.scalar).isDisjoint(with: others) }
    return module.functions.allSatisfy { f in
      f.blocks.allSatisfy { b in
        b.instructions.allSatisfy { i in
          switch i.opcode {
          case .load, .store, .phi, .select, .ret, .freeze: true
          case .call, .invoke:
            !(i.callee?.isDeclaration ?? true) || !(isOther(i.value) || i.arguments.contains(where: isOther))
          default: !(isOther(i.value) || i.operands.contains(where: isOther))
          }
        }
      }
    }
  }()

  /// A callee of at most this many instructions is inlined.
  static let inlineLimit = 1500
  /// Inlining stops when the caller has this many instructions.
  static let sizeLimit = 20_000

  package init(module: Module, knowledge: KnowledgeBase) {
    self.module = module
    self.knowledge = knowledge
    analyses = nablaAnalysesCreate()
  }
  deinit { nablaAnalysesDispose(analyses) }

  /// The subject of a function with a body.
  package func subject(of original: Function) throws -> Subject {
    if let s = subjects[original] { return s }
    let copy = simplify(original).clone(named: "nabla.subject." + original.name)
    made.append(copy)
    let s = try canonicalize(copy, original)
    subjects[original] = s
    return s
  }

  /// Deletes all copies.
  package func dispose() {
    for f in made { nablaForget(analyses, f.ref) }
    for f in made { f.deleteBody() }
    for f in made where !f.value.hasUses { f.delete() }
    made = []
    simplified = [:]
    subjects = [:]
    fixedArity.dispose()
  }

  /// Puts stack variables into registers.
  package func promote(_ function: Function) { nablaPromote(function.ref) }
  /// Runs a pipeline of function passes on one function and nothing else.
  package func run(_ pipeline: String, on function: Function) {
    // The function may have been changed by hand since it was last analysed.
    nablaForget(analyses, function.ref)
    if let reason = nablaRunOnFunction(analyses, function.ref, Self.spelled(pipeline)) {
      let text = String(cString: reason)
      nablaFreeString(reason)
      unreachable("pipeline \(pipeline): \(text)")
    }
  }
  /// The pipeline in the words of this LLVM. From 18 on instcombine stops the compiler if one round was not
  /// enough; and lowerswitch got a hyphen.
  private static func spelled(_ pipeline: String) -> String {
    guard nablaLLVMMajor() >= 18 else { return pipeline }
    return pipeline.split(separator: ",", omittingEmptySubsequences: false).map { pass in
      switch pass {
      case "instcombine": "instcombine<no-verify-fixpoint>"
      case "lowerswitch": "lower-switch"
      default: String(pass)
      }
    }.joined(separator: ",")
  }

  // MARK: Simplification and inlining

  /// A copy with small callees inlined and memory in registers.
  private func simplify(_ original: Function) -> Function {
    if let f = simplified[original] { return f }
    let f = original.clone(named: "nabla.simplified." + original.name)
    made.append(f)
    simplified[original] = f
    RecursionAsWritten.restore(in: f, of: original)
    LoopsAsWritten.restore(in: f)
    PointerLanes.separate(in: f)
    if FunctionManagers.isManager(original), !asksFunctions { FunctionManagers.restrict(f) }
    LibraryLowering.run(on: f, isDeclared: declarations.mentions)
    fixedArity.run(on: f) { declarations.mentions($0) || knowledge.of($0) != nil }
    // Whether an argument was in a register is decided in each round of the loops that fetch them.
    let decided = fixedArity.originals[original] == nil ? "" : "sroa,sccp,simplifycfg,"
    run(decided + "sroa,early-cse<memssa>,simplifycfg", on: f)
    for _ in 0..<8 {
      DirectCalls.run(on: f)
      guard inlineCalls(in: f, of: original) else { break }
      LibraryLowering.run(on: f, isDeclared: declarations.mentions)
      run(decided + "sroa,early-cse<memssa>,instcombine,simplifycfg", on: f)
    }
    return f
  }

  /// Inlines one layer of callees; true if there was any.
  private func inlineCalls(in f: Function, of original: Function) -> Bool {
    var calls: [(Instruction, Function)] = []
    for block in f.blocks {
      for i in block.instructions where i.isCall {
        if let g = inlinable(i, in: original) { calls.append((i, g)) }
      }
    }
    var size = calls.isEmpty ? 0 : f.instructionCount
    var any = false
    for (call, g) in calls {
      let body = simplify(g)
      let n = body.instructionCount
      guard n <= Self.inlineLimit, size + n <= Self.sizeLimit else { continue }
      nablaClearTailCall(call.ref)
      call.setCallee(body)
      if let reason = nablaInlineCall(call.ref) {
        nablaFreeString(reason)
        call.setCallee(g)
      } else {
        any = true
        size += n
      }
    }
    return any
  }

  /// The callee, if it may be inlined into the copy of `original`.
  private func inlinable(_ call: Instruction, in original: Function) -> Function? {
    guard let g = call.callee, !g.isDeclaration, !g.isVarArg, g != original, !g.isInterposable,
      !recursive.contains(fixedArity.originals[g] ?? g), !declarations.mentions(g), CheckpointedLoop(g) == nil,
      CheckpointedLoop(original) == nil, !call.hasOperandBundles,
      g.functionType == call.calledFunctionType, call.callSiteAttribute("enzyme_inactive") == nil,
      call.callSiteAttribute("nabla_inactive") == nil,
      knowledge.of(g) == nil
    else { return nil }
    return g
  }

  // MARK: Canonical form

  private func canonicalize(_ f: Function, _ original: Function) throws -> Subject {
    // The targets of a computed goto are addresses of blocks, which a copy of the function does not have.
    if f.blocks.contains(where: { $0.terminator.map { $0.opcode == .indirectBr || $0.opcode == .callBr } ?? false }) {
      throw Refusal([Diagnostic(Messages.computedGoto(original), in: original)])
    }
    if let reason = outOfReach(f) { throw Refusal([Diagnostic(Messages.outOfReach(original, reason), in: original)]) }
    run(
      "sroa,early-cse<memssa>,instcombine,simplifycfg,loop-simplify,lcssa,loop(loop-rotate),"
        + "loop-mssa(licm),gvn,instcombine,simplifycfg,dse,adce,mergereturn,simplifycfg", on: f)
    if movesParts(f) { run("loop-simplify,lcssa,loop(loop-idiom),simplifycfg", on: f) }
    if f.isIrreducible { run("lowerswitch,fix-irreducible", on: f) }
    if f.isIrreducible {
      throw Refusal([Diagnostic(Messages.irreducible(original), in: original)])
    }
    removeMarkers(f)
    WideLanes.restore(in: f)
    DeadLanes.define(in: f)
    let hasInvoke = f.blocks.contains { $0.terminator?.opcode == .invoke }
    run("mergereturn," + (hasInvoke ? "break-crit-edges," : "") + "loop-simplify,lcssa", on: f)
    if hasInvoke { foldLatches(f) }
    let beginnings = removeLifetimes(f)
    UnsetCarries.remove(from: f)
    nablaForget(analyses, f.ref)
    let counted = countLoops(f)
    nablaForget(analyses, f.ref)
    return Subject(
      original: original, function: f, counters: counted.counters, tripCounts: counted.trips,
      constantTrips: counted.constants, beginnings: beginnings)
  }

  /// What a function contains that no later stage can read.
  private func outOfReach(_ f: Function) -> String? {
    for i in f.blocks.lazy.flatMap(\.instructions) {
      let types = [i.type] + i.operands.map(\.type) + (i.opcode == .alloca ? [i.allocatedType] : [])
      if types.contains(where: { $0.kind == .scalableVector }) {
        return
          "it works on vectors whose length is known at run time only; compile it for a fixed length, or without vectors "
          + "(`-fno-vectorize -fno-slp-vectorize`)"
      }
      if i.intrinsicName?.hasPrefix("llvm.experimental.gc.") ?? false { return "garbage collection is not supported" }
    }
    return nil
  }

  /// Does the function copy memory in pieces too small for most numbers, as a `memcpy` of one's own does? As one copy
  /// they show no type, and need none.
  private func movesParts(_ f: Function) -> Bool {
    f.blocks.contains { block in
      block.instructions.contains { i in
        i.opcode == .store && i.operand(0).type.isInteger && i.operand(0).type.bitWidth < 32
          && i.operand(0).instruction?.opcode == .load && i.operand(0).users.count == 1
      }
    }
  }

  /// Removes what only optimisers and debuggers read, and flags that would make recomputed values poison.
  private func removeMarkers(_ f: Function) {
    for block in f.blocks {
      for i in block.instructions {
        guard i.isCall, let name = i.intrinsicName else {
          if i.isCall { i.clearTailCall() }
          continue
        }
        if name.hasPrefix("llvm.lifetime.start.") { continue }
        if Self.markers.contains(where: { name.hasPrefix($0) }) {
          if !i.type.isVoid, i.value.hasUses { i.value.replaceAllUses(with: i.type.poison) }
          i.erase()
        }
      }
    }
  }
  private static let markers = [
    "llvm.dbg.", "llvm.lifetime.", "llvm.assume", "llvm.invariant.", "llvm.experimental.noalias.scope",
    "llvm.donothing", "llvm.sideeffect", "llvm.pseudoprobe", "llvm.stacksave", "llvm.stackrestore",
    "llvm.var.annotation",
  ]

  /// Lets loops end where it is decided whether they go on: the edge from there to the header need not be a block.
  private func foldLatches(_ f: Function) {
    let cfg = ControlFlowGraph(f)
    let loops = LoopTree(cfg, DominatorTree(cfg))
    for loop in loops.loops where loop.latches.count == 1 {
      let n = loop.latches[0]
      let (latch, header) = (cfg.blocks[n], cfg.blocks[loop.header])
      guard n != loop.header, latch.first?.opcode == .br, latch.successors == [header], cfg.predecessors[n].count == 1
      else { continue }
      let before = cfg.blocks[cfg.predecessors[n][0]]
      guard let end = before.terminator, end.isConditionalBranch, !before.successors.contains(header) else { continue }
      for (k, s) in end.successors.enumerated() where s == latch { end.setSuccessor(k, header) }
      for phi in header.phis {
        for (k, i) in phi.incoming.enumerated() where i.block == latch { phi.setIncomingBlock(k, before) }
      }
      latch.delete()
    }
  }

  /// Removes the marks of where the lives of stack variables begin, and says where that is.
  private func removeLifetimes(_ f: Function) -> [Value: [BasicBlock]] {
    var result: [Value: [BasicBlock]] = [:]
    for block in f.blocks {
      for i in block.instructions where i.isCall && i.intrinsicName?.hasPrefix("llvm.lifetime.start.") ?? false {
        result[i.operand(i.argumentCount - 1).strippingCasts, default: []].append(block)
        i.erase()
      }
    }
    return result
  }

  private struct Counted {
    var counters: [BasicBlock: Instruction] = [:]
    var trips: [BasicBlock: Value] = [:]
    var constants: [BasicBlock: Int] = [:]
  }

  /// Gives every loop its counter and, where it can be computed, its trip count; rewrites the affine
  /// recurrences over the counter.
  private func countLoops(_ f: Function) -> Counted {
    var result = Counted()
    let cfg = ControlFlowGraph(f)
    let loops = LoopTree(cfg, DominatorTree(cfg))
    let builder = Builder(module: module)
    // Ask ScalarEvolution everything first; then change the function.
    for loop in loops.loops {
      guard let p = loop.preheader else { unreachable("loop without preheader") }
      let header = cfg.blocks[loop.header]
      let preheader = cfg.blocks[p]
      let constant = nablaConstantTripCount(analyses, f.ref, header.ref)
      if constant >= 0 {
        result.constants[header] = Int(constant)
        result.trips[header] = module.context.i64.constant(Int(constant))
      } else if let n = nablaExpandTripCount(analyses, f.ref, header.ref, preheader.ref) {
        result.trips[header] = Value(ref: n)
      }
    }
    var affine: [(phi: Instruction, start: Value, step: Value, header: BasicBlock)] = []
    for loop in loops.loops {
      let header = cfg.blocks[loop.header]
      for phi in header.phis where phi.type.isPointer || phi.type.isInteger && phi.type.bitWidth <= 64 {
        var start: OpaquePointer?
        var step: OpaquePointer?
        if nablaAffineRecurrence(
          analyses, f.ref, phi.ref, header.ref, cfg.blocks[loop.preheader!].ref, &start, &step)
        {
          affine.append((phi, Value(ref: start!), Value(ref: step!), header))
        }
      }
    }
    for loop in loops.loops {
      let header = cfg.blocks[loop.header]
      let i64 = module.context.i64
      if let first = header.first { builder.position(before: first) }
      let counter = builder.phi(i64, name: "nabla.iv")
      builder.position(before: cfg.blocks[loop.latches[0]].terminator!)
      let next = builder.add(counter.value, i64.constant(1))
      counter.addIncoming(i64.constant(0), from: cfg.blocks[loop.preheader!])
      for l in loop.latches { counter.addIncoming(next, from: cfg.blocks[l]) }
      result.counters[header] = counter
    }
    // A recurrence may start from another one: handles must follow the replacement.
    for k in affine.indices {
      let (phi, start, step, header) = affine[k]
      builder.position(atStartOf: header)
      let counter = result.counters[header]!.value
      let value: Value
      if phi.type.isPointer {
        let bytes = builder.mul(counter, step)
        value = builder.cast(pointer: builder.offset(start, bytes), to: phi.type)
      } else {
        let count = builder.intCast(counter, to: phi.type, signed: false)
        value = builder.add(start, builder.mul(count, step))
      }
      phi.value.replaceAllUses(with: value)
      for m in affine.indices.dropFirst(k + 1) {
        if affine[m].start == phi.value { affine[m].start = value }
        if affine[m].step == phi.value { affine[m].step = value }
      }
      for (h, n) in result.trips where n == phi.value { result.trips[h] = value }
      phi.erase()
    }
    return result
  }
}

/// Functions that may call themselves, directly or through others.
func recursiveFunctions(of module: Module) -> Set<Function> {
  var callees: [Function: [Function]] = [:]
  for f in module.functions where !f.isDeclaration {
    var list: [Function] = []
    for b in f.blocks {
      for i in b.instructions where i.isCall {
        if let g = i.callee, !g.isDeclaration { list.append(g) }
      }
    }
    callees[f] = list
  }
  // Tarjan's strongly connected components, with an explicit stack.
  var index: [Function: Int] = [:]
  var low: [Function: Int] = [:]
  var onStack: Set<Function> = []
  var stack: [Function] = []
  var result: Set<Function> = []
  for root in module.functions where callees[root] != nil && index[root] == nil {
    var work: [(Function, Int)] = [(root, 0)]
    while let (f, next) = work.last {
      if next == 0 {
        index[f] = index.count
        low[f] = index[f]
        stack.append(f)
        onStack.insert(f)
      }
      let list = callees[f]!
      if next < list.count {
        work[work.count - 1].1 += 1
        let g = list[next]
        if index[g] == nil {
          work.append((g, 0))
        } else if onStack.contains(g) {
          low[f] = min(low[f]!, index[g]!)
        }
      } else {
        work.removeLast()
        if let (caller, _) = work.last { low[caller] = min(low[caller]!, low[f]!) }
        if low[f] == index[f] {
          var component: [Function] = []
          while let g = stack.popLast() {
            onStack.remove(g)
            component.append(g)
            if g == f { break }
          }
          if component.count > 1 || list.contains(f) { result.formUnion(component) }
        }
      }
    }
  }
  return result
}
