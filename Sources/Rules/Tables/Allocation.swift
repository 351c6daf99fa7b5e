/// Functions that obtain, resize and give back memory.
let allocation = RuleBook {
  // C.
  allocates("malloc", "valloc", "pvalloc", by: Allocation(size: [0], freedBy: "free"))
  allocates("calloc", by: Allocation(size: [0, 1], zeroes: true, freedBy: "free"))
  allocates(
    "aligned_alloc", "memalign", "__libc_memalign",
    by: Allocation(size: [1], alignment: 0, freedBy: "free"))
  allocates(
    "posix_memalign",
    by: Allocation(size: [2], alignment: 1, freedBy: "free", resultThrough: 0))
  reallocates("realloc", by: Reallocation(size: [1], freedBy: "free"))
  reallocates("reallocarray", by: Reallocation(size: [1, 2], freedBy: "free"))
  frees("free", "cfree")
  frees("free_sized", by: Deallocation(size: 1))
  frees("free_aligned_sized", by: Deallocation(size: 2, alignment: 1))
  inactive("malloc_usable_size")

  // C++, where `size_t` is `unsigned long`. `new` may call handlers; derivatives do not care.
  allocates("_Znwm", "_ZnwmRKSt9nothrow_t", by: Allocation(size: [0], freedBy: "_ZdlPv"))
  allocates("_Znam", "_ZnamRKSt9nothrow_t", by: Allocation(size: [0], freedBy: "_ZdaPv"))
  allocates(
    "_ZnwmSt11align_val_t", "_ZnwmSt11align_val_tRKSt9nothrow_t",
    by: Allocation(size: [0], alignment: 1, freedBy: "_ZdlPvSt11align_val_t"))
  allocates(
    "_ZnamSt11align_val_t", "_ZnamSt11align_val_tRKSt9nothrow_t",
    by: Allocation(size: [0], alignment: 1, freedBy: "_ZdaPvSt11align_val_t"))

  // C++, where it is `unsigned int`.
  allocates("_Znwj", "_ZnwjRKSt9nothrow_t", by: Allocation(size: [0], freedBy: "_ZdlPv"))
  allocates("_Znaj", "_ZnajRKSt9nothrow_t", by: Allocation(size: [0], freedBy: "_ZdaPv"))

  frees("_ZdlPv", "_ZdlPvRKSt9nothrow_t", "_ZdaPv", "_ZdaPvRKSt9nothrow_t")
  frees("_ZdlPvm", "_ZdaPvm", "_ZdlPvj", "_ZdaPvj", by: Deallocation(size: 1))
  frees(
    "_ZdlPvSt11align_val_t", "_ZdlPvSt11align_val_tRKSt9nothrow_t", "_ZdaPvSt11align_val_t",
    "_ZdaPvSt11align_val_tRKSt9nothrow_t", by: Deallocation(alignment: 1))
  frees(
    "_ZdlPvmSt11align_val_t", "_ZdaPvmSt11align_val_t",
    by: Deallocation(size: 1, alignment: 2))

  // Rust.
  allocates(
    "__rust_alloc", by: Allocation(size: [0], alignment: 1, freedBy: "__rust_dealloc"))
  allocates(
    "__rust_alloc_zeroed",
    by: Allocation(size: [0], zeroes: true, alignment: 1, freedBy: "__rust_dealloc"))
  reallocates("__rust_realloc", by: Reallocation(size: [3], freedBy: "__rust_dealloc"))
  frees("__rust_dealloc", by: Deallocation(size: 1, alignment: 2))
}
