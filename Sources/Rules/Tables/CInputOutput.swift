/// The C library and POSIX: input and output. Streams are opaque: what happens to them counts as
/// hidden state.
let cInputOutput = RuleBook {
  inactive(
    "printf", "fprintf", "dprintf", "__printf_chk", "__fprintf_chk", "wprintf", "fwprintf",
    "syslog", "warn", "warnx", rest: .reads, hidden: true)
  inactive(
    "sprintf", "snprintf", "__sprintf_chk", "__snprintf_chk", "swprintf",
    takes: .writes, rest: .reads)
  inactive("asprintf", "vasprintf", "__asprintf_chk", takes: .writes, rest: .reads, hidden: true)
  inactive("vprintf", "vfprintf", "__vprintf_chk", "__vfprintf_chk", rest: .updates, hidden: true)
  inactive(
    "vsprintf", "vsnprintf", "__vsprintf_chk", "__vsnprintf_chk",
    takes: .writes, rest: .updates)
  inactive("scanf", "__isoc99_scanf", "__isoc23_scanf", takes: .reads, rest: .writes, hidden: true)
  inactive(
    "fscanf", "__isoc99_fscanf", "__isoc23_fscanf", takes: .none, .reads, rest: .writes,
    hidden: true)
  inactive(
    "sscanf", "__isoc99_sscanf", "__isoc23_sscanf", "vsscanf", takes: .reads, .reads, rest: .writes)

  inactive("puts", "fputs", "fputs_unlocked", "fputws", "perror", takes: .reads, hidden: true)
  inactive(
    "putchar", "putchar_unlocked", "putc", "fputc", "putc_unlocked", "_IO_putc", "getchar",
    "getchar_unlocked", "getc", "fgetc", "getc_unlocked", "_IO_getc", "ungetc", "__overflow",
    "__uflow", "putwchar", "putwc", "fputwc", "getwc", "fgetwc", "ungetwc", "getw", "putw",
    hidden: true)
  inactive("fwrite", "fwrite_unlocked", takes: .reads, hidden: true)
  inactive("fread", "fread_unlocked", "__fread_chk", takes: .writes, hidden: true)
  inactive("fgets", "fgets_unlocked", "__fgets_chk", "gets", takes: .writes, hidden: true, into: 0)
  inactive("getline", "getdelim", "__getdelim", takes: .updates, .updates, hidden: true)

  inactive(
    "fopen", "fopen64", "freopen", "freopen64", "popen", "remove", "unlink", "rename", "mkdir",
    "rmdir", "chdir", "access", "chmod", "opendir", "creat", "open", "open64", "__open_2",
    "symlink", "link", "truncate", "utime", "chown", "shm_open", "shm_unlink", takes: .reads,
    .reads, hidden: true)
  inactive("openat", "openat64", takes: .none, .reads, hidden: true)
  inactive(
    "fclose", "pclose", "fflush", "fflush_unlocked", "feof", "ferror", "clearerr", "fileno",
    "fseek", "fseeko", "fseeko64", "ftell", "ftello", "ftello64", "rewind", "tmpfile", "fdopen",
    "flockfile", "funlockfile", "closedir", "readdir", "close", "lseek", "lseek64", "fsync",
    "fdatasync", "ftruncate", "dup", "dup2", "isatty", "fcntl", "fcntl64", "flock", "lockf",
    "dirfd", "rewinddir", "sync",
    "ferror_unlocked", "feof_unlocked", "fileno_unlocked", "socket", "listen", "shutdown", "umask",
    hidden: true)
  inactive("fgetpos", takes: .none, .writes, hidden: true)
  inactive("fsetpos", takes: .none, .reads, hidden: true)
  inactive("setvbuf", "setbuf", rest: .updates, hidden: true, captures: true)

  inactive("write", "pwrite", "pwrite64", "send", takes: .none, .reads, hidden: true)
  inactive(
    "read", "pread", "pread64", "recv", "__read_chk", takes: .none, .writes, hidden: true)
  inactive(
    "writev", "readv", "sendmsg", "recvmsg", "ioctl", "bind", "connect", "accept",
    "sendto", "recvfrom", "getsockopt", "setsockopt", "getaddrinfo", "freeaddrinfo", "getpeername",
    "getsockname", "fmemopen", "open_memstream", rest: .updates, hidden: true)
  inactive("mkstemp", "mkstemps", "mkdtemp", "mktemp", takes: .updates, hidden: true)
  inactive("tmpnam", "pipe2", "pipe", takes: .writes, hidden: true)
  inactive(
    "stat", "lstat", "stat64", "lstat64", "readlink", "realpath", takes: .reads, .writes,
    hidden: true)
  inactive("fstat", "fstat64", takes: .none, .writes, hidden: true)
  inactive("poll", "select", rest: .updates, hidden: true)
}
