internal import IR

/// Calls of functions under another type become calls of the functions as they are:
///
/// ```
/// call void bitcast (void (%Derived*)* @f to void (%Base*)*)(%Base* %p)
/// ─▶ %q = bitcast %Base* %p to %Derived*; call void @f(%Derived* %q)
/// ```
/// Where pointers have types, so do the methods of merged functions and what a C program calls by a declaration
/// without parameters; the inliner takes none of them.
enum DirectCalls {
  static func run(on f: Function) {
    for block in f.blocks {
      for i in block.instructions where i.isCall {
        guard let g = i.callee, !g.isVarArg, g.functionType != i.calledFunctionType else { continue }
        _ = i.makeDirect()
      }
    }
  }
}
