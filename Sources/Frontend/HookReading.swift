import Analysis
import IR

/// Where an argument of the derivative comes from.
enum Source {
  /// An operand of the hook call.
  case operand(Value, Adaptation)
  /// `base` + `lane` · `stride` bytes.
  case strided(base: Value, stride: Value, lane: Int)
  /// The scratch memory number `n` of the call, for a structure that the function returns through
  /// memory.
  case scratch(Int)
}

/// How the operands fill one parameter of the function.
struct ParameterReading {
  var activity: ParameterActivity
  var primal: Source
  /// One per lane, or none.
  var shadows: [Source]
  /// Are the shadows scratch memory, whose contents the caller gets: the adjoint of a structure that C passes in memory?
  var returnsShadows = false
  var notOverwritten = false
  /// How many bytes it points to, if that is said.
  var extent: Value?
}

/// Where the tape of a split derivative is.
enum TapeSource {
  /// An operand of the reverse call, a result of the augmented one.
  case value(Value?)
  /// In memory that the caller provides.
  case stored(at: Value)
}

/// A hook call on one function, understood.
struct HookReading {
  let call: HookCall
  /// The function that the program names.
  let function: Function
  var request: Request
  /// One per parameter of the function.
  var parameters: [ParameterReading]
  /// The adjoints of the result, one per lane; empty if 1 is meant.
  var seeds: [[Source]] = []
  var tape: TapeSource = .value(nil)
  /// The type of each scratch memory.
  var scratch: [Type] = []
  /// What the derivative yields, in order.
  var results: [ResultField] = []
  /// How many fields the derivative function returns, shown to the caller or not.
  var returnedCount = 0
  var warnings: [Diagnostic] = []
  let arguments: RequestArguments

  var flags: CallFlags { arguments.flags }
  /// How the hook should be declared and called.
  var prototype: String { Prototype(arguments: arguments).description }
}

/// What a hook call says as a whole.
struct CallFlags {
  var width = 1
  var primalReturn = false
  var noReturn = false
  var returnOverride: Marker?
  var interleave = false
  /// Bytes that the caller reserves for the tape.
  var allocated: Int?
  var tape: Value?
  var noFree = false
  var runtimeActivity = false
  var strongZero = false
  /// Are the derivatives compared when the call is carried out, and to which relative tolerance?
  var check = false
  var tolerance: Value?
  /// Operands behind `nabla_seed`.
  var seeds: [Value] = []
}
