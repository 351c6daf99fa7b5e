import Analysis
import IR
import TestSupport
import Testing

@Suite struct ActivityTests {
  /// What is known of `f` in a module for one request.
  struct Facts {
    let program: Program
    let activity: Activity

    init(
      _ text: String, _ parameters: [ParameterActivity]? = nil, result: ReturnActivity? = nil,
      inactive: [String] = [], change: (inout Request) -> Void = { _ in }
    ) throws {
      let module = try parse(text)
      var declarations = Declarations()
      for name in inactive { declarations.inactiveFunctions.insert(module[name]) }
      program = try module.program("f", declarations)
      var request = module.request("f", .gradient, parameters, result: result)
      change(&request)
      activity = Activity(program, request)
    }
    /// The subject of a function.
    func subject(_ name: String) -> Subject { program.subjects.first { $0.original.name == name }! }
    func value(_ name: String, in function: String = "f") -> Value {
      subject(function).function.value(name)!
    }
    func isActive(_ name: String, in f: String = "f") -> Bool {
      activity.isActive(value(name, in: f), in: subject(f))
    }
    func isVaried(_ name: String, in f: String = "f") -> Bool {
      activity.isVaried(value(name, in: f), in: subject(f))
    }
    /// The object behind a pointer.
    func node(_ name: String) -> Int { program.graph.cell(of: value(name))!.node }
  }

