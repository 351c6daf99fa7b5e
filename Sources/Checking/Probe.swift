import Glibc
import IR

/// Makes the functions of a module announce every access to memory.
///
///     %x = load double, ptr %p        call void @announce(ptr %p, i64 8, i64 <a double is read>)
///                                     %x = load double, ptr %p
struct Probe {
  private let module: Module
  private let layout: DataLayout
  private let builder: Builder
  private let announce: (value: Value, type: Type)
  private let announceCopy: (value: Value, type: Type)
  private let announceOwn: (value: Value, type: Type)

  /// Instruments all functions with bodies.
  static func instrument(_ module: Module) {
    let probe = Probe(module)
    for f in module.functions where !f.isDeclaration { probe.instrument(f) }
  }

  private init(_ module: Module) {
    self.module = module
    layout = module.dataLayout
    builder = Builder(module: module)
    let c = module.context
    let type = Type.function(c.void, [c.bytePointer, c.i64, c.i64])
    announce = (builder.inttoptr(c.i64.constant(Self.address(of: Self.accessed)), to: type.pointer()), type)
    let copyType = Type.function(c.void, [c.bytePointer, c.bytePointer, c.i64])
    announceOwn = (builder.inttoptr(c.i64.constant(Self.address(of: Self.owned)), to: type.pointer()), type)
    announceCopy = (builder.inttoptr(c.i64.constant(Self.address(of: Self.copied)), to: copyType.pointer()), copyType)
  }

  private static func address(of f: @convention(c) (UnsafeMutableRawPointer?, Int, Int) -> Void) -> Int {
    Int(bitPattern: unsafeBitCast(f, to: UnsafeRawPointer.self))
  }
  private static func address(
    of f: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, Int) -> Void
  ) -> Int {
    Int(bitPattern: unsafeBitCast(f, to: UnsafeRawPointer.self))
  }

  private func instrument(_ f: Function) {
    for block in f.blocks {
      for i in Array(block.instructions) { instrument(i) }
    }
    // A structure that is passed in memory is a copy of the argument's.
    builder.position(atStartOf: f.entry)
    let c = builder.context
    for (k, p) in f.parameters.enumerated() {
      guard let type = f.parameterTypeAttribute(k, "byval") else { continue }
      _ = builder.call(
        announceOwn.value, announceOwn.type,
        [builder.cast(pointer: p, to: c.bytePointer), c.i64.constant(layout.allocSize(type)), c.i64.constant(k)])
    }
  }

  private func instrument(_ i: Instruction) {
    builder.position(before: i)
    switch i.opcode {
    case .load: say(i.operand(0), i.type, isWrite: false)
    case .store: say(i.operand(1), i.operand(0).type, isWrite: true)
    case .atomicRMW:
      say(i.operand(0), i.operand(1).type, isWrite: false)
      say(i.operand(0), i.operand(1).type, isWrite: true)
    case .cmpxchg: say(i.operand(0), i.operand(1).type, isWrite: false)
    case .call: instrumentCall(i)
    default: break
    }
  }

  private func instrumentCall(_ i: Instruction) {
    guard let name = i.callee?.name else { return }
    if name.hasPrefix("llvm.memcpy") || name.hasPrefix("llvm.memmove") || name == "memcpy" || name == "memmove" {
      sayCopy(i.operand(0), i.operand(1), i.operand(2))
    } else if name.hasPrefix("llvm.memset") || name == "memset" {
      sayCopy(i.operand(0), builder.context.bytePointer.zero, i.operand(2))
    }
  }

  /// Announces the scalars of an access one by one.
  private func say(_ pointer: Value, _ type: Type, isWrite: Bool, at offset: Int = 0) {
    if (type.isAggregate || type.isVector) && type.count <= 256 {
      for k in 0..<type.count {
        say(pointer, type.member(k), isWrite: isWrite, at: offset + layout.offset(type, k))
      }
      return
    }
    guard pointer.type.addressSpace == 0 else { return }
    let c = builder.context
    let code = Access.Word(type).code + (isWrite ? 16 : 0)
    _ = builder.call(
      announce.value, announce.type,
      [
        builder.offset(builder.cast(pointer: pointer, to: c.bytePointer), offset),
        c.i64.constant(layout.storeSize(type)), c.i64.constant(code),
      ])
  }

  private func sayCopy(_ target: Value, _ source: Value, _ count: Value) {
    let c = builder.context
    _ = builder.call(
      announceCopy.value, announceCopy.type,
      [
        builder.cast(pointer: target, to: c.bytePointer), builder.cast(pointer: source, to: c.bytePointer),
        builder.intCast(count, to: c.i64, signed: false),
      ])
  }

  // MARK: Called by the instrumented code

  /// Where announcements go.
  nonisolated(unsafe) private static var arena: Arena?
  /// Where arguments of the function lie, by position, until it is entered.
  nonisolated(unsafe) private static var sources: [Int: UInt] = [:]
  /// Copies of arguments on the stack.
  nonisolated(unsafe) private static var copies: [(start: UInt, count: UInt, source: UInt)] = []

  static func begin(_ arena: Arena) {
    self.arena = arena
    sources = [:]
    copies = []
  }
  static func end() { arena = nil }
  static func passed(_ i: Int, _ address: UInt) { sources[i] = address }

  private static func original(_ address: UInt) -> UInt? {
    copies.first { address >= $0.start && address < $0.start + $0.count }.map { address - $0.start + $0.source }
  }

  private static let owned: @convention(c) (UnsafeMutableRawPointer?, Int, Int) -> Void = { pointer, size, k in
    guard let source = sources.removeValue(forKey: k), let pointer else { return }
    copies.append((UInt(bitPattern: pointer), UInt(size), source))
  }
  private static let accessed: @convention(c) (UnsafeMutableRawPointer?, Int, Int) -> Void = { pointer, size, code in
    let address = UInt(bitPattern: pointer)
    let isWrite = code >= 16
    let word = Access.Word(code: isWrite ? code - 16 : code)
    if !copies.isEmpty, let source = original(address) {
      readCopied(address, source, size, isWrite ? nil : word)
    } else if isWrite {
      arena?.write(address, size, word)
    } else {
      arena?.read(address, size, word)
    }
  }
  /// What is read in a copy is an input of the argument; what is written there stays there.
  private static func readCopied(_ address: UInt, _ source: UInt, _ size: Int, _ word: Access.Word?) {
    guard let arena, let from = UnsafeRawPointer(bitPattern: source),
      let to = UnsafeMutableRawPointer(bitPattern: address)
    else { return }
    if let word {
      if arena.read(source, size, word) { to.copyMemory(from: from, byteCount: size) }
    } else {
      arena.ignore(source, size)
    }
  }
  private static let copied: @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, Int) -> Void = {
    target, source, count in
    guard let source else { return arena?.fill(UInt(bitPattern: target), count) ?? () }
    let from = UInt(bitPattern: source)
    if !copies.isEmpty, let there = original(from) {
      // Bytes of a copy go on: to where reads of them are not seen, so they are read here.
      arena?.readBytes(there, count)
      source.copyMemory(from: UnsafeRawPointer(bitPattern: there)!, byteCount: count)
    }
    arena?.copy(to: UInt(bitPattern: target), from: from, count)
  }
}
