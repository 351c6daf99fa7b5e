internal import IR

/// Vectors of pointers are loaded and stored one by one: an optimiser that moves two members of a structure at once hides
/// that they point to different things.
///
/// ```
/// %v = load <2 x ptr>, ptr %p   ─▶   %a = load ptr, ptr %p; %b = load ptr, ptr %p+8; %v = <%a, %b>
/// ```
enum PointerLanes {
  /// Requires: the passes that run next put what is taken out of a vector in the place of what was put into it.
  static func separate(in f: Function) {
    let builder = Builder(module: f.module)
    for block in f.blocks {
      for i in block.instructions where !i.isAtomic && !i.isVolatile {
        switch i.opcode {
        case .load where isSeparable(i.type): load(i, builder)
        case .store where isSeparable(i.operand(0).type): store(i, builder)
        default: break
        }
      }
    }
  }

  private static func isSeparable(_ type: Type) -> Bool { type.isVector && type.element.isPointer }

  private static func load(_ i: Instruction, _ builder: Builder) {
    builder.position(before: i)
    var whole = i.type.zero
    for lane in 0..<i.type.count {
      let part = builder.load(
        i.type.element, from: place(lane, i.operand(0), i.type, builder), alignment: i.shared(lane))
      part.instruction?.copyMetadata("tbaa", from: i)
      whole = builder.insertElement(whole, part, builder.context.i32.constant(lane))
    }
    i.value.replaceAllUses(with: whole)
    i.erase()
  }

  private static func store(_ i: Instruction, _ builder: Builder) {
    builder.position(before: i)
    let type = i.operand(0).type
    for lane in 0..<type.count {
      let part = builder.extractElement(i.operand(0), builder.context.i32.constant(lane))
      let copy = builder.store(part, to: place(lane, i.operand(1), type, builder), alignment: i.shared(lane))
      copy.copyMetadata("tbaa", from: i)
    }
    i.erase()
  }

  private static func place(_ lane: Int, _ pointer: Value, _ type: Type, _ builder: Builder) -> Value {
    builder.cast(
      pointer: builder.offset(pointer, lane * builder.layout.storeSize(type.element)), to: type.element.pointer())
  }
}

extension Instruction {
  /// The alignment that the access of a whole vector has for one of its lanes.
  fileprivate func shared(_ lane: Int) -> Int { lane == 0 ? alignment : min(alignment, 8) }
  fileprivate func copyMetadata(_ kind: String, from i: Instruction) {
    if let node = i.metadata(kind) { setMetadata(kind, node) }
  }
}
