internal import IR

/// Replaces the allocation functions of a module by ones that count.
enum AllocationCounter {
  static let live = "test.live"
  static let total = "test.total"

  static func install(in module: Module) {
    let i64 = module.context.i64
    for name in [live, total] {
      // Without internal linkage, so that the JIT finds it.
      module.addGlobal(name, i64, initializer: nil).initializer = i64.zero
    }
    for name in ["malloc", "calloc"] {
      replace(name, in: module) { b, _ in add(1, to: [live, total], b) }
    }
    replace("free", in: module) { b, pointer in
      add(b.select(b.isNull(pointer), i64.zero, i64.constant(-1)), to: [live], b)
    }
  }

  /// Gives all users of a declared function a function that does `more` first.
  private static func replace(
    _ name: String, in module: Module, _ more: (Builder, _ firstArgument: Value) -> Void
  ) {
    guard let f = module.function(named: name), f.isDeclaration else { return }
    let counted = module.addFunction("test." + name, f.functionType)
    f.value.replaceAllUses(with: counted.value)
    let b = Builder(module: module)
    b.position(atEndOf: counted.appendBlock("entry"))
    more(b, counted.parameter(0))
    let result = b.call(f, counted.parameters)
    b.ret(f.returnType.isVoid ? nil : result)
  }
  private static func add(_ n: Int, to globals: [String], _ b: Builder) {
    add(b.context.i64.constant(n), to: globals, b)
  }
  private static func add(_ n: Value, to globals: [String], _ b: Builder) {
    for name in globals {
      guard let g = b.module.global(named: name) else { continue }
      b.store(b.add(b.load(b.context.i64, from: g.value), n), to: g.value)
    }
  }
}
