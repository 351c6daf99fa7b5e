package import IR

extension Program {
  /// Is the integer stored the colour of a tree's node, which the tree's functions in libstdc++ look at (`_Rb_tree_node_base`: the colour,
  /// then parent, left and right)? They do with the shadows what they do with the nodes, so it has to be in the shadow as well. The
  /// functions may be called elsewhere, by what walks through a tree that is made here.
  package func isColour(_ store: Instruction) -> Bool {
    let type = store.operand(0).type
    guard type.isInteger, type.bitWidth == 32, usesTrees, let c = graph.cell(of: store.operand(1)),
      graph.kinds(c.node, at: c.offset).isSubset(of: .integer)
    else { return false }
    let links = [8, 16, 24].filter { graph.kinds(c.node, at: c.offset + $0).contains(.pointer) }
    return links.count >= 2
  }
}
