import Analysis
import IR

extension Function {
  /// A function that only calls this one. The engine differentiates bodies; through a call it also
  /// reaches custom rules, library functions without a body, and variadic ones.
  func thunk() -> Function {
    let type = Type.function(returnType, functionType.parameters)
    let thunk = module.addFunction("nabla.call." + name, type)
    thunk.setInternal()
    thunk.copyAttributes(from: self)
    let builder = Builder(module: module)
    builder.position(atEndOf: thunk.appendBlock("entry"))
    let result = builder.call(self, thunk.parameters)
    builder.ret(returnType.isVoid ? nil : result)
    return thunk
  }

  /// A variadic function that can be called with nothing in the place of `...`.
  var hasFixedPart: Bool { isVarArg && !isDeclaration && resultBufferPosition == nil }
}

/// The functions to hand to the engine in place of those that the program names.
struct Thunks {
  private let knowledge: KnowledgeBase
  private var made: [Function: Function] = [:]
  private var list: [Function] = []

  init(_ knowledge: KnowledgeBase) { self.knowledge = knowledge }

  /// The function to differentiate for a request on `function`; nil if there is no way to.
  mutating func subject(for function: Function) -> Function? {
    let isSpecial = knowledge.declarations.mentions(function)
    if !function.isDeclaration && !isSpecial && !function.hasFixedPart { return function }
    guard isSpecial || function.hasFixedPart || knowledge.of(function) != nil else { return nil }
    guard function.resultBufferPosition == nil, !function.isVarArg || function.hasFixedPart else {
      return function.isDeclaration ? nil : function
    }
    if let thunk = made[function] { return thunk }
    let thunk = function.thunk()
    made[function] = thunk
    list.append(thunk)
    return thunk
  }

  /// Deletes those that nothing uses.
  func remove() { for thunk in list where !thunk.value.hasUses { thunk.delete() } }
}
