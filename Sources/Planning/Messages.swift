package import Analysis
package import IR

/// What planning and synthesis refuse, in words: what, why, and what to do. One function for each message;
/// docs/diagnostics.md has a section for each.
extension Messages {
  private static func name(_ s: Subject) -> String { s.original.name }

  package static func atomic(_ s: Subject, _ i: Instruction) -> String {
    "cannot differentiate this atomic operation on active memory in '\(name(s))': only atomic additions whose old "
      + "value is not used have a derivative here; use a plain update, or an atomic addition"
  }
  package static func derivativesThroughPointers(_ s: Subject) -> String {
    "cannot differentiate '\(name(s))': it is, or calls, a derivative that calls functions through pointers, and those were "
      + "differentiated each for itself, before it was known that there would be second derivatives; ask for both in one module"
  }
  package static func errorEstimate(_ s: Subject, _ i: Instruction, _ reason: String) -> String {
    let what = i.isCall ? "'\(i.callee?.name ?? "a call")'" : "this operation"
    return
      "cannot estimate the error of \(what) in '\(name(s))': \(reason); write it in plain floating-point arithmetic"
  }
  package static func errorLog(_ name: String) -> String {
    "'\(name)' can't be told of errors; declare it as void \(name)(double value, double error, const char *opcode, const char "
      + "*callee, const char *module, const char *function, const char *block)"
  }
  package static func stepWritesOutside(_ step: String, _ kind: CheckpointedLoop.Kind) -> String {
    "'\(step)', the step of a checkpointed loop, writes memory that is in none of the loop's regions, so the step could not be "
      + "done again; pass `\(kind == .fixedPoint ? "nabla_fp_state" : "nabla_checkpoint_region"), pointer, bytes` for it as well"
  }
  package static func stepCallsOut(_ step: String, _ i: Instruction) -> String {
    "'\(step)', the step of a checkpointed loop, calls '\(i.callee?.name ?? "a function pointer")', which may change memory that nobody "
      + "would restore when the step is done again; call it outside of the step, or declare it inactive if it has nothing "
      + "to do with the result"
  }
  package static func stepMovesPointers(_ step: String) -> String {
    "'\(step)', the step of a checkpointed loop, stores a pointer in one of the loop's regions; regions may hold pointers, but a "
      + "step may not change them: copy the data, or choose between buffers by the number of the step"
  }
  package static func stateUnknown(_ step: String) -> String {
    "cannot tell which bytes of the state of the fixed point of '\(step)' are numbers; pass arrays of numbers, or structures whose "
      + "size is constant, as `nabla_fp_state`"
  }
  package static func stepReadsOverwritten(_ step: String) -> String {
    "'\(step)', the step of a checkpointed loop, reads memory that is overwritten after the loop, so the step could not be done again "
      + "in the reverse sweep; work on a copy, or pass `nabla_checkpoint_region, pointer, bytes` for it as well"
  }
  package static func bits(_ s: Subject, _ i: Instruction) -> String {
    "cannot differentiate integer arithmetic on the bits of an active floating-point number in '\(name(s))': "
      + "`\(trimmed(i))`; compute with floating-point operations instead, or provide a custom rule"
  }
  package static func parts(_ s: Subject, _ i: Instruction) -> String {
    "cannot differentiate the moving of parts of an active floating-point number in '\(name(s))': `\(trimmed(i))` takes "
      + "\(i.type.bitWidth / 8) of its bytes; move whole numbers, or use `memcpy`"
  }
  package static func instruction(_ s: Subject, _ i: Instruction) -> String {
    "cannot differentiate `\(trimmed(i))` in '\(name(s))': this operation on active values has no derivative rule"
  }
  package static func assembly(_ s: Subject, _ i: Instruction) -> String {
    "cannot differentiate inline assembly that touches active data in '\(name(s))'; put it into a function "
      + "of its own and register a custom derivative for that, or mark it inactive"
  }
  package static func opaque(_ s: Subject, _ i: Instruction) -> String {
    let f = i.callee?.name ?? "a function pointer"
    return "no derivative for '\(f)', called from '\(name(s))' with active data: it has no body in this module and no "
      + "known rule; compile its source into this module (or use full LTO), declare it inactive "
      + "(`void *__nabla_inactivefn_\(f) = (void *)\(f);`), or register a rule "
      + "(`void *__nabla_register_gradient_\(f)[3] = {(void *)\(f), (void *)\(f)_augmented, (void *)\(f)_reverse};`)"
  }
  package static func ruleMissing(_ s: Subject, _ f: Function, forward: Bool) -> String {
    if LibraryBodies.isRule(f) { return replayNeedsOperands(s, f) }
    let g = f.name
    let line =
      forward
      ? "`void *__nabla_register_derivative_\(g)[2] = {(void *)\(g), (void *)\(g)_forward};`"
      : "`void *__nabla_register_gradient_\(g)[3] = {(void *)\(g), (void *)\(g)_augmented, (void *)\(g)_reverse};`"
    return
      "no derivative for '\(g)', called from '\(name(s))' with active data: it has no body in this module, and the rule that is "
      + "registered for it is not for \(forward ? "forward" : "reverse") mode; register one (\(line)), or compile its source into this module"
  }
  package static func customWidth(_ s: Subject, _ f: Function, _ width: Int, _ reason: String) -> String {
    "the reverse rule registered for '\(f.name)' is for one direction at a time, but is needed for width \(width) in '\(name(s))': "
      + "\(reason); use width 1"
  }
  package static func forwardRuleWidth(_ s: Subject, _ f: Function, _ width: Int, _ reason: String) -> String {
    "the forward rule registered for '\(f.name)' is called once for each direction, but \(reason), so that a second call would find other "
      + "values (width \(width) in '\(name(s))'); use width 1, or a rule that writes its results to other memory than it reads"
  }
  package static func customShape(_ f: Function) -> String {
    let parameters = f.functionType.parameters.enumerated().flatMap { i, type in
      let name = parameterName(f.parameter(i), i)
      return [CName.declaration(type, name)]
        + (type.containsPointer ? [CName.declaration(type, "d_" + name)] : [])
    }
    let seed = f.returnType.containsFloat ? [CName.declaration(f.returnType, "d_result")] : []
    let adjoints = f.functionType.parameters.filter { $0.containsFloat && !$0.containsPointer }.map(
      \.cName)
    let back =
      adjoints.count > 1
      ? "struct { \(adjoints.joined(separator: "; ")); }" : adjoints.first ?? "void"
    func declaration(_ result: String, _ name: String, _ list: [String]) -> String {
      "\(result)\(result.hasSuffix("*") ? "" : " ")\(name)(\(list.joined(separator: ", ")))"
    }
    return
      "the prototypes of the reverse rule registered for '\(f.name)' do not fit; expected, without a tape: "
      + declaration(f.returnType.cName, f.name + "_augmented", parameters) + "; "
      + declaration(back, f.name + "_reverse", parameters + seed)
      + " (with a tape, the first returns it before the result, and the second takes it last)"
  }
  package static func thrown(_ s: Subject) -> String {
    "cannot differentiate '\(name(s))': it throws an active value, which is used where it is caught; return the value, or "
      + "keep it in a variable that both places see"
  }
  package static func variadic(_ s: Subject) -> String {
    "cannot differentiate '\(name(s))': it is variadic and takes active values beyond its parameters; pass them as parameters or in an array"
  }
  package static func refused(_ s: Subject, _ i: Instruction, _ reason: String) -> String {
    "cannot differentiate '\(i.callee?.name ?? "call")' in '\(name(s))': \(reason)"
  }
  package static func callback(_ s: Subject, _ i: Instruction) -> String {
    "cannot differentiate '\(i.callee?.name ?? "call")' in '\(name(s))': it calls back into the program with "
      + "active data; write the algorithm out, or register a custom derivative for it"
  }
  package static func relinked(_ s: Subject, _ i: Instruction) -> String {
    "cannot differentiate '\(i.callee?.name ?? "call")' in '\(name(s))': it may change pointers in memory that has a shadow, and "
      + "the shadow would not follow; keep strings and streams out of objects that hold active numbers, or compile with "
      + "type-based alias information (-O1 and above, without -fno-strict-aliasing)"
  }
  package static func text(_ s: Subject) -> String {
    "the characters of a string and active numbers cannot be told apart in '\(name(s))': numbers kept in a string lose their "
      + "derivative; keep them in arrays of their own type"
  }
  package static func unknownCopy(_ s: Subject, _ i: Instruction, _ target: Value) -> String {
    let what = target.sourceName.map { "'\($0)'" } ?? "this memory"
    return "cannot tell which of the bytes copied to \(what) in '\(name(s))' are floating-point numbers: "
      + "nothing here accesses them as such; say so with `__nabla_double(pointer, bytes)`, or copy elements of their type"
  }
  package static func constantFlow(_ s: Subject, _ p: Value, _ i: Int) -> String {
    let parameter = parameterName(p, i)
    return
      "active values are stored to and read back from the memory of '\(parameter)' of '\(name(s))', which was passed "
      + "as const: their derivative would be lost; pass it with a shadow (`nabla_dup, \(parameter), d_\(parameter)`)"
  }
  package static func forwardRuleShape(_ s: Subject, _ f: Function?, takes: Int, wanted: Int)
    -> String
  {
    "the forward rule registered for '\(f?.name ?? "")' must take \(wanted) parameters, each of the function's followed by "
      + "its tangent; it takes \(takes)"
  }
  package static func noShadow(_ s: Subject, _ i: Instruction) -> String {
    "cannot tell what the derivative of the memory behind `\(trimmed(i))` in '\(name(s))' is: pointers that this returns "
      + "have no shadow; register a custom derivative for the function"
  }
  package static func replayCatches(_ s: Subject) -> String {
    "cannot compute tangents of '\(name(s))' from a tape: it catches exceptions, and a tape does not tell whether one was thrown; use "
      + "`__nabla_fwddiff`"
  }
  package static func replayAllocation(_ s: Subject, _ i: Instruction) -> String {
    "cannot compute tangents of '\(name(s))' from a tape: '\(i.callee?.name ?? "a call")' returns memory through a pointer, where "
      + "it can't be told from memory without shadow; use `malloc`, or `__nabla_fwddiff`"
  }
  private static func replayNeedsOperands(_ s: Subject, _ f: Function) -> String {
    "no tangents from a tape for '\(LibraryBodies.routine(f))' of BLAS, called from '\(name(s))' with active data: its operands are not kept for "
      + "that; take the tangents with `__nabla_fwddiff`"
  }
  package static func replayNeedsRule(_ s: Subject, _ f: Function) -> String {
    if LibraryBodies.isRule(f) { return replayNeedsOperands(s, f) }
    return
      "no tangents from a tape for '\(f.name)', called from '\(name(s))' with active data: its forward rule would look into memory that is "
      + "not as it was; register `void *__nabla_register_splitderivative_\(f.name)[3] = {(void *)\(f.name), (void *)"
      + "\(f.name)_augmented, (void *)\(f.name)_forward};`"
  }
  package static func splitRuleShape(_ f: Function) -> String {
    let parameters = f.functionType.parameters.enumerated().map { i, type in
      let name = parameterName(f.parameter(i), i)
      return (CName.declaration(type, name), CName.declaration(type, "d_" + name), type.containsPointer)
    }
    let first = parameters.flatMap { $0.2 ? [$0.0, $0.1] : [$0.0] }
    let second = parameters.flatMap { [$0.0, $0.1] }
    let result = f.returnType.cName
    return "the prototypes of the rule over a tape registered for '\(f.name)' do not fit; expected, without a tape: "
      + "\(result) \(f.name)_augmented(\(first.joined(separator: ", "))); "
      + "\(result) \(f.name)_forward(\(second.joined(separator: ", "))), which returns the tangent of the result (with a tape, the "
      + "first returns it before the result, and the second takes it last)"
  }
  package static func unplanned(_ s: Subject, _ item: String) -> String {
    "internal error in '\(name(s))': \(item) was not planned; please report this with the module"
  }
  package static func invalid(_ f: Function, _ reason: String) -> String {
    "internal error: '\(f.name)' is not valid IR; please report this with the module: \(reason)"
  }
  package static func tapeRuntime(_ reason: String) -> String {
    "internal error: the tape's functions could not be added to the module; please report this with the module: \(reason)"
  }
  package static func trimmed(_ i: Instruction) -> String {
    var text = Substring(i.description)
    while text.first == " " { text.removeFirst() }
    if let end = text.range(of: ", !dbg") { text = text[..<end] }
    return String(text.prefix(160))
  }
}

extension Substring {
  /// The range from the first occurrence of the text to the end.
  fileprivate func range(of text: String) -> String.Index? {
    var i = startIndex
    while i < endIndex {
      if self[i...].hasPrefix(text) { return i }
      i = index(after: i)
    }
    return nil
  }
}
