/// The runtimes of Fortran (flang, gfortran) and Rust: input and output, errors.
let languages = RuleBook {
  // Input and output of Fortran goes through opaque descriptors.
  inactive("_FortranAio*", "_gfortran_st_*", "_gfortran_transfer_*", rest: .updates, hidden: true)
  inactive(
    "_FortranACpuTime", "_FortranASystemClockCount", "_FortranASystemClockCountRate",
    "_FortranASystemClockCountMax", "_FortranARandomInit", "_FortranAProgramStart",
    "_FortranAProgramEndStatement", "_FortranAEnvironmentGetEnvVariable", "_gfortran_set_args",
    "_gfortran_set_options", "_gfortran_cpu_time_4", "_gfortran_cpu_time_8",
    "_gfortran_system_clock_4", "_gfortran_system_clock_8", "_gfortran_flush_i4",
    rest: .updates, hidden: true)
  inactive(
    "_FortranACharacterCompareScalar1", "_gfortran_compare_string", "_gfortran_string_len_trim",
    rest: .reads)
  noReturn(
    "_FortranAStopStatement", "_FortranAStopStatementText", "_FortranAReportFatalUserError",
    "_gfortran_stop_string", "_gfortran_stop_numeric", "_gfortran_error_stop_string",
    "_gfortran_error_stop_numeric", "_gfortran_runtime_error", "_gfortran_runtime_error_at",
    "_gfortran_os_error", "_gfortran_os_error_at")

  // Rust, in its older mangling; `__rust_alloc` and its kin are in `allocation`.
  noReturn(
    "_ZN4core9panicking*", "_ZN4core6option13unwrap_failed*", "_ZN4core6option13expect_failed*",
    "_ZN4core6result13unwrap_failed*", "_ZN4core5slice5index*",
    "_ZN5alloc7raw_vec17capacity_overflow*",
    "_ZN5alloc7raw_vec12handle_error*", "_ZN5alloc5alloc18handle_alloc_error*",
    "_ZN3std9panicking*", "rust_begin_unwind")
  inactive(
    "_ZN3std2io5stdio*", "_ZN4core3fmt*", "_ZN5alloc3fmt*", "_ZN3std4time7Instant*",
    rest: .updates, hidden: true)
  marker("__rust_no_alloc_shim_is_unstable")
}
