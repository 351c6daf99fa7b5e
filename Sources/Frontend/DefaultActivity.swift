import Analysis
import IR

extension Mode {
  /// Are floats that are passed by value followed by a tangent, instead of having an adjoint?
  var isForward: Bool { self == .forward || self == .forwardSplit }
}

extension Type {
  /// The activity of a parameter about which the caller says nothing.
  func defaultActivity(in mode: Mode) -> ParameterActivity {
    if mode.isForward { return containsFloat || containsPointer ? .duplicated : .constant }
    if containsPointer { return .duplicated }
    return containsFloat ? .out : .constant
  }

  /// The activity of a result about which the caller says nothing.
  func defaultResultActivity(in mode: Mode) -> ReturnActivity {
    if containsPointer {
      // A combined derivative has no place to return a shadow; in forward mode a structure with
      // floats and pointers has one tangent structure.
      if mode == .gradient { return .constant }
      return mode.isForward && containsFloat ? .active : .duplicated
    }
    return containsFloat ? .active : .constant
  }

  /// A by-value aggregate whose floats would have no place for their adjoint.
  var mixesFloatsAndPointers: Bool { containsFloat && containsPointer }
}
