import Analysis
import IR
import Planning
import TestSupport
import Testing

/// What is kept and what is computed again.
@Suite struct ReversePlanTests {
  /// A loop over `x`; `body` makes `%term` of `%v`, the element.
  static func sum(_ body: String, _ more: String = "") -> String {
    """
    declare double @exp(double)
    declare double @sin(double)
    define double @f(ptr(double) noalias %x, i64 %n) {
    entry:
      br label %loop
    loop:
      %i = phi i64 [ 0, %entry ], [ %ni, %loop ]
      %s = phi double [ 0.0, %entry ], [ %t, %loop ]
      %e = getelementptr double, ptr(double) %x, i64 %i
      %v = load double, ptr(double) %e
      \(body)
      %t = fadd double %s, %term
      \(more)
      %ni = add nuw nsw i64 %i, 1
      %again = icmp ult i64 %ni, %n
      br i1 %again, label %loop, label %out
    out:
      ret double %t
    }
    """
  }

  @Test func sumsOfSquaresKeepNothing() throws {
    let d = try Decisions(Self.sum("%term = fmul double %v, %v"))
    #expect(d.keptInLoops.isEmpty)
    let load = try #require(d.subject.instructions.first { $0.opcode == .load })
    #expect(d.plan.availability[.primal(d.subject.id(load))] == .recomputed)
  }

  @Test func linearCodeAsksForNothing() throws {
    let d = try Decisions(Self.sum("%term = fmul double %v, 3.0"))
    #expect(d.keptInLoops.isEmpty)
    for case (.primal(let id), _) in d.plan.availability {
      #expect(!d.subject.values[id].type.isFloat, "\(d.subject.values[id].description)")
    }
  }

  /// Both factors follow cheaply from the exponential, which is dear.
  static let narrow = sum(
    """
    %a = call double @exp(double %v)
      %b = fadd double %a, 1.0
      %c = fsub double %a, 2.0
      %d = fmul double %b, %c
      %term = fmul double %d, %b
    """)

  @Test func theNarrowestPlaceIsKept() throws {
    let d = try Decisions(Self.narrow, returnsPrimal: true)
    #expect(d.keptInLoops.map(\.opcode) == [.call])
  }

  @Test func whatOnlyTheReverseSweepWantsIsComputedThere() throws {
    // Nobody asks for the sum, so the forward sweep is empty.
    let d = try Decisions(Self.narrow)
    #expect(d.keptInLoops.isEmpty)
  }

  @Test func cheapCodeIsComputedAgain() throws {
    let d = try Decisions(
      Self.sum("%a = fadd double %v, 1.0\n  %b = fmul double %a, %a\n  %term = fmul double %b, %b"))
    #expect(d.keptInLoops.isEmpty)
  }

  @Test func overwrittenArgumentsAreKept() throws {
    let d = try Decisions(
      Self.sum("%term = fmul double %v, %v\n  store double %term, ptr(double) %e"))
    #expect(d.keptInLoops.map(\.opcode) == [.load])
    #expect(d.plan.saved.isEmpty, "what the caller sees is not restored")
  }

