import IR
import TestSupport
import Testing

@testable import Analysis

@Suite struct ObjectGraphTests {
  // MARK: Unification

  @Test func unifiesWithOffsets() {
    var g = ObjectGraph()
    let a = g.makeNode(.stack)
    let b = g.makeNode(.heap)
    g.access(Cell(node: b.node, offset: 8), kinds: .double, size: 8)
    g.unify(Cell(node: a.node, offset: 16), Cell(node: b.node, offset: 4))
    #expect(g.find(b) == Cell(node: a.node, offset: 12))
    #expect(g.kinds(a.node, at: 20) == .double)
    #expect(g.origin(a.node) == [.stack, .heap])
    #expect(g.representatives == [a.node])
  }

  @Test func aPointerMayHaveSeveralOffsets() {
    var g = ObjectGraph()
    let a = g.makeNode(.stack)
    g.access(Cell(node: a.node, offset: 24), kinds: .float, size: 4)
    g.access(Cell(node: a.node, offset: 8), kinds: .pointer, size: 8)
    g.unify(Cell(node: a.node, offset: 0), Cell(node: a.node, offset: 24))
    let c = g.find(Cell(node: a.node, offset: 24))
    #expect(c == g.find(a) && g.offsets(c) == [0, 24])
    #expect(g.kinds(a.node, at: 0) == .float && g.kinds(a.node, at: 24) == .float)
    #expect(g.kinds(a.node, at: 8) == .pointer && g.stride(a.node) == 0)
    // What lies behind one of them lies behind the other.
    let next = g.shifted(c, by: 4)
    #expect(g.offsets(next) == [4, 28])
  }

  @Test func manyOffsetsBecomeAStride() {
    var g = ObjectGraph()
    let a = g.makeNode(.stack)
    g.access(Cell(node: a.node, offset: 200), kinds: .float, size: 4)
    for k in 1...8 { g.unify(Cell(node: a.node, offset: 0), Cell(node: a.node, offset: 24 * k)) }
    #expect(g.stride(a.node) == 24)
    #expect(g.kinds(a.node, at: 8) == .float)
    #expect(g.find(Cell(node: a.node, offset: -8)).offset == 16)
  }

  @Test func stridesMeetInTheirDivisor() {
    var g = ObjectGraph()
    let a = g.makeNode(.heap)
    g.access(Cell(node: a.node, offset: 0), kinds: .double, size: 8)
    g.access(Cell(node: a.node, offset: 32), kinds: .pointer, size: 8)
    g.fold(a, by: 24)
    #expect(g.kinds(a.node, at: 8) == .pointer && g.kinds(a.node, at: 0) == .double)
    g.fold(a, by: -16)
    #expect(g.stride(a.node) == 8)
    #expect(g.kinds(a.node, at: 0) == [.double, .pointer])
  }

  @Test func stridesSpreadByUnification() {
    var g = ObjectGraph()
    let a = g.makeNode(.stack)
    let b = g.makeNode(.stack)
    g.access(Cell(node: a.node, offset: 36), kinds: .integer, size: 4)
    g.fold(b, by: 16)
    g.unify(a, b)
    #expect(g.stride(g.find(b).node) == 16)
    #expect(g.kinds(g.find(b).node, at: 4) == .integer)
  }

  @Test func whatMergedFieldsPointToMerges() {
    var g = ObjectGraph()
    let (a, b) = (g.makeNode(.stack), g.makeNode(.stack))
    let p = g.pointee(of: Cell(node: a.node, offset: 8))
    let q = g.pointee(of: Cell(node: b.node, offset: 8))
    let other = g.pointee(of: Cell(node: b.node, offset: 16))
    g.access(Cell(node: q.node, offset: 0), kinds: .double, size: 8)
    g.unify(a, b)
    #expect(g.find(p) == g.find(q))
    #expect(g.kinds(g.find(p).node, at: 0) == .double)
    #expect(g.find(other) != g.find(p))
    #expect(g.pointees(a.node) == [g.find(p), g.find(other)])
  }

