/// Locks and thread bookkeeping of C and POSIX. Objects are opaque to derivatives: an adjoint
/// needs locks of its own kind, not theirs. Starting threads is in `cSystem`.
let cThreads = RuleBook {
  inactive(
    "pthread_mutex_init", "pthread_mutex_destroy", "pthread_mutex_lock", "pthread_mutex_trylock",
    "pthread_mutex_unlock", "pthread_mutexattr_init", "pthread_mutexattr_settype",
    "pthread_mutexattr_destroy", "pthread_rwlock_rdlock", "pthread_rwlock_wrlock",
    "pthread_rwlock_unlock", "pthread_rwlock_init", "pthread_rwlock_destroy", "pthread_spin_init",
    "pthread_spin_lock", "pthread_spin_unlock", "pthread_spin_destroy", "pthread_cond_init",
    "pthread_cond_signal", "pthread_cond_broadcast", "pthread_cond_wait", "pthread_cond_timedwait",
    "pthread_cond_destroy", "pthread_attr_init", "pthread_attr_destroy",
    "pthread_attr_setstacksize", "pthread_attr_setdetachstate", "mtx_init", "mtx_lock",
    "mtx_trylock", "mtx_unlock", "mtx_destroy", "pthread_barrier_init", "pthread_barrier_wait",
    "pthread_barrier_destroy", "pthread_mutex_timedlock", "pthread_rwlock_tryrdlock",
    "pthread_rwlock_trywrlock", "pthread_condattr_init", "pthread_condattr_setclock",
    "pthread_spin_trylock", "pthread_attr_getstack", "pthread_getattr_np", "pthread_getname_np",
    "pthread_setname_np", "cnd_init", "cnd_wait", "cnd_signal", "cnd_broadcast", "cnd_destroy",
    "sem_init", "sem_wait", "sem_trywait", "sem_post",
    "sem_destroy", rest: .updates, hidden: true)
  inactive(
    "pthread_self", "pthread_equal", "pthread_detach", "pthread_setcancelstate",
    "pthread_getspecific", "pthread_key_delete", "pthread_yield", "thrd_current", "thrd_yield",
    "__gthread_active_p", "omp_get_*",
    "omp_in_parallel", "omp_set_*", hidden: true)
  inactive(
    "pthread_setspecific", "pthread_key_create", rest: .updates, hidden: true, captures: true)
  inactive("pthread_setaffinity_np", "sched_setaffinity", rest: .reads, hidden: true)
  inactive("pthread_getaffinity_np", "sched_getaffinity", rest: .writes, hidden: true)

  noReturn("pthread_exit", "thrd_exit")
  refused(
    "pthread_join", "thrd_join", "pthread_cancel",
    because:
      "a thread that was started by hand has no reverse sweep; call its function instead, or use an OpenMP parallel region"
  )
}
