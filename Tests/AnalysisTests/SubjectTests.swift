import Analysis
import IR
import TestSupport
import Testing

@Suite struct SubjectTests {
  /// The subject of `f`, with its module.
  func prepare(_ text: String) throws -> (Subject, Module) {
    let module = try parse(text)
    let s = try module.preparation().subject(of: module["f"])
    try #require(module.verificationError == nil)
    return (s, module)
  }

  /// Records an issue unless the subject computes what the function computes, at the given points.
  func expectSame(
    _ text: String, _ points: [[any Argument]], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let (s, module) = try prepare(text)
    let code = try NativeCode(module, [s.original, s.function])
    for p in points {
      let expected = code.call(s.original.name, p)
      let found = code.call(s.function.name, p)
      expectClose(found.numbers, expected.numbers, tolerance: 0, sourceLocation: sourceLocation)
      #expect(
        found.leaves.map(\.integer) == expected.leaves.map(\.integer),
        sourceLocation: sourceLocation)
    }
  }

  // MARK: Counters

  /// for (i = 0; i < n; i++) s = s * x + i
  static let counted = """
    define double @f(double %x, i64 %n) {
    entry:
      br label %head
    head:
      %i = phi i64 [ 0, %entry ], [ %next, %body ]
      %s = phi double [ 1.0, %entry ], [ %t, %body ]
      %more = icmp slt i64 %i, %n
      br i1 %more, label %body, label %out
    body:
      %fi = sitofp i64 %i to double
      %m = fmul double %s, %x
      %t = fadd double %m, %fi
      %next = add i64 %i, 1
      br label %head
    out:
      ret double %s
    }
    """

  @Test func everyLoopHasACounter() throws {
    let (s, _) = try prepare(Self.counted)
    #expect(s.loops.loops.count == 1)
    let counter = s.counters[0]
    #expect(counter.isPhi && counter.type == s.function.context.i64)
    #expect(counter.block == s.cfg.blocks[s.loops.loops[0].header])
    #expect(counter.incoming.contains { $0.value.integerConstant == 0 })
    #expect(s.loop(ofCounter: counter.value) == 0)
    #expect(s.tripCounts[0] != nil && s.constantTrips[0] == nil)
    // The function's own counter is gone.
    let header = s.cfg.blocks[s.loops.loops[0].header]
    #expect(header.phis.filter { $0.type.isInteger }.count == 1)
    try expectSame(Self.counted, [[0.5, 0], [0.5, 1], [0.5, 7]])
  }

  @Test func constantTripCounts() throws {
    let (s, _) = try prepare(Self.counted.replacing("%i, %n", with: "%i, 10"))
    // The body runs ten times, so the way back is taken nine times.
    #expect(s.constantTrips == [9])
    #expect(s.tripCounts[0]?.integerConstant == 9)
  }

  /// The number of rounds, counted by the function itself; the loop runs once at least.
  func rounds(_ start: String, _ step: String, _ test: String) -> String {
    """
    define i64 @f(i64 %n) {
    entry:
      br label %loop
    loop:
      %count = phi i64 [ 0, %entry ], [ %more, %loop ]
      %i = phi i64 [ \(start), %entry ], [ %next, %loop ]
      %more = add i64 %count, 1
      %next = add nsw i64 %i, \(step)
      %again = icmp \(test)
      br i1 %again, label %loop, label %out
    out:
      ret i64 %more
    }
    """
  }

  @Test(arguments: [
    ["0", "1", "slt i64 %next, %n"], ["0", "3", "slt i64 %next, %n"],
    ["%n", "-1", "sgt i64 %next, 0"],
    ["0", "1", "ult i64 %i, %n"], ["5", "2", "sle i64 %next, %n"], ["2", "1", "slt i64 %i, 9"],
  ])
  func tripCountsAreRight(_ loop: [String]) throws {
    let (s, module) = try prepare(rounds(loop[0], loop[1], loop[2]))
    // Nothing may be left of the loop: its result was computed.
    if s.loops.loops.isEmpty { return }
    let trips = try #require(s.tripCounts[0])
    // The subject's result is replaced by its trip count.
    s.terminator(s.exit!).value.setOperand(0, trips)
    let code = try NativeCode(module, [s.original, s.function])
    for n in [1, 2, 3, 7, 30] {
      let rounds = code.call("f", [n])[0].integer!
      #expect(code.call(s.function.name, [n])[0].integer! == rounds - 1, "\(loop) \(n)")
    }
  }

  @Test func loopsOverDataHaveNoTripCount() throws {
    let text = """
      define double @f(double %x) {
      entry:
        br label %loop
      loop:
        %y = phi double [ %x, %entry ], [ %z, %loop ]
        %z = fmul double %y, 0.5
        %more = fcmp ogt double %z, 1.0
        br i1 %more, label %loop, label %out
      out:
        ret double %z
      }
      """
    let (s, _) = try prepare(text)
    #expect(s.tripCounts[0] == nil && s.constantTrips[0] == nil)
    #expect(s.counters[0].isPhi)
    try expectSame(text, [[0.1], [100.0]])
  }

  // MARK: Recurrences

  @Test func affineRecurrencesFollowTheCounter() throws {
    // A pointer that goes two elements a time, and an index 5, 8, 11, …
    let text = """
      define double @f(ptr(double) %x, i64 %n) {
      entry:
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %ni, %loop ]
        %j = phi i32 [ 5, %entry ], [ %nj, %loop ]
        %p = phi ptr(double) [ %x, %entry ], [ %np, %loop ]
        %s = phi double [ 0.0, %entry ], [ %t, %loop ]
        %v = load double, ptr(double) %p
        %fj = sitofp i32 %j to double
        %m = fmul double %v, %fj
        %t = fadd double %s, %m
        %np = getelementptr double, ptr(double) %p, i64 2
        %nj = add i32 %j, 3
        %ni = add i64 %i, 1
        %more = icmp ult i64 %ni, %n
        br i1 %more, label %loop, label %out
      out:
        ret double %t
      }
      """
    let (s, _) = try prepare(text)
    let phis = s.cfg.blocks[s.loops.loops[0].header].phis
    #expect(phis.filter { $0.type.isFloat }.count == 1)
    #expect(phis.count == 2, "the sum and the counter")
    let x = Memory((0..<20).map { 0.3 * Double($0) - 1 })
    try expectSame(text, [[x, 1], [x, 2], [x, 9]])
  }

  @Test func recurrencesThatStartFromRecurrences() throws {
    // The inner loop walks on from where the row starts; the row goes on by 3.
    let text = """
      define double @f(ptr(double) %x, i64 %n) {
      entry:
        br label %outer
      outer:
        %i = phi i64 [ 0, %entry ], [ %ni, %latch ]
        %row = phi ptr(double) [ %x, %entry ], [ %nrow, %latch ]
        %s = phi double [ 0.0, %entry ], [ %t, %latch ]
        br label %inner
      inner:
        %j = phi i64 [ 0, %outer ], [ %nj, %inner ]
        %p = phi ptr(double) [ %row, %outer ], [ %np, %inner ]
        %u = phi double [ %s, %outer ], [ %t, %inner ]
        %v = load double, ptr(double) %p
        %q = fmul double %u, 0.5
        %t = fadd double %q, %v
        %np = getelementptr double, ptr(double) %p, i64 1
        %nj = add i64 %j, 1
        %more = icmp ult i64 %nj, 4
        br i1 %more, label %inner, label %latch
      latch:
        %nrow = getelementptr double, ptr(double) %row, i64 3
        %ni = add i64 %i, 1
        %again = icmp ult i64 %ni, %n
        br i1 %again, label %outer, label %out
      out:
        ret double %t
      }
      """
    let (s, _) = try prepare(text)
    #expect(s.loops.loops.count == 2)
    for loop in s.loops.loops {
      #expect(!s.cfg.blocks[loop.header].phis.contains { $0.type.isPointer })
    }
    let x = Memory((0..<40).map { 0.7 * Double($0 % 7) - 1 })
    try expectSame(text, [[x, 1], [x, 2], [x, 8]])
  }

  @Test func geometricRecurrencesStay() throws {
    let text = """
      define i64 @f(i64 %n) {
      entry:
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %ni, %loop ]
        %g = phi i64 [ 1, %entry ], [ %ng, %loop ]
        %h = mul i64 %g, %g
        %ng = add i64 %h, 3
        %ni = add i64 %i, 1
        %more = icmp ult i64 %ni, %n
        br i1 %more, label %loop, label %out
      out:
        ret i64 %g
      }
      """
    let (s, _) = try prepare(text)
    #expect(s.cfg.blocks[s.loops.loops[0].header].phis.count == 2)
    try expectSame(text, [[1], [2], [6]])
  }

  // MARK: Form

  @Test func oneReturn() throws {
    let text = """
      declare void @note(i32)
      define i64 @f(i64 %n) {
      entry:
        %a = icmp sgt i64 %n, 10
        br i1 %a, label %big, label %small
      big:
        call void @note(i32 1)
        ret i64 1
      small:
        call void @note(i32 2)
        %b = mul i64 %n, %n
        ret i64 %b
      }
      """
    let (s, _) = try prepare(text)
    #expect(s.instructions.filter { $0.opcode == .ret }.count == 1)
    #expect(s.terminator(s.exit!).opcode == .ret)
  }

  @Test func functionsThatNeverReturn() throws {
    let (s, _) = try prepare(
      """
      declare void @note(i32)
      define void @f() {
      entry:
        br label %loop
      loop:
        call void @note(i32 1)
        br label %loop
      }
      """)
    #expect(s.exit == nil)
    #expect(s.loops.loops.count == 1)
  }

  @Test func jumpsIntoLoopsAreMadeLoops() throws {
    let text = """
      define double @f(double %x, i64 %n) {
      entry:
        %odd = icmp sgt i64 %n, 3
        br i1 %odd, label %b, label %a
      a:
        %xa = phi double [ %x, %entry ], [ %xc, %b ]
        %ia = phi i64 [ 0, %entry ], [ %ib1, %b ]
        %xa2 = fmul double %xa, 1.5
        br label %b
      b:
        %xb = phi double [ %x, %entry ], [ %xa2, %a ]
        %ib = phi i64 [ 1, %entry ], [ %ia, %a ]
        %xc = fadd double %xb, 1.0
        %ib1 = add i64 %ib, 1
        %more = icmp slt i64 %ib1, %n
        br i1 %more, label %a, label %out
      out:
        ret double %xc
      }
      """
    let (s, _) = try prepare(text)
    #expect(!s.function.isIrreducible && !s.loops.loops.isEmpty)
    try expectSame(text, [[0.5, 1], [0.5, 3], [0.5, 4], [0.5, 9]])
  }

  @Test func memoryGoesIntoRegistersAndCalleesInline() throws {
    let text = """
      define internal void @square(ptr(double) %p) {
        %v = load double, ptr(double) %p
        %w = fmul double %v, %v
        store double %w, ptr(double) %p
        ret void
      }
      define double @f(double %x) {
        %a = alloca double
        store double %x, ptr(double) %a
        call void @square(ptr(double) %a)
        call void @square(ptr(double) %a)
        %y = load double, ptr(double) %a
        ret double %y
      }
      """
    let (s, module) = try prepare(text)
    for opcode in [Opcode.alloca, .load, .store, .call] {
      #expect(!s.instructions.contains { $0.opcode == opcode })
    }
    #expect(!module["square"].isDeclaration)
    try expectSame(text, [[1.5]])
  }

  @Test func recursionAndDeclaredFunctionsStayCalls() throws {
    let text = """
      define double @g(double %x) {
        %y = fmul double %x, 2.0
        ret double %y
      }
      define double @f(double %x, i64 %n) {
      entry:
        %last = icmp eq i64 %n, 0
        br i1 %last, label %leaf, label %inner
      inner:
        %m = sub i64 %n, 1
        %r = call double @f(double %x, i64 %m)
        %s = call double @g(double %r)
        %t = fadd double %s, %x
        br label %leaf
      leaf:
        %v = phi double [ %x, %entry ], [ %t, %inner ]
        ret double %v
      }
      """
    let module = try parse(text)
    var declarations = Declarations()
    declarations.inactiveFunctions = [module["g"]]
    let kept = try module.preparation(declarations).subject(of: module["f"])
    #expect(kept.instructions.filter(\.isCall).map { $0.callee!.name } == ["f", "g"])
    let (s, _) = try prepare(text)
    #expect(s.instructions.filter(\.isCall).map { $0.callee!.name } == ["f"])
  }

  @Test func theOriginalIsNotTouched() throws {
    let module = try parse(Self.counted)
    let before = module.description
    let original = module["f"].value.description
    let preparation = module.preparation()
    _ = try preparation.subject(of: module["f"])
    #expect(module["f"].value.description == original)
    #expect(module.description != before)
    preparation.dispose()
    #expect(module.description == before)
  }

  @Test func markersAreRemoved() throws {
    let (s, _) = try prepare(
      """
      declare void @llvm.assume(i1)
      define double @f(double %x, i64 %n) {
        %c = icmp sgt i64 %n, 3
        call void @llvm.assume(i1 %c)
        ret double %x
      }
      """)
    #expect(!s.instructions.contains { $0.isCall })
  }

  @Test func numbers() throws {
    let (s, _) = try prepare(Self.counted)
    #expect(s.parameterCount == 2)
    for (i, v) in s.values.enumerated() {
      #expect(s.id(v) == i)
      #expect((s.instruction(i) == nil) == (i < 2))
    }
    for (b, range) in s.range.enumerated() {
      #expect(s.terminator(b) == s.cfg.blocks[b].terminator)
      for n in range { #expect(s.blockOf[n] == b && s.block(n + s.parameterCount) == b) }
    }
    #expect(s.id(s.function.context.i64.zero) == nil)
    #expect(s.chain(s.id(s.counters[0])) == [0])
    #expect(s.chain(0) == [])
  }
}
