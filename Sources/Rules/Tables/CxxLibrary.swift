/// The compiled parts of libstdc++ and libc++ (`std::__1`): containers, strings, clocks, locks,
/// errors. Everything else of a container is a template and has a body.
let cxxLibrary = RuleBook {
  // Red-black trees (map, set) and lists link nodes that the program owns.
  pointerShuffle(
    "_ZSt29_Rb_tree_insert_and_rebalancebPSt18_Rb_tree_node_baseS0_RS_",
    takes: .none, .writes, .updates, .updates)
  pointerShuffle(
    "_ZSt28_Rb_tree_rebalance_for_erasePSt18_Rb_tree_node_baseRS_",
    takes: .updates, .updates, into: 0)
  pointerShuffle("_ZSt18_Rb_tree_increment*", "_ZSt18_Rb_tree_decrement*", takes: .reads, into: 0)
  pointerShuffle(
    "_ZNSt8__detail15_List_node_base*", "_ZNSt15_List_node_base*",
    takes: .updates, .updates, .updates)

  // What containers of libc++ tell AddressSanitizer.
  inactive(
    "__sanitizer_annotate_contiguous_container", "__sanitizer_annotate_double_ended_contiguous_container", hidden: true)

  // Hashing and growth of hash tables: numbers only.
  inactive(
    "_ZSt11_Hash_bytesPKvmm", "_ZSt15_Fnv_hash_bytesPKvmm", "_ZSt20_Rb_tree_black_count*",
    takes: .reads)
  inactive(
    "_ZNKSt8__detail20_Prime_rehash_policy11_M_next_bktEm",
    "_ZNKSt8__detail20_Prime_rehash_policy14_M_need_rehashEmmm", takes: .updates)
  inactive("_ZNSt3__112__next_primeEm")
  // Compiled sorts of libc++; those of numbers have bodies.
  inactive(
    "_ZNSt3__16__sortIRNS_6__lessIccEE*", "_ZNSt3__16__sortIRNS_6__lessIaaEE*", "_ZNSt3__16__sortIRNS_6__lessIhhEE*",
    "_ZNSt3__16__sortIRNS_6__lessIssEE*", "_ZNSt3__16__sortIRNS_6__lessIttEE*", "_ZNSt3__16__sortIRNS_6__lessIiiEE*",
    "_ZNSt3__16__sortIRNS_6__lessIjjEE*", "_ZNSt3__16__sortIRNS_6__lessIllEE*", "_ZNSt3__16__sortIRNS_6__lessImmEE*",
    "_ZNSt3__16__sortIRNS_6__lessIxxEE*", "_ZNSt3__16__sortIRNS_6__lessIyyEE*", "_ZNSt3__16__sortIRNS_6__lessIwwEE*",
    takes: .updates, .updates, .reads)
  inactive("_ZNKSt4hash*", "_ZNSt19_Sp_make_shared_tag5_S_eqERKSt9type_info", rest: .reads)
  inactive("_ZNSt10_Sp_locker*", rest: .updates, hidden: true)

  // Strings hold characters.
  inactive(
    "_ZNSt7__cxx1112basic_string*", "_ZNKSt7__cxx1112basic_string*", "_ZNSs*", "_ZNKSs*",
    "_ZNSbIw*", "_ZNKSbIw*", "_ZNSaIcE*", "_ZNSaIwE*",
    "_ZNSt3__112basic_string*", "_ZNKSt3__112basic_string*", "_ZNSt3__19to_string*",
    rest: .updates, hidden: true, into: 0, relinks: true)
  inactive(
    "_ZStplIcSt11char_traits*", "_ZNSt3__1plIcNS_11char_traits*", takes: .writes, rest: .reads,
    hidden: true)
  inactive("_ZN9__gnu_cxx12__to_xstringI*", rest: .updates, hidden: true, relinks: true)
  inactive("_ZNSt3__14sto*", takes: .reads, .writes)
  inactive("_ZSt10from_chars*", "_ZSt8to_chars*", rest: .updates)

  // Time, randomness, files.
  inactive(
    "_ZNSt6chrono3_V212steady_clock3nowEv", "_ZNSt6chrono3_V212system_clock3nowEv",
    "_ZNSt6chrono12system_clock3nowEv", "_ZNSt3__16chrono12steady_clock3nowEv",
    "_ZNSt3__16chrono12system_clock3nowEv", "_ZNSt6thread20hardware_concurrencyEv",
    "_ZNSt3__16thread20hardware_concurrencyEv", hidden: true)
  inactive(
    "_ZNSt13random_device*", "_ZNSt3__113random_device*", "_ZNSt11this_thread*",
    "_ZNSt3__111this_thread*", rest: .updates, hidden: true)
  inactive(
    "_ZNSt10filesystem*", "_ZNKSt10filesystem*", "_ZNSt3__14__fs10filesystem*",
    "_ZNKSt3__14__fs10filesystem*", rest: .updates, hidden: true, relinks: true)

  // Locks and threads.
  inactive(
    "_ZNSt18condition_variable*", "_ZNSt3__15mutex*", "_ZNSt3__115recursive_mutex*",
    "_ZNSt3__118condition_variable*", "_ZNSt3__111timed_mutex*", rest: .updates, hidden: true)
  refused(
    "_ZNSt6thread*", "_ZNSt3__16thread*",
    because:
      "a thread that was started by hand has no reverse sweep; call its function instead, or use an OpenMP parallel region"
  )
}

