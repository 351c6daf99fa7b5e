import Analysis
import Frontend
import Glibc
internal import CLLVM
import IR
import Synthesis

/// What is to be checked.
package struct CheckRequest {
  /// The function's symbol, or its name in the source.
  package var function: String
  /// By position; nil or absent: by type.
  package var activities: [ParameterActivity?] = []
  package var isResultConstant = false
  /// Values of parameters by name: one for a number or an integer, several for an array.
  package var values: [String: [Double]] = [:]
  /// Integers that the user said nothing about.
  package var defaultInteger = 4
  /// How deep pointers in memory lead to memory.
  package var depth = 3
  package var checksSplit = false

  package init(_ function: String) { self.function = function }
}

/// A parameter of a checked function, apart from any module.
struct CheckedParameter {
  enum Kind {
    case number(Leaf.Format)
    case integer(bytes: Int)
    case pointer
    /// A structure or vector by value, or a number that no machine type of ours holds.
    case other(bytes: Int)
  }
  let name: String
  let kind: Kind
  let activity: ParameterActivity
  /// The numbers in it, and its size.
  let leaves: [Leaf]
  let size: Int
  /// Are there numbers in it of a format that is not read?
  let isUnreadable: Bool
  /// Bytes of an element, of a `std::vector` of numbers behind the pointer.
  var vectorElement: Int?

  var isActiveNumber: Bool { !leaves.isEmpty && activity != .constant }
}

/// A function with its derivatives, compiled at one level.
final class Compiled {
  let code: NativeCode
  let primal: Frame
  let gradient: Frame?
  let tangent: Frame?
  let augmented: Frame?
  let reverse: Frame?
  /// The two halves of tangents from a tape.
  let recording: Frame?
  let replaying: Frame?
  let parameters: [CheckedParameter]
  let result: [Leaf]
  let isResultActive: Bool
  /// The adjoints that the gradient returns: parameter, lane-free leaves at places in its result.
  let outLeaves: [(parameter: Int, leaves: [Leaf])]
  let tangentLeaves: [Leaf]
  let augmentedTape: Int
  /// How far apart, relatively, two computations of one primal value may be.
  var slack: Double { precision > 1e-10 ? 1e-4 : 1e-9 }
  /// Where the first half gives the function's result.
  let augmentedResult: [Leaf]
  /// Global variables that runs may change, with their first contents.
  private var globals: [(address: UnsafeMutableRawPointer, contents: [UInt8])] = []
  /// The largest rounding unit among the numbers that the function computes with.
  let precision: Double
  /// Does the program say what derivatives of its functions are?
  let hasOwnRules: Bool
  /// What could not be made.
  let notes: [String]

  /// What is added to the function so that its runs can be followed.
  enum Instrumentation {
    case none
    /// All accesses to memory are announced.
    case announcing
    /// Imaginary parts are computed beside numbers.
    case complex
  }

  /// - Parameters:
  ///   - module: not optimised yet.
  ///   - runsPipeline: compile as clang does.
  ///   - before: changes the function just before its derivatives are made.
  init(
    _ request: CheckRequest, _ module: Module, level: Int, runsPipeline: Bool, instrumentation: Instrumentation = .none,
    modes: Set<Mode>, report: @escaping (Diagnostic) -> Void, before: ((Module, Function) -> Void)? = nil
  ) throws {
    var failure: (any Error)?
    var built: Built?
    let entryName = try Wish(request.function, .gradient).find(in: module).name
    // Otherwise the optimiser may change what it takes, or drop it.
    module.function(named: entryName)!.setExternal()
    func middle(_ module: Module) {
      if let before, let f = module.function(named: entryName) { before(module, f) }
      do { built = try Built(request, entryName, module, instrumentation, modes, report) } catch { failure = error }
    }
    if runsPipeline { Compilation.run(module, level: level, middle) } else { middle(module) }
    if let failure { throw failure }
    guard let built else { throw CheckError("the compiler's pipeline did not come to Nabla's pass") }
    if let reason = module.verificationError { throw CheckError("internal error: the module is not valid: \(reason)") }
    let globalNames = module.prepareForJIT(keeping: built.entries)
    primal = built.primal
    gradient = built.gradient
    tangent = built.tangent
    augmented = built.augmented
    reverse = built.reverse
    recording = built.recording
    replaying = built.replaying
    parameters = built.parameters
    result = built.result
    isResultActive = built.isResultActive
    outLeaves = built.outLeaves
    tangentLeaves = built.tangentLeaves
    augmentedTape = built.augmentedTape
    augmentedResult = built.augmentedResult
    precision = built.precision
    hasOwnRules = built.hasOwnRules
    notes = built.notes
    code = try NativeCode(module)
    for (name, size) in globalNames {
      let p = try code.pointer(to: name)
      globals.append((p, Array(UnsafeRawBufferPointer(start: p, count: size))))
    }
  }

