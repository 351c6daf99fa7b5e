import Analysis
import IR

// Every message of the front end, one function each: what is wrong, with what, and what to do.

// MARK: The function to differentiate

extension Diagnostic {
  static func noFunction(in call: HookCall) -> Diagnostic {
    Diagnostic(
      "\(call.name.description) has no function to differentiate: its first operand must be one",
      at: call.instruction)
  }

  static func unknownFunction(_ value: Value?, in call: HookCall) -> Diagnostic {
    if let what = value?.strippingCasts, what.isNull || what.global != nil {
      return Diagnostic(
        "\(call.name.description) is to differentiate "
          + (what.isNull ? "a null pointer" : "the variable '\(what.name)'")
          + ": its first operand must be a function",
        at: call.instruction)
    }
    let enclosing = call.instruction.function.name
    var remedy = "name the function in the call"
    if value?.strippingCasts.instruction?.opcode == .alloca {
      remedy +=
        "; an object, such as a lambda, is differentiated by nabla::autodiff of <nabla/nabla>, or by a function that takes "
        + "it as a parameter"
    } else if enclosing != "main" {
      remedy +=
        ", or make the enclosing function '\(enclosing)' inline (__attribute__((always_inline)))"
    }
    return Diagnostic(
      "the function that \(call.name.description) is to differentiate is not known here\(named(value)); \(remedy)",
      at: call.instruction)
  }

  static func noBody(_ function: Function, in call: HookCall) -> Diagnostic {
    let prefix = call.name.prefix
    return Diagnostic(
      "'\(function.name)' has no body in this module, so it can't be differentiated; define it "
        + "here, compile and link with -flto (not thin), or give its derivative: void "
        + "*\(prefix)register_gradient_\(function.name)[] = {(void *)\(function.name), (void *)augmented, (void *)"
        + "reverse}; (forward mode: void *\(prefix)register_derivative_\(function.name)[] = "
        + "{(void *)\(function.name), (void *)forward};)",
      at: call.instruction)
  }

  static func variadicFunction(_ function: Function, in call: HookCall) -> Diagnostic {
    Diagnostic(
      "'\(function.name)' takes a variable number of arguments and can't be differentiated by "
        + "itself; differentiate a function with fixed parameters that calls it",
      at: call.instruction)
  }

  static func differentiatesItself(_ call: HookCall) -> Diagnostic {
    Diagnostic(
      "\(call.description) asks for the derivative of a function that contains this very call; a "
        + "derivative can't be defined by itself",
      at: call.instruction)
  }
}

// MARK: Hooks and markers

extension Diagnostic {
  static func unsupportedHook(_ call: HookCall) -> Diagnostic {
    Diagnostic(
      "\(call.name.description) is not supported yet; \(remedy(for: call.name.key))",
      at: call.instruction)
  }

  private static func remedy(for key: String) -> String {
    switch key {
    case "set_fixed_point": "use \"fixed_point\""
    default: "take the call out"
    }
  }

  static func denseView(_ reason: String, _ call: HookCall) -> Diagnostic {
    Diagnostic(
      "\(call.description) \(reason); write \(call.name.description)((void *)load, (void *)store, arguments...), with double "
        + "load(size_t offset, arguments...) and void store(double value, size_t offset, arguments...)",
      at: call.instruction)
  }

  static func denseViewUse(_ what: String, _ place: Instruction, _ view: DenseView) -> Diagnostic {
    Diagnostic(
      "the pointer of \(view.call.description) \(what) where it can't be followed; pass it to a derivative, as a shadow or as "
        + "an argument, and keep no copy of it",
      at: view.call.instruction, location: place.sourceLocation)
  }

  static func precision(_ reason: String, _ call: HookCall) -> Diagnostic {
    let shape = call.hook == .roundedFunction ? "function" : "value"
    return Diagnostic(
      "\(call.description) \(reason); write \(call.name.description)(\(shape), from, to), with the bits of both types "
        + "(64, 32 or 16), or (\(shape), from, exponent bits, mantissa bits)",
      at: call.instruction)
  }

  static func precisionKept(_ place: Instruction, in call: HookCall) -> Diagnostic {
    Diagnostic(
      .warning, "\(call.name.description): what this call through a pointer reaches keeps its precision",
      at: place)
  }

