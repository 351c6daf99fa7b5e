package import IR

/// `qsort` and `bsearch`, of which only the C library has the code, as functions of the module that do the same:
///
/// ```
/// qsort(base, count, size, compare)         a stable merge sort of the elements' numbers, which calls `compare` on the elements
///                                           where they are; then a copy in the new order, and back
/// bsearch(key, base, count, size, compare)  the usual search
/// ```
/// Where `compare` is known they are inlined and differentiated like everything else. As glibc's does, this sort leaves elements in
/// their order that compare equal.
package enum Sorting {
  private static let names = ["qsort": "__nabla_sort", "bsearch": "__nabla_search"]

  /// Defines what the module may need of them, before anything is analysed. The reason, should that fail.
  package static func define(in module: Module) -> String? {
    let wanted = names.keys.contains { module.function(named: $0)?.value.hasUses ?? false }
    guard wanted, names.values.allSatisfy({ module.function(named: $0) == nil }) else { return nil }
    if let reason = module.link(text: text) { return reason }
    for name in names.values { module.function(named: name)?.setInternal() }
    return nil
  }
  /// Deletes what nothing uses.
  package static func removeUnused(from module: Module) {
    module.removeUnused(names.values.compactMap { module.function(named: $0) })
  }

  /// Lets a call of one of them go to the function of the module if what compares is known.
  static func lower(_ call: Instruction, _ name: String) {
    let count = name == "qsort" ? 4 : 5
    guard let own = names[name], call.argumentCount == count,
      let compare = call.operand(count - 1).strippingCasts.function,
      !compare.isDeclaration, let f = call.block.function.module.function(named: own),
      f.functionType == call.calledFunctionType
    else { return }
    call.setCallee(f)
  }

  private static let text = """
    declare i8* @malloc(i64)
    declare void @free(i8*)
    declare void @llvm.memcpy.p0i8.p0i8.i64(i8*, i8*, i64, i1)

    define void @__nabla_sort(i8* %base, i64 %count, i64 %size, i32 (i8*, i8*)* %compare) {
    entry:
      %few = icmp ult i64 %count, 2
      br i1 %few, label %out, label %start
    start:
      %orderbytes = shl i64 %count, 4
      %memory = call i8* @malloc(i64 %orderbytes)
      %order = bitcast i8* %memory to i64*
      %other = getelementptr i64, i64* %order, i64 %count
      br label %number
    number:
      %n = phi i64 [ 0, %start ], [ %n1, %number ]
      %np = getelementptr i64, i64* %order, i64 %n
      store i64 %n, i64* %np
      %n1 = add i64 %n, 1
      %numbered = icmp eq i64 %n1, %count
      br i1 %numbered, label %widths, label %number
    widths:
      %width = phi i64 [ 1, %number ], [ %width2, %widened ]
      %from = phi i64* [ %order, %number ], [ %to, %widened ]
      %to = phi i64* [ %other, %number ], [ %from, %widened ]
      %width2 = shl i64 %width, 1
      %wide = icmp uge i64 %width, %count
      br i1 %wide, label %ordered, label %runs
    runs:
      %low = phi i64 [ 0, %widths ], [ %high, %merged ]
      %m0 = add i64 %low, %width
      %m1 = icmp ult i64 %m0, %count
      %middle = select i1 %m1, i64 %m0, i64 %count
      %h0 = add i64 %low, %width2
      %h1 = icmp ult i64 %h0, %count
      %high = select i1 %h1, i64 %h0, i64 %count
      br label %merge
    merge:
      %k = phi i64 [ %low, %runs ], [ %k1, %taken ]
      %i = phi i64 [ %low, %runs ], [ %i2, %taken ]
      %j = phi i64 [ %middle, %runs ], [ %j2, %taken ]
      %left = icmp ult i64 %i, %middle
      br i1 %left, label %right, label %second
    right:
      %rest = icmp ult i64 %j, %high
      br i1 %rest, label %ask, label %first
    ask:
      %ap = getelementptr i64, i64* %from, i64 %i
      %a = load i64, i64* %ap
      %ao = mul i64 %a, %size
      %ae = getelementptr i8, i8* %base, i64 %ao
      %bp = getelementptr i64, i64* %from, i64 %j
      %b = load i64, i64* %bp
      %bo = mul i64 %b, %size
      %be = getelementptr i8, i8* %base, i64 %bo
      %c = call i32 %compare(i8* %ae, i8* %be)
      %greater = icmp sgt i32 %c, 0
      br i1 %greater, label %second, label %first
    first:
      %i1 = add i64 %i, 1
      br label %taken
    second:
      %j1 = add i64 %j, 1
      br label %taken
    taken:
      %which = phi i64 [ %i, %first ], [ %j, %second ]
      %i2 = phi i64 [ %i1, %first ], [ %i, %second ]
      %j2 = phi i64 [ %j, %first ], [ %j1, %second ]
      %wp = getelementptr i64, i64* %from, i64 %which
      %w = load i64, i64* %wp
      %kp = getelementptr i64, i64* %to, i64 %k
      store i64 %w, i64* %kp
      %k1 = add i64 %k, 1
      %full = icmp eq i64 %k1, %high
      br i1 %full, label %merged, label %merge
    merged:
      %last = icmp eq i64 %high, %count
      br i1 %last, label %widened, label %runs
    widened:
      br label %widths
    ordered:
      %bytes = mul i64 %count, %size
      %sorted = call i8* @malloc(i64 %bytes)
      br label %gather
    gather:
      %g = phi i64 [ 0, %ordered ], [ %g1, %gather ]
      %gp = getelementptr i64, i64* %from, i64 %g
      %s = load i64, i64* %gp
      %so = mul i64 %s, %size
      %se = getelementptr i8, i8* %base, i64 %so
      %to0 = mul i64 %g, %size
      %te = getelementptr i8, i8* %sorted, i64 %to0
      call void @llvm.memcpy.p0i8.p0i8.i64(i8* %te, i8* %se, i64 %size, i1 false)
      %g1 = add i64 %g, 1
      %gathered = icmp eq i64 %g1, %count
      br i1 %gathered, label %back, label %gather
    back:
      call void @llvm.memcpy.p0i8.p0i8.i64(i8* %base, i8* %sorted, i64 %bytes, i1 false)
      call void @free(i8* %sorted)
      call void @free(i8* %memory)
      br label %out
    out:
      ret void
    }

    define i8* @__nabla_search(i8* %key, i8* %base, i64 %count, i64 %size, i32 (i8*, i8*)* %compare) {
    entry:
      br label %search
    search:
      %low = phi i64 [ 0, %entry ], [ %low1, %next ]
      %high = phi i64 [ %count, %entry ], [ %high1, %next ]
      %open = icmp ult i64 %low, %high
      br i1 %open, label %look, label %out
    look:
      %sum = add i64 %low, %high
      %middle = lshr i64 %sum, 1
      %offset = mul i64 %middle, %size
      %element = getelementptr i8, i8* %base, i64 %offset
      %c = call i32 %compare(i8* %key, i8* %element)
      %found = icmp eq i32 %c, 0
      br i1 %found, label %out, label %next
    next:
      %above = icmp sgt i32 %c, 0
      %behind = add i64 %middle, 1
      %low1 = select i1 %above, i64 %behind, i64 %low
      %high1 = select i1 %above, i64 %high, i64 %middle
      br label %search
    out:
      %result = phi i8* [ null, %search ], [ %element, %look ]
      ret i8* %result
    }
    """
}
