import Analysis
import IR
import Planning
import TestSupport
import Testing

@Suite struct CopyLayoutTests {
  /// The layout of the memory behind `%p`, of which the function uses what `body` uses.
  func layout(_ body: String, types: String = "", size: Int?, at offset: Int = 0) throws
    -> CopyLayout?
  {
    let module = try parse(
      """
      \(types)
      define void @f(ptr(i8) %p, i64 %i, i64 %j, ptr(double) %out) {
        \(body)
        ret void
      }
      """)
    let program = try module.program("f")
    let activity = Activity(program, module.request("f", .gradient))
    var cell = program.graph.cell(of: program.root.function.value("p")!)!
    cell.offset += offset
    return CopyLayout(program.graph.find(cell), size: size, program, activity)
  }
  static let record = """
    %q = bitcast ptr(i8) %p to ptr(%record)
      %a = getelementptr %record, ptr(%record) %q, i64 %i, i32 0
      %x = load double, ptr(double) %a
      store volatile double %x, ptr(double) %out
      %b = getelementptr %record, ptr(%record) %q, i64 %i, i32 1
      %square = mul i64 %i, %i
      store volatile i64 %square, ptr(i64) %b
      %c = getelementptr %record, ptr(%record) %q, i64 %i, i32 2
      %z = load float, ptr(float) %c
      %zd = fpext float %z to double
      store volatile double %zd, ptr(double) %out
    """
  static let type = "%record = type { double, i64, float }"

  @Test func arraysOfNumbers() throws {
    let body = """
      %q = bitcast ptr(i8) %p to ptr(double)
        %a = getelementptr double, ptr(double) %q, i64 %i
        %x = load double, ptr(double) %a
        store volatile double %x, ptr(double) %out
      """
    for size in [nil, 64] {
      let l = try #require(try layout(body, size: size))
      #expect(l.floats.map(\.offset) == [0] && l.floats.map(\.type.kind) == [.double])
      #expect(l.period == 8)
    }
  }

  @Test func arraysOfStructuresRepeat() throws {
    let l = try #require(try layout(Self.record, types: Self.type, size: nil))
    #expect(l.period == 24)
    #expect(l.floats.map(\.offset) == [0, 16])
    #expect(l.floats.map(\.type.kind) == [.double, .float])
    #expect(l.pointers.isEmpty)
  }

  @Test func oneStructure() throws {
    let l = try #require(try layout(Self.record, types: Self.type, size: 24))
    #expect(l.period == 0)
    #expect(l.floats.map(\.offset) == [0, 16])
  }

  @Test func partsOfStructures() throws {
    let l = try #require(try layout(Self.record, types: Self.type, size: 12, at: 8))
    #expect(l.floats.map(\.offset) == [8])
    #expect(l.floats.map(\.type.kind) == [.float])
  }

  @Test func pointersToActiveMemory() throws {
    let body = """
      %q = bitcast ptr(i8) %p to ptr(%node)
        %a = getelementptr %node, ptr(%node) %q, i64 0, i32 1
        %r = load ptr(double), ptr(ptr(double)) %a
        %x = load double, ptr(double) %r
        store volatile double %x, ptr(double) %out
        %b = getelementptr %node, ptr(%node) %q, i64 0, i32 0
        store volatile i64 %i, ptr(i64) %b
      """
    let l = try #require(try layout(body, types: "%node = type { i64, ptr(double) }", size: 16))
    #expect(l.pointers == [8] && l.floats.isEmpty)
  }

  @Test func numbersInPlaceOfPointersAreToldWhenTheProgramRuns() throws {
    let body = """
      %q = bitcast ptr(i8) %p to ptr(double)
        %x = load volatile double, ptr(double) %q
        store volatile double %x, ptr(double) %out
        %r = bitcast ptr(i8) %p to ptr(ptr(double))
        store volatile ptr(double) %out, ptr(ptr(double)) %r
      """
    #expect(try #require(try layout(body, size: 8)).isWordwise)
    // Two shorter numbers could pass for a pointer.
    let shorter = """
        %o = bitcast ptr(double) %out to ptr(float)
        %s = load volatile float, ptr(float) %o
        %t = fadd float %s, %s
        store volatile float %t, ptr(float) %o
      """
    #expect(try layout(body + "\n" + shorter, size: 8) == nil)
  }
  @Test func twoKindsOfNumbersInOnePlaceCannotBeTold() throws {
    let body = """
      %q = bitcast ptr(i8) %p to ptr(double)
        %x = load volatile double, ptr(double) %q
        store volatile double %x, ptr(double) %out
        %r = bitcast ptr(i8) %p to ptr(float)
        %s = load volatile float, ptr(float) %r
        %t = fadd float %s, %s
        store volatile float %t, ptr(float) %r
      """
    #expect(try layout(body, size: 8) == nil)
  }
  @Test func memoryThatNobodyLooksAtCannotBeTold() throws {
    #expect(try layout("", size: 8) == nil)
  }
}