  static func unknownHook(_ name: String, _ suggestion: String, at place: Instruction) -> Diagnostic {
    Diagnostic(.warning, "unknown hook '\(name)'; did you mean '\(suggestion)'?", at: place)
  }

  /// At optimisation levels the body may be inlined before anybody reads the call.
  static func definedHook(_ function: Function, at place: Instruction) -> Diagnostic {
    Diagnostic(
      .warning,
      "'\(function.name)' has a body, which may take the place of the derivative; declare it only, and build with the "
        + "plugin",
      at: place)
  }

  static func unknownMarker(_ name: MarkerName, in call: HookCall) -> Diagnostic {
    let hint =
      name.suggestion.map { "did you mean '\($0)'?" }
      ?? "names of variables that begin with '\(name.prefix)' are reserved for markers"
    return Diagnostic(
      "unknown marker '\(name.description)' in \(call.name.description); \(hint)",
      at: call.instruction)
  }

  static func checkNeedsCommand() -> Diagnostic {
    Diagnostic(
      "nabla<check> runs the command 'nabla', which is neither beside the plugin nor in PATH as 'nabla-\(LLVMVersion.major)'; "
        + "install it (make LLVM=\(LLVMVersion.major) install)")
  }

  static func checkFoundErrors() -> Diagnostic {
    Diagnostic("nabla<check> found derivatives that are wrong or refused; the report is above")
  }

  static func checkFailed(_ reason: String) -> Diagnostic {
    Diagnostic("nabla<check> could not check the module: \(reason)")
  }

  static func unsupportedMarker(_ name: MarkerName, in call: HookCall) -> Diagnostic {
    Diagnostic(
      "'\(name.description)' is not supported yet; take it and its operands out",
      at: call.instruction)
  }

  static func checkedRequest(_ reason: String, _ reading: HookReading) -> Diagnostic {
    let call = reading.call
    return Diagnostic(
      "'\(call.name.markerPrefix)check' \(reason); take it out of this call of \(call.name.description), and check '\(reading.function.name)' "
        + "with `nabla check FILE`, or with -passes='nabla<check>'",
      at: call.instruction)
  }

  static func checkExtent(_ i: Int, _ reading: HookReading) -> Diagnostic {
    let (call, f) = (reading.call, reading.function)
    return Diagnostic(
      "'\(call.name.markerPrefix)check' does not know how many bytes there are behind "
        + "'\(f.parameterName(i))' of '\(f.name)'; say '\(call.name.markerPrefix)bytes', and how many, in front of that operand",
      at: call.instruction)
  }

  static func markerTwice(_ marker: Marker, in call: HookCall) -> Diagnostic {
    Diagnostic(
      "'\(spelled(marker, call))' may stand only once in a call; take one out", at: call.instruction
    )
  }

  static func widthNotConstant(in call: HookCall) -> Diagnostic {
    Diagnostic(
      "'\(spelled(.width, call))' must be followed by a constant from 1 to 1024",
      at: call.instruction)
  }

  static func markerWithoutOperand(_ marker: Marker, in call: HookCall) -> Diagnostic {
    Diagnostic(
      "'\(spelled(marker, call))' must be followed by its operand",
      at: call.instruction)
  }

  static func markerNeedsConstant(_ marker: Marker, in call: HookCall) -> Diagnostic {
    Diagnostic(
      "'\(spelled(marker, call))' must be followed by a constant integer",
      at: call.instruction)
  }

  static func misplacedMarker(_ marker: Marker?, in call: HookCall) -> Diagnostic {
    let word = marker.map { "'\(spelled($0, call))'" } ?? "a marker"
    return Diagnostic(
      "\(word) has no meaning at this place of \(call.name.description); take it out",
      at: call.instruction)
  }
}

// MARK: Operands

extension Diagnostic {
  /// A message about the operands of a call, with the call as it should be.
  private static func about(_ arguments: RequestArguments, _ text: String) -> Diagnostic {
    Diagnostic(
      "\(text); expected: \(Prototype(arguments: arguments).description)",
      at: arguments.call.instruction)
  }
  private static func parameter(_ i: Int, _ arguments: RequestArguments) -> String {
    let f = arguments.function
    return
      "parameter \(i + 1) "
      + "('\(CName.declaration(f.functionType.parameters[i], f.parameterName(i)))') of "
      + "'\(f.name)'"
  }
  private static func spelled(_ marker: Marker, _ call: HookCall) -> String {
    call.name.markerPrefix + marker.rawValue
  }
  private static func named(_ value: Value?) -> String {
    guard let value else { return "" }
    let name = value.sourceName ?? value.forwardedParameter?.sourceName ?? value.name
    return name.isEmpty ? "" : ": '\(name)' is not a constant"
  }

