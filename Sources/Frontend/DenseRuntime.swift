import Analysis
import IR
import Synthesis

/// The table of what was written through a dense view: a hash table from offsets to places in a list of pairs (offset, eight
/// bytes), which keeps the order of first writes. Emitted into the module that needs it.
///
/// The four words in front of a view's record: the slots, how many there are (a power of two), how many pairs there are, the pairs.
enum DenseRuntime {
  static let words = 4

  enum Routine: String, CaseIterable {
    /// `i64 *(table, offset, insert)`: the bytes at an offset, or null.
    case find
    /// `i64 (table)`
    case count
    /// `i64 *(table, k)`: the `k`th pair.
    case entry
    /// `void (table)`: forgets everything.
    case clear
    case grow

    var name: String { "__nabla_dense_" + rawValue }
  }

  static func function(_ which: Routine, in module: Module) -> Function {
    if let f = module.function(named: which.name), !f.isDeclaration { return f }
    if let reason = module.link(text: text) {
      unreachable("dense views: \(reason)")
    }
    for r in Routine.allCases { module.function(named: r.name)!.setInternal() }
    return module.function(named: which.name)!
  }

  private static let text = """
    declare i8* @calloc(i64, i64)
    declare i8* @realloc(i8*, i64)
    declare void @free(i8*)

    define void @__nabla_dense_grow(i8* %table) {
    entry:
      %t = bitcast i8* %table to i64*
      %t1 = getelementptr i64, i64* %t, i64 1
      %t2 = getelementptr i64, i64* %t, i64 2
      %t3 = getelementptr i64, i64* %t, i64 3
      %old = load i64, i64* %t
      %size = load i64, i64* %t1
      %count = load i64, i64* %t2
      %pairs = load i64, i64* %t3
      %none = icmp eq i64 %size, 0
      %twice = shl i64 %size, 1
      %new = select i1 %none, i64 64, i64 %twice
      %oldp = inttoptr i64 %old to i8*
      call void @free(i8* %oldp)
      %slots = call i8* @calloc(i64 %new, i64 8)
      %slotsi = ptrtoint i8* %slots to i64
      store i64 %slotsi, i64* %t
      store i64 %new, i64* %t1
      %pairsp = inttoptr i64 %pairs to i8*
      %bytes = shl i64 %new, 3
      %morep = call i8* @realloc(i8* %pairsp, i64 %bytes)
      %morei = ptrtoint i8* %morep to i64
      store i64 %morei, i64* %t3
      %mask = sub i64 %new, 1
      br label %next
    next:
      %k = phi i64 [ 0, %entry ], [ %k1, %put ]
      %more = icmp ult i64 %k, %count
      br i1 %more, label %one, label %out
    one:
      %at = shl i64 %k, 4
      %pi = add i64 %morei, %at
      %p = inttoptr i64 %pi to i64*
      %key = load i64, i64* %p
      %mixed = mul i64 %key, -7046029254386353131
      %hash = lshr i64 %mixed, 32
      br label %probe
    probe:
      %h = phi i64 [ %hash, %one ], [ %h1, %taken ]
      %i = and i64 %h, %mask
      %ib = shl i64 %i, 3
      %si = add i64 %slotsi, %ib
      %s = inttoptr i64 %si to i64*
      %there = load i64, i64* %s
      %free = icmp eq i64 %there, 0
      br i1 %free, label %put, label %taken
    taken:
      %h1 = add i64 %h, 1
      br label %probe
    put:
      %k1 = add i64 %k, 1
      store i64 %k1, i64* %s
      br label %next
    out:
      ret void
    }

    define i64* @__nabla_dense_find(i8* %table, i64 %key, i1 %insert) {
    entry:
      %t = bitcast i8* %table to i64*
      %t1 = getelementptr i64, i64* %t, i64 1
      %t2 = getelementptr i64, i64* %t, i64 2
      %t3 = getelementptr i64, i64* %t, i64 3
      %mixed = mul i64 %key, -7046029254386353131
      %hash = lshr i64 %mixed, 32
      br label %again
    again:
      %size = load i64, i64* %t1
      %slots = load i64, i64* %t
      %pairs = load i64, i64* %t3
      %mask = sub i64 %size, 1
      %none = icmp eq i64 %size, 0
      br i1 %none, label %absent, label %probe
    probe:
      %h = phi i64 [ %hash, %again ], [ %h1, %other ]
      %i = and i64 %h, %mask
      %ib = shl i64 %i, 3
      %si = add i64 %slots, %ib
      %s = inttoptr i64 %si to i64*
      %n = load i64, i64* %s
      %free = icmp eq i64 %n, 0
      br i1 %free, label %absent, label %look
    look:
      %n1 = sub i64 %n, 1
      %at = shl i64 %n1, 4
      %pi = add i64 %pairs, %at
      %p = inttoptr i64 %pi to i64*
      %found = load i64, i64* %p
      %same = icmp eq i64 %found, %key
      br i1 %same, label %hit, label %other
    other:
      %h1 = add i64 %h, 1
      br label %probe
    hit:
      %v = getelementptr i64, i64* %p, i64 1
      ret i64* %v
    absent:
      %slot = phi i64 [ 0, %again ], [ %si, %probe ]
      br i1 %insert, label %room, label %nothing
    nothing:
      ret i64* null
    room:
      %count = load i64, i64* %t2
      %twice = shl i64 %count, 1
      %full = icmp uge i64 %twice, %size
      br i1 %full, label %more, label %put
    more:
      call void @__nabla_dense_grow(i8* %table)
      br label %again
    put:
      %count1 = add i64 %count, 1
      store i64 %count1, i64* %t2
      %slotp = inttoptr i64 %slot to i64*
      store i64 %count1, i64* %slotp
      %newat = shl i64 %count, 4
      %qi = add i64 %pairs, %newat
      %q = inttoptr i64 %qi to i64*
      store i64 %key, i64* %q
      %qv = getelementptr i64, i64* %q, i64 1
      store i64 0, i64* %qv
      ret i64* %qv
    }

    define i64 @__nabla_dense_count(i8* %table) {
    entry:
      %t = bitcast i8* %table to i64*
      %t2 = getelementptr i64, i64* %t, i64 2
      %count = load i64, i64* %t2
      ret i64 %count
    }

    define i64* @__nabla_dense_entry(i8* %table, i64 %k) {
    entry:
      %t = bitcast i8* %table to i64*
      %t3 = getelementptr i64, i64* %t, i64 3
      %pairs = load i64, i64* %t3
      %at = shl i64 %k, 4
      %pi = add i64 %pairs, %at
      %p = inttoptr i64 %pi to i64*
      ret i64* %p
    }

    define void @__nabla_dense_clear(i8* %table) {
    entry:
      %t = bitcast i8* %table to i64*
      %t1 = getelementptr i64, i64* %t, i64 1
      %t2 = getelementptr i64, i64* %t, i64 2
      %t3 = getelementptr i64, i64* %t, i64 3
      %slots = load i64, i64* %t
      %pairs = load i64, i64* %t3
      %slotsp = inttoptr i64 %slots to i8*
      %pairsp = inttoptr i64 %pairs to i8*
      call void @free(i8* %slotsp)
      call void @free(i8* %pairsp)
      store i64 0, i64* %t
      store i64 0, i64* %t1
      store i64 0, i64* %t2
      store i64 0, i64* %t3
      ret void
    }
    """
}
