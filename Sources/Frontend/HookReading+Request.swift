import Analysis
import IR

extension HookReading {
  /// Reads a hook call as a request for a derivative of `function`.
  init(_ call: HookCall, _ function: Function, _ mode: Mode) throws {
    guard !function.isVarArg || function.hasFixedPart else { throw Diagnostic.variadicFunction(function, in: call) }
    let arguments = try RequestArguments.reading(call, function, mode)
    self.call = call
    self.function = function
    parameters = arguments.parameters
    self.arguments = arguments
    seeds = arguments.seeds
    tape = arguments.tape
    scratch = arguments.scratch
    request = arguments.request
    warnings = arguments.warnings
    let fields = ResultFields(arguments)
    results = fields.fields
    returnedCount = fields.returned
    try check(arguments)
  }

  private mutating func check(_ arguments: RequestArguments) throws {
    let isVoid = function.returnType.isVoid && !function.returnsThroughMemory
    if flags.primalReturn {
      if request.mode == .reverse { throw Diagnostic.primalReturnInReverse(arguments) }
      if request.mode.isForward && isVoid { throw Diagnostic.primalOfVoid(arguments) }
    }
    if flags.returnOverride == .dupReturn, request.mode == .gradient,
      function.returnType.containsPointer
    {
      throw Diagnostic.shadowResultInCombined(arguments)
    }
    let type = function.returnType
    if request.mode == .gradient, type.mixesFloatsAndPointers, flags.returnOverride != .constReturn {
      warnings.append(Diagnostic.mixedResult(arguments))
    }
    warnIfUseless(arguments)
    let size = call.module.dataLayout.pointerSize
    if let n = flags.allocated, n < size { throw Diagnostic.tapeTooSmall(n, size, arguments) }
  }
}

extension HookReading {
  /// Gradients of which nothing arrives.
  private mutating func warnIfUseless(_ arguments: RequestArguments) {
    guard request.mode == .gradient, parameters.allSatisfy({ $0.shadows.isEmpty }), !results.isEmpty else { return }
    let type = function.returnType
    if type.isInteger || type.isPointer || type.isVoid && !function.returnsThroughMemory {
      warnings.append(Diagnostic.nothingDepends(self))
    } else if call.instruction.type.isVoid, call.resultBuffer == nil {
      warnings.append(Diagnostic.allDropped(self))
    }
  }
}

extension RequestArguments {
  /// Reads a call. Whether a number behind `nabla_check` is a tolerance shows in whether the rest fits then.
  static func reading(_ call: HookCall, _ function: Function, _ mode: Mode) throws
    -> RequestArguments
  {
    let operands = call.operandPositions.map { call.instruction.operand($0) }
    let followsCheck = zip(operands, operands.dropFirst()).contains {
      $0.markerName?.marker == .check && $1.markerName == nil && $1.type.isFloat
    }
    if followsCheck,
      let read = try? RequestArguments(call, function, mode, checkTakesTolerance: true)
    {
      return read
    }
    return try RequestArguments(call, function, mode)
  }

  /// The derivative that is asked for. Parameters that are not yet read have their usual activity.
  var request: Request {
    let unread = function.functionType.parameters.dropFirst(parameters.count)
    let activities = parameters.map(\.activity) + unread.map { $0.defaultActivity(in: mode) }
    var request = Request(
      function: function, mode: mode, width: flags.width, parameters: activities,
      result: resultActivity)
    let hasResult = !function.returnType.isVoid
    switch mode {
    case .gradient, .forward, .forwardSplit: request.returnsPrimal = hasResult && flags.primalReturn
    case .augmented: request.returnsPrimal = hasResult && !flags.noReturn
    case .reverse: break
    }
    if mode == .augmented || mode == .reverse, flags.noReturn, request.result == .duplicated {
      request.result = .constant
    }
    request.seedParameter = mode == .gradient && !seeds.isEmpty
    request.notOverwritten = parameters.map(\.notOverwritten) + unread.map { _ in false }
    request.freesTape = !flags.noFree
    request.runtimeActivity = flags.runtimeActivity
    request.strongZero = flags.strongZero
    request.estimatesErrors = call.hook == .errorEstimate
    return request
  }
}

extension Function {
  /// Is there a hidden parameter, a pointer through which the function returns a large structure?
  var returnsThroughMemory: Bool { resultBufferPosition != nil }
  var resultBufferPosition: Int? {
    functionType.parameters.indices.first { parameterHasAttribute($0, "sret") }
  }

  /// What to call parameter `i` in a message.
  ///
  /// Parts of a structure that is passed by value have its name, and are numbered.
  func parameterName(_ i: Int) -> String {
    let name = Messages.parameterName(parameter(i), i)
    let same = functionType.parameters.indices.filter { Messages.parameterName(parameter($0), $0) == name }
    guard same.count > 1, let k = same.firstIndex(of: i) else { return name }
    return "\(name)\(k + 1)"
  }
}
