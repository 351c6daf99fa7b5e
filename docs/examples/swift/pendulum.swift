// Swift: the gradient of a simulation, from the IR of swiftc, through opt.
//
//   swiftc -O -emit-ir -Xfrontend -disable-llvm-optzns -parse-as-library -module-name pendulum pendulum.swift -o pendulum.ll
//   opt-19 -load-pass-plugin=libNabla.so -passes='nabla,default<O2>' pendulum.ll -o pendulum.bc
//   clang-19 -O2 -Wno-override-module pendulum.bc main.c -o pendulum -lm
import Glibc

/// How high a pendulum is after some steps.
@_cdecl("height")
public func height(_ angle: Double, _ length: Double, _ steps: Int) -> Double {
  var angle = angle
  var velocity = 0.0
  for _ in 0..<steps {
    velocity -= 0.01 * 9.81 / length * sin(angle)
    angle += 0.01 * velocity
  }
  return length * (1 - cos(angle))
}

/// Declared and never defined: the plugin puts the derivative in its place. Types decide: numbers are out, integers constant.
@_silgen_name("__nabla_autodiff")
func gradient(
  _ f: @convention(c) (Double, Double, Int) -> Double, _ angle: Double, _ length: Double, _ steps: Int
) -> (Double, Double)

@_cdecl("height_slopes")
public func slopes(_ angle: Double, _ length: Double, _ steps: Int, _ out: UnsafeMutablePointer<Double>) {
  (out[0], out[1]) = gradient(height, angle, length, steps)
}