  static func tooManyOperands(_ n: Int, _ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "\(counted(n, "operand")) too many for '\(arguments.function.name)' in "
        + arguments.call.name.description)
  }

  static func tooFewOperands(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    about(arguments, "too few operands: none is left for \(parameter(i, arguments))")
  }

  static func twoActivities(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    about(arguments, "two activity markers before \(parameter(i, arguments)); keep one")
  }

  static func markerInPlaceOfValue(
    _ marker: Marker?, _ i: Int, _ shadow: Bool, _ arguments: RequestArguments
  ) -> Diagnostic {
    let word = marker.map { "'\(spelled($0, arguments.call))'" } ?? "a marker"
    return about(
      arguments,
      "found \(word) where the \(shadow ? "shadow" : "value") of \(parameter(i, arguments)) "
        + "should be")
  }

  static func wrongType(
    _ value: Value, _ i: Int, _ shadow: Bool, _ arguments: RequestArguments
  ) -> Diagnostic {
    let what = shadow ? "the shadow of \(parameter(i, arguments))" : parameter(i, arguments)
    return about(
      arguments,
      "\(what) can't take an operand of type '\(value.type.cName)'"
        + hint(value, i, shadow, arguments))
  }

  /// What may have gone wrong, if it is one of the usual things.
  private static func hint(
    _ value: Value, _ i: Int, _ shadow: Bool, _ arguments: RequestArguments
  ) -> String {
    let type = arguments.function.functionType.parameters[i]
    if shadow, type.isPointer, !value.type.isPointer {
      return
        " (a pointer is followed by its shadow, which takes the derivative; for one without derivative, write "
        + "'\(spelled(.const, arguments.call))' before it)"
    }
    if value.type.isInteger, value.isConstant {
      return type.isFloat ? " (write a floating-point constant, or, " + folded : " (" + folded
    }
    if !shadow, value.type.isPointer, i > 0, arguments.parameters[i - 1].activity == .constant,
      arguments.function.functionType.parameters[i - 1].isPointer
    {
      return " (what is marked '\(spelled(.const, arguments.call))' has no shadow)"
    }
    if type.isAggregate || value.type.isAggregate {
      return " (C passes a structure to a variadic function in pieces; pass it by pointer)"
    }
    if type.isInteger, value.type.isFloat { return " (write an integer, or convert it: C does not here)" }
    if type.isFloat, value.type.isInteger { return " (convert it: C does not here)" }
    return " (operands come in the order of the function's parameters)"
  }
  private static let folded =
    "if this is a marker that the compiler has replaced by its value, declare it 'extern int' "
    + "without a value)"

  static func nullShadow(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    Diagnostic(
      .warning,
      "the shadow of \(parameter(i, arguments)) is null, and the derivative will write to it; pass memory of the same "
        + "layout, or write '\(spelled(.const, arguments.call))' before the value",
      at: arguments.call.instruction)
  }

  static func shadowIsPrimal(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    Diagnostic(
      .warning,
      "\(parameter(i, arguments)) is given as its own shadow, so the derivative will change the value; pass other memory of "
        + "the same layout, or write '\(spelled(.const, arguments.call))' before the value",
      at: arguments.call.instruction)
  }

  static func byReferenceNeedsPointer(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "'\(spelled(.byref, arguments.call))' must be followed by a pointer to the value of "
        + parameter(i, arguments))
  }

  static func byReferenceSize(_ size: Int, _ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    let right = arguments.layout.allocSize(arguments.function.functionType.parameters[i])
    return about(
      arguments,
      "'\(spelled(.byref, arguments.call))' says \(size) bytes, but \(parameter(i, arguments)) "
        + "has \(right)")
  }

  static func interleaveNotAfterPrimals(_ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "'\(spelled(.interleave, arguments.call))' must stand after all primal operands and before "
        + "all shadows")
  }

  static func stridedShadow(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "strided shadows need an integer stride in bytes and a pointer as the shadow of "
        + parameter(i, arguments))
  }

  static func shadowByValue(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "the shadow of \(parameter(i, arguments)) is passed by value, so its adjoint would be lost; "
        + "pass the address of the shadow, or pass the structure by pointer")
  }

  static func outInForwardMode(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "'\(spelled(.out, arguments.call))' has no meaning in forward mode for "
        + "\(parameter(i, arguments)); use '\(spelled(.dup, arguments.call))' and pass its tangent")
  }

  static func outForPointer(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "\(parameter(i, arguments)) holds a pointer, which has no adjoint to return; use "
        + "'\(spelled(.dup, arguments.call))' and pass its shadow")
  }

  static func outInMemory(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "\(parameter(i, arguments)) is a structure that C passes in memory, which has no adjoint to return in two halves; use "
        + "'\(spelled(.dup, arguments.call))' and pass the address of its shadow")
  }

  static func packedFloats(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    let name = arguments.function.parameterName(i)
    return Diagnostic(
      .warning,
      "C passes the structure '\(name)' of '\(arguments.function.name)' as an integer, so its "
        + "floating-point numbers count as constant; pass it by pointer, or say "
        + "'\(spelled(.const, arguments.call))'",
      at: arguments.call.instruction)
  }

  static func outForInteger(_ i: Int, _ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "\(parameter(i, arguments)) holds no floating-point number and has no adjoint; use "
        + "'\(spelled(.const, arguments.call))'")
  }

  static func duplicatedByValue(_ i: Int, mixed: Bool, _ arguments: RequestArguments) -> Diagnostic {
    let remedy =
      mixed
      ? "pass this aggregate by pointer"
      : "use '\(spelled(.out, arguments.call))', which returns the adjoint, or pass it by pointer"
    return about(
      arguments,
      "\(parameter(i, arguments)) is passed by value, so there is no place for the adjoint of its "
        + "floating-point numbers; \(remedy)")
  }
}

