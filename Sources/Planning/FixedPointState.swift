package import Analysis
package import IR

/// The state of a fixed-point iteration: which of its bytes are numbers whose derivatives are iterated.
package enum FixedPointState {
  /// The numbers of a region; nil if they can't be told, and also where the region has no shadow.
  package static func layout(
    _ region: Int, _ loop: Subject, _ shape: CheckpointedLoop, _ program: Program,
    _ activity: Activity
  ) -> CopyLayout? {
    let p = loop.function.parameter(shape.region(region).pointer)
    guard activity.needsShadow(p), let cell = program.graph.cell(of: p) else { return nil }
    let size = size(shape.region(region).bytes, loop, program)
    guard let layout = CopyLayout(cell, size: size, program, activity), !layout.isWordwise else {
      return nil
    }
    return layout
  }

  /// Can the numbers of all regions be told?
  static func isKnown(
    _ loop: Subject, _ shape: CheckpointedLoop, _ program: Program, _ activity: Activity
  ) -> Bool {
    (0..<shape.regions).allSatisfy { k in
      !activity.needsShadow(loop.function.parameter(shape.region(k).pointer))
        || layout(k, loop, shape, program, activity) != nil
    }
  }

  /// The number that the one call of the loop passes for a parameter, if it is constant.
  private static func size(_ parameter: Int, _ loop: Subject, _ program: Program) -> Int? {
    var sizes: Set<Int?> = []
    for s in program.subjects {
      for i in s.instructions where i.isCall && i.callee == loop.original {
        sizes.insert(i.operand(parameter).integerConstant)
      }
    }
    return sizes.count == 1 ? sizes.first! : nil
  }
}
