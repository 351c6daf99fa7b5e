import TestSupport
import Testing

/// Memory of the caller, of the stack and of the heap.
@Suite struct MemoryTests {
  @Test func inputsOverwritten() throws {
    try checkDerivatives(
      """
      define double @f(ptr(double) %x) {
        %e = getelementptr double, ptr(double) %x, i64 1
        %a = load double, ptr(double) %x
        %b = load double, ptr(double) %e
        %c = fmul double %a, %b
        store double %c, ptr(double) %x
        store double %a, ptr(double) %e
        %d = fmul double %c, %a
        ret double %d
      }
      """, [.array([1.5, -0.5])])
  }

  @Test func copiesAndFills() throws {
    try checkDerivatives(
      """
      declare void @llvm.memcpy.p0i8.p0i8.i64(ptr(i8), ptr(i8), i64, i1)
      declare void @llvm.memset.p0i8.i64(ptr(i8), i8, i64, i1)
      define double @f(ptr(double) %x, ptr(double) %y) {
        %from = bitcast ptr(double) %x to ptr(i8)
        %to = bitcast ptr(double) %y to ptr(i8)
        %e = getelementptr double, ptr(double) %y, i64 2
        %old = load double, ptr(double) %e
        %b = load double, ptr(double) %x
        call void @llvm.memcpy.p0i8.p0i8.i64(ptr(i8) %to, ptr(i8) %from, i64 32, i1 false)
        call void @llvm.memset.p0i8.i64(ptr(i8) %from, i8 0, i64 16, i1 false)
        %new = load double, ptr(double) %e
        %a = fmul double %old, %new
        %c = load double, ptr(double) %x
        %d = fadd double %b, %c
        %r = fadd double %a, %d
        ret double %r
      }
      """.forThisDialect, [.array([1.5, -0.5, 0.25, 2]), .array([0.1, 0.2, 0.3, 0.4])])
  }

  /// A heap buffer filled, rewritten several times and read back.
  static let heap = """
    declare ptr(i8) @malloc(i64)
    declare void @free(ptr(i8))
    define double @f(ptr(double) %x, i64 %n, i64 %rounds) {
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
      %half = fmul double %v, 0.3
      %new = fadd double %uvw, %half
      store double %new, ptr(double) %at
      %ni = add nuw nsw i64 %i, 1
      %more = icmp ult i64 %ni, %n
      br i1 %more, label %cell, label %latch
    latch:
      %nr = add nuw nsw i64 %r, 1
      %again = icmp ult i64 %nr, %rounds
      br i1 %again, label %round, label %out
    out:
      %place = getelementptr double, ptr(double) %b, i64 3
      %third = load double, ptr(double) %place
      %last = load double, ptr(double) %b
      %result = fmul double %last, %third
      call void @free(ptr(i8) %m)
      ret double %result
    }
    """
  @Test func heapBuffersRewritten() throws {
    let x = [0.8, 0.6, 0.9, -0.7, 0.7, 0.9]
    try checkDerivatives(
      Self.heap, [.array(x), .integer(6), .integer(1)], [.array(x), .integer(6), .integer(5)],
      [.array(x), .integer(4), .integer(12)])
  }

  @Test func arraysIndexedByData() throws {
    try checkDerivatives(
      """
      define double @f(double %x, i64 %i, i64 %j) {
        %a = alloca [4 x double]
        %z = bitcast ptr([4 x double]) %a to ptr(<4 x double>)
        store <4 x double> zeroinitializer, ptr(<4 x double>) %z, align 8
        %p = getelementptr [4 x double], ptr([4 x double]) %a, i64 0, i64 %i
        %q = getelementptr [4 x double], ptr([4 x double]) %a, i64 0, i64 %j
        store double %x, ptr(double) %p
        %v = load double, ptr(double) %q
        %w = fmul double %v, %v
        store double %w, ptr(double) %q
        %r = load double, ptr(double) %p
        ret double %r
      }
      """, [.number(1.5), .integer(1), .integer(1)], [.number(1.5), .integer(1), .integer(2)])
  }

  @Test func alignedVariablesStayAligned() throws {
    // The variable goes to the tape in split mode; aligned accesses to it must not fail there.
    try checkDerivatives(
      """
      define double @f(double %x, i64 %i, i64 %j) {
        %before = alloca [3 x double]
        %a = alloca <4 x double>, align 32
        %o = getelementptr [3 x double], ptr([3 x double]) %before, i64 0, i64 %i
        store volatile double 2.0, ptr(double) %o
        %one = insertelement <4 x double> undef, double %x, i32 0
        %all = shufflevector <4 x double> %one, <4 x double> undef, <4 x i32> zeroinitializer
        store <4 x double> %all, ptr(<4 x double>) %a, align 32
        %q = getelementptr <4 x double>, ptr(<4 x double>) %a, i64 0, i64 %j
        %v = load double, ptr(double) %q
        %w = fmul double %v, %v
        store double %w, ptr(double) %q
        %b = load <4 x double>, ptr(<4 x double>) %a, align 32
        %s = fmul <4 x double> %b, %b
        %r1 = extractelement <4 x double> %s, i32 1
        %r2 = extractelement <4 x double> %s, i32 2
        %r = fmul double %r1, %r2
        ret double %r
      }
      """, [.number(1.5), .integer(1), .integer(1)], [.number(1.5), .integer(0), .integer(3)])
  }

