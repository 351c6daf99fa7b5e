import IR
import TestSupport
import Testing

@Suite struct CloneTests {
  static let text = """
    define double @f(double noundef %x, i64 %n) {
    entry:
      br label %loop
    loop:
      %i = phi i64 [ 0, %entry ], [ %next, %loop ]
      %y = phi double [ %x, %entry ], [ %z, %loop ]
      %z = fmul double %y, %y
      %next = add i64 %i, 1
      %more = icmp ult i64 %next, %n
      br i1 %more, label %loop, label %out
    out:
      %again = call double @f(double %z, i64 0)
      ret double %again
    }
    """

  @Test func copyIsPrivateAndIndependent() throws {
    let module = try parse(Self.text)
    let f = module["f"]
    let before = f.value.description
    let copy = f.clone(named: "copy")
    #expect(copy.isInternal && !f.isInternal)
    #expect(copy.functionType == f.functionType)
    #expect(copy.instructionCount == f.instructionCount)
    #expect(copy.parameterHasAttribute(0, "noundef"))
    copy.instruction("z")!.value.replaceAllUses(with: copy.value("y")!)
    copy.instruction("z")!.erase()
    #expect(f.value.description == before)
    #expect(module.verificationError == nil)
  }

  @Test func copyRefersToItsOwnValues() throws {
    let module = try parse(Self.text)
    let copy = module["f"].clone(named: "copy")
    let own = Set(copy.blocks.flatMap { $0.instructions.map(\.value) } + copy.parameters)
    for block in copy.blocks {
      for i in block.instructions {
        for o in i.operands where o.instruction != nil || o.isArgument { #expect(own.contains(o)) }
      }
    }
    // A call of the original stays one.
    #expect(copy.all(.call)[0].callee == module["f"])
  }

  @Test func deletedBodiesLeaveADeclaration() throws {
    let module = try parse(Self.text)
    let copy = module["f"].clone(named: "copy")
    copy.deleteBody()
    #expect(copy.isDeclaration)
    copy.delete()
    #expect(module.function(named: "copy") == nil)
    #expect(module.verificationError == nil)
  }

  @Test func clonedInstructionsHaveNoBlockYet() throws {
    let module = try parse(Self.text)
    let f = module["f"]
    let copy = f.instruction("z")!.clone()
    let b = Builder(module: module)
    b.position(before: f.block("loop")!.terminator!)
    b.insert(copy)
    #expect(copy.block == f.block("loop"))
    #expect(copy.operand(0) == f.value("y"))
    #expect(module.verificationError == nil)
  }
}
