import Analysis
import IR
import TestSupport
import Testing

/// Whether memory still holds, later, what a load read.
@Suite struct MemoryEffectsTests {
  struct Effects {
    let program: Program
    let effects: MemoryEffects
    init(_ text: String, callerWrites: [String] = []) throws {
      program = try parse(text).program("f")
      let nodes = callerWrites.map { [program] in
        program.graph.cell(of: program.root.function.value($0)!)!.node
      }
      effects = MemoryEffects(program, callerWrites: Set(nodes))
    }
    func isOverwritten(_ load: String, in function: String = "f") throws -> Bool {
      let s = program.subjects.first { $0.original.name == function }!
      return effects.isOverwritten(try #require(s.function.instruction(load)), in: s)
    }
  }

  /// Loads `%v` from `%x`, then does something.
  func after(_ more: String, _ parameters: String = "ptr(double) %x, ptr(double) %y") -> String {
    """
    declare void @unseen()
    declare void @unseenOf(ptr(double))
    declare void @reads(ptr(double)) readonly
    declare ptr(i8) @malloc(i64)
    declare void @free(ptr(i8))
    @table = constant [4 x double] [double 1.0, double 2.0, double 3.0, double 4.0]
    define double @f(\(parameters), i64 %i) {
      %e = getelementptr double, ptr(double) %x, i64 %i
      %v = load double, ptr(double) %e
      \(more)
      ret double %v
    }
    """
  }

  @Test func nothingIsWritten() throws {
    #expect(try !Effects(after("")).isOverwritten("v"))
  }
  @Test func theSameArrayIsWritten() throws {
    let store = "%w = fmul double %v, 2.0\n  store double %w, ptr(double) %x"
    #expect(try Effects(after(store)).isOverwritten("v"))
  }
  @Test func otherArgumentsMayBeTheSameMemory() throws {
    #expect(try Effects(after("store double 2.0, ptr(double) %y")).isOverwritten("v"))
  }
  @Test func noaliasArgumentsAreNot() throws {
    let store = "store double 2.0, ptr(double) %y"
    for parameters in [
      "ptr(double) noalias %x, ptr(double) %y", "ptr(double) %x, ptr(double) noalias %y",
    ] {
      #expect(try !Effects(after(store, parameters)).isOverwritten("v"), "\(parameters)")
    }
  }
  @Test func privateMemoryIsNot() throws {
    let store = """
      %m = call ptr(i8) @malloc(i64 80)
        %p = bitcast ptr(i8) %m to ptr(double)
        %q = getelementptr double, ptr(double) %p, i64 %i
        store volatile double 2.0, ptr(double) %q
      """
    #expect(try !Effects(after(store)).isOverwritten("v"))
  }
  @Test func privateMemoryIsNotWrittenByOthers() throws {
    let text = after("", "ptr(double) %z, ptr(double) %y").replacing(
      "%e = getelementptr",
      with: """
        %m = call ptr(i8) @malloc(i64 80)
          %x = bitcast ptr(i8) %m to ptr(double)
          store double 3.0, ptr(double) %x
          %e = getelementptr
        """)
    let own = try Effects(
      text.replacing(
        "  \n  ret",
        with: "  store volatile double 2.0, ptr(double) %y\n  call void @unseen()\n  ret"))
    #expect(try !own.isOverwritten("v"))
    let shown = try Effects(
      text.replacing(
        "  \n  ret", with: "  call void @unseenOf(ptr(double) %x)\n  call void @unseen()\n  ret"))
    #expect(try shown.isOverwritten("v"))
  }
  @Test func unseenCodeWritesWhatItCanReach() throws {
    #expect(try Effects(after("call void @unseen()")).isOverwritten("v"))
    #expect(try Effects(after("call void @unseenOf(ptr(double) %x)")).isOverwritten("v"))
    #expect(try !Effects(after("call void @reads(ptr(double) %x)")).isOverwritten("v"))
  }
  @Test func constantsStayWhatTheyAre() throws {
    let text = after("call void @unseen()").replacing(
      "getelementptr double, ptr(double) %x, i64 %i",
      with: "getelementptr [4 x double], ptr([4 x double]) @table, i64 0, i64 %i")
    #expect(try !Effects(text).isOverwritten("v"))
  }

  @Test func typesTellAccessesApart() throws {
    func text(_ tag: String) -> String {
      after("store i64 2, ptr(i64) %y, !tbaa !\(tag)", "ptr(double) %x, ptr(i64) %y").replacing(
        "load double, ptr(double) %e", with: "load double, ptr(double) %e, !tbaa !3") + """

          !0 = !{!"root"}
          !1 = !{!"char", !0, i64 0}
          !2 = !{!"double", !1, i64 0}
          !3 = !{!2, !2, i64 0}
          !4 = !{!"long", !1, i64 0}
          !5 = !{!4, !4, i64 0}
          !6 = !{!1, !1, i64 0}
          """
    }
    #expect(try !Effects(text("5")).isOverwritten("v"))
    #expect(try Effects(text("6")).isOverwritten("v"), "characters may be anything")
  }

  @Test func fieldsOfAnArrayOfStructures() throws {
    func text(_ field: Int) -> String {
      """
      %pair = type { double, double }
      define double @f(ptr(%pair) %p, i64 %i, i64 %j) {
        %a = getelementptr %pair, ptr(%pair) %p, i64 %i, i32 1
        %v = load double, ptr(double) %a
        %b = getelementptr %pair, ptr(%pair) %p, i64 %j, i32 \(field)
        store double 0.0, ptr(double) %b
        ret double %v
      }
      """
    }
    #expect(try !Effects(text(0)).isOverwritten("v"))
    #expect(try Effects(text(1)).isOverwritten("v"))
  }

