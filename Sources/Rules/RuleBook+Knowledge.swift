/// The words of the tables about functions that carry no derivative or move memory.
///
///     inactive("strcmp", "strcoll", takes: .reads, .reads)
///
/// - `takes:` says what happens behind the leading arguments, `rest:` behind the others;
/// - `hidden` that files, clocks, locks or other state are touched;
/// - `relinks` that pointers behind the arguments may change, as in a string that grows;
/// - `returns:` which argument comes back, `into:` into which argument's object the result points;
/// - a name that ends in `*` stands for all names that begin so.

typealias Access = Effects.Access

func inactive(
  _ names: String..., takes: Access..., rest: Access = .none, hidden: Bool = false,
  returns: Int? = nil, into: Int? = nil, captures: Bool = false, relinks: Bool = false
) -> [RuleBook.Entry] {
  known(
    names, .inactive, Effects(takes, rest: rest, accessesOther: hidden),
    returns: returns, into: into, captures: captures, relinks: relinks)
}

func pointerShuffle(
  _ names: String..., takes: Access..., into: Int? = nil
) -> [RuleBook.Entry] {
  known(
    names, .pointerShuffle, Effects(takes),
    into: into, captures: takes.contains(where: \.mayWrite))
}

func noReturn(_ names: String...) -> [RuleBook.Entry] {
  known(names, .noReturn, Effects(rest: .reads, accessesOther: true))
}

func callback(_ names: String..., argument: Int) -> [RuleBook.Entry] {
  known(names, .callback(argument: argument), .unknown, captures: true)
}

func refused(_ names: String..., because reason: String) -> [RuleBook.Entry] {
  known(names, .refused(reason: reason), .unknown, captures: true)
}

func marker(_ names: String..., returns: Int? = nil) -> [RuleBook.Entry] {
  known(names, .marker, .none, returns: returns)
}

/// Intrinsics that the engine handles by name; `returns:` for those that are identities.
func structural(
  _ names: String..., takes: Access..., returns: Int? = nil
) -> [RuleBook.Entry] {
  names.flatMap { name in
    let bare = name.hasPrefix("llvm.") ? String(name.dropFirst(5)) : name
    let stem = bare.hasSuffix("*") ? String(bare.dropLast()) : bare
    return known([name], .structural(stem), Effects(takes), returns: returns)
  }
}

func allocates(_ names: String..., by allocation: Allocation) -> [RuleBook.Entry] {
  let writes = allocation.resultThroughPointerArgument.map { target in
    (0...target).map { $0 == target ? Access.writes : .none }
  }
  return known(names, .allocation(allocation), Effects(writes ?? []))
}

func frees(_ names: String..., by deallocation: Deallocation = Deallocation()) -> [RuleBook.Entry] {
  let effects = (0...deallocation.pointerArgument).map { i in
    i == deallocation.pointerArgument ? Access.writes : .none
  }
  return known(names, .deallocation(deallocation), Effects(effects))
}

func reallocates(_ names: String..., by reallocation: Reallocation) -> [RuleBook.Entry] {
  let effects = (0...reallocation.pointerArgument).map { i in
    i == reallocation.pointerArgument ? Access.updates : .none
  }
  return known(names, .reallocation(reallocation), Effects(effects))
}

func moves(
  _ names: String..., by routine: MemoryRoutine, returnsTarget: Bool = true
) -> [RuleBook.Entry] {
  var accesses = [Access](repeating: .none, count: 3)
  accesses[routine.targetArgument] = .writes
  if let source = routine.sourceArgument { accesses[source] = .reads }
  return known(
    names, .memory(routine), Effects(accesses),
    returns: returnsTarget && !routine.returnsEnd ? routine.targetArgument : nil,
    into: returnsTarget ? routine.targetArgument : nil)
}

private func known(
  _ names: [String], _ kind: FunctionKnowledge.Kind, _ effects: Effects, returns: Int? = nil,
  into: Int? = nil, captures: Bool = false, relinks: Bool = false
) -> [RuleBook.Entry] {
  names.map { name in
    let isPrefix = name.hasSuffix("*")
    let stem = isPrefix ? String(name.dropLast()) : name
    let knowledge = FunctionKnowledge(
      stem, kind, effects: effects, returnsArgument: returns, pointsIntoArgument: into,
      capturesArguments: captures, relinksArguments: relinks)
    return isPrefix ? .prefix([stem], knowledge) : .function([stem], knowledge)
  }
}
