import Testing

@testable import Rules

@Suite struct KnowledgeTests {
  private func kind(_ name: String) -> FunctionKnowledge.Kind? {
    RuleBook.standard.function(name)?.kind
  }

  @Test(arguments: [
    "printf", "puts", "fwrite", "fopen", "time", "rand", "strtod", "atoi", "isatty", "read",
    "pthread_mutex_lock", "llvm.ctpop.i64", "llvm.smax.i32", "llvm.is.fpclass.f64",
    "_ZNSolsEd", "_ZStlsISt11char_traitsIcEERSt13basic_ostreamIcT_ES5_PKc",
    "_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_appendEPKcm",
    "_ZSt11_Hash_bytesPKvmm",
    "_ZNSt6chrono3_V212steady_clock3nowEv", "_ZNKSt6locale2idXX", "__cxa_begin_catch",
    "llvm.sadd.with.overflow.i32", "llvm.fptosi.sat.i32.f64", "nanf",
    "_ZNSt14basic_ofstreamIcSt11char_traitsIcEEC1Ev",
  ])
  func isInactive(_ name: String) {
    #expect(kind(name) == .inactive, "\(name)")
  }

  @Test(arguments: [
    "abort", "exit", "__assert_fail", "__cxa_throw", "_ZSt17__throw_bad_allocv",
    "_ZSt24__throw_out_of_range_fmtPKcz", "llvm.trap", "_ZSt9terminatev",
  ])
  func doesNotReturn(_ name: String) {
    #expect(kind(name) == .noReturn, "\(name)")
  }

  @Test(arguments: [
    "llvm.lifetime.start.p0i8", "llvm.lifetime.end.p0", "llvm.assume", "llvm.dbg.value",
    "llvm.stacksave.p0", "llvm.stackrestore", "llvm.experimental.noalias.scope.decl",
  ])
  func isAMarker(_ name: String) {
    #expect(kind(name) == .marker, "\(name)")
  }

  @Test(arguments: [
    ("llvm.vector.reduce.fadd.v4f64", "vector.reduce.fadd"),
    ("llvm.masked.load.v4f64.p0v4f64", "masked.load"), ("llvm.vp.fadd.v4f64", "vp.fadd"),
    ("llvm.frexp.f64.i32", "frexp"), ("llvm.expect.i64", "expect"), ("__muldc3", "__muldc3"),
  ])
  func isStructural(_ name: String, _ bare: String) {
    #expect(kind(name) == .structural(bare), "\(name)")
  }

  @Test(arguments: ["setjmp", "longjmp", "llvm.coro.begin", "llvm.eh.sjlj.setjmp"])
  func isRefused(_ name: String) {
    guard case .refused = kind(name) else {
      Issue.record("\(name) is not refused")
      return
    }
  }

  @Test func sortingCallsBack() {
    #expect(kind("qsort") == .callback(argument: 3))
  }

  @Test func everyAllocationIsFreedByADeallocation() {
    for name in RuleBook.standard.functionNames {
      let freedBy: String? =
        switch kind(name) {
        case .allocation(let a): a.freedBy
        case .reallocation(let r): r.freedBy
        default: nil
        }
      guard let freedBy else { continue }
      guard case .deallocation = kind(freedBy) else {
        Issue.record("\(name) is freed by \(freedBy), which frees nothing")
        continue
      }
    }
  }

  @Test func allocationSizes() {
    guard case .allocation(let calloc) = kind("calloc") else { return #expect(Bool(false)) }
    #expect(calloc.sizeArguments == [0, 1] && calloc.zeroes && calloc.freedBy == "free")
    guard case .allocation(let memalign) = kind("posix_memalign") else {
      return #expect(Bool(false))
    }
    #expect(memalign.resultThroughPointerArgument == 0 && memalign.alignmentArgument == 1)
    #expect(RuleBook.standard.function("posix_memalign")?.effects.access(ofArgument: 0) == .writes)
  }

  @Test func memoryRoutines() throws {
    for name in ["memcpy", "llvm.memcpy.p0i8.p0i8.i64", "llvm.memcpy.inline.p0.p0.i64"] {
      let copy = try #require(RuleBook.standard.function(name))
      #expect(copy.kind == .memory(MemoryRoutine(.copy, source: 1)))
      #expect(copy.effects.access(ofArgument: 0) == .writes)
      #expect(copy.effects.access(ofArgument: 1) == .reads)
      #expect(copy.returnsArgument == (name == "memcpy" ? 0 : nil))
    }
    #expect(RuleBook.standard.function("mempcpy")?.returnsArgument == nil)
    #expect(RuleBook.standard.function("mempcpy")?.pointsIntoArgument == 0)
    let bcopy = try #require(RuleBook.standard.function("bcopy"))
    #expect(bcopy.effects.access(ofArgument: 0) == .reads)
    #expect(bcopy.effects.access(ofArgument: 1) == .writes)
  }

  @Test func purity() {
    for name in ["sin", "strlen", "llvm.ctpop.i32", "memcmp", "llvm.assume"] {
      #expect(RuleBook.standard.function(name)?.isPure == true, "\(name)")
    }
    for name in ["sincos", "lgamma_r", "rand", "printf", "strcpy", "malloc", "free", "abort"] {
      #expect(RuleBook.standard.function(name)?.isPure == false, "\(name)")
    }
  }

  @Test func treesAreReplayedOnShadows() throws {
    let increment = try #require(
      RuleBook.standard.function("_ZSt18_Rb_tree_incrementPSt18_Rb_tree_node_base"))
    #expect(increment.kind == .pointerShuffle && increment.isPure)
    let insert = try #require(
      RuleBook.standard.function(
        "_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_"))
    #expect(insert.kind == .pointerShuffle && !insert.isPure && insert.capturesArguments)
    #expect(kind("_ZNSt8__detail15_List_node_base7_M_hookEPS0_") == .pointerShuffle)
  }

  /// Sums of complex numbers must not be taken for sums of strings.
  @Test func complexArithmeticIsNotInactive() {
    #expect(kind("_ZStplIdESt7complexIT_ERKS2_S4_") == nil)
  }

  @Test func everythingPrints() {
    for name in RuleBook.standard.functionNames {
      #expect(RuleBook.standard.function(name)?.description.isEmpty == false)
    }
  }
}
