import Analysis
import IR
import TestSupport
import Testing

@testable import Planning

/// Where kept values are stored.
@Suite struct SlotTableTests {
  /// A nest whose inner loop multiplies, so that every product has to be kept.
  /// - Parameter inner: the inner loop's bound, in terms of `%i` and `%m`.
  func nest(_ inner: String) -> String {
    """
    define double @f(ptr(double) noalias %x, i64 %n, i64 %m) {
    entry:
      br label %outer
    outer:
      %i = phi i64 [ 0, %entry ], [ %ni, %latch ]
      %p = phi double [ 1.0, %entry ], [ %q, %latch ]
      %bound = \(inner)
      br label %inner
    inner:
      %j = phi i64 [ 0, %outer ], [ %nj, %inner ]
      %u = phi double [ %p, %outer ], [ %q, %inner ]
      %e = getelementptr double, ptr(double) %x, i64 %j
      %v = load double, ptr(double) %e
      %q = fmul double %u, %v
      %nj = add nuw nsw i64 %j, 1
      %more = icmp ult i64 %nj, %bound
      br i1 %more, label %inner, label %latch
    latch:
      %ni = add nuw nsw i64 %i, 1
      %again = icmp ult i64 %ni, %n
      br i1 %again, label %outer, label %out
    out:
      ret double %q
    }
    """
  }

  @Test func rectangularNestsTakeOneArray() throws {
    let d = try Decisions(nest("add i64 %m, 0"))
    let group = try #require(d.keptValues.first.flatMap { d.group(of: $0) })
    #expect(group.shape == .array(loops: [d.loop(depth: 1), d.loop(depth: 2)]))
    #expect(d.parent(of: group).shape == .function)
  }

  @Test func triangularNestsTakeAnArrayPerRow() throws {
    let d = try Decisions(nest("add nuw nsw i64 %i, 1"))
    let value = try #require(d.keptValues.first { d.subject.chain(d.subject.id($0)).count == 2 })
    let group = try #require(d.group(of: value))
    #expect(group.shape == .array(loops: [d.loop(depth: 2)]))
    let rows = d.parent(of: group)
    #expect(rows.shape == .array(loops: [d.loop(depth: 1)]))
    #expect(d.parent(of: rows).shape == .function)
  }

  /// Multiplies until the product is small enough.
  static let untilSmall = """
    define double @f(double %x) {
    entry:
      br label %loop
    loop:
      %y = phi double [ %x, %entry ], [ %z, %loop ]
      %s = fmul double %y, %y
      %z = fmul double %s, 0.5
      %more = fcmp ogt double %z, 1.0
      br i1 %more, label %loop, label %out
    out:
      ret double %z
    }
    """
  @Test func loopsWithoutTripCountTakeRecords() throws {
    let d = try Decisions(Self.untilSmall)
    let group = try #require(d.keptValues.first.flatMap { d.group(of: $0) })
    #expect(group.shape == .records(loop: 0))
    #expect(d.parent(of: group).shape == .function)
    #expect(d.kept.contains(.trips(0)))
    #expect(d.group(of: .trips(0))?.shape == .function)
  }

  @Test func recordsWithinCountedLoops() throws {
    let d = try Decisions(
      """
      define double @f(ptr(double) noalias %x, i64 %n) {
      entry:
        br label %outer
      outer:
        %i = phi i64 [ 0, %entry ], [ %ni, %latch ]
        %sum = phi double [ 0.0, %entry ], [ %t, %latch ]
        %e = getelementptr double, ptr(double) %x, i64 %i
        %v = load double, ptr(double) %e
        br label %inner
      inner:
        %y = phi double [ %v, %outer ], [ %z, %inner ]
        %s = fmul double %y, %y
        %z = fmul double %s, 0.5
        %more = fcmp ogt double %z, 1.0
        br i1 %more, label %inner, label %latch
      latch:
        %t = fadd double %sum, %z
        %ni = add nuw nsw i64 %i, 1
        %again = icmp ult i64 %ni, %n
        br i1 %again, label %outer, label %out
      out:
        ret double %t
      }
      """)
    let inner = d.loop(depth: 2)
    let value = try #require(d.keptValues.first { d.subject.chain(d.subject.id($0)).count == 2 })
    let group = try #require(d.group(of: value))
    #expect(group.shape == .records(loop: inner))
    #expect(d.parent(of: group).shape == .array(loops: [d.loop(depth: 1)]))
    #expect(d.group(of: .trips(inner))?.shape == .array(loops: [d.loop(depth: 1)]))
  }

  @Test func whatIsIndexedAlikeIsStoredTogether() throws {
    let s = try Decisions(nest("add i64 %m, 0")).subject
    var table = SlotTable(s)
    let double = s.function.context.double
    let (outer, inner) = (
      s.loops.loops.firstIndex { $0.depth == 1 }!, s.loops.loops.firstIndex { $0.depth == 2 }!
    )
    table.add(.primal(0), double, lanes: 1, chain: [outer, inner])
    table.add(.primal(1), double, lanes: 2, chain: [outer, inner])
    table.add(.primal(2), double, lanes: 1, chain: [outer])
    table.add(.primal(3), double, lanes: 1, chain: [])
    table.add(.primal(0), double, lanes: 1, chain: [])
    let groups = (0..<4).map { table.slots[table.slotOf[.primal($0)]!].group }
    #expect(groups[0] == groups[1] && Set(groups).count == 3)
    #expect(groups[3] == 0)
    #expect(table.slots[table.slotOf[.primal(1)]!].lanes == 2)
    // Two arrays, each with one base pointer in the function's own group.
    let bases = table.slots.filter { if case .base = $0.item { true } else { false } }
    #expect(bases.count == 2 && bases.allSatisfy { $0.group == 0 })
    for (k, slot) in table.slots.enumerated() {
      #expect(table.groups[slot.group].slots.contains(k))
    }
  }
}
