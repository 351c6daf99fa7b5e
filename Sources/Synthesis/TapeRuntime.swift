package import IR
internal import Analysis

/// The few functions that derivatives need at run time, emitted into the module that uses them: a bump
/// allocator over chunks, and a list of memory to be freed when the reverse sweep is over.
///
/// An arena is five words: next free address, end of the chunk, newest chunk, list of deferred frees, list of the tapes of functions
/// called through pointers that are still needed. Behind the arena of such a tape stand its frame, a mark of what it is for, and its
/// neighbours in the list.
/// A chunk starts with the address of the chunk before it and its own end; memory is given back in
/// exact reverse order, by moving the pointer back.
///
/// Chunks grow fourfold, up to 31 MiB. So the newest is larger than all others together, and that is what lets the
/// allocators of C libraries hold on to the pages for the next derivative: glibc gives memory back to the system when
/// more than twice its largest block is free, or when a block is larger than 32 MiB.
enum TapeRuntime {
  static let arenaWords = 5
  /// An arena with what stands behind it.
  static let tapeSize = 72
  /// What all memory on the tape is aligned to.
  static let alignment = 16

  static let functions: [TapeFunction] = [.allocate, .release, .destroy, .deferFree, .adopt, .disown, .schedule]

  /// Defines the functions in the module, before anything is analysed: linking may replace declarations.
  static func define(in module: Module) -> String? {
    if let f = module.function(named: TapeFunction.allocate.rawValue), !f.isDeclaration { return nil }
    if let reason = module.link(text: text) { return reason }
    for w in functions {
      guard let f = module.function(named: w.rawValue) else { return "\(w.rawValue) is missing" }
      f.setInternal()
      f.addAttribute("nounwind")
      f.addAttribute("noinline")
      if w == .allocate || w == .release { f.setOnlyAccessesArgumentAndInaccessibleMemory() }
      if w == .allocate { f.addAttribute("noalias", at: 0) }
    }
    return nil
  }
  static func function(_ which: TapeFunction, in module: Module) -> Function {
    guard let f = module.function(named: which.rawValue) else { unreachable("no tape runtime") }
    return f
  }
  /// Deletes what nothing uses but itself.
  static func removeUnused(from module: Module) {
    module.removeUnused(functions.compactMap { module.function(named: $0.rawValue) })
  }

