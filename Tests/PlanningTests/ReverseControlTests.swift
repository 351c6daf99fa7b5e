import Analysis
import IR
import Planning
import TestSupport
import Testing

@Suite struct ReverseControlTests {
  /// A subject of which every block named in `text` stays: each calls `@note`.
  func subject(_ blocks: String, parameters: String = "i1 %c, i1 %d, i32 %k") throws -> Subject {
    var text = "declare void @note(i32)\ndeclare i1 @coin()\ndefine void @f(\(parameters)) {\n"
    for (n, line) in blocks.split(separator: "\n").enumerated() {
      text += line + "\n"
      if line.hasSuffix(":") { text += "  call void @note(i32 \(n))\n" }
    }
    let module = try parse(text + "}")
    return try module.preparation().subject(of: module["f"])
  }
  func control(_ s: Subject, relevant: [String], activePhi: [String] = []) -> ReverseControl {
    func flags(_ names: [String]) -> [Bool] { s.cfg.blocks.map { names.contains($0.name) } }
    return ReverseControl(s, isRelevant: flags(relevant), hasActivePhi: flags(activePhi))
  }
  func block(_ name: String, _ s: Subject) -> Int { s.cfg.blocks.firstIndex { $0.name == name }! }

  static let diamond = """
    entry:
      br i1 %c, label %yes, label %no
    yes:
      br label %join
    no:
      br label %join
    join:
      ret void
    """

  @Test func diamondsAreDecidedByTheirCondition() throws {
    let s = try subject(Self.diamond)
    let c = control(s, relevant: ["yes"])
    let join = block("join", s)
    let list = try #require(c.exits[join]?.choices)
    #expect(Set(list) == [block("yes", s), block("no", s)])
    guard case .branch(let block, let outcomes)? = c.decisions[join] else {
      Issue.record("not decided")
      return
    }
    #expect(block == 0)
    let named = outcomes.map { o in if case .predecessor(let n) = o { list[n] } else { -1 } }
    #expect(named == s.terminator(0).successors.map { s.cfg.number(of: $0)! })
  }

  @Test func irrelevantRegionsAreSkipped() throws {
    let s = try subject(Self.diamond)
    let c = control(s, relevant: ["entry"])
    #expect(c.exits[block("join", s)]?.target == 0)
    #expect(Set(c.order) == [0, block("join", s)])
  }

  @Test func mergedDerivativesAreNotSkipped() throws {
    let s = try subject(Self.diamond)
    let c = control(s, relevant: [], activePhi: ["join"])
    #expect(c.exits[block("join", s)]?.choices != nil)
  }

  @Test func conditionsThatDoNotTellAreNotAsked() throws {
    // From either side the other one's block may be reached.
    let s = try subject(
      """
      entry:
        br i1 %c, label %a, label %b
      a:
        %x = call i1 @coin()
        br i1 %x, label %shared, label %join
      b:
        %y = call i1 @coin()
        br i1 %y, label %shared, label %join
      shared:
        br label %join
      join:
        ret void
      """)
    let join = block("join", s)
    let c = control(s, relevant: ["a", "b", "shared"])
    let list = try #require(c.exits[join]?.choices)
    #expect(list.count == 3)
    #expect(c.decisions[join] == nil, "the predecessor is kept")
  }

  static let exits = """
    entry:
      br label %head
    head:
      %x = call i1 @coin()
      br i1 %x, label %body, label %first
    body:
      %y = call i1 @coin()
      br i1 %y, label %latch, label %second
    latch:
      %z = call i1 @coin()
      br i1 %z, label %head, label %third
    first:
      br label %out
    second:
      br label %out
    third:
      br label %out
    out:
      ret void
    """

  @Test func severalExits() throws {
    let s = try subject(Self.exits)
    try #require(s.loops.loops.count == 1)
    let c = control(s, relevant: ["body"])
    let list = try #require(c.exits[block("out", s)]?.choices)
    #expect(list.count == 3)
    #expect(c.decisions[block("out", s)] == nil)
    let header = s.loops.loops[0].header
    guard case .header(0, let preheader, let latch)? = c.exits[header] else {
      Issue.record("no loop")
      return
    }
    #expect(preheader == s.loops.loops[0].preheader && latch == s.loops.loops[0].latches[0])
  }

  @Test func wholeLoopsAreSkipped() throws {
    let s = try subject(Self.exits)
    let c = control(s, relevant: ["entry"])
    #expect(!c.order.contains(s.loops.loops[0].header))
    #expect(c.order.first == block("out", s) && c.order.last == 0)
  }

  // MARK: Walks

  /// A random program of conditions, switches and loops, with breaks and early returns.
  struct Generator {
    var noise: Noise
    var text = ""
    var count = 0