  /// Gives the global variables their first contents again.
  func resetGlobals() {
    for (address, contents) in globals {
      contents.withUnsafeBytes { address.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
    }
  }

  func call(_ frame: Frame, _ memory: UnsafeMutableRawPointer) throws {
    code.call(try code.address(of: frame.entry), memory)
  }
}

/// What is made in the module.
private struct Built {
  var primal: Frame
  var gradient: Frame?
  var tangent: Frame?
  var augmented: Frame?
  var reverse: Frame?
  var recording: Frame?
  var replaying: Frame?
  var parameters: [CheckedParameter] = []
  var result: [Leaf] = []
  var isResultActive = false
  var outLeaves: [(parameter: Int, leaves: [Leaf])] = []
  var tangentLeaves: [Leaf] = []
  var augmentedTape = 0
  var augmentedResult: [Leaf] = []
  var precision = 0x1p-52
  var hasOwnRules = false
  var notes: [String] = []
  var entries: Set<String> = []

  init(
    _ request: CheckRequest, _ name: String, _ module: Module, _ instrumentation: Compiled.Instrumentation,
    _ modes: Set<Mode>,
    _ report: @escaping (Diagnostic) -> Void
  ) throws {
    guard let f = module.function(named: name) else { throw CheckError("the optimiser removed '\(name)'") }
    let bench = Workbench(module, report: report)
    var made: [(Mode, Function, Request)] = []
    var activities: [ParameterActivity] = []
    var refusals: [(mode: Mode, diagnostics: [Diagnostic])] = []
    var problem: (any Error)?
    bench.run {
      do {
        var usual = Wish(name, .gradient)
        usual.activities = Self.activities(request, f, .gradient)
        activities = try bench.request(usual).parameters
        // Rules over a tape are used by tangents from a tape only.
        let hasTapeRules = !bench.declarations.splitDerivatives.isEmpty && !modes.isEmpty
        let wanted = hasTapeRules ? modes.union([.forwardSplit]) : modes
        for (mode, recordsTangents) in Self.kinds where wanted.contains(recordsTangents ? .forwardSplit : mode) {
          var wish = Wish(name, mode)
          wish.activities = Self.activities(request, f, mode)
          if request.isResultConstant { wish.result = .constant }
          wish.takesSeed = true
          wish.returnsPrimal = mode == .augmented
          var r = try bench.request(wish)
          r.recordsTangents = recordsTangents
          do { made.append((mode, try bench.engine.derivative(r), r)) } catch let refusal as Refusal {
            refusals.append((mode, refusal.diagnostics))
          }
        }
      } catch {
        problem = error
        throw error
      }
    }
    if problem != nil { throw CheckRefusal() }
    // A program may well offer one mode only, by a rule for one: then that one is checked.
    if made.isEmpty, !refusals.isEmpty {
      for var d in refusals[0].diagnostics {
        d.message = d.message.withReadableNames
        report(d)
      }
      throw CheckRefusal()
    }
    notes = refusals.flatMap { refusal in
      refusal.diagnostics.prefix(1).map { d in
        "not compared: \(refusal.mode) is refused (\(d.message.withReadableNames.prefix { $0 != ";" }))"
      }
    }
    hasOwnRules = !bench.declarations.gradients.isEmpty || !bench.declarations.derivatives.isEmpty
    switch instrumentation {
    case .none: break
    case .announcing: Probe.instrument(module)
    case .complex: ComplexStep.instrument(module)
    }
    primal = Frame(calling: f, in: module, named: "nabla.check.primal")
    for (mode, d, r) in made {
      let frame = Frame(calling: d, in: module, named: "nabla.check.\(mode)")
      switch mode {
      case .gradient: gradient = frame
      case .forward: tangent = frame
      case .augmented: if r.recordsTangents { recording = frame } else { augmented = frame }
      case .reverse: reverse = frame
      case .forwardSplit: replaying = frame
      }
    }
    entries = Set([primal, gradient, tangent, augmented, reverse, recording, replaying].compactMap { $0?.entry })
    describe(activities, f, module, made)
  }

