import Analysis
import IR
import TestSupport
import Testing

/// A function given by its edges, "entry: a b | a: c", whose blocks return where they have no
/// successors. More than two successors become a switch.
func graph(_ edges: String) throws -> Function {
  var text = "define void @f(i1 %.condition, i32 %.key) {\n"
  for line in edges.split(separator: "|") {
    let parts = line.split(separator: ":", omittingEmptySubsequences: false)
    let name = parts[0].split(separator: " ")[0]
    let successors = parts[1].split(separator: " ")
    text += "\(name):\n"
    switch successors.count {
    case 0: text += "  ret void\n"
    case 1: text += "  br label %\(successors[0])\n"
    case 2: text += "  br i1 %.condition, label %\(successors[0]), label %\(successors[1])\n"
    default:
      text += "  switch i32 %.key, label %\(successors[0]) [ "
      for (i, s) in successors.dropFirst().enumerated() { text += "i32 \(i), label %\(s) " }
      text += "]\n"
    }
  }
  return try parse(text + "}")["f"]
}

extension ControlFlowGraph {
  func names(_ numbers: [Int]) -> [String] { numbers.map { blocks[$0].name } }
  func number(_ name: String) -> Int { blocks.firstIndex { $0.name == name }! }
}

@Suite struct ControlFlowGraphTests {
  @Test func numbersInReversePostorder() throws {
    let cfg = ControlFlowGraph(
      try graph("entry: a b | a: join | b: join | join: loop | loop: loop out | out:"))
    #expect(cfg.blocks[0].name == "entry")
    #expect(cfg.count == 6)
    // Every edge goes forward, except back edges.
    for (b, successors) in cfg.successors.enumerated() {
      for s in successors where cfg.blocks[s].name != "loop" || cfg.blocks[b].name != "loop" {
        #expect(b < s)
      }
    }
    #expect(Set(cfg.names(cfg.predecessors[cfg.number("join")])) == ["a", "b"])
  }

  @Test func unreachableBlocksHaveNoNumber() throws {
    let f = try graph("entry: out | dead: out | out:")
    let cfg = ControlFlowGraph(f)
    #expect(cfg.number(of: f.block("dead")!) == nil)
    #expect(cfg.names(cfg.predecessors[cfg.number("out")]) == ["entry"])
  }

  @Test func edgesToOneBlockAreOne() throws {
    let cfg = ControlFlowGraph(try graph("entry: out a out out | a: out | out:"))
    #expect(cfg.names(cfg.successors[0]).sorted() == ["a", "out"])
    #expect(cfg.predecessors[cfg.number("out")].count == 2)
  }

  @Test func whatReachesAGoal() throws {
    let cfg = ControlFlowGraph(try graph("entry: a b | a: goal | b: stop | goal: | stop:"))
    let reaching = cfg.reaching([cfg.number("goal")])
    #expect(cfg.names(reaching.indices.filter { reaching[$0] }).sorted() == ["a", "entry", "goal"])
  }

  @Test func deepGraphsNeedNoStack() throws {
    let n = 20_000
    let chain = (0..<n).map { "b\($0): b\($0 + 1)" }.joined(separator: "|") + "|b\(n):"
    let cfg = ControlFlowGraph(try graph(chain))
    #expect(cfg.count == n + 1)
    #expect(DominatorTree(cfg).dominates(1, n))
  }
}

@Suite struct DominatorTreeTests {
  @Test func diamond() throws {
    let cfg = ControlFlowGraph(try graph("entry: a b | a: join | b: join | join:"))
    let tree = DominatorTree(cfg)
    let join = cfg.number("join")
    #expect(tree.parent[join] == 0)
    #expect(tree.dominates(0, join) && tree.dominates(join, join))
    #expect(!tree.dominates(cfg.number("a"), join))
  }

  @Test func loopsAndEarlyExits() throws {
    let cfg = ControlFlowGraph(
      try graph("entry: h | h: body out | body: early latch | early: out | latch: h | out:"))
    let tree = DominatorTree(cfg)
    #expect(tree.parent[cfg.number("out")] == cfg.number("h"))
    #expect(tree.parent[cfg.number("latch")] == cfg.number("body"))
    #expect(!tree.dominates(cfg.number("latch"), cfg.number("h")))
  }