    init(_ seed: UInt64) {
      noise = Noise(seed)
      text = "declare void @note(i32)\ndeclare i1 @coin()\ndeclare i32 @die()\n"
      text += "define void @f(i1 %c, i1 %d, i32 %k) {\nentry:\n"
      statements(3, leave: nil, next: nil)
      text += "  ret void\n}"
    }
    mutating func fresh() -> Int {
      count += 1
      return count
    }
    /// A condition: of the parameters, or a new one each time.
    mutating func condition(_ n: Int) -> String {
      if noise.integer(below: 3) == 0 { return noise.integer(below: 2) == 0 ? "%c" : "%d" }
      text += "  %x\(n) = call i1 @coin()\n"
      return "%x\(n)"
    }
    mutating func statements(_ depth: Int, leave: Int?, next: Int?) {
      for _ in 0..<(1 + noise.integer(below: 3)) { statement(depth, leave: leave, next: next) }
    }
    mutating func statement(_ depth: Int, leave: Int?, next: Int?) {
      let n = fresh()
      text += "  call void @note(i32 \(n))\n"
      guard depth > 0 else { return }
      switch noise.integer(below: 6) {
      case 0, 1:
        let c = condition(n)
        text += "  br i1 \(c), label %a\(n), label %b\(n)\na\(n):\n"
        statements(depth - 1, leave: leave, next: next)
        text += "  br label %j\(n)\nb\(n):\n"
        if noise.integer(below: 2) == 0 { statements(depth - 1, leave: leave, next: next) }
        text += "  br label %j\(n)\nj\(n):\n"
      case 2:
        text += "  %s\(n) = call i32 @die()\n"
        text +=
          "  switch i32 %s\(n), label %j\(n) [ i32 1, label %a\(n) i32 2, label %b\(n) i32 3, label %a\(n) ]\n"
        text += "a\(n):\n"
        statements(depth - 1, leave: leave, next: next)
        text += "  br label %b\(n)\nb\(n):\n"
        statements(depth - 1, leave: leave, next: next)
        text += "  br label %j\(n)\nj\(n):\n"
      case 3, 4:
        text += "  br label %h\(n)\nh\(n):\n  call void @note(i32 -\(n))\n"
        text += "  %g\(n) = call i1 @coin()\n  br i1 %g\(n), label %a\(n), label %j\(n)\na\(n):\n"
        statements(depth - 1, leave: n, next: n)
        text += "  br label %h\(n)\nj\(n):\n"
      default:
        let target = leave.map { noise.integer(below: 2) == 0 ? "%j\($0)" : "%h\($0)" }
        let c = condition(n)
        guard let target else { return }
        text += "  br i1 \(c), label \(target), label %z\(n)\nz\(n):\n"
      }
    }
  }

  /// Walks through the subject at random: the blocks, and which successor was taken at each.
  func walk(_ s: Subject, _ noise: inout Noise) -> [(block: Int, successor: Int)]? {
    var path: [(Int, Int)] = []
    var b = 0
    while path.count < 400 {
      let successors = s.terminator(b).successors
      if successors.isEmpty {
        path.append((b, -1))
        return b == s.exit ? path : nil
      }
      let k = noise.integer(below: successors.count)
      path.append((b, k))
      b = s.cfg.number(of: successors[k])!
    }
    return nil
  }

  /// The reverse sweep passes every relevant block as often as the forward sweep did, in reverse
  /// order, and decisions name the predecessors that there were.
  @Test(arguments: 1...60) func walksBack(_ seed: UInt64) throws {
    let module = try parse(Generator(seed).text)
    let s = try module.preparation().subject(of: module["f"])
    var noise = Noise(seed + 1000)
    for _ in 0..<6 {
      let relevant = s.cfg.blocks.map { _ in noise.integer(below: 3) == 0 }
      let activePhi = s.cfg.blocks.map { _ in noise.integer(below: 6) == 0 }
      let c = ReverseControl(s, isRelevant: relevant, hasActivePhi: activePhi)
      for _ in 0..<6 {
        guard let path = walk(s, &noise) else { continue }
        try check(c, s, path, relevant, activePhi)
      }
    }
  }

  func check(
    _ c: ReverseControl, _ s: Subject, _ path: [(block: Int, successor: Int)], _ relevant: [Bool],
    _ activePhi: [Bool]
  ) throws {
    /// When `b` was last passed before step `k`.
    func last(_ b: Int, before k: Int) throws -> Int {
      try #require(path[..<k].lastIndex { $0.block == b })
    }
    func evaluate(_ d: Decision, _ k: Int) throws -> Int {
      switch d {
      case .predecessor(let n): return n
      case .branch(let b, let outcomes):
        return try evaluate(outcomes[path[last(b, before: k)].successor], k)
      }
    }
    var k = path.count - 1
    while true {
      let b = path[k].block
      switch try #require(c.exits[b]) {
      case .end:
        #expect(k == 0)
        return
      case .jump(let t):
        let j = try last(t, before: k)
        for skipped in path[(j + 1)..<k] { #expect(!relevant[skipped.block]) }
        if activePhi[b] { #expect(j == k - 1) }
        k = j
      case .header(let l, let preheader, let latch):
        #expect(s.loops.loops[l].header == b)
        #expect([preheader, latch].contains(path[k - 1].block))
        k -= 1
      case .choose(let list):
        let n = try #require(list.firstIndex(of: path[k - 1].block))
        if let d = c.decisions[b] { #expect(try evaluate(d, k) == n) }
        k -= 1
      }
    }
  }
}