  @Test func vectorsAreKeptPerIteration() throws {
    try checkDerivatives(
      """
      define double @f(ptr(double) %x, i64 %n) {
      entry:
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %next, %loop ]
        %s = phi <4 x double> [ <double 1.0, double 0.9, double 0.8, double 0.7>, %entry ], [ %t, %loop ]
        %o = shl i64 %i, 2
        %e = getelementptr double, ptr(double) %x, i64 %o
        %p = bitcast ptr(double) %e to ptr(<4 x double>)
        %v = load <4 x double>, ptr(<4 x double>) %p, align 8
        %t = fmul <4 x double> %s, %v
        %next = add nuw nsw i64 %i, 1
        %more = icmp ult i64 %next, %n
        br i1 %more, label %loop, label %out
      out:
        %a = extractelement <4 x double> %t, i32 1
        %b = extractelement <4 x double> %t, i32 3
        %r = fmul double %a, %b
        ret double %r
      }
      """, [.array((0..<12).map { 0.5 + 0.1 * Double($0) }), .integer(3)])
  }

  @Test func inactiveMemoryHasNoShadow() throws {
    try checkDerivatives(
      """
      define double @f(double %x, ptr(double) %k) {
        %v = load double, ptr(double) %k
        %r = fmul double %v, %x
        %s = fmul double %r, %r
        ret double %s
      }
      """, [.number(1.5), .constantArray([3])])
  }

  @Test func pointersChosenAtRunTime() throws {
    try checkDerivatives(
      """
      define double @f(ptr(double) %x, ptr(double) %y, i64 %n) {
        %c = icmp ugt i64 %n, 3
        %p = select i1 %c, ptr(double) %x, ptr(double) %y
        %e = getelementptr double, ptr(double) %p, i64 1
        %v = load double, ptr(double) %e
        %w = load double, ptr(double) %x
        %r = fmul double %v, %w
        store double %r, ptr(double) %p
        ret double %r
      }
      """, [.array([1, 2]), .array([3, 4]), .integer(2)],
      [.array([1, 2]), .array([3, 4]), .integer(4)])
  }

  @Test func globals() throws {
    try checkDerivatives(
      """
      @scratch = internal global [2 x double] zeroinitializer
      @table = internal constant [3 x double] [double 2.0, double 3.0, double 5.0]
      define double @f(double %x, i64 %i) {
        %t = getelementptr [3 x double], ptr([3 x double]) @table, i64 0, i64 %i
        %k = load double, ptr(double) %t
        %s = getelementptr [2 x double], ptr([2 x double]) @scratch, i64 0, i64 1
        %y = fmul double %x, %k
        store double %y, ptr(double) %s
        %z = load double, ptr(double) %s
        %r = fmul double %z, %x
        ret double %r
      }
      """, [.number(1.5), .integer(0)], [.number(1.5), .integer(2)])
  }

  /// A buffer that a global points to is there for others to see: it is left as the function left
  /// it.
  @Test func memoryBehindGlobalsIsLeftAsItIs() throws {
    let comparison = try Comparison(
      """
      declare ptr(i8) @malloc(i64)
      @kept = internal global ptr(i8) null
      define double @f(double %x, i64 %n) {
      entry:
        %m = call ptr(i8) @malloc(i64 32)
        store ptr(i8) %m, ptr(ptr(i8)) @kept
        %b = bitcast ptr(i8) %m to ptr(double)
        store double %x, ptr(double) %b
        br label %loop
      loop:
        %i = phi i64 [ 0, %entry ], [ %next, %loop ]
        %u = load double, ptr(double) %b
        %v = fmul double %u, %u
        %w = fmul double %v, %u
        store double %w, ptr(double) %b
        %next = add i64 %i, 1
        %more = icmp ult i64 %next, %n
        br i1 %more, label %loop, label %out
      out:
        %r = load double, ptr(double) %b
        ret double %r
      }
      define double @look() {
        %m = load ptr(i8), ptr(ptr(i8)) @kept
        %b = bitcast ptr(i8) %m to ptr(double)
        %r = load double, ptr(double) %b
        ret double %r
      }
      """, "f", [.number(0), .integer(0)], entries: ["look"])
    let inputs = [Input.number(1.1), .integer(3)]
    _ = comparison.value(inputs)
    let left = comparison.call("look", []).numbers
    expectClose(comparison.gradientMode(inputs).adjoints, comparison.differences(inputs))
    _ = comparison.gradientMode(inputs)
    expectClose(comparison.call("look", []).numbers, left)
  }
}

extension String {
  /// Intrinsics over pointers are named after their types where pointers have some.
  var forThisDialect: String { Dialect.isTyped ? self : replacing("p0i8", with: "p0") }
}