  /// What can be made, with whether it is for tangents from a tape.
  private static let kinds: [(Mode, Bool)] = [
    (.gradient, false), (.forward, false), (.augmented, false), (.reverse, false), (.augmented, true),
    (.forwardSplit, false),
  ]

  /// In reverse mode numbers are out where they are duplicated in forward mode.
  private static func activities(_ r: CheckRequest, _ f: Function, _ mode: Mode) -> [ParameterActivity?] {
    let types = f.functionType.parameters
    let forward = mode == .forward || mode == .forwardSplit
    return types.indices.map { i in
      guard i < r.activities.count, let said = r.activities[i] else { return nil }
      if said == .constant { return .constant }
      let isNumber = types[i].containsFloat && !types[i].containsPointer
      return isNumber ? (forward ? .duplicated : .out) : said == .out ? .out : .duplicated
    }
  }

  private mutating func describe(
    _ activities: [ParameterActivity], _ f: Function, _ module: Module, _ made: [(Mode, Function, Request)]
  ) {
    let layout = module.dataLayout
    let types = f.functionType.parameters
    var names: Set<String> = []
    for (i, type) in types.enumerated() {
      var name = f.nameOfParameter(i)
      while !names.insert(name).inserted { name += "'" }
      let size = layout.allocSize(type)
      let kind: CheckedParameter.Kind =
        if let format = type.format { .number(format) } else if type.isPointer {
          .pointer
        } else if type.isInteger && size <= 8 { .integer(bytes: size) } else { .other(bytes: size) }
      parameters.append(
        CheckedParameter(
          name: name, kind: kind, activity: activities[i],
          leaves: type.leaves(layout), size: size, isUnreadable: type.containsFloat && type.leaves(layout).isEmpty))
    }
    for (i, size) in f.parametersThatAreVectors { parameters[i].vectorElement = size }
    result = f.returnType.isVoid ? [] : f.returnType.leaves(layout)
    for (mode, d, r) in made {
      isResultActive = isResultActive || r.result == .active
      if mode == .gradient || mode == .reverse { outLeaves = Self.outs(d, r, layout) }
      if mode == .forward || mode == .forwardSplit, r.result == .active { tangentLeaves = d.returnType.leaves(layout) }
      if mode == .augmented, d.returnType.isStruct {
        augmentedTape = layout.offset(d.returnType, 0)
        augmentedResult = d.returnType.leaves(layout)
      }
    }
    precision = f.roundingUnit
  }

