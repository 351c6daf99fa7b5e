/// LLVM intrinsics that are not mathematical functions of scalars (LLVM Language Reference,
/// versions 14 to 19). Names are without the types they are overloaded on.
let intrinsics = RuleBook {
  // Integers and bits.
  inactive(
    "llvm.abs", "llvm.smax", "llvm.smin", "llvm.umax", "llvm.umin", "llvm.scmp", "llvm.ucmp",
    "llvm.bitreverse", "llvm.bswap", "llvm.ctpop", "llvm.ctlz", "llvm.cttz", "llvm.fshl",
    "llvm.fshr", "llvm.sadd.with.overflow", "llvm.uadd.with.overflow",
    "llvm.ssub.with.overflow", "llvm.usub.with.overflow", "llvm.smul.with.overflow",
    "llvm.umul.with.overflow", "llvm.sadd.sat", "llvm.uadd.sat", "llvm.ssub.sat",
    "llvm.usub.sat", "llvm.sshl.sat", "llvm.ushl.sat", "llvm.smul.fix", "llvm.umul.fix",
    "llvm.smul.fix.sat", "llvm.umul.fix.sat", "llvm.sdiv.fix", "llvm.udiv.fix",
    "llvm.sdiv.fix.sat", "llvm.udiv.fix.sat", "llvm.vector.reduce.add",
    "llvm.vector.reduce.mul", "llvm.vector.reduce.and", "llvm.vector.reduce.or",
    "llvm.vector.reduce.xor", "llvm.vector.reduce.smax", "llvm.vector.reduce.smin",
    "llvm.vector.reduce.umax", "llvm.vector.reduce.umin")

  // Questions.
  inactive(
    "llvm.is.fpclass", "llvm.fptosi.sat", "llvm.fptoui.sat", "llvm.is.constant",
    "llvm.objectsize", "llvm.vscale", "llvm.get.active.lane.mask", "llvm.stepvector",
    "llvm.experimental.stepvector", "llvm.experimental.cttz.elts",
    "llvm.experimental.get.vector.length", "llvm.eh.typeid.for",
    "llvm.returnaddress", "llvm.addressofreturnaddress", "llvm.frameaddress",
    "llvm.type.test", "llvm.public.type.test", "llvm.allow.runtime.check",
    "llvm.allow.ubsan.check", "llvm.convert.to.fp16")
  inactive(
    "llvm.readcyclecounter", "llvm.readsteadycounter", "llvm.flt.rounds", "llvm.get.rounding",
    "llvm.set.rounding", "llvm.get.fpenv", "llvm.set.fpenv", "llvm.reset.fpenv",
    "llvm.get.fpmode", "llvm.set.fpmode", "llvm.reset.fpmode", "llvm.read_register",
    "llvm.read_volatile_register", "llvm.write_register", hidden: true)
  inactive("llvm.clear_cache", "llvm.pcmarker", hidden: true)

  // Identities.
  structural(
    "llvm.launder.invariant.group", "llvm.strip.invariant.group", "llvm.ssa.copy",
    "llvm.ptr.annotation", "llvm.annotation", "llvm.threadlocal.address", "llvm.expect",
    "llvm.expect.with.probability", "llvm.preserve.array.access.index", "llvm.ptrmask",
    returns: 0)

  // Operations on whole vectors, and those that return several values.
  structural(
    "llvm.vector.reduce.fadd", "llvm.vector.reduce.fmul", "llvm.vector.reduce.fmax",
    "llvm.vector.reduce.fmin", "llvm.vector.reduce.fmaximum", "llvm.vector.reduce.fminimum",
    "llvm.vector.insert", "llvm.vector.extract", "llvm.experimental.vector.insert",
    "llvm.experimental.vector.extract", "llvm.vector.reverse", "llvm.experimental.vector.reverse",
    "llvm.vector.splice", "llvm.vector.compress", "llvm.experimental.vector.compress",
    "llvm.experimental.vector.splice", "llvm.vector.interleave2",
    "llvm.vector.deinterleave2", "llvm.experimental.vector.interleave2",
    "llvm.experimental.vector.deinterleave2", "llvm.matrix.multiply", "llvm.matrix.transpose",
    "llvm.convert.from.fp16", "llvm.frexp", "llvm.modf", "llvm.sincos")
  structural(
    "llvm.masked.load", "llvm.masked.gather", "llvm.masked.expandload",
    "llvm.matrix.column.major.load", "llvm.vp.load", "llvm.vp.gather", takes: .reads)
  structural(
    "llvm.masked.store", "llvm.masked.scatter", "llvm.masked.compressstore",
    "llvm.matrix.column.major.store", "llvm.vp.store", "llvm.vp.scatter", takes: .none, .writes)
  structural("llvm.load.relative", takes: .reads)
  structural("llvm.vp.*", "llvm.experimental.vp.*")

  // Notes to the optimiser and the debugger.
  marker(
    "llvm.lifetime.start", "llvm.lifetime.end", "llvm.invariant.start", "llvm.invariant.end",
    "llvm.assume", "llvm.donothing", "llvm.sideeffect", "llvm.prefetch", "llvm.var.annotation",
    "llvm.stacksave", "llvm.stackrestore", "llvm.experimental.noalias.scope.decl",
    "llvm.codeview.annotation", "llvm.pseudoprobe", "llvm.fake.use", "llvm.dbg.*",
    "llvm.instrprof.*", "llvm.debugtrap", "llvm.allow.*", "llvm.experimental.convergence.*")

  noReturn("llvm.trap", "llvm.ubsantrap", "llvm.eh.unwind.init")
  refused("llvm.eh.sjlj.*", because: "it jumps out of its function, like setjmp and longjmp")
  refused("llvm.coro.*", because: "coroutines are not supported")
  refused("llvm.experimental.gc.*", "llvm.gc*", because: "garbage collection is not supported")
  refused(
    "llvm.experimental.deoptimize", "llvm.experimental.guard", "llvm.experimental.stackmap",
    "llvm.experimental.patchpoint.*", because: "deoptimisation is not supported")
  refused(
    "llvm.va_start", "llvm.va_end", "llvm.va_copy",
    because: "functions that read variable arguments are not supported")
  refused(
    "llvm.init.trampoline", "llvm.adjust.trampoline",
    because: "trampolines of nested functions are not supported")
  refused("llvm.localescape", "llvm.localrecover", because: "it exposes its stack frame")
}
