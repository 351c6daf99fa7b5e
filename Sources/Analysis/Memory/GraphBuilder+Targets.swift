internal import IR

/// Which functions indirect calls may reach: those whose addresses flow to them, where all that may flow there is seen.
extension GraphBuilder {
  /// The functions that are called from the roots, directly or by the targets found so far.
  func reachable(from roots: [Subject]) -> Set<Function> {
    var seen = Set(roots.map(\.original))
    var work = roots
    while let s = work.popLast() {
      for i in s.instructions where i.isCall {
        let callees: [Function] =
          switch knowledge.target(of: i) {
          case .body(let g): [g]
          case .custom(let g): [g]
          case .indirect: targets[i] ?? []
          default: []
          }
        for g in callees {
          if let t = subjects[g], seen.insert(g).inserted { work.append(t) }
        }
      }
    }
    return seen
  }

  /// Adds to the targets of calls; true if there are new ones, with which everything has to be read anew.
  mutating func findTargets(_ list: [Subject]) -> Bool {
    let calls = list.filter { reached.contains($0.original) }.flatMap { s in
      s.instructions.filter { i in
        guard i.isCall, case .indirect = knowledge.target(of: i) else { return false }
        return true
      }
    }
    if calls.isEmpty { return false }
    var settled = graph
    settled.spreadOrigins()
    let open = settled.openToOthers()
    var found = false
    func add(_ i: Instruction, _ functions: [Function]) {
      for f in functions where !(targets[i] ?? []).contains(f) {
        targets[i, default: []].append(f)
        found = true
      }
    }
    for i in calls {
      let possible = addressTaken.filter { $0.functionType.isInterchangeable(with: i.calledFunctionType) }
      guard let c = settled.cell(of: i.calledValue), !open.contains(c.node) else {
        add(i, possible)
        continue
      }
      let seen = Set(settled.sources(c.node))
      add(i, possible.filter { seen.contains($0.value) })
    }
    if found { return true }
    // Where nothing was seen to flow, something was overlooked.
    for i in calls where targets[i] == nil {
      add(i, addressTaken.filter { $0.functionType.isInterchangeable(with: i.calledFunctionType) })
    }
    return found
  }
}

extension ObjectGraph {
  /// Objects to which pointers lead that code outside of the program may have stored.
  func openToOthers() -> Set<Int> {
    let outside: Origin = [.argument, .loaded, .unknown, .mutableGlobal, .touchedOutside]
    var open: Set<Int> = []
    for n in representatives where !origin(n).isDisjoint(with: outside) {
      if !origin(n).isDisjoint(with: [.argument, .loaded, .unknown]) { open.insert(n) }
      for p in pointees(n) { open.insert(p.node) }
    }
    return open
  }
}