// MARK: Results, seeds and tapes

extension Diagnostic {
  static func resultBufferUnknown(_ arguments: RequestArguments) -> Diagnostic {
    Diagnostic(
      "the type that '\(arguments.function.name)' returns through memory is not known; return it "
        + "through a pointer parameter",
      at: arguments.call.instruction)
  }

  static func resultBufferConstant(_ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "the adjoint of the structure that '\(arguments.function.name)' returns can't be constant")
  }

  static func tapeForBoth(_ reading: HookReading) -> Diagnostic {
    let prefix = reading.call.name.prefix
    return Diagnostic(
      "the tape of '\(reading.function.name)' may go to \(prefix)reverse or to \(prefix)fwdsplit, which keep different things, "
        + "and both are called with these activities; give one of the two a function of its own that calls "
        + "'\(reading.function.name)'",
      at: reading.call.instruction)
  }

  static func tapeMissing(_ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments, "the tape is missing: it is the last operand of \(arguments.call.name.description)"
    )
  }

  static func tapeType(_ value: Value, _ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments, "the last operand should be the tape, a pointer, and not a '\(value.type.cName)'")
  }

  static func tapeTooSmall(_ found: Int, _ needed: Int, _ arguments: RequestArguments) -> Diagnostic {
    Diagnostic(
      "the tape of '\(arguments.function.name)' takes \(needed) bytes, but only \(found) are "
        + "allocated; reserve what \(arguments.call.name.prefix)augmentsize returns",
      at: arguments.call.instruction)
  }

  static func seedOfInactiveResult(_ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments, "'\(arguments.function.name)' has no active result, so there is nothing to seed")
  }

  static func wrongNumberOfSeeds(_ found: Int, _ wanted: Int, _ arguments: RequestArguments)
    -> Diagnostic
  {
    about(arguments, "\(counted(found, "adjoint")) of the result given, \(wanted) expected")
  }

  static func wrongSeed(_ value: Value, _ type: Type, _ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "the adjoint of the result must be of type '\(type.cName)', not '\(value.type.cName)'")
  }

  static func primalReturnInReverse(_ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "the reverse half does not compute the result of '\(arguments.function.name)'; take it from "
        + "\(arguments.call.name.prefix)augmentfwd")
  }

  static func primalOfVoid(_ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "'\(arguments.function.name)' returns nothing, so "
        + "'\(spelled(.primalReturn, arguments.call))' can't be fulfilled; take it out")
  }

  static func shadowResultInCombined(_ arguments: RequestArguments) -> Diagnostic {
    about(
      arguments,
      "a combined derivative can't return the shadow of a pointer; use "
        + "\(arguments.call.name.prefix)augmentfwd and \(arguments.call.name.prefix)reverse")
  }

  static func mixedResult(_ arguments: RequestArguments) -> Diagnostic {
    Diagnostic(
      .warning,
      "'\(arguments.function.name)' returns a structure with pointers and floating-point numbers; "
        + "the numbers have no adjoint here and count as constant; write them through a pointer, "
        + "or say '\(spelled(.constReturn, arguments.call))'",
      at: arguments.call.instruction)
  }

  static func wrongResult(_ declared: Type, _ reading: HookReading) -> Diagnostic {
    let name = reading.call.name.description
    let parts = reading.results.map { CName.declaration($0.type, $0.label) }.joined(separator: ", ")
    return Diagnostic(
      "\(name) is declared to return '\(declared.cName)', but the derivative of "
        + "'\(reading.function.name)' yields \(parts); declare it as: \(reading.prototype)",
      at: reading.call.instruction)
  }

  static func onlyFirstResult(_ reading: HookReading) -> Diagnostic {
    let dropped = reading.results.dropFirst().map(\.label)
    let what =
      dropped.isEmpty ? "the rest of \(reading.results[0].label)" : dropped.joined(separator: ", ")
    return Diagnostic(
      .warning,
      "\(reading.call.name.description) returns only its first number here, and \(what) is "
        + "dropped; mark what is not wanted '\(spelled(.const, reading.call))', or declare: "
        + "\(reading.prototype)",
      at: reading.call.instruction)
  }

  /// All that the derivative gives is returned, and the hook is declared to return nothing.
  static func allDropped(_ reading: HookReading) -> Diagnostic {
    Diagnostic(
      .warning,
      "\(reading.call.name.description) is declared to return nothing, so \(reading.results.map(\.label).joined(separator: ", ")) "
        + "is dropped, and there is nothing else; declare: \(reading.prototype)",
      at: reading.call.instruction)
  }

  static func nothingDepends(_ reading: HookReading) -> Diagnostic {
    let type = reading.function.returnType
    let returned = type.isVoid ? "nothing" : "'\(type.cName)'"
    return Diagnostic(
      .warning,
      "'\(reading.function.name)' returns \(returned), which has no adjoint to begin with, and no "
        + "operand has a shadow, so the derivative is zero, but for what global variables carry; differentiate a function that returns its number, "
        + "or writes it through a pointer that has a shadow",
      at: reading.call.instruction)
  }

  static func tapeComesFirst(_ reading: HookReading) -> Diagnostic {
    Diagnostic(
      .warning,
      "\(reading.call.name.description) gives the tape first, but is declared to give it last; it is put where the declaration says; "
        + "declare: \(reading.prototype)",
      at: reading.call.instruction)
  }

  static func noResult(_ reading: HookReading) -> Diagnostic {
    Diagnostic(
      .warning,
      "the derivative of '\(reading.function.name)' returns nothing, so the result of "
        + "\(reading.call.name.description) is zero; declare: \(reading.prototype)",
      at: reading.call.instruction)
  }
}