  /// Where the adjoints of parameters stand in what the derivative returns.
  private static func outs(_ d: Function, _ r: Request, _ layout: DataLayout) -> [(Int, [Leaf])] {
    let outs = r.parameters.indices.filter { r.parameters[$0] == .out }
    let type = d.returnType
    if outs.count == 1 { return [(outs[0], type.leaves(layout))] }
    return outs.enumerated().map { k, i in
      let shift = layout.offset(type, k)
      return (i, type.member(k).leaves(layout).map { Leaf(offset: $0.offset + shift, format: $0.format) })
    }
  }
}

extension Function {
  /// The parameters that are references or pointers to a `std::vector` of numbers, by the function's symbol, with the bytes of an element.
  /// In all C++ libraries that is three pointers: to the elements, behind them, and behind the memory.
  fileprivate var parametersThatAreVectors: [(parameter: Int, element: Int)] {
    let text = demangled(name)
    guard text != name, let close = text.lastIndex(of: ")") else { return [] }
    var words: [Substring] = [], depth = 0, end = close, k = close
    while k > text.startIndex {
      k = text.index(before: k)
      switch text[k] {
      case ")", ">": depth += 1
      case "<": depth -= 1
      case "(" where depth > 0: depth -= 1
      case "," where depth == 0:
        words.append(text[text.index(after: k)..<end])
        end = k
      case "(":
        words.append(text[text.index(after: k)..<end])
        return vectors(among: words.reversed())
      default: break
      }
    }
    return []
  }

  private func vectors(among words: [Substring]) -> [(Int, Int)] {
    let count = functionType.parameters.count
    let first = count > 0 && parameterHasAttribute(0, "sret") ? 1 : 0
    // A method has its object before them; where C++ passes a structure in pieces nothing can be said.
    let shift = count - words.count
    guard shift == first || shift == first + 1 else { return [] }
    return words.enumerated().compactMap { k, word in
      let plain = word.filter { $0 != " " }
      guard plain.hasSuffix("&") || plain.hasSuffix("*"), functionType.parameters[k + shift].isPointer else {
        return nil
      }
      for (type, size) in [("double", 8), ("float", 4), ("int", 4), ("long", 8)]
      where plain.hasPrefix("std::vector<\(type),std::allocator<\(type)>>")
        || plain.hasPrefix("std::__1::vector<\(type),std::__1::allocator<\(type)>>")
      {
        return (k + shift, size)
      }
      return nil
    }
  }
}

/// The function was refused; the messages are reported already.
package struct CheckRefusal: Error {}

extension Function {
  /// The largest rounding unit of the floating-point types in the function and what it calls.
  fileprivate var roundingUnit: Double {
    var unit = 0x1p-52
    var seen: Set<Function> = [self]
    var work = [self]
    while let f = work.popLast() {
      for b in f.blocks {
        for i in b.instructions {
          for type in [i.type] + i.operands.map(\.type) {
            switch type.scalar.kind {
            case .float: unit = max(unit, 0x1p-23)
            case .half: unit = max(unit, 0x1p-10)
            case .bfloat: unit = max(unit, 0x1p-7)
            default: break
            }
          }
          if i.isCall, let g = i.callee, !g.isDeclaration, seen.insert(g).inserted { work.append(g) }
        }
      }
    }
    return unit
  }
}

extension Module {
  /// Leaves only what the entries need, and gives global variables that runs may change names that the JIT finds.
  fileprivate func prepareForJIT(keeping entries: Set<String>) -> [(name: String, size: Int)] {
    for name in ["llvm.used", "llvm.compiler.used"] { global(named: name)?.delete() }
    for f in functions where !f.isDeclaration && !entries.contains(f.name) {
      f.dropComdat()
      f.setInternal()
    }
    runPasses("globaldce")
    var list: [(String, Int)] = []
    for (k, g) in globals.enumerated()
    where !g.isDeclaration && !g.isConstant && !g.isThreadLocal && !g.name.hasPrefix("llvm.") {
      g.rename("nabla.check.global.\(k)")
      g.setExternal()
      list.append((g.name, dataLayout.allocSize(g.valueType)))
    }
    return list
  }

  private func runPasses(_ text: String) {
    let options = LLVMCreatePassBuilderOptions()
    defer { LLVMDisposePassBuilderOptions(options) }
    if let error = LLVMRunPasses(ref, text, nil, options) { LLVMConsumeError(error) }
  }
}