  // MARK: Order

  @Test func writesBeforeTheLoadDoNotMatter() throws {
    let text = after("").replacing(
      "%v = load", with: "store double 2.0, ptr(double) %x\n  %v = load")
    #expect(try !Effects(text).isOverwritten("v"))
  }

  @Test func loopsAreGoneRound() throws {
    // Written above the load, which the next round comes to after it.
    func text(_ place: String) -> String {
      """
      define double @f(ptr(double) %x, ptr(double) noalias %z, i64 %n) {
      entry:
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %next, %loop ]
        %s = phi double [ 0.0, %entry ], [ %t, %loop ]
        %to = getelementptr double, ptr(double) \(place), i64 %i
        store double %s, ptr(double) %to
        %m = mul i64 %i, %i
        %from = getelementptr double, ptr(double) %x, i64 %m
        %v = load double, ptr(double) %from
        %t = fadd double %s, %v
        %next = add i64 %i, 1
        %more = icmp ult i64 %next, %n
        br i1 %more, label %loop, label %out
      out:
        ret double %t
      }
      """
    }
    #expect(try Effects(text("%x")).isOverwritten("v"))
    #expect(try !Effects(text("%z")).isOverwritten("v"))
  }

  @Test func writesOnOtherPathsDoNotMatter() throws {
    let text = """
      define double @f(ptr(double) %x, i1 %c) {
      entry:
        br i1 %c, label %reads, label %writes
      reads:
        %v = load volatile double, ptr(double) %x
        br label %out
      writes:
        store volatile double 1.0, ptr(double) %x
        br label %out
      out:
        %r = phi double [ %v, %reads ], [ 0.0, %writes ]
        ret double %r
      }
      """
    #expect(try !Effects(text).isOverwritten("v"))
  }

  // MARK: Callers and callees

  /// `f` loads, calls `g`, and goes on; `g` loads, calls itself, and goes on.
  func nest(caller: String = "", callee: String = "") -> String {
    """
    define double @g(ptr(double) %p, i64 %n) {
    entry:
      %w = load double, ptr(double) %p
      %last = icmp eq i64 %n, 0
      br i1 %last, label %out, label %inner
    inner:
      %m = sub i64 %n, 1
      %r = call double @g(ptr(double) %p, i64 %m)
      br label %out
    out:
      %s = phi double [ 1.0, %entry ], [ %r, %inner ]
      \(callee)
      %t = fmul double %s, %w
      ret double %t
    }
    define double @f(ptr(double) %x, i64 %n) {
      %v = load double, ptr(double) %x
      %r = call double @g(ptr(double) %x, i64 %n)
      \(caller)
      %s = fmul double %r, %v
      ret double %s
    }
    """
  }

  @Test func readingCalleesOverwriteNothing() throws {
    let e = try Effects(nest())
    #expect(try !e.isOverwritten("v") && !e.isOverwritten("w", in: "g"))
  }
  @Test func calleesOverwriteTheirCallersMemory() throws {
    let e = try Effects(nest(callee: "store double 1.0, ptr(double) %p"))
    #expect(try e.isOverwritten("v") && e.isOverwritten("w", in: "g"))
  }
  @Test func callersGoOnAfterTheirCallees() throws {
    let e = try Effects(nest(caller: "store double 1.0, ptr(double) %x"))
    #expect(try e.isOverwritten("w", in: "g"))
  }
  @Test func callersOfSplitDerivativesMayWrite() throws {
    #expect(try Effects(after(""), callerWrites: ["x"]).isOverwritten("v"))
    #expect(
      try !Effects(after("", "ptr(double) noalias %x, ptr(double) %y"), callerWrites: [])
        .isOverwritten("v"))
  }

  // MARK: On the way to a use

  @Test func beforeUses() throws {
    let e = try Effects(
      """
      declare void @use(double)
      define void @f(ptr(double) %x, i64 %n) {
      entry:
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %next, %loop ]
        %p = getelementptr double, ptr(double) %x, i64 %i
        %v = load volatile double, ptr(double) %p
        call void @use(double %v)
        store volatile double 1.0, ptr(double) %p
        %w = fmul double %v, %v
        call void @use(double %w)
        %next = add i64 %i, 1
        %more = icmp ult i64 %next, %n
        br i1 %more, label %loop, label %out
      out:
        ret void
      }
      """.replacing("declare void @use(double)", with: "declare void @use(double) readnone"))
    let s = e.program.root
    let load = s.function.instruction("v")!
    let store = s.instructions.firstIndex { $0.opcode == .store }!
    let number = s.id(load) - s.parameterCount
    #expect(e.effects.isOverwritten(load, in: s))
    #expect(
      !e.effects.isOverwritten(load, before: [store], in: s), "the store itself comes too late")
    #expect(e.effects.isOverwritten(load, before: [store + 1], in: s))
    #expect(
      !e.effects.isOverwritten(load, before: [number + 1], in: s), "the next round does not count")
    #expect(e.effects.mayFollow(number, store, in: s) && e.effects.mayFollow(store, number, in: s))
  }

  @Test func writers() throws {
    let e = try Effects(
      after(
        "store double 2.0, ptr(double) %x\n  call void @unseen()",
        "ptr(double) noalias %x, ptr(double) %y"))
    let s = e.program.root
    let node = e.program.graph.cell(of: s.function.value("x")!)!.node
    #expect(e.effects.writers(of: node, in: s).map(\.opcode) == [.store, .call])
  }
}