// MARK: Batches and other hooks

extension Diagnostic {
  static func batch(_ text: String, _ call: HookCall) -> Diagnostic {
    Diagnostic(
      "\(text) in \(call.description); for each parameter pass '\(spelled(.vector, call))' and as "
        + "many operands as the width, '\(spelled(.scalar, call))' and one, or "
        + "'\(spelled(.buffer, call))', a stride in bytes and a pointer",
      at: call.instruction)
  }

  // Checkpointed loops.

  static func unknownStep(_ call: HookCall) -> Diagnostic {
    Diagnostic("the step of \(call.description) is not known here; name the function in the call", at: call.instruction)
  }
  static func badStep(_ f: Function, _ call: HookCall) -> Diagnostic {
    Diagnostic(
      "'\(f.name)' can't be the step of \(call.description): a step returns nothing, and its first parameter is an integer, the "
        + "number of the step; what it changes lies in memory",
      at: call.instruction)
  }
  static func stepTellsNothing(_ f: Function, _ call: HookCall) -> Diagnostic {
    Diagnostic(
      "'\(f.name)' can't be the step of \(call.description): it must return whether there is another step, an integer or bool; what it "
        + "changes lies in memory",
      at: call.instruction)
  }
  static func checkpointOperands(_ f: Function, _ kind: CheckpointedLoop.Kind, _ call: HookCall) -> Diagnostic {
    let p = call.name.markerPrefix
    let states = [
      "\(p)snapshots, number (or \(p)budget, bytes)",
      "\(p)checkpoint_region, pointer, bytes (for all that a step changes)",
    ]
    let words =
      switch kind {
      case .counted: ["start", "count"] + states
      case .until: states
      case .fixedPoint:
        [
          "\(p)fp_state, pointer, bytes (for all that a step changes)",
          "\(p)fp_max_iters, number, and \(p)fp_reduction, floating-point number (or neither)",
        ]
      }
    let parameters = f.functionType.parameters.indices.dropFirst(kind == .counted ? 1 : 0).map {
      CName.declaration(f.functionType.parameters[$0], f.parameterName($0))
    }
    return Diagnostic(
      "the operands of \(call.description) don't fit; expected: "
        + (["(void *)" + f.name] + words + parameters).joined(separator: ", "),
      at: call.instruction)
  }
  /// What steers the iteration elsewhere is for other programs: here two numbers do.
  static func controlNotFollowed(_ call: HookCall) -> Diagnostic {
    let p = call.name.markerPrefix
    return Diagnostic(
      .warning,
      "what follows '\(p)fp_control' is not used: the iteration for derivatives ends when it has converged; say otherwise with "
        + "'\(p)fp_max_iters', number, or '\(p)fp_reduction', number", at: call.instruction)
  }

