import IR

/// How an operand of a hook call becomes an argument of the derivative.
enum Adaptation: Equatable {
  case none
  /// To another pointer type, or another address space.
  case pointer
  case integer
  case float
  case bits
  /// The integer 0 as a pointer, as C++ passes `NULL` to a variadic function.
  case null
  /// Store in memory as one type and read as the other.
  case memory
  /// Read from where the operand points.
  case load
  /// Put in memory and pass the address.
  case spill

  /// How a value becomes one of type `type`; nil if it can't without loss of meaning.
  init?(_ value: Value, to type: Type, _ layout: DataLayout) {
    let found = value.type
    if found == type {
      self = .none
    } else if found.isPointer && type.isPointer {
      self = .pointer
    } else if found.isInteger && type.isInteger {
      self = .integer
    } else if found.isFloat && type.isFloat {
      self = .float
    } else if type.isPointer && value.integerConstant == 0, layout.bits(found) == layout.bits(type) {
      self = .null
    } else if found.isVector != type.isVector, Adaptation.sameBits(found, type, layout) {
      self = .bits
    } else if found.isVector, type.isVector, Adaptation.sameBits(found, type, layout) {
      self = .bits
    } else if found.isAggregate && type.isAggregate, found.hasSameLeaves(as: type, layout) {
      self = .memory
    } else {
      return nil
    }
  }

  private static func sameBits(_ a: Type, _ b: Type, _ layout: DataLayout) -> Bool {
    func plain(_ t: Type) -> Bool {
      t.isInteger || t.isFloat || (t.isVector && !t.element.isPointer)
    }
    return plain(a) && plain(b) && layout.bits(a) == layout.bits(b)
  }

  func emit(_ value: Value, to type: Type, _ builder: Builder) -> Value {
    switch self {
    case .none: return value
    case .pointer: return builder.cast(pointer: value, to: type)
    case .integer: return builder.intCast(value, to: type, signed: value.type.bitWidth > 1)
    case .float: return builder.fpCast(value, to: type)
    case .bits: return builder.bitcast(value, to: type)
    case .null: return type.zero
    case .load: return builder.load(type, from: value)
    case .spill:
      let place = builder.entryAlloca(value.type)
      builder.store(value, to: place)
      return builder.cast(pointer: place, to: type)
    case .memory:
      let layout = builder.layout
      let larger = layout.allocSize(type) > layout.allocSize(value.type) ? type : value.type
      let place = builder.entryAlloca(larger)
      builder.store(value, to: place)
      return builder.load(type, from: place)
    }
  }
}
