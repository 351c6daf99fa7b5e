internal import CFFI
internal import IR

/// A type that an argument or a part of a result may have.
package enum Scalar {
  case double, float, int8, int16, int32, int64, pointer

  init(_ type: Type) {
    switch type.kind {
    case .double: self = .double
    case .float: self = .float
    case .pointer: self = .pointer
    case .integer where type.bitWidth <= 8: self = .int8
    case .integer where type.bitWidth == 16: self = .int16
    case .integer where type.bitWidth == 32: self = .int32
    case .integer where type.bitWidth == 64: self = .int64
    default: fatalError("tests cannot pass a '\(type.description)'")
    }
  }

  /// libffi's name for the type.
  var descriptor: UnsafeMutablePointer<ffi_type> {
    switch self {
    case .double: same(&ffi_type_double)
    case .float: same(&ffi_type_float)
    case .int8: same(&ffi_type_uint8)
    case .int16: same(&ffi_type_uint16)
    case .int32: same(&ffi_type_uint32)
    case .int64: same(&ffi_type_uint64)
    case .pointer: same(&ffi_type_pointer)
    }
  }
}

/// The address of a C global.
func same(_ p: UnsafeMutablePointer<ffi_type>) -> UnsafeMutablePointer<ffi_type> { p }

extension Type {
  /// The scalars in a value of the type, with their places.
  func leaves(_ layout: DataLayout) -> [(offset: Int, type: Scalar)] {
    guard isAggregate || isVector else { return [(0, Scalar(self))] }
    return (0..<count).flatMap { i in
      member(i).leaves(layout).map { (layout.offset(self, i) + $0.offset, $0.type) }
    }
  }
}

/// What can be passed to compiled code. The parameter says which type it becomes.
package protocol Argument {
  func bits(as type: Scalar) -> UInt64
}

extension Double: Argument {
  package func bits(as type: Scalar) -> UInt64 {
    type == .float ? UInt64(Float(self).bitPattern) : bitPattern
  }
}
extension Int: Argument {
  package func bits(as type: Scalar) -> UInt64 { UInt64(bitPattern: Int64(self)) }
}
extension UnsafeMutableRawPointer: Argument {
  package func bits(as type: Scalar) -> UInt64 { UInt64(UInt(bitPattern: self)) }
}

/// Memory that compiled code may work on.
package final class Memory: Argument {
  package let address: UnsafeMutableRawPointer
  private let count: Int

  /// Doubles, or bytes of a structure that consists of eight-byte fields.
  package init(_ values: [Double]) {
    count = values.count
    address = .allocate(byteCount: max(16, 8 * count), alignment: 16)
    for (i, x) in values.enumerated() {
      address.storeBytes(of: x, toByteOffset: 8 * i, as: Double.self)
    }
  }
  deinit { address.deallocate() }

  package var values: [Double] { (0..<count).map { self[$0] } }
  package subscript(i: Int) -> Double {
    get { address.load(fromByteOffset: 8 * i, as: Double.self) }
    set { address.storeBytes(of: newValue, toByteOffset: 8 * i, as: Double.self) }
  }
  /// Puts the address of other memory in place of number `i`.
  package func point(_ i: Int, to other: Memory) {
    address.storeBytes(of: other.address, toByteOffset: 8 * i, as: UnsafeMutableRawPointer.self)
  }
  package func bits(as type: Scalar) -> UInt64 { address.bits(as: type) }
}

/// What a call gave back: the scalars of the result, in order.
package struct Outcome {
  package let leaves: [Leaf]
  package subscript(i: Int) -> Leaf { leaves[i] }
  /// The floating-point numbers among the scalars.
  package var numbers: [Double] { leaves.compactMap(\.number) }
}

/// One scalar of a result.
package enum Leaf {
  case number(Double)
  case integer(Int)
  case pointer(UnsafeMutableRawPointer?)

  init(_ p: UnsafeMutableRawPointer, _ type: Scalar) {
    switch type {
    case .double: self = .number(p.load(as: Double.self))
    case .float: self = .number(Double(p.load(as: Float.self)))
    case .int8: self = .integer(Int(p.load(as: Int8.self)))
    case .int16: self = .integer(Int(p.load(as: Int16.self)))
    case .int32: self = .integer(Int(p.load(as: Int32.self)))
    case .int64: self = .integer(p.load(as: Int.self))
    case .pointer: self = .pointer(p.load(as: UnsafeMutableRawPointer?.self))
    }
  }
  package var number: Double? { if case .number(let x) = self { x } else { nil } }
  package var integer: Int? { if case .integer(let i) = self { i } else { nil } }
  package var pointer: UnsafeMutableRawPointer? {
    if case .pointer(let p) = self { p } else { nil }
  }
}
