/// The C library and POSIX: time, randomness, environment, processes, control flow.
let cSystem = RuleBook {
  inactive("time", takes: .writes, hidden: true)
  inactive("clock", "sleep", "usleep", "sched_yield", hidden: true)
  inactive("gettimeofday", "times", takes: .writes, .writes, hidden: true)
  inactive(
    "clock_gettime", "clock_getres", "getrusage", "getrlimit", "getrlimit64", takes: .none, .writes,
    hidden: true)
  inactive("nanosleep", takes: .reads, .writes, hidden: true)
  inactive("difftime")
  inactive("mktime", "timegm", takes: .updates, hidden: true)
  inactive("localtime", "gmtime", "ctime", "asctime", takes: .reads, hidden: true)
  inactive("localtime_r", "gmtime_r", "ctime_r", "asctime_r", takes: .reads, .writes, hidden: true)
  inactive("strftime", takes: .writes, .none, .reads, .reads, hidden: true)

  // Random numbers are data, and must not be drawn twice.
  inactive(
    "rand", "srand", "random", "srandom", "drand48", "lrand48", "mrand48", "srand48", "arc4random",
    "arc4random_uniform", hidden: true)
  inactive("rand_r", "erand48", "nrand48", "jrand48", takes: .updates)
  inactive("getrandom", "getentropy", "arc4random_buf", takes: .writes, hidden: true)
  inactive("initstate", "setstate", rest: .updates, hidden: true, captures: true)

  inactive("getenv", "secure_getenv", "unsetenv", takes: .reads, hidden: true)
  inactive("setenv", takes: .reads, .reads, hidden: true)
  inactive("putenv", takes: .reads, hidden: true, captures: true)
  inactive("setlocale", "bindtextdomain", takes: .none, .reads, hidden: true)
  inactive("gettext", "dgettext", "dcgettext", rest: .reads, hidden: true)
  inactive("localeconv", "nl_langinfo", "uselocale", "newlocale", "freelocale", hidden: true)
  inactive("getcwd", "gethostname", takes: .writes, hidden: true, into: 0)
  inactive("uname", "sysinfo", takes: .writes, hidden: true)
  inactive(
    "getpid", "getppid", "getuid", "geteuid", "getgid", "getegid", "gettid", "sysconf",
    "getpagesize", "kill", "raise", "fork", "alarm", "get_nprocs", "get_nprocs_conf",
    "sched_getcpu", "getauxval", "getpriority",
    "setpriority", "nice", "setsid", "getpgrp", "tzset", "pause",
    "__errno_location", "__error", hidden: true)
  inactive("system", takes: .reads, hidden: true)
  inactive("timespec_get", takes: .writes, hidden: true)
  inactive("setrlimit", "setrlimit64", takes: .none, .reads, hidden: true)
  inactive(
    "sigemptyset", "sigfillset", "sigaddset", "sigdelset", "sigismember", "sigprocmask",
    "pthread_sigmask", "sigpending", "setitimer", "getitimer", rest: .updates, hidden: true)
  inactive(
    "random_r", "srandom_r", "drand48_r", "srand48_r", "seed48", rest: .updates, hidden: true)
  inactive("wait", "waitpid", rest: .writes, hidden: true)
  inactive("getopt", "getopt_long", rest: .updates, hidden: true)
  inactive("backtrace", takes: .writes, hidden: true)
  inactive("backtrace_symbols", "dlopen", "dlclose", "dlsym", "dlerror", rest: .reads, hidden: true)
  inactive(
    "atexit", "__cxa_atexit", "at_quick_exit", "signal", "sigaction", rest: .reads,
    hidden: true, captures: true)
  inactive("mmap", "mmap64", "munmap", "mprotect", "madvise", hidden: true)
  inactive(
    "malloc_trim", "mallopt", "mallinfo", "mallinfo2", "malloc_stats", "malloc_info", "mtrace",
    "muntrace", "mlock", "munlock", "mremap", "msync", "sbrk", hidden: true)

  noReturn(
    "abort", "exit", "_exit", "_Exit", "quick_exit", "__assert_fail", "__assert_rtn", "__assert",
    "__assert_perror_fail", "__stack_chk_fail", "__chk_fail", "__fortify_fail", "err", "errx",
    "verr", "verrx", "__builtin_trap")

  // The place of the largest number.
  inactive("idamax_", "isamax_", "cblas_idamax", "cblas_isamax", "idamax_64_", "isamax_64_", rest: .reads)

  // `qsort(base, count, size, compare)`, `bsearch(key, base, count, size, compare)`.
  callback("qsort", "qsort_r", argument: 3)
  callback("bsearch", argument: 4)
  callback("lfind", "lsearch", argument: 4)
  callback("twalk", argument: 1)
  callback("tsearch", "tfind", "tdelete", argument: 2)
  callback("dl_iterate_phdr", argument: 0)
  callback("ftw", "nftw", argument: 1)
  callback("pthread_create", argument: 2)
  callback("pthread_once", "call_once", argument: 1)
  callback("thrd_create", argument: 1)

  refused(
    "setjmp", "_setjmp", "__sigsetjmp", "sigsetjmp", "longjmp", "_longjmp", "__longjmp_chk",
    "siglongjmp", "getcontext", "setcontext", "makecontext", "swapcontext",
    because: "it jumps between functions, and no sweep can follow it backwards")
  refused(
    "vfork", "clone", "execl", "execv", "execve", "execvp",
    because: "it replaces or duplicates the process")
}