  private static let text = """
    declare i8* @malloc(i64)
    declare void @free(i8*)

    define i8* @__nabla_tape_allocate(i8* %arena, i64 %bytes) {
    entry:
      %a = bitcast i8* %arena to i64*
      %a1 = getelementptr i64, i64* %a, i64 1
      %padded = add i64 %bytes, 15
      %size = and i64 %padded, -16
      %cur = load i64, i64* %a
      %end = load i64, i64* %a1
      %next = add i64 %cur, %size
      %fits = icmp ule i64 %next, %end
      br i1 %fits, label %fast, label %slow
    fast:
      store i64 %next, i64* %a
      %p = inttoptr i64 %cur to i8*
      ret i8* %p
    slow:
      %a2 = getelementptr i64, i64* %a, i64 2
      %old = load i64, i64* %a2
      %none = icmp eq i64 %old, 0
      %room = sub i64 %end, %old
      %more = shl i64 %room, 2
      %least = select i1 %none, i64 32768, i64 %more
      %capped = icmp ugt i64 %least, 32505856
      %usual = select i1 %capped, i64 32505856, i64 %least
      %needed = add i64 %size, 32
      %large = icmp ugt i64 %needed, %usual
      %total = select i1 %large, i64 %needed, i64 %usual
      %chunk = call i8* @malloc(i64 %total)
      %c = ptrtoint i8* %chunk to i64
      %h = bitcast i8* %chunk to i64*
      %h1 = getelementptr i64, i64* %h, i64 1
      store i64 %old, i64* %h
      %cend = add i64 %c, %total
      store i64 %cend, i64* %h1
      store i64 %c, i64* %a2
      store i64 %cend, i64* %a1
      %first0 = add i64 %c, 31
      %first = and i64 %first0, -16
      %next2 = add i64 %first, %size
      store i64 %next2, i64* %a
      %q = inttoptr i64 %first to i8*
      ret i8* %q
    }

    define void @__nabla_tape_release(i8* %arena, i8* %to) {
    entry:
      %isnull = icmp eq i8* %to, null
      br i1 %isnull, label %out, label %start
    start:
      %a = bitcast i8* %arena to i64*
      %a1 = getelementptr i64, i64* %a, i64 1
      %a2 = getelementptr i64, i64* %a, i64 2
      %t = ptrtoint i8* %to to i64
      br label %loop
    loop:
      %c = load i64, i64* %a2
      %e = load i64, i64* %a1
      %above = icmp uge i64 %t, %c
      %below = icmp ult i64 %t, %e
      %inside = and i1 %above, %below
      br i1 %inside, label %done, label %drop
    drop:
      %chunk = inttoptr i64 %c to i8*
      %h = bitcast i8* %chunk to i64*
      %prev = load i64, i64* %h
      call void @free(i8* %chunk)
      store i64 %prev, i64* %a2
      %empty = icmp eq i64 %prev, 0
      br i1 %empty, label %clear, label %reload
    reload:
      %ph = inttoptr i64 %prev to i64*
      %ph1 = getelementptr i64, i64* %ph, i64 1
      %pe = load i64, i64* %ph1
      store i64 %pe, i64* %a1
      br label %loop
    clear:
      store i64 0, i64* %a
      store i64 0, i64* %a1
      ret void
    done:
      store i64 %t, i64* %a
      ret void
    out:
      ret void
    }

    define void @__nabla_tape_defer_free(i8* %arena, i8* %p, i8* %free, i64 %alignment) {
    entry:
      %isnull = icmp eq i8* %p, null
      br i1 %isnull, label %out, label %start
    start:
      %node = call i8* @malloc(i64 32)
      %n = bitcast i8* %node to i64*
      %n1 = getelementptr i64, i64* %n, i64 1
      %n2 = getelementptr i64, i64* %n, i64 2
      %n3 = getelementptr i64, i64* %n, i64 3
      %a = bitcast i8* %arena to i64*
      %a3 = getelementptr i64, i64* %a, i64 3
      %old = load i64, i64* %a3
      store i64 %old, i64* %n
      %pi = ptrtoint i8* %p to i64
      store i64 %pi, i64* %n1
      %fi = ptrtoint i8* %free to i64
      store i64 %fi, i64* %n2
      store i64 %alignment, i64* %n3
      %ni = ptrtoint i8* %node to i64
      store i64 %ni, i64* %a3
      ret void
    out:
      ret void
    }

    define void @__nabla_tape_adopt(i8* %arena, i8* %other) {
    entry:
      %isnull = icmp eq i8* %other, null
      br i1 %isnull, label %out, label %start
    start:
      %a = bitcast i8* %arena to i64*
      %a3 = getelementptr i64, i64* %a, i64 3
      %o = bitcast i8* %other to i64*
      %o3 = getelementptr i64, i64* %o, i64 3
      br label %next
    next:
      %ni = load i64, i64* %o3
      %nonode = icmp eq i64 %ni, 0
      br i1 %nonode, label %enter, label %move
    move:
      %n = inttoptr i64 %ni to i64*
      %rest = load i64, i64* %n
      %mine = load i64, i64* %a3
      store i64 %mine, i64* %n
      store i64 %ni, i64* %a3
      store i64 %rest, i64* %o3
      br label %next
    enter:
      %a4 = getelementptr i64, i64* %a, i64 4
      %o7 = getelementptr i64, i64* %o, i64 7
      %o8 = getelementptr i64, i64* %o, i64 8
      %first = load i64, i64* %a4
      store i64 %first, i64* %o7
      store i64 0, i64* %o8
      %oi = ptrtoint i8* %other to i64
      store i64 %oi, i64* %a4
      %alone = icmp eq i64 %first, 0
      br i1 %alone, label %out, label %link
    link:
      %f = inttoptr i64 %first to i64*
      %f8 = getelementptr i64, i64* %f, i64 8
      store i64 %oi, i64* %f8
      br label %out
    out:
      ret void
    }

    define void @__nabla_tape_disown(i8* %arena, i8* %other) {
    entry:
      %isnull = icmp eq i8* %other, null
      br i1 %isnull, label %out, label %start
    start:
      %a = bitcast i8* %arena to i64*
      %a4 = getelementptr i64, i64* %a, i64 4
      %o = bitcast i8* %other to i64*
      %o7 = getelementptr i64, i64* %o, i64 7
      %o8 = getelementptr i64, i64* %o, i64 8
      %next = load i64, i64* %o7
      %previous = load i64, i64* %o8
      %isfirst = icmp eq i64 %previous, 0
      %p = inttoptr i64 %previous to i64*
      %p7 = getelementptr i64, i64* %p, i64 7
      %place = select i1 %isfirst, i64* %a4, i64* %p7
      store i64 %next, i64* %place
      %islast = icmp eq i64 %next, 0
      br i1 %islast, label %out, label %link
    link:
      %n = inttoptr i64 %next to i64*
      %n8 = getelementptr i64, i64* %n, i64 8
      store i64 %previous, i64* %n8
      br label %out
    out:
      ret void
    }

    define i64 @__nabla_tape_schedule(i64 %steps, i64 %slots) {
    entry:
      %s.small = icmp slt i64 %slots, %steps
      %s = select i1 %s.small, i64 %slots, i64 %steps
      br label %grow
    grow:
      %reps = phi i64 [ 0, %entry ], [ %reps1, %more ]
      %range = phi i64 [ 1, %entry ], [ %range1, %more ]
      %enough = icmp sge i64 %range, %steps
      br i1 %enough, label %found, label %more
    more:
      %reps1 = add i64 %reps, 1
      %sum = add i64 %reps1, %s
      %product = mul i64 %range, %sum
      %range1 = udiv i64 %product, %reps1
      br label %grow
    found:
      %none = icmp eq i64 %reps, 0
      br i1 %none, label %all, label %split
    all:
      ret i64 %steps
    split:
      %sr = add i64 %s, %reps
      %b1n = mul i64 %range, %reps
      %b1 = udiv i64 %b1n, %sr
      %sr1 = sub i64 %sr, 1
      %b2n = mul i64 %b1, %s
      %b2q = udiv i64 %b2n, %sr1
      %gt1 = icmp sgt i64 %s, 1
      %b2 = select i1 %gt1, i64 %b2q, i64 1
      %sm1 = sub i64 %s, 1
      %sr2 = sub i64 %sr, 2
      %sr2z = icmp slt i64 %sr2, 1
      %sr2s = select i1 %sr2z, i64 1, i64 %sr2
      %b3n = mul i64 %b2, %sm1
      %b3q = udiv i64 %b3n, %sr2s
      %gt2 = icmp sgt i64 %s, 2
      %b3a = select i1 %gt2, i64 %b3q, i64 1
      %b3 = select i1 %gt1, i64 %b3a, i64 0
      %rm1 = sub i64 %reps, 1
      %b4n = mul i64 %b2, %rm1
      %b4 = udiv i64 %b4n, %s
      %sm2 = sub i64 %s, 2
      %b5n = mul i64 %b3, %sm2
      %b5q = udiv i64 %b5n, %reps
      %gt3 = icmp sgt i64 %s, 3
      %b5a = select i1 %gt3, i64 %b5q, i64 1
      %b5 = select i1 %gt2, i64 %b5a, i64 0
      %low = add i64 %b1, %b3
      %isLow = icmp sle i64 %steps, %low
      %high = sub i64 %range, %b5
      %isHigh = icmp sge i64 %steps, %high
      %middle0 = sub i64 %steps, %b2
      %middle = sub i64 %middle0, %b3
      %upper = select i1 %isHigh, i64 %b1, i64 %middle
      %m = select i1 %isLow, i64 %b4, i64 %upper
      %tooSmall = icmp slt i64 %m, 1
      %ahead = select i1 %tooSmall, i64 1, i64 %m
      ret i64 %ahead
    }

    define void @__nabla_tape_destroy(i8* %arena) {
    entry:
      %a = bitcast i8* %arena to i64*
      %a1 = getelementptr i64, i64* %a, i64 1
      %a2 = getelementptr i64, i64* %a, i64 2
      %a3 = getelementptr i64, i64* %a, i64 3
      %a4 = getelementptr i64, i64* %a, i64 4
      br label %tapes
    tapes:
      %ti = load i64, i64* %a4
      %notape = icmp eq i64 %ti, 0
      br i1 %notape, label %frees, label %freetape
    freetape:
      %t = inttoptr i64 %ti to i64*
      %t7 = getelementptr i64, i64* %t, i64 7
      %tnext = load i64, i64* %t7
      store i64 %tnext, i64* %a4
      %tp = bitcast i64* %t to i8*
      call void @__nabla_tape_destroy(i8* %tp)
      call void @free(i8* %tp)
      br label %tapes
    frees:
      %ni = load i64, i64* %a3
      %nonode = icmp eq i64 %ni, 0
      br i1 %nonode, label %chunks, label %freeone
    freeone:
      %n = inttoptr i64 %ni to i64*
      %n1 = getelementptr i64, i64* %n, i64 1
      %n2 = getelementptr i64, i64* %n, i64 2
      %n3 = getelementptr i64, i64* %n, i64 3
      %next = load i64, i64* %n
      store i64 %next, i64* %a3
      %pi = load i64, i64* %n1
      %p = inttoptr i64 %pi to i8*
      %fi = load i64, i64* %n2
      %f = inttoptr i64 %fi to void (i8*, i64)*
      %al = load i64, i64* %n3
      call void %f(i8* %p, i64 %al)
      %np = bitcast i64* %n to i8*
      call void @free(i8* %np)
      br label %frees
    chunks:
      %c = load i64, i64* %a2
      %nochunk = icmp eq i64 %c, 0
      br i1 %nochunk, label %done, label %freechunk
    freechunk:
      %chunk = inttoptr i64 %c to i8*
      %h = bitcast i8* %chunk to i64*
      %prev = load i64, i64* %h
      call void @free(i8* %chunk)
      store i64 %prev, i64* %a2
      br label %chunks
    done:
      store i64 0, i64* %a
      store i64 0, i64* %a1
      ret void
    }
    """
}
