/// The C++ language runtime (Itanium C++ ABI), the same for libstdc++ and libc++.
let cxxRuntime = RuleBook {
  inactive(
    "__cxa_guard_acquire", "__cxa_guard_release", "__cxa_guard_abort",
    takes: .updates, hidden: true)
  inactive("__cxa_thread_atexit", "__cxa_finalize", rest: .reads, hidden: true, captures: true)
  inactive(
    "__cxa_allocate_exception", "__cxa_free_exception", "__cxa_begin_catch", "__cxa_end_catch",
    "__cxa_get_exception_ptr", "__cxa_get_globals", "__cxa_get_globals_fast",
    "__cxa_current_exception_type", "__cxa_increment_exception_refcount",
    "__cxa_decrement_exception_refcount", "__cxa_init_primary_exception", "__gxx_personality_v0",
    rest: .reads, hidden: true)
  inactive("__cxa_demangle", rest: .updates, hidden: true)
  inactive("__dynamic_cast", takes: .reads, .reads, .reads, into: 0)
  inactive("_ZNKSt9type_info*", rest: .reads)
  inactive("_ZSt18uncaught_exceptionv", "_ZSt19uncaught_exceptionsv", hidden: true)

  noReturn(
    "__cxa_throw", "__cxa_rethrow", "__cxa_throw_bad_array_new_length", "__cxa_bad_cast",
    "__cxa_bad_typeid", "__cxa_pure_virtual", "__cxa_deleted_virtual",
    "__cxa_call_unexpected", "__cxa_call_terminate", "__clang_call_terminate", "_ZSt9terminatev",
    "_ZSt10unexpectedv", "_Unwind_Resume", "_Unwind_Resume_or_Rethrow",
    "_Unwind_RaiseException", "_ZSt17rethrow_exceptionNSt15__exception_ptr13exception_ptrE")

  // Arrays with constructors and destructors.
  callback("__cxa_vec_new", "__cxa_vec_new2", "__cxa_vec_new3", "__cxa_vec_ctor", argument: 3)
  callback("__cxa_vec_cctor", argument: 4)
  callback("__cxa_vec_dtor", "__cxa_vec_cleanup", argument: 3)
  callback("__cxa_vec_delete", "__cxa_vec_delete2", "__cxa_vec_delete3", argument: 3)

  // Products and quotients of complex numbers (compiler-rt, libgcc): two numbers are returned.
  structural(
    "__mulhc3", "__mulsc3", "__muldc3", "__mulxc3", "__multc3",
    "__divhc3", "__divsc3", "__divdc3", "__divxc3", "__divtc3")
}
