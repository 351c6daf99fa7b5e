import Glibc

/// The functions of the C library, out of the way of names in other modules.
enum Math {
  static func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }
}