  /// Block `a` dominates block `b` if `b` cannot be reached without `a`.
  @Test(arguments: 1...60) func agreesWithReachability(_ seed: UInt64) throws {
    var noise = Noise(seed)
    let n = 2 + noise.integer(below: 9)
    let text = (0..<n).map { b in
      // The entry may have no predecessors.
      let degree = b == n - 1 ? 0 : 1 + noise.integer(below: 3)
      let list = (0..<degree).map { _ in "b\(1 + noise.integer(below: n - 1))" }
      return "b\(b): " + list.joined(separator: " ")
    }
    let cfg = ControlFlowGraph(try graph(text.joined(separator: "|")))
    let tree = DominatorTree(cfg)
    for a in 0..<cfg.count {
      var seen: Set<Int> = []
      var work = a == 0 ? [] : [0]
      while let b = work.popLast() {
        if b != a, seen.insert(b).inserted { work += cfg.successors[b] }
      }
      for b in 0..<cfg.count {
        #expect(tree.dominates(a, b) == !seen.contains(b), "\(text): \(a) \(b)")
      }
    }
  }
}

@Suite struct LoopTreeTests {
  func loops(_ edges: String) throws -> (ControlFlowGraph, LoopTree) {
    let cfg = ControlFlowGraph(try graph(edges))
    return (cfg, LoopTree(cfg, DominatorTree(cfg)))
  }

  @Test func nest() throws {
    let (cfg, tree) = try loops(
      "entry: o | o: p end | p: i | i: j after | j: i | after: k | k: k latch | latch: o | end:")
    #expect(tree.loops.count == 3)
    let outer = tree.innermost[cfg.number("o")]!
    let inner = tree.innermost[cfg.number("i")]!
    let second = tree.innermost[cfg.number("k")]!
    #expect(tree.loops[inner].parent == outer && tree.loops[second].parent == outer)
    #expect(tree.loops[outer].parent == nil)
    #expect(tree.loops[outer].depth == 1 && tree.loops[inner].depth == 2)
    #expect(tree.chain(cfg.number("j")) == [outer, inner])
    #expect(tree.chain(cfg.number("after")) == [outer])
    #expect(tree.chain(cfg.number("end")) == [])
    #expect(tree.contains(outer, cfg.number("j")) && !tree.contains(inner, cfg.number("after")))
    #expect(tree.depth(cfg.number("k")) == 2 && tree.depth(0) == 0)
    #expect(cfg.blocks[tree.loops[inner].preheader!].name == "p")
    #expect(outer < inner, "outer loops come first")
  }

  @Test func severalExits() throws {
    let (cfg, tree) = try loops(
      "entry: h | h: a x | a: b y | b: h z | x: end | y: end | z: end | end:")
    #expect(tree.loops.count == 1)
    #expect(cfg.names(tree.loops[0].blocks).sorted() == ["a", "b", "h"])
    #expect(cfg.names(tree.loops[0].latches) == ["b"])
    for out in ["x", "y", "z", "end"] { #expect(tree.innermost[cfg.number(out)] == nil) }
  }

  @Test func severalLatchesAreOneLoop() throws {
    let (cfg, tree) = try loops("entry: h | h: a end | a: b c | b: h | c: h | end:")
    #expect(tree.loops.count == 1)
    #expect(cfg.names(tree.loops[0].latches).sorted() == ["b", "c"])
  }

  @Test func entriesFromTwoSidesLeaveNoPreheader() throws {
    let (_, tree) = try loops("entry: a b | a: h | b: h | h: h end | end:")
    #expect(tree.loops[0].preheader == nil)
  }

  @Test func irreducibleCyclesAreNoLoops() throws {
    let (_, tree) = try loops("entry: a b | a: b | b: a end | end:")
    #expect(tree.loops.isEmpty)
  }
}
