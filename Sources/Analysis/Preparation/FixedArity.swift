internal import IR

/// Calls of variadic functions with bodies become calls of copies with fixed parameters (x86-64, System V):
///
/// ```
/// f(a, x, y)                  area = { x, y }; f'(a, &area)
/// va_start(list)   in f'      list = { 48, 176, area, null }
/// va_copy(to, from)           a copy of the 24 bytes
/// ```
/// Arguments that no register is left for stand one behind the other in the caller's memory; the two numbers say that this holds
/// for all of them. So `va_arg`, which the front end has written out by then, reads ordinary memory.
final class FixedArity {
  private let module: Module
  private let builder: Builder
  private var copies: [Function: Function?] = [:]
  private let isPossible: Bool
  /// What a copy was made of.
  private(set) var originals: [Function: Function] = [:]

  init(module: Module) {
    self.module = module
    builder = Builder(module: module)
    let triple = module.targetTriple
    isPossible =
      triple.hasPrefix("x86_64") && !triple.contains("windows") && !triple.contains("x32")
      && module.dataLayout.pointerSize == 8
  }

  /// Replaces the calls in a function, but for those of functions of which more is known than their bodies.
  func run(on f: Function, unless isKnown: (Function) -> Bool) {
    guard isPossible else { return }
    for block in f.blocks {
      for i in block.instructions where i.isCall {
        if lowerCopyOrEnd(i) { continue }
        guard let g = i.callee, g.isVarArg, !g.isDeclaration, g.functionType == i.calledFunctionType,
          i.argumentCount >= g.functionType.parameters.count, i.callSiteAttribute("enzyme_inactive") == nil,
          i.callSiteAttribute("nabla_inactive") == nil, !isKnown(g), !i.isMustTail, !i.hasOperandBundles,
          let layout = Layout(i, module.dataLayout), let copy = copy(of: g)
        else { continue }
        replace(i, copy, layout)
      }
    }
  }

  // MARK: Calls

  /// Where the arguments are.
  private struct Layout {
    struct Place {
      let argument: Int
      let offset: Int
      /// Set if the argument points to what is passed, which is of this type.
      let pointee: Type?
    }
    var places: [Place] = []
    var size = 0

    /// nil if an argument is of a type that C does not pass like this.
    init?(_ call: Instruction, _ data: DataLayout) {
      for k in call.calledFunctionType.parameters.count..<call.argumentCount {
        let v = call.operand(k)
        var bytes = data.storeSize(v.type)
        var alignment = 8
        let pointee = call.argumentTypeAttribute(k, "byval")
        if let type = pointee {
          bytes = data.allocSize(type)
          alignment = max(8, call.argumentAlignment(k))
        } else {
          switch v.type.kind {
          case .pointer, .float, .double: break
          case .integer where v.type.bitWidth <= 64: break
          case .x86FP80, .fp128: (bytes, alignment) = (16, 16)
          case .vector where bytes == 8: break
          case .vector where bytes == 16: alignment = 16
          default: return nil
          }
        }
        guard alignment <= 16 else { return nil }
        size = (size + alignment - 1) & -alignment
        places.append(Place(argument: k, offset: size, pointee: pointee))
        size = (size + bytes + 7) & -8
      }
    }
  }

  private func replace(_ call: Instruction, _ copy: Function, _ layout: Layout) {
    builder.position(before: call)
    let area = builder.entryAlloca(module.context.i8.array(layout.size), name: "arguments")
    area.instruction!.alignment = 16
    for p in layout.places {
      let v = call.operand(p.argument)
      let place = builder.offset(area, p.offset)
      if let type = p.pointee {
        copyMembers(type, from: v, to: place)
      } else {
        builder.store(v, to: place, alignment: 8)
      }
    }
    let pointer = builder.cast(pointer: area, to: module.context.bytePointer)
    call.clearTailCall()
    _ = call.replacedByCall(of: copy, adding: [pointer])
  }

  /// Copies a structure. Small ones go number by number: the place is one for arguments of any kind, and what its bytes are is
  /// known from what is done to them.
  private func copyMembers(_ type: Type, from: Value, to: Value) {
    let layout = module.dataLayout
    let size = layout.allocSize(type)
    guard size <= 512, type.isAggregate else {
      builder.memcpy(to: to, from: from, count: module.context.i64.constant(size))
      return
    }
    for k in 0..<type.count {
      let member = type.member(k)
      let (p, q) = (builder.offset(from, layout.offset(type, k)), builder.offset(to, layout.offset(type, k)))
      if member.isAggregate {
        copyMembers(member, from: p, to: q)
      } else {
        builder.store(builder.load(member, from: p, alignment: 1), to: q, alignment: 1)
      }
    }
  }

