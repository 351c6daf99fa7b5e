import IR
import TestSupport
import Testing

@Suite struct InstructionTests {
  // MARK: GEPs

  /// The terms of `%g`, with indices by name.
  func terms(_ gep: String, types: String = "") throws -> String? {
    let module = try parse(
      """
      \(types)
      define void @f(ptr(i8) %b, ptr(double) %d, i64 %i, i64 %j, i32 %k) {
        %g = getelementptr \(gep)
        ret void
      }
      """)
    guard let (offset, terms) = module["f"].instruction("g")!.gepTerms(in: module) else {
      return nil
    }
    return (["\(offset)"] + terms.map { "\($0.scale)·\($0.index.name)" }).joined(separator: " + ")
  }

  @Test func gepTerms() throws {
    #expect(try terms("double, ptr(double) %d, i64 %i") == "0 + 8·i")
    #expect(try terms("double, ptr(double) %d, i64 -2") == "-16")
    #expect(try terms("double, ptr(double) %d, i32 %k") == "0 + 8·k")
    #expect(try terms("i8, ptr(i8) %b, i64 %i") == "0 + 1·i")
  }
  @Test func gepTermsThroughStructuresAndArrays() throws {
    let module = try parse(
      """
      %pair = type { i32, [3 x double] }
      define void @f(ptr(%pair) %p, i64 %i, i64 %j) {
        %g = getelementptr %pair, ptr(%pair) %p, i64 %i, i32 1, i64 %j
        %h = getelementptr %pair, ptr(%pair) %p, i64 2, i32 1, i64 1
        ret void
      }
      """)
    let f = module["f"]
    let (offset, terms) = f.instruction("g")!.gepTerms(in: module)!
    #expect(offset == 8)
    #expect(Set(terms.map { "\($0.scale)·\($0.index.name)" }) == ["32·i", "8·j"])
    #expect(f.instruction("h")!.gepTerms(in: module)!.offset == 80)
    #expect(f.value("h")!.constantOffset(in: module) == 80)
    #expect(f.value("g")!.constantOffset(in: module) == nil)
  }
  @Test func gepsOfVectorsHaveNoTerms() throws {
    #expect(try terms("double, ptr(double) %d, <2 x i64> <i64 1, i64 2>") == nil)
  }

  // MARK: Phis

  static let diamond = """
    define i64 @f(i1 %c, i64 %x) {
    entry:
      br i1 %c, label %yes, label %no
    yes:
      br label %join
    no:
      br label %join
    join:
      %p = phi i64 [ %x, %yes ], [ 7, %no ]
      ret i64 %p
    }
    """

  @Test func phiEdits() throws {
    let module = try parse(Self.diamond)
    let f = module["f"]
    let phi = f.instruction("p")!
    let yes = f.block("yes")!
    let no = f.block("no")!
    #expect(phi.incoming.map(\.block) == [yes, no])
    phi.setIncomingBlock(0, no)
    phi.setIncomingBlock(1, yes)
    #expect(phi.incoming.map(\.block) == [no, yes])
    #expect(f.verificationError == nil)
    phi.removeIncoming(1)
    #expect(phi.incoming.map(\.value) == [f.value("x")!] && phi.incoming.map(\.block) == [no])
    phi.addIncoming(module.context.i64.constant(9), from: yes)
    #expect(phi.incoming.map(\.value.integerConstant) == [nil, 9])
    #expect(f.verificationError == nil)
  }

  @Test func removingTheLastIncomingKeepsThePhi() throws {
    let f = try parse(Self.diamond)["f"]
    let phi = f.instruction("p")!
    phi.removeIncoming(1)
    phi.removeIncoming(0)
    #expect(phi.incoming.isEmpty)
    #expect(f.instruction("p") == phi)
  }

  @Test func splittingABlockMovesItsPhiEdges() throws {
    let f = try parse(Self.diamond)["f"]
    let rest = f.block("yes")!.terminator!.splitBlockBefore("rest")
    #expect(f.block("yes")!.successors == [rest])
    #expect(f.instruction("p")!.incoming.map(\.block.name) == ["rest", "no"])
    #expect(f.verificationError == nil)
  }

  // MARK: Branches

  @Test func switchCases() throws {
    let f = try parse(
      """
      define void @f(i8 %k) {
      entry:
        switch i8 %k, label %other [
          i8 3, label %a
          i8 -1, label %b
          i8 4, label %a
        ]
      a:
        br label %other
      b:
        br label %other
      other:
        ret void
      }
      """)["f"]
    let s = f.entry.terminator!
    #expect(s.condition == f.parameter(0))
    #expect(s.switchCases.map(\.value.integerConstant) == [3, -1, 4])
    #expect(s.switchCases.map(\.target.name) == ["a", "b", "a"])
    #expect(s.successors.map(\.name) == ["other", "a", "b", "a"])
    s.setSuccessor(3, f.block("b")!)
    #expect(s.switchCases.map(\.target.name) == ["a", "b", "b"])
  }

  @Test func builtSwitch() throws {
    let module = try parse("declare void @f(i32)")
    let f = module["f"]
    let b = Builder(module: module)
    b.position(atEndOf: f.appendBlock("entry"))
    let (one, other) = (f.appendBlock("one"), f.appendBlock("other"))
    b.switch(f.parameter(0), default: other, cases: [(module.context.i32.constant(1), one)])
    for block in [one, other] {
      b.position(atEndOf: block)
      b.ret(nil)
    }
    #expect(f.verificationError == nil)
    #expect(f.entry.terminator!.switchCases.map(\.target) == [one])
    #expect(f.entry.successors == [other, one])
  }

  @Test func conditionalBranches() throws {
    let f = try parse(Self.diamond)["f"]
    #expect(f.entry.terminator!.isConditionalBranch)
    #expect(f.entry.terminator!.condition == f.parameter(0))
    #expect(!f.block("yes")!.terminator!.isConditionalBranch)
  }

  // MARK: Calls and memory

  @Test func calls() throws {
    let module = try parse(
      """
      declare double @g(ptr(double) nocapture readonly, double)
      define double @f(ptr(double) %p, ptr(double (ptr(double), double)) %h) {
        %a = call double @g(ptr(double) %p, double 1.0)
        %b = call double %h(ptr(double) %p, double %a)
        %c = call double asm "", "=x,x"(double %b)
        ret double %c
      }
      """)
    let f = module["f"]
    let direct = f.instruction("a")!
    #expect(direct.callee == module["g"])
    #expect(direct.arguments.count == 2 && direct.argumentOnlyRead(0))
    let indirect = f.instruction("b")!
    #expect(indirect.callee == nil && indirect.calledValue == f.parameter(1))
    #expect(indirect.calledFunctionType == module["g"].functionType)
    #expect(f.instruction("c")!.isInlineAssemblyCall && !direct.isInlineAssemblyCall)
    indirect.setCallee(module["g"])
    #expect(indirect.callee == module["g"])
  }

  @Test func volatileAndAtomic() throws {
    let f = try parse(
      """
      define void @f(ptr(i64) %p) {
        %a = load volatile i64, ptr(i64) %p
        %b = load atomic i64, ptr(i64) %p seq_cst, align 8
        %c = load i64, ptr(i64) %p
        ret void
      }
      """)["f"]
    let (a, b, c) = (f.instruction("a")!, f.instruction("b")!, f.instruction("c")!)
    #expect(a.isVolatile && !b.isVolatile && !c.isVolatile)
    #expect(!a.isAtomic && b.isAtomic && !c.isAtomic)
    #expect(c.mayReadMemory && !c.mayWriteMemory)
  }
}
