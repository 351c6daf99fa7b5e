import IR
import TestSupport
import Testing

@Suite struct PointerMapTests {
  func key(_ n: Int) -> OpaquePointer { OpaquePointer(bitPattern: n)! }

  @Test func startsEmpty() {
    let map = PointerMap<Int>()
    #expect(map.count == 0)
    #expect(map[key(16)] == nil)
  }

  @Test func agreesWithADictionary() {
    var map = PointerMap<Int>(capacity: 4)
    var reference: [OpaquePointer: Int] = [:]
    var noise = Noise(3)
    for n in 0..<20_000 {
      // Addresses as an allocator gives them: near to each other, multiples of 16.
      let k = key(0x5555_0000_0000 + 16 * noise.integer(below: 5000))
      if noise.integer(below: 4) == 0 {
        #expect(map[k] == reference[k])
      } else {
        map[k] = n
        reference[k] = n
      }
    }
    #expect(map.count == reference.count)
    for (k, n) in reference { #expect(map[k] == n) }
  }

  @Test func keysThatCollideStayApart() {
    var map = PointerMap<Int>(capacity: 64)
    // The low bits that choose the place are the same for all.
    for n in 1...48 { map[key(n << 44)] = n }
    for n in 1...48 { #expect(map[key(n << 44)] == n) }
    #expect(map[key(49 << 44)] == nil)
  }

  @Test func clearedEntriesReadAsAbsent() {
    var map = PointerMap<Int>()
    for n in 1...8 { map[key(16 * n)] = n }
    map[key(48)] = nil
    #expect(map[key(48)] == nil)
    for n in [1, 2, 4, 5, 6, 7, 8] { #expect(map[key(16 * n)] == n) }
    map[key(48)] = 33
    #expect(map[key(48)] == 33)
  }

  @Test func copiesAreIndependent() {
    var a = PointerMap<Int>()
    a[key(16)] = 1
    var b = a
    b[key(16)] = 2
    #expect(a[key(16)] == 1 && b[key(16)] == 2)
  }
}
