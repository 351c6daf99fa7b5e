import Analysis
import IR

/// Which half the tapes of a module go to. An augmented call whose parameters have the same activities in both modes (pointers
/// and constants) does not say itself whether it prepares adjoints or tangents.
struct TapeUses {
  private struct Key: Hashable {
    let function: Function
    let parameters: [ParameterActivity]

    init(_ reading: HookReading) {
      function = reading.function
      parameters = reading.request.parameters.map { $0 == .duplicatedNoNeed ? .duplicated : $0 }
    }
  }
  private var reversed: Set<Key> = []
  private var replayed: Set<Key> = []

  init(_ calls: [HookCall], in module: Module) {
    for call in calls where call.hook == .reverse || call.hook == .fwdsplit {
      guard let mode = call.hook.mode, let f = call.functionOperand?.possibleFunctions(in: module)?.only,
        let reading = try? HookReading(call, f, mode)
      else { continue }
      if mode == .reverse { reversed.insert(Key(reading)) } else { replayed.insert(Key(reading)) }
    }
  }

  /// Does an augmented call prepare tangents? So it does if it gives tangents to numbers, or if its tape goes nowhere else.
  func areTangents(_ reading: HookReading) throws -> Bool {
    let types = reading.function.functionType.parameters
    let hasTangent = zip(reading.request.parameters, types).contains { activity, type in
      (activity == .duplicated || activity == .duplicatedNoNeed) && type.containsFloat && !type.containsPointer
    }
    if hasTangent { return true }
    let key = Key(reading)
    if reversed.contains(key), replayed.contains(key) { throw Diagnostic.tapeForBoth(reading) }
    return replayed.contains(key)
  }
}
