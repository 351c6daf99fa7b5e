/// Routines that copy or fill bytes. Source and target may hold numbers, pointers, or both: the
/// engine finds out which.
let memory = RuleBook {
  moves("memcpy", "__memcpy_chk", by: MemoryRoutine(.copy, source: 1))
  moves(
    "llvm.memcpy", "llvm.memcpy.inline", "llvm.memcpy.element.unordered.atomic",
    by: MemoryRoutine(.copy, source: 1), returnsTarget: false)
  moves(
    "__aeabi_memcpy", "__aeabi_memcpy4", "__aeabi_memcpy8",
    by: MemoryRoutine(.copy, source: 1), returnsTarget: false)
  moves(
    "mempcpy", "__mempcpy", "__mempcpy_chk",
    by: MemoryRoutine(.copy, source: 1, returnsEnd: true))

  moves("memmove", "__memmove_chk", by: MemoryRoutine(.move, source: 1))
  moves(
    "llvm.memmove", "llvm.memmove.element.unordered.atomic",
    by: MemoryRoutine(.move, source: 1), returnsTarget: false)
  moves("bcopy", by: MemoryRoutine(.move, target: 1, source: 0), returnsTarget: false)

  moves("memset", "__memset_chk", by: MemoryRoutine(.fill, value: 1))
  moves(
    "llvm.memset", "llvm.memset.inline", "llvm.memset.element.unordered.atomic",
    "explicit_memset", by: MemoryRoutine(.fill, value: 1), returnsTarget: false)
  moves(
    "bzero", "__bzero", "explicit_bzero", "__explicit_bzero_chk",
    by: MemoryRoutine(.fill, size: 1), returnsTarget: false)

  inactive("memcmp", "bcmp", "__memcmpeq", "timingsafe_bcmp", takes: .reads, .reads)
  inactive("memchr", "memrchr", "rawmemchr", takes: .reads, into: 0)
  inactive("memmem", takes: .reads, .none, .reads, into: 0)
  refused(
    "memccpy", "swab", "memset_pattern4", "memset_pattern8", "memset_pattern16",
    because: "it moves or fills memory in a way that has no rule")
}
