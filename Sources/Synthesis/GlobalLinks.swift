internal import IR
internal import Planning

/// Pointers in work globals that the program stored before any derivative ran, such as the rows of a table that the
/// first call sets up: they have no shadows yet. Those that lead into other work globals are known; they are filled in
/// where a derivative begins.
struct GlobalLinks {
  let module: Module
  /// Work globals and their shadows.
  let globals: [(primal: Global, shadow: Value)]

  /// More pointers than a table of structures is worth the code for.
  private static let limit = 64

  /// Defines the function that fills in the pointers of one global; nil if it holds none.
  func linker(of g: Global, _ shadow: Value, name: String) -> Function? {
    guard let runs = pointers(in: g.valueType, at: 0), !runs.isEmpty else { return nil }
    let f = module.addFunction(name, .function(module.context.void, []))
    f.setInternal()
    let builder = Builder(module: module)
    builder.position(atEndOf: f.appendBlock("entry"))
    for r in runs {
      ShadowMemory(builder: builder, adjoints: nil).linkWords(
        primal: builder.offset(g.value, r.offset), shadow: builder.offset(shadow, r.offset),
        size: module.context.i64.constant(r.size)
      ) { word in
        globals.reduce(word.type.zero) { found, candidate in
          let distance = builder.sub(word, builder.ptrtoint(candidate.primal.value, to: word.type))
          let size = word.type.constant(module.dataLayout.allocSize(candidate.primal.valueType))
          let there = builder.add(builder.ptrtoint(candidate.shadow, to: word.type), distance)
          return builder.select(builder.icmp(.ult, distance, size), there, found)
        }
      }
    }
    builder.ret(nil)
    return f
  }

  /// Where the pointers lie, neighbours together; nil if they are too scattered.
  private func pointers(in type: Type, at offset: Int) -> [(offset: Int, size: Int)]? {
    let layout = module.dataLayout
    if type.isPointer { return [(offset, layout.storeSize(type))] }
    guard type.isAggregate, type.containsPointer else { return [] }
    if type.isArray {
      var element = type
      while element.isArray { element = element.element }
      if element.isPointer { return [(offset, layout.allocSize(type))] }
    }
    guard type.count <= Self.limit else { return nil }
    var list: [(offset: Int, size: Int)] = []
    for k in 0..<type.count {
      guard let more = pointers(in: type.member(k), at: offset + layout.offset(type, k)) else { return nil }
      list += more
    }
    return list.count <= Self.limit ? list : nil
  }
}
