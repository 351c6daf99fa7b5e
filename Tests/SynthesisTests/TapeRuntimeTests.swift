import Analysis
import IR
import TestSupport
import Testing

@testable import Synthesis

/// The arena that kept values live in.
@Suite struct TapeRuntimeTests {
  /// A module with nothing but the runtime, compiled.
  struct Arena {
    let code: NativeCode
    let words = Memory([0, 0, 0, 0, 0])

    init() throws {
      let module = try parse(
        """
        @freed = internal global i64 0
        define internal void @release(ptr(i8) %p, i64 %alignment) {
          %n = load i64, ptr(i64) @freed
          %m = mul i64 %n, 100
          %a = ptrtoint ptr(i8) %p to i64
          %s = add i64 %m, %a
          store i64 %s, ptr(i64) @freed
          ret void
        }
        define void @later(ptr(i8) %arena, i64 %n) {
          %p = inttoptr i64 %n to ptr(i8)
          call void @__nabla_tape_defer_free(ptr(i8) %arena, ptr(i8) %p, @release as void (ptr(i8), i64) asptr, i64 0)
          ret void
        }
        define i64 @freedSoFar() {
          %n = load i64, ptr(i64) @freed
          ret i64 %n
        }
        declare void @__nabla_tape_defer_free(ptr(i8), ptr(i8), ptr(i8), i64)
        """)
      if let reason = TapeRuntime.define(in: module) { throw ToolError(reason) }
      let functions = TapeRuntime.functions.map { TapeRuntime.function($0, in: module) }
      code = try NativeCode(
        module, functions + [module["later"], module["freedSoFar"]], countingAllocations: true)
    }
    func allocate(_ bytes: Int) -> Int {
      Int(bitPattern: code.call("__nabla_tape_allocate", [words, bytes])[0].pointer!)
    }
    func release(to place: Int) { _ = code.call("__nabla_tape_release", [words, place]) }
    func destroy() { _ = code.call("__nabla_tape_destroy", [words]) }
  }

  @Test func piecesAreAlignedAndApart() throws {
    let arena = try Arena()
    var noise = Noise(5)
    var pieces: [(start: Int, size: Int)] = []
    for _ in 0..<400 {
      let size = noise.integer(below: 3000)
      let p = arena.allocate(size)
      #expect(p % 16 == 0)
      // They can be written to the last byte.
      if size > 0 {
        UnsafeMutableRawPointer(bitPattern: p)!.initializeMemory(
          as: UInt8.self, repeating: 7, count: size)
      }
      pieces.append((p, size))
    }
    let sorted = pieces.filter { $0.size > 0 }.sorted { $0.start < $1.start }
    for (a, b) in zip(sorted, sorted.dropFirst()) { #expect(a.start + a.size <= b.start) }
    arena.destroy()
    #expect(arena.code.liveAllocations == 0)
    #expect(arena.code.allocations > 1 && arena.code.allocations < 30, "chunks grow")
  }

  @Test func memoryIsGivenBackInReverse() throws {
    let arena = try Arena()
    var live: [Int] = []
    var places: [Int] = []
    for n in 0..<60 {
      places.append(arena.allocate(8000 + n))
      live.append(arena.code.liveAllocations)
    }
    #expect(live.last! > 2)
    for n in (0..<60).reversed() {
      arena.release(to: places[n])
      #expect(arena.code.liveAllocations == live[n], "chunks behind it are gone, its own is not")
      #expect(arena.allocate(8000 + n) == places[n], "the same place again")
    }
    arena.destroy()
    #expect(arena.code.liveAllocations == 0)
  }

  @Test func oneLargePiece() throws {
    let arena = try Arena()
    let small = arena.allocate(16)
    let large = arena.allocate(200_000_000)
    #expect(arena.code.liveAllocations == 2)
    arena.release(to: large)
    arena.release(to: small)
    arena.destroy()
    #expect(arena.code.liveAllocations == 0)
  }

  @Test func releasingNothingIsAllowed() throws {
    let arena = try Arena()
    arena.release(to: 0)
    arena.destroy()
    #expect(arena.code.allocations == 0)
  }

  @Test func whatIsFreedLaterIsFreedNewestFirst() throws {
    let arena = try Arena()
    for n in [1, 0, 2, 3] { _ = arena.code.call("later", [arena.words, n]) }
    #expect(arena.code.call("freedSoFar", [])[0].integer == 0)
    #expect(arena.code.liveAllocations == 3, "null is not freed")
    arena.destroy()
    #expect(arena.code.call("freedSoFar", [])[0].integer == 30201)
    #expect(arena.code.liveAllocations == 0)
  }

  // MARK: Derivatives

  @Test func derivativesTakeLittleFromTheSystem() throws {
    let comparison = try Comparison(
      LoopTests().fold("%w = call double @exp(double %s)\n  %t = fmul double %w, %v"), "f",
      [.array([0]), .integer(0)])
    let inputs = [Input.array((0..<5000).map { 0.1 / Double($0 + 1) }), .integer(5000)]
    let before = comparison.allocations
    _ = comparison.gradientMode(inputs)
    #expect(comparison.liveAllocations == 0)
    let once = comparison.allocations - before
    #expect(once >= 1 && once < 8, "\(once) blocks")
    _ = comparison.splitMode(inputs)
    #expect(comparison.liveAllocations == 0)
  }

  @Test func derivativesThatKeepNothingTakeNothing() throws {
    let comparison = try Comparison(
      LoopTests().fold("%w = fmul double %v, %v\n  %t = fadd double %w, %s"), "f",
      [.array([0]), .integer(0)])
    let inputs = [Input.array(LoopTests.array), .integer(8)]
    _ = comparison.gradientMode(inputs)
    #expect(comparison.allocations == 0)
  }

  @Test func recordsOfLongLoopsAreGivenBack() throws {
    let comparison = try Comparison(
      """
      define double @f(double %x) {
      entry:
        br label %loop
      loop:
        %y = phi double [ %x, %entry ], [ %z, %loop ]
        %w = fmul double %y, %y
        %v = fmul double %w, 0.00001
        %z = fsub double %y, %v
        %more = fcmp ogt double %z, 1.0
        br i1 %more, label %loop, label %out
      out:
        ret double %z
      }
      """, "f", [.number(0)])
    _ = comparison.gradientMode([.number(3)])
    #expect(comparison.liveAllocations == 0)
    #expect(comparison.allocations > 1)
  }
}