/// Making, describing and throwing errors.
let cxxErrors = RuleBook {
  inactive(
    "_ZNSt9exception*", "_ZNKSt9exception*", "_ZNSt13runtime_error*", "_ZNKSt13runtime_error*",
    "_ZNSt11logic_error*", "_ZNKSt11logic_error*", "_ZNSt12out_of_range*",
    "_ZNSt12length_error*", "_ZNSt12domain_error*", "_ZNSt16invalid_argument*",
    "_ZNSt14overflow_error*", "_ZNSt15underflow_error*", "_ZNSt11range_error*",
    "_ZNSt9bad_alloc*", "_ZNKSt9bad_alloc*", "_ZNSt8bad_cast*", "_ZNKSt8bad_cast*",
    "_ZNSt12system_error*", "_ZNSt13bad_exception*", "_ZNSt15__exception_ptr*",
    "_ZNKSt15__exception_ptr*", "_ZNSt3_V215system_categoryEv", "_ZNSt3_V216generic_categoryEv",
    "_ZNSt3_V214error_category*", "_ZNKSt3_V214error_category*", "_ZSt17current_exceptionv",
    "_ZSt15set_new_handlerPFvvE", "_ZSt15get_new_handlerv", "_ZSt13set_terminatePFvvE",
    "_ZNSt17bad_function_call*", "_ZNKSt17bad_function_call*", "_ZNSt20bad_array_new_length*",
    "_ZNKSt20bad_array_new_length*", "_ZNSt12bad_weak_ptr*", "_ZNKSt12bad_weak_ptr*",
    "_ZNSt10bad_typeid*", "_ZNKSt10bad_typeid*", "_ZNSt11regex_error*", rest: .updates, hidden: true
  )
  noReturn(
    "_ZSt16__throw_*", "_ZSt17__throw_*", "_ZSt18__throw_*", "_ZSt19__throw_*",
    "_ZSt20__throw_*", "_ZSt21__throw_*", "_ZSt22__throw_*", "_ZSt23__throw_*",
    "_ZSt24__throw_*", "_ZSt25__throw_*", "_ZSt26__throw_*", "_ZSt27__throw_*",
    "_ZSt28__throw_*", "_ZSt21__glibcxx_assert_fail*", "_ZSt20__replacement_assert*",
    "_ZNSt3__122__libcpp_verbose_abortEPKcz", "_ZNSt3__120__throw_system_error*",
    "_ZNKSt3__120__vector_base_common*", "_ZNKSt3__121__basic_string_common*",
    "_ZNSt3__120__throw_length_error*", "_ZNSt3__120__throw_out_of_range*",
    "_ZNSt3__121__throw_runtime_error*", "_ZNSt3__117__throw_bad_alloc*",
    "_ZNSt3__128__throw_bad_array_new_length*")
}
