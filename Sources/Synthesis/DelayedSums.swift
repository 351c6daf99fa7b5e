package import Analysis
package import IR
package import Planning

/// Carries out the delayed sums of a plan: shares wait in variables until the iteration that comes last to their place.
final class DelayedSums {
  private let plan: ReversePlan
  private let memory: ShadowMemory
  private let width: Int
  private var builder: Builder { memory.builder }
  private struct Sum {
    let plan: DelayedSum
    let type: Type
    let alignment: Int
    let loop: Int
    /// What waits, by delay minus one, then lane.
    var waiting: [[Value]] = []
    /// The shares of the present iteration, by delay, then lane.
    var shares: [[Value?]]
    /// The leader's place in shadow memory, by lane.
    var place: [Value] = []
  }
  private var sums: [Sum] = []
  private var sumOf: [Int: Int] = [:]

  init(_ plan: ReversePlan, _ memory: ShadowMemory, width: Int) {
    self.plan = plan
    self.memory = memory
    self.width = width
    let s = plan.subject
    for (l, loop) in plan.loops.enumerated() {
      for d in loop.sums {
        for n in d.delays.keys { sumOf[n] = sums.count }
        let none = [Value?](repeating: nil, count: width)
        sums.append(
          Sum(
            plan: d, type: s.instructions[d.leader].type,
            alignment: d.delays.keys.map { s.instructions[$0].alignment }.min()!,
            loop: l, shares: Array(repeating: none, count: d.length + 1)))
      }
    }
  }

  func contains(_ load: Int) -> Bool { sumOf[load] != nil }

  /// Takes the adjoint of a load (nil: none) in the present iteration.
  func add(_ load: Int, _ adjoint: [Value]?, place: (Int) -> Value) {
    let k = sumOf[load]!
    if load == sums[k].plan.leader { sums[k].place = (0..<width).map(place) }
    guard let adjoint else { return }
    let delay = sums[k].plan.delays[load]!
    for lane in 0..<width {
      sums[k].shares[delay][lane] =
        sums[k].shares[delay][lane].map { builder.fadd($0, adjoint[lane]) } ?? adjoint[lane]
    }
  }

  /// Where a loop is entered: nothing waits.
  func clear(_ loop: Int) {
    for k in sums.indices where sums[k].loop == loop {
      if sums[k].waiting.isEmpty {
        sums[k].waiting = (0..<sums[k].plan.length).map { _ in
          (0..<width).map { _ in builder.entryAlloca(sums[k].type, name: "share") }
        }
      }
      for list in sums[k].waiting { for v in list { builder.store(sums[k].type.emptySum, to: v) } }
    }
  }

  /// At the end of an iteration: the leader's place gets its sum, and what waits moves up.
  func hand(on loop: Int) {
    for k in sums.indices where sums[k].loop == loop {
      let s = sums[k]
      for lane in 0..<width {
        func sum(_ delay: Int) -> Value {
          let waiting =
            delay < s.plan.length ? builder.load(s.type, from: s.waiting[delay][lane]) : nil
          guard let share = s.shares[delay][lane] else { return waiting ?? s.type.emptySum }
          return waiting.map { builder.fadd($0, share) } ?? share
        }
        let all = (0...s.plan.length).map(sum)
        accumulate(s, s.place[lane], all[0])
        for (v, x) in zip(s.waiting, all.dropFirst()) { builder.store(x, to: v[lane]) }
      }
      sums[k].shares = sums[k].shares.map { $0.map { _ in nil } }
    }
  }

  /// Behind the last iteration reversed: what still waits goes to the places that the leader does not come to.
  func flush(_ loop: Int) {
    for s in sums where s.loop == loop {
      for (k, list) in s.waiting.enumerated() {
        for lane in 0..<width {
          accumulate(
            s, builder.offset(s.place[lane], (k + 1) * s.plan.step),
            builder.load(s.type, from: list[lane]))
        }
      }
    }
  }

  private func accumulate(_ s: Sum, _ place: Value, _ delta: Value) {
    let load = plan.subject.instructions[s.plan.leader]
    memory.accumulate(
      builder.cast(pointer: place, to: load.operand(0).type), delta, alignment: s.alignment,
      like: load.value)
  }
}
