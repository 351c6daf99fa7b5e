/// A map from IR handles to small values: open addressing with a multiplicative hash, because Swift's
/// `Dictionary` keyed by pointers is four times slower on whole functions.
package struct PointerMap<Payload> {
  @usableFromInline var keys: [UInt]
  @usableFromInline var payloads: [Payload?]
  @usableFromInline var used = 0
  @usableFromInline var mask: Int

  @inlinable package init(capacity: Int = 16) {
    var n = 16
    while n * 3 < capacity * 4 { n *= 2 }
    keys = Array(repeating: 0, count: n)
    payloads = Array(repeating: nil, count: n)
    mask = n - 1
  }
  @inlinable package var count: Int { used }

  @inlinable @inline(__always) func slot(_ key: UInt) -> Int {
    var i = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    while keys[i] != 0 && keys[i] != key { i = (i + 1) & mask }
    return i
  }
  @inlinable package subscript(key: OpaquePointer) -> Payload? {
    get {
      let i = slot(UInt(bitPattern: key))
      return keys[i] == 0 ? nil : payloads[i]
    }
    set {
      if used * 4 >= keys.count * 3 { grow() }
      let k = UInt(bitPattern: key)
      let i = slot(k)
      if keys[i] == 0 {
        keys[i] = k
        used += 1
      }
      payloads[i] = newValue
    }
  }
  @inlinable package subscript(value: Value) -> Payload? {
    get { self[value.ref] }
    set { self[value.ref] = newValue }
  }
  @inlinable mutating func grow() {
    let oldKeys = keys
    let oldPayloads = payloads
    keys = Array(repeating: 0, count: oldKeys.count * 2)
    payloads = Array(repeating: nil, count: oldKeys.count * 2)
    mask = keys.count - 1
    for (k, p) in zip(oldKeys, oldPayloads) where k != 0 {
      let i = slot(k)
      keys[i] = k
      payloads[i] = p
    }
  }
}