  @Test func cyclesOfPointersMerge() {
    var g = ObjectGraph()
    // Two lists whose nodes point to themselves.
    let (a, b) = (g.makeNode(.heap), g.makeNode(.heap))
    for n in [a, b] { g.unify(g.pointee(of: Cell(node: n.node, offset: 8)), n) }
    g.unify(a, b)
    #expect(g.representatives.count == 1)
    #expect(g.pointees(a.node) == [a])
  }

  @Test func whatTheCallersMemoryPointsToIsLoaded() {
    var g = ObjectGraph()
    let p = g.pointee(of: g.makeNode(.argument))
    let q = g.pointee(of: g.makeNode(.heap))
    #expect(g.origin(p.node) == .loaded && g.origin(q.node) == [])
  }

  /// Nodes with secret addresses; cells that are unified have the same address, so the graph must
  /// come to know all differences of addresses within a class, and nothing else.
  @Test(arguments: 1...40) func differencesOfAddresses(_ seed: UInt64) {
    var noise = Noise(seed)
    var g = ObjectGraph()
    let n = 12
    let address = (0..<n).map { _ in noise.integer(below: 50) }
    let cells = (0..<n).map { _ in g.makeNode(.heap) }
    var joined = (0..<n).map { $0 }
    for _ in 0..<(2 + noise.integer(below: n)) {
      let (a, b) = (noise.integer(below: n), noise.integer(below: n))
      let o = noise.integer(below: 20)
      g.unify(
        Cell(node: cells[a].node, offset: o),
        Cell(node: cells[b].node, offset: o + address[a] - address[b]))
      let (x, y) = (joined[a], joined[b])
      joined = joined.map { $0 == x ? y : $0 }
    }
    for a in 0..<n {
      for b in 0..<n {
        let (x, y) = (g.find(cells[a]), g.find(cells[b]))
        #expect((x.node == y.node) == (joined[a] == joined[b]))
        if x.node == y.node { #expect(x.offset - y.offset == address[a] - address[b]) }
      }
    }
    for r in g.representatives { #expect(g.stride(r) == 0) }
  }

  // MARK: Copies

  @Test func copiesShareLayoutsAndStayApart() {
    var g = ObjectGraph()
    let (a, b) = (g.makeNode(.stack), g.makeNode(.stack))
    g.access(Cell(node: a.node, offset: 24), kinds: .double, size: 8)
    g.access(Cell(node: b.node, offset: 4), kinds: .integer, size: 4)
    g.copy(from: Cell(node: a.node, offset: 16), to: b)
    g.settleCopies()
    #expect(g.kinds(b.node, at: 8) == .double)
    #expect(g.kinds(a.node, at: 20) == .integer)
    #expect(g.find(a).node != g.find(b).node)
  }

  @Test func copiesOfPointersLeadToOneObject() {
    var g = ObjectGraph()
    let (a, b, c) = (g.makeNode(.stack), g.makeNode(.stack), g.makeNode(.stack))
    let p = g.pointee(of: a)
    let q = g.pointee(of: c)
    // In the wrong order, so that one round is not enough.
    g.copy(from: b, to: c)
    g.copy(from: a, to: b)
    g.settleCopies()
    #expect(g.find(p) == g.find(q))
    #expect(g.pointees(b.node) == [g.find(p)])
  }

  @Test func copiesCarryStrides() {
    var g = ObjectGraph()
    let (a, b) = (g.makeNode(.stack), g.makeNode(.stack))
    g.access(Cell(node: b.node, offset: 40), kinds: .float, size: 4)
    g.fold(a, by: 16)
    g.copy(from: a, to: b)
    g.settleCopies()
    #expect(g.stride(b.node) == 16 && g.kinds(a.node, at: 8) == .float)
  }

  // MARK: Programs

  func program(_ text: String) throws -> (Program, ObjectGraph, Function) {
    let program = try parse(text).program("f")
    return (program, program.graph, program.root.function)
  }

  @Test func stridesOfIndexedStructures() throws {
    let (_, g, f) = try program(
      """
      %pair = type { i32, double }
      define double @f(ptr(%pair) %p, i64 %i) {
        %a = getelementptr %pair, ptr(%pair) %p, i64 %i, i32 1
        %v = load double, ptr(double) %a
        %b = getelementptr %pair, ptr(%pair) %p, i64 3, i32 0
        %k = load i32, ptr(i32) %b
        %fk = sitofp i32 %k to double
        %r = fmul double %v, %fk
        ret double %r
      }
      """)
    let c = g.cell(of: f.value("p")!)!
    #expect(g.stride(c.node) == 16)
    #expect(g.kinds(c.node, at: 8) == .double && g.kinds(c.node, at: 0) == .integer)
    #expect(g.origin(c.node) == .argument)
  }

  @Test func argumentsStayApartUntilTheyFlowTogether() throws {
    let text = """
      define double @f(ptr(double) %p, ptr(double) %q, i1 %c, i64 %i) {
        %a = load double, ptr(double) %p
        %b = load double, ptr(double) %q
        %s = SELECT
        %t = getelementptr double, ptr(double) %s, i64 %i
        %d = load double, ptr(double) %t
        %e = fadd double %a, %b
        %r = fadd double %e, %d
        ret double %r
      }
      """
    let select = "select i1 %c, ptr(double) %p, ptr(double) %q"
    let (_, one, f) = try program(text.replacing("SELECT", with: select))
    #expect(one.cell(of: f.value("p")!)!.node == one.cell(of: f.value("q")!)!.node)
    let only = "getelementptr double, ptr(double) %p, i64 1"
    let (_, two, h) = try program(text.replacing("SELECT", with: only))
    #expect(two.cell(of: h.value("p")!)!.node != two.cell(of: h.value("q")!)!.node)
  }

  @Test func escapes() throws {
    let (p, g, f) = try program(
      """
      declare ptr(i8) @malloc(i64)
      declare void @look(ptr(i8))
      @keep = global ptr(i8) null
      define ptr(i8) @f(i64 %i) {
        %own = call ptr(i8) @malloc(i64 64)
        %shown = call ptr(i8) @malloc(i64 65)
        %given = call ptr(i8) @malloc(i64 66)
        %kept = call ptr(i8) @malloc(i64 67)
        %e = getelementptr i8, ptr(i8) %own, i64 %i
        store volatile i8 1, ptr(i8) %e
        call void @look(ptr(i8) %shown)
        store ptr(i8) %kept, ptr(ptr(i8)) @keep
        ret ptr(i8) %given
      }
      """)
    func node(_ size: Int) -> Int {
      let call = f.all(.call).first {
        $0.callee?.name == "malloc" && $0.operand(0).integerConstant == size
      }!
      return g.cell(of: call.value)!.node
    }
    #expect(g.isPrivate(node(64)))
    for size in [65, 66, 67] { #expect(!g.isPrivate(node(size)), "\(size)") }
    #expect(g.origin(node(65)).contains(.touchedOutside) && g.isExternal(node(65)))
    #expect(g.origin(node(66)).contains(.escaped))
    #expect(!g.isExternal(node(64)))
    #expect(p.subjects.count == 1)
  }

  @Test func calleesShareObjectsWithTheirCallers() throws {
    let (p, g, f) = try program(
      """
      define void @fill(ptr(float) %to, i64 %n) {
      entry:
        %e = getelementptr float, ptr(float) %to, i64 %n
        store float 1.0, ptr(float) %e
        %last = icmp eq i64 %n, 0
        br i1 %last, label %out, label %more
      more:
        %m = sub i64 %n, 1
        call void @fill(ptr(float) %to, i64 %m)
        ret void
      out:
        ret void
      }
      define void @f(ptr(i8) %p) {
        %q = bitcast ptr(i8) %p to ptr(float)
        call void @fill(ptr(float) %q, i64 5)
        ret void
      }
      """)
    #expect(p.subjects.map(\.original.name) == ["f", "fill"])
    let c = g.cell(of: f.value("p")!)!
    #expect(g.kinds(c.node, at: 0) == .float && g.stride(c.node) == 4)
    #expect(g.cell(of: p.subjects[1].function.value("to")!)!.node == c.node)
  }

  @Test func attributesTellTypes() throws {
    let (_, g, f) = try program(
      """
      %point = type { double, ptr(i8), float }
      define void @f(ptr(%point) byval(%point) %p) {
        ret void
      }
      """)
    let c = g.cell(of: f.value("p")!)!
    #expect(g.fields(c.node).map(\.offset) == [0, 8, 16])
    #expect(g.fields(c.node).map(\.kinds) == [.double, .pointer, .float])
  }
}
