package import Analysis
package import IR
package import Synthesis

extension Module {
  /// A request for a function of the module. Without `parameters`: every pointer duplicated, every
  /// floating-point number active, everything else constant.
  package func request(
    _ name: String, _ mode: Mode, _ parameters: [ParameterActivity]? = nil,
    result: ReturnActivity? = nil, returnsPrimal: Bool = false, width: Int = 1
  ) -> Request {
    let f = self[name]
    let active: ParameterActivity = mode == .forward ? .duplicated : .out
    let usual: [ParameterActivity] = f.functionType.parameters.map {
      $0.isPointer ? .duplicated : $0.containsFloat ? active : .constant
    }
    let r = f.returnType
    return Request(
      function: f, mode: mode, width: width, parameters: parameters ?? usual,
      result: result ?? (r.containsFloat ? .active : r.containsPointer ? .duplicated : .constant),
      returnsPrimal: returnsPrimal)
  }

  /// An engine for the module.
  package func engine(_ declarations: Declarations = Declarations()) -> Engine {
    Engine(module: self, declarations: declarations, warn: { _ in })
  }
  package func preparation(_ declarations: Declarations = Declarations()) -> Preparation {
    Preparation(module: self, knowledge: KnowledgeBase(declarations))
  }
  /// The program below a function.
  package func program(_ name: String, _ declarations: Declarations = Declarations()) throws
    -> Program
  {
    try Program(root: self[name], preparation: preparation(declarations))
  }
}
