package import Analysis
package import IR

/// What is decided for the derivative of a program in reverse mode: its versions of memory, and a plan per subject, made when it is first
/// asked for.
package final class Plans {
  package private(set) var versions: Versions
  private let program: Program
  /// A recursive root has two plans: sweeps in one function and in two.
  private var plans: [Key: ReversePlan] = [:]
  private struct Key: Hashable {
    let function: Function
    let split: Bool
  }

  package init(_ program: Program, _ activity: Activity, _ effects: MemoryEffects, split: Bool) throws {
    self.program = program
    versions = try Versions(program, activity, effects, split: split)
    if !split { try chooseLocalLoops() }
  }

  package func plan(_ s: Subject, split: Bool) -> ReversePlan {
    let key = Key(function: s.original, split: split)
    if let p = plans[key] { return p }
    let p = ReversePlan(versions, s, split: split, frameless: program.subjects.count > 1 ? frameless : [])
    plans[key] = p
    return p
  }

  /// Functions whose augmented half keeps nothing, so that no tape is handed on: assumed of all, and given up
  /// for those whose plan needs something, until that holds.
  private lazy var frameless: Set<Function> = {
    var set = Set(program.subjects.filter { $0.checkpointedLoop == nil }.map(\.original))
    var changed = true
    while changed {
      changed = false
      for s in program.subjects where set.contains(s.original) {
        if !ReversePlan(versions, s, split: true, frameless: set).isFrameless {
          set.remove(s.original)
          changed = true
        }
      }
    }
    return set
  }()

  /// Loops for whose iterations much would be kept are swept forward and back iteration by iteration, where that is right
  /// and nothing else needs what they compute.
  private func chooseLocalLoops() throws {
    let root = program.root
    guard program.subjects.count == 1 else { return }
    let before = versions
    let p = plan(root, split: false)
    var loops = LocalLoops(before).find { p.keepsMuch(perIterationOf: $0) }
    while !loops.isEmpty {
      let versions = try Versions(program, before.activity, before.effects, split: false, local: loops)
      let p = ReversePlan(versions, root, split: false, frameless: [])
      let unfit = loops.filter { p.needsResults(of: $0) }
      if unfit.isEmpty {
        self.versions = versions
        plans[Key(function: root.original, split: false)] = p
        return
      }
      loops.removeAll { unfit.contains($0) }
    }
    before.effects.local = []
  }
}