  static func schemeReplaced(_ count: Int, _ call: HookCall) -> Diagnostic {
    let p = call.name.markerPrefix
    return Diagnostic(
      .warning,
      "the functions of '\(p)scheme' are not called: \(count) states are kept by a schedule of Nabla's own; say how many with "
        + "'\(p)snapshots', number, or '\(p)budget', bytes", at: call.instruction)
  }

  static func shadowQuery(_ call: HookCall) -> Diagnostic {
    Diagnostic(
      "\(call.name.description) takes the address of a global variable, the width and a constant "
        + "lane: \(call.name.description)(&variable, 1, 0)",
      at: call.instruction)
  }

  static func identityOperand(_ call: HookCall) -> Diagnostic {
    Diagnostic(
      "\(call.name.description) must return the type of its first operand",
      at: call.instruction)
  }
}

// MARK: Registrations

extension Diagnostic {
  static func malformed(_ registration: Global, _ reason: String, shape: String) -> Diagnostic {
    Diagnostic("'\(registration.name)' is malformed: \(reason); write: void *\(shape)")
  }

  static func notConstant(_ registration: Global, shape: String) -> Diagnostic {
    malformed(
      registration, "its initialiser is not constant (in C++, cast with (void *) only)",
      shape: shape)
  }
}

extension Value {
  /// The value in few words, for messages.
  var short: String {
    if !name.isEmpty { return name }
    let text = description.trimmed
    return text.count <= 60 ? text : String(text.prefix(57)) + "..."
  }
}

// MARK: Inactive calls

extension Diagnostic {
  static func inactiveOperands(_ function: Function, _ n: Int, _ call: HookCall) -> Diagnostic {
    let types = function.functionType.parameters.enumerated().map { i, type in
      CName.declaration(type, function.parameterName(i))
    }
    return Diagnostic(
      "the \(counted(n, "operand")) of \(call.name.description) can't be passed to "
        + "'\(function.name)'; it takes (\(types.joined(separator: ", ")))",
      at: call.instruction)
  }

  static func inactiveResult(_ type: Type, _ call: HookCall) -> Diagnostic {
    Diagnostic(
      "\(call.name.description) is declared to return '\(call.instruction.type.cName)', but the "
        + "function returns '\(type.cName)'; declare another hook with that result",
      at: call.instruction)
  }
}
