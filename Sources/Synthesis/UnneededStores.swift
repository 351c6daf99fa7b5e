package import IR

/// Takes out what a derivative writes to primal memory that its caller does not need afterwards (`dupnoneed`), where nothing else
/// in the derivative reads it. Then there need not be any memory: programs pass null for it.
///
/// ```
/// t = y[i]; y[i] = t + x[i] * x[i]        goes: t is used for nothing but what goes to y
/// ```
/// All of what is written behind a pointer goes, or nothing.
struct UnneededStores {
  private let function: Function
  /// What is derived from the pointer.
  private var derived: Set<Value> = []
  private var loads: Set<Instruction> = []
  private var writes: [Instruction] = []
  private var isFollowed = true

  static func remove(from f: Function, behind pointer: Value) {
    var search = UnneededStores(f, pointer)
    search.follow(pointer)
    guard search.isFollowed, !search.writes.isEmpty, !search.isRead else { return }
    for i in search.writes { i.erase() }
  }

  private init(_ f: Function, _ pointer: Value) {
    function = f
    derived = [pointer]
  }

  private mutating func follow(_ pointer: Value) {
    var pending = [pointer]
    var choices: [Instruction] = []
    while let v = pending.popLast() {
      for user in v.users {
        guard let i = user.instruction else { return isFollowed = false }
        switch i.opcode {
        case .gep where i.operand(0) == v, .bitcast, .addrspacecast, .freeze, .phi, .select:
          if derived.insert(i.value).inserted { pending.append(i.value) }
          if i.isPhi || i.opcode == .select { choices.append(i) }
        case .icmp: break
        case .load: loads.insert(i)
        case .store where i.operand(0) != v && !i.isVolatile && !i.isAtomic: note(i)
        case .call where isWrite(i, v): note(i)
        default: return isFollowed = false
        }
      }
    }
    isFollowed = choices.allSatisfy { i in
      let values = i.isPhi ? i.incoming.map(\.value) : [i.operand(1), i.operand(2)]
      return values.allSatisfy { derived.contains($0) || $0.isUndefOrPoison }
    }
  }
  private mutating func note(_ i: Instruction) {
    if !writes.contains(i) { writes.append(i) }
  }

  /// Does the call only fill memory behind the pointer?
  private func isWrite(_ i: Instruction, _ v: Value) -> Bool {
    guard let name = i.intrinsicName, i.operand(0) == v else { return false }
    if name.hasPrefix("llvm.memset") { return true }
    return (name.hasPrefix("llvm.memcpy") || name.hasPrefix("llvm.memmove")) && i.operand(1) != v
  }

  /// Does anything but the writes depend on what is read behind the pointer?
  private var isRead: Bool {
    let unneeded = Set(writes)
    var live: Set<Instruction> = []
    var pending: [Instruction] = []
    for block in function.blocks {
      for i in block.instructions where i.isTerminator || i.mayHaveSideEffects {
        if !unneeded.contains(i) { pending.append(i) }
      }
    }
    while let i = pending.popLast() {
      guard live.insert(i).inserted else { continue }
      if loads.contains(i) { return true }
      for o in i.operands { if let d = o.instruction { pending.append(d) } }
    }
    return false
  }
}