  @Test func variedAndUseful() throws {
    let facts = try Facts(
      """
      declare void @sink(double)
      define double @f(double %x, double %k) {
        %a = fmul double %x, 3.0
        %b = fmul double %x, 5.0
        %c = fmul double %k, 7.0
        call void @sink(double %b)
        %r = fmul double %a, %c
        ret double %r
      }
      """, [.out, .constant], inactive: ["sink"])
    #expect(facts.isActive("a") && facts.isActive("r") && facts.isActive("x"))
    #expect(
      facts.isVaried("b") && !facts.isActive("b"), "varied, but nothing that counts comes of it")
    #expect(!facts.isVaried("c") && !facts.isVaried("k"), "useful, but without derivative")
  }

  @Test func constantResultsMakeNothingActive() throws {
    let facts = try Facts(
      "define double @f(double %x) {\n  %y = fmul double %x, %x\n  ret double %y\n}",
      result: .constant)
    #expect(!facts.isActive("y") && facts.isVaried("y"))
  }

  @Test func integersAndConditionsCarryNothing() throws {
    let facts = try Facts(
      """
      define double @f(double %x, double %k, double %l) {
        %i = fptosi double %x to i64
        %back = sitofp i64 %i to double
        %c = fcmp olt double %x, 0.0
        %s = select i1 %c, double %k, double %l
        %m = fmul double %s, %back
        %r = fadd double %m, %x
        ret double %r
      }
      """, [.out, .constant, .constant])
    for name in ["i", "back", "c", "s", "m"] { #expect(!facts.isVaried(name), "\(name)") }
    #expect(facts.isActive("r"))
  }

  @Test func formulasSayWhichOperandsCount() throws {
    let facts = try Facts(
      """
      declare double @floor(double)
      declare double @sin(double)
      declare double @copysign(double, double)
      define double @f(double %x, double %y) {
        %a = call double @floor(double %x)
        %b = call double @sin(double %x)
        %c = call double @copysign(double %b, double %y)
        %d = fadd double %a, %c
        ret double %d
      }
      """)
    #expect(!facts.isVaried("a"))
    #expect(facts.isActive("b") && facts.isActive("c"))
    #expect(!facts.isActive("y"), "a sign has no derivative")
  }

  // MARK: Memory

  /// A private array of which one element is written and one is read.
  func array(_ stored: String) -> String {
    """
    define double @f(double %x, double %k, i64 %i, i64 %j) {
      %buffer = alloca [4 x double]
      %start = bitcast ptr([4 x double]) %buffer to ptr(double)
      %to = getelementptr double, ptr(double) %start, i64 %i
      store double \(stored), ptr(double) %to
      %from = getelementptr double, ptr(double) %start, i64 %j
      %v = load double, ptr(double) %from
      %r = fmul double %v, %x
      ret double %r
    }
    """
  }

  @Test func memoryPassesDerivativesOn() throws {
    let active = try Facts(array("%x"), [.out, .constant, .constant, .constant])
    #expect(active.isActive("v"))
    #expect(active.activity.isActive(node: active.node("to")))
    #expect(active.activity.needsShadow(active.value("to")))
  }
  @Test func memoryThatIsNeverVariedNeedsNoShadow() throws {
    let inactive = try Facts(array("%k"), [.out, .constant, .constant, .constant])
    #expect(!inactive.isVaried("v"))
    #expect(!inactive.activity.needsShadow(inactive.value("to")))
  }
  @Test func memoryThatIsNeverUsefulNeedsNoShadow() throws {
    let facts = try Facts(
      """
      define double @f(double %x, ptr(double) %log) {
        %y = fmul double %x, 2.0
        store double %y, ptr(double) %log
        ret double %x
      }
      """, [.out, .constant])
    #expect(!facts.activity.isActive(node: facts.node("log")))
    #expect(facts.isVaried("y") && !facts.isActive("y"))
  }
  @Test func resultsThroughMemoryAreUseful() throws {
    let facts = try Facts(
      """
      define void @f(ptr(double) %x, ptr(double) %y) {
        %v = load double, ptr(double) %x
        %w = fmul double %v, %v
        store double %w, ptr(double) %y
        ret void
      }
      """)
    #expect(facts.isActive("v") && facts.isActive("w"))
    let constant = try Facts(
      """
      define void @f(ptr(double) %x, ptr(double) %y) {
        %v = load double, ptr(double) %x
        %w = fmul double %v, %v
        store double %w, ptr(double) %y
        ret void
      }
      """, [.constant, .duplicated])
    #expect(!constant.isVaried("w"))
  }

  @Test func integersCarryTheBitsOfNumbers() throws {
    let facts = try Facts(
      """
      define double @f(ptr(double) %x, ptr(i64) %y, i64 %n) {
        %first = load double, ptr(double) %x
        %p = bitcast ptr(double) %x to ptr(i64)
        %q = getelementptr i64, ptr(i64) %p, i64 %n
        %bits = load volatile i64, ptr(i64) %q
        store i64 %bits, ptr(i64) %y
        %count = load volatile i64, ptr(i64) %y
        %fc = sitofp i64 %count to double
        %r = fmul double %first, %fc
        ret double %r
      }
      """)
    #expect(facts.isVaried("bits"))
    #expect(!facts.isVaried("fc"))
  }

  @Test func pointersInMemoryLeadToShadows() throws {
    let facts = try Facts(
      """
      define double @f(ptr(ptr(double)) %rows, i64 %i) {
        %place = getelementptr ptr(double), ptr(ptr(double)) %rows, i64 %i
        %row = load ptr(double), ptr(ptr(double)) %place
        %v = load double, ptr(double) %row
        ret double %v
      }
      """)
    #expect(facts.isActive("v"))
    #expect(facts.activity.needsShadow(facts.value("rows")))
    #expect(facts.activity.isActive(node: facts.node("row")))
  }

  @Test func mixedPointers() throws {
    let text = """
      define double @f(ptr(double) %a, ptr(double) %b, i1 %c) {
        %p = select i1 %c, ptr(double) %a, ptr(double) %b
        %v = load double, ptr(double) %p
        ret double %v
      }
      """
    let both = try Facts(text, [.duplicated, .duplicated, .constant])
    #expect(
      both.activity.needsShadow(both.value("p")) && !both.activity.isMixed(node: both.node("p")))
    let mixed = try Facts(text, [.duplicated, .constant, .constant])
    #expect(mixed.activity.isMixed(node: mixed.node("p")))
    let neither = try Facts(text, [.constant, .constant, .constant])
    #expect(!neither.activity.isMixed(node: neither.node("p")))
  }

  @Test func runtimeActivityMixesEverything() throws {
    let text = """
      define double @f(ptr(double) %a) {
        %v = load double, ptr(double) %a
        ret double %v
      }
      """
    let plain = try Facts(text)
    #expect(!plain.activity.isMixed(node: plain.node("a")))
    let checked = try Facts(text) { $0.runtimeActivity = true }
    #expect(checked.activity.isMixed(node: checked.node("a")))
  }

  @Test func constantTablesAreMixedWithActiveMemory() throws {
    let facts = try Facts(
      """
      @table = constant [2 x double] [double 1.0, double 2.0]
      define double @f(ptr(double) %a, i1 %c) {
        %t = getelementptr [2 x double], ptr([2 x double]) @table, i64 0, i64 1
        %p = select i1 %c, ptr(double) %a, ptr(double) %t
        %v = load double, ptr(double) %p
        ret double %v
      }
      """)
    #expect(facts.activity.isMixed(node: facts.node("a")))
  }

  // MARK: Calls

  /// A callee that recurses, so that it stays one.
  static let callee = """
    define double @g(double %u, double %v, i64 %n) {
    entry:
      %last = icmp eq i64 %n, 0
      br i1 %last, label %leaf, label %inner
    leaf:
      %s = fmul double %u, %v
      ret double %s
    inner:
      %m = sub i64 %n, 1
      %t = call double @g(double %u, double %v, i64 %m)
      %w = fmul double %t, %u
      ret double %w
    }
    """

  @Test func activityOfCallees() throws {
    let facts = try Facts(
      """
      \(Self.callee)
      define double @f(double %x, double %k, i64 %n) {
        %r = call double @g(double %x, double %k, i64 %n)
        ret double %r
      }
      """, [.out, .constant, .constant])
    #expect(facts.isActive("u", in: "g") && !facts.isVaried("v", in: "g"))
    #expect(facts.activity.isResultActive(facts.subject("g")))
    #expect(facts.isActive("r"))
  }

  @Test func calleesWithoutDerivatives() throws {
    let facts = try Facts(
      """
      \(Self.callee)
      define double @f(double %x, double %k, i64 %n) {
        %r = call double @g(double %k, double %k, i64 %n)
        %s = fmul double %r, %x
        ret double %s
      }
      """, [.out, .constant, .constant])
    #expect(!facts.isVaried("u", in: "g") && !facts.isVaried("r") && facts.isActive("s"))
    let f = facts.subject("f")
    let call = f.instructions.first { $0.isCall }!
    #expect(!facts.activity.touchesActive(call, in: f))
  }

  @Test func loopsAreGoneRound() throws {
    // %b becomes active in the second round only.
    let facts = try Facts(
      """
      define double @f(double %x, double %k, i64 %n) {
      entry:
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %ni, %loop ]
        %a = phi double [ %x, %entry ], [ %nb, %loop ]
        %b = phi double [ %k, %entry ], [ %na, %loop ]
        %na = fmul double %a, 2.0
        %nb = fmul double %b, 3.0
        %ni = add i64 %i, 1
        %more = icmp ult i64 %ni, %n
        br i1 %more, label %loop, label %out
      out:
        ret double %nb
      }
      """, [.out, .constant, .constant])
    #expect(facts.isActive("b") && facts.isActive("nb"))
  }
}