  // MARK: Callees

  private func copy(of g: Function) -> Function? {
    if let known = copies[g] { return known }
    guard asksAsUsual(g), !alignsPieces(g) else {
      copies[g] = .some(nil)
      return nil
    }
    let f = g.cloneWithFixedArity(named: "nabla.fixed." + g.name)
    copies[g] = f
    originals[f] = g
    rewrite(f)
    return f
  }

  private static func list(_ i: Instruction, _ name: String) -> Bool {
    i.intrinsicName?.hasPrefix("llvm.va_" + name) ?? false
  }

  /// Does the front end's own code fetch the arguments?
  private func asksAsUsual(_ g: Function) -> Bool {
    g.blocks.allSatisfy { $0.instructions.allSatisfy { $0.opcode != .vaArg && !$0.isMustTail } }
  }

  private func rewrite(_ f: Function) {
    let area = f.parameter(f.parameters.count - 1)
    let context = module.context
    area.name = "arguments"
    for b in f.blocks {
      for i in b.instructions where i.isCall && Self.list(i, "start") {
        builder.position(before: i)
        let p = i.operand(0)
        builder.store(context.i32.constant(48), to: p, alignment: 8)
        builder.store(context.i32.constant(176), to: builder.offset(p, 4), alignment: 4)
        builder.store(area, to: builder.offset(p, 8), alignment: 8)
        builder.store(context.bytePointer.zero, to: builder.offset(p, 16), alignment: 8)
        i.erase()
      }
    }
  }
  private func lowerCopyOrEnd(_ i: Instruction) -> Bool {
    if Self.list(i, "copy") {
      builder.position(before: i)
      builder.memcpy(to: i.operand(0), from: i.operand(1), count: module.context.i64.constant(24), alignment: 8)
    } else if !Self.list(i, "end") {
      return false
    }
    i.erase()
    return true
  }

  private var aligning: [Function: Bool] = [:]
  /// Does the function, or one that it calls, look at a multiple of sixteen for what may have come in pieces? A structure that is
  /// aligned so is passed as two arguments which do not say it.
  private func alignsPieces(_ g: Function) -> Bool {
    if let known = aligning[g] { return known }
    var seen: Set<Function> = [g]
    var work = [g]
    var result = false
    while let f = work.popLast(), !result {
      for i in f.blocks.flatMap(\.instructions) {
        let aligns =
          i.opcode == .and && i.operand(1).integerConstant == -16
          || i.isCall && (i.intrinsicName?.hasPrefix("llvm.ptrmask") ?? false)
        if aligns, fetchesPieces(i) { result = true }
        if i.isCall, let h = i.callee, !h.isDeclaration, i.arguments.contains(where: { $0.type.isPointer }),
          seen.insert(h).inserted
        {
          work.append(h)
        }
      }
    }
    aligning[g] = result
    return result
  }
  private func fetchesPieces(_ aligned: Instruction) -> Bool {
    var seen: Set<Value> = [aligned.value]
    var work = [aligned.value]
    while let v = work.popLast() {
      for i in v.users.compactMap(\.instruction) {
        switch i.opcode {
        // Behind it is the next argument.
        case .gep where i.gepTerms(in: module).map { $0.offset >= 16 && $0.terms.isEmpty } ?? false: break
        case .inttoptr, .bitcast, .phi, .gep: if seen.insert(i.value).inserted { work.append(i.value) }
        case .store: if i.operand(0).type.isInteger { return true }
        case .load where i.type.kind == .x86FP80 || i.type.kind == .fp128: break
        case .call:
          guard i.intrinsicName?.hasPrefix("llvm.memcpy") ?? false, let n = i.operand(2).integerConstant, n > 16 else {
            return true
          }
        default: return true
        }
      }
    }
    return false
  }

  /// Deletes copies that nothing calls.
  func dispose() {
    for case let f? in copies.values where !f.value.hasUses { f.delete() }
    copies = [:]
    originals = [:]
  }
}