  @Test func straightLineValuesAreStillThere() throws {
    let text = """
      declare double @exp(double)
      define double @f(double %x) {
        %a = call double @exp(double %x)
        %b = fmul double %a, %a
        ret double %b
      }
      """
    #expect(try Decisions(text).kept.isEmpty)
    let split = try Decisions(text, split: true)
    #expect(
      split.kept.count + split.plan.availability.values.filter { $0 == .recomputed }.count > 0)
    for slot in split.plan.table.slots {
      #expect(split.plan.table.groups[slot.group].shape == .function)
    }
  }

  @Test func conditionsAreKeptWhereTheyCannotBeHadAgain() throws {
    // The condition depends on the product so far.
    let d = try Decisions(
      Self.sum(
        "%c = fcmp ogt double %s, 1.0\n  %w = fmul double %v, %v\n  %term = select i1 %c, double %w, double %v"
      ))
    #expect(d.keptInLoops.count == 1)
    let value = try #require(d.keptInLoops.first)
    // One bit or the double that it follows from.
    #expect(value.opcode == .fcmp || value.isPhi)
  }

  /// Everything that is recomputed has its own needs met: free, recomputed or kept.
  @Test(arguments: [
    sum("%term = fmul double %v, %v"),
    sum("%a = call double @sin(double %v)\n  %term = fdiv double %a, %v"),
    sum("%term = fmul double %v, %s"),
    sum(
      "%a = call double @exp(double %s)\n  %term = fmul double %v, %a",
      "store double %a, ptr(double) %e"),
    SlotTableTests.untilSmall,
  ])
  func plansAreClosed(_ text: String) throws {
    for split in [false, true] {
      let d = try Decisions(text, split: split)
      for (item, availability) in d.plan.availability {
        switch availability {
        case .kept(let k): #expect(d.plan.table.slots[k].item == item)
        case .recomputed:
          for needed in d.plan.dependencies(of: item) {
            #expect(d.plan.availability[needed] != nil)
          }
        case .free: break
        }
      }
    }
  }

  // MARK: Versions

  /// A private buffer; each round replaces every cell by a product with its neighbours.
  static let rewritten = """
    declare ptr(i8) @malloc(i64)
    declare void @free(ptr(i8))
    define double @f(ptr(double) noalias %x, i64 %n, i64 %rounds) {
    entry:
      %bytes = shl i64 %n, 3
      %m = call ptr(i8) @malloc(i64 %bytes)
      %b = bitcast ptr(i8) %m to ptr(double)
      br label %fill
    fill:
      %k = phi i64 [ 0, %entry ], [ %nk, %fill ]
      %from = getelementptr double, ptr(double) %x, i64 %k
      %first = load double, ptr(double) %from
      %to = getelementptr double, ptr(double) %b, i64 %k
      store double %first, ptr(double) %to
      %nk = add nuw nsw i64 %k, 1
      %filling = icmp ult i64 %nk, %n
      br i1 %filling, label %fill, label %round
    round:
      %r = phi i64 [ 0, %fill ], [ %nr, %latch ]
      br label %cell
    cell:
      %i = phi i64 [ 2, %round ], [ %ni, %cell ]
      %at = getelementptr double, ptr(double) %b, i64 %i
      %left1 = getelementptr double, ptr(double) %at, i64 -1
      %left2 = getelementptr double, ptr(double) %at, i64 -2
      %u = load double, ptr(double) %at
      %v = load double, ptr(double) %left1
      %w = load double, ptr(double) %left2
      %uv = fmul double %u, %v
      %uvw = fmul double %uv, %w
      store double %uvw, ptr(double) %at
      %ni = add nuw nsw i64 %i, 1
      %more = icmp ult i64 %ni, %n
      br i1 %more, label %cell, label %latch
    latch:
      %nr = add nuw nsw i64 %r, 1
      %again = icmp ult i64 %nr, %rounds
      br i1 %again, label %round, label %out
    out:
      %last = load double, ptr(double) %b
      %place = getelementptr double, ptr(double) %b, i64 3
      %third = load double, ptr(double) %place
      %result = fmul double %last, %third
      call void @free(ptr(i8) %m)
      ret double %result
    }
    """

  @Test func buffersRewrittenInLoopsAreRestored() throws {
    let d = try Decisions(Self.rewritten)
    let buffer = try #require(
      d.program.graph.representatives.first { d.program.graph.isPrivate($0) })
    #expect(d.plan.versions.restored.contains(buffer))
    // The rewriting store saves, the filling one has nothing worth saving.
    let saving = d.plan.saved.map { d.subject.instructions[$0] }
    #expect(saving.map(\.opcode).contains(.store))
    #expect(d.keptInLoops.isEmpty)
  }

  @Test func theCallersMemoryIsNotRestored() throws {
    let text = Self.rewritten.replacing(
      "bitcast ptr(i8) %m to ptr(double)", with: "getelementptr double, ptr(double) %x, i64 0")
    let d = try Decisions(text)
    #expect(d.plan.versions.restored.isEmpty && d.plan.saved.isEmpty)
    #expect(!d.keptInLoops.isEmpty)
  }
}
