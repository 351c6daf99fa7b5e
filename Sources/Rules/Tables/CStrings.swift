/// The C library: strings, characters, and conversions between text and numbers.
let cStrings = RuleBook {
  inactive("strlen", "strnlen", "wcslen", takes: .reads)
  inactive(
    "strcmp", "strncmp", "strcoll", "strcasecmp", "strncasecmp", "strspn", "strcspn",
    "strverscmp", "wcscmp", "wcsncmp", "wcscoll", "wmemcmp", takes: .reads, .reads)
  inactive(
    "strchr", "strrchr", "strchrnul", "index", "rindex", "wcschr", "wcsrchr",
    "wmemchr", takes: .reads, into: 0)
  inactive("strstr", "strcasestr", "strpbrk", takes: .reads, .reads, into: 0)

  inactive(
    "strcpy", "strncpy", "__strcpy_chk", "__strncpy_chk", "wcscpy", "wcsncpy", "wmemcpy",
    "wmemmove",
    takes: .writes, .reads, returns: 0)
  inactive(
    "strcat", "strncat", "__strcat_chk", "__strncat_chk", takes: .updates, .reads, returns: 0)
  inactive("stpcpy", "stpncpy", "__stpcpy_chk", takes: .writes, .reads, into: 0)
  inactive("strlcpy", takes: .writes, .reads)
  inactive("strlcat", takes: .updates, .reads)
  inactive("wmemset", takes: .writes, returns: 0)
  inactive("strtok", takes: .updates, .reads, hidden: true, into: 0)
  inactive("strtok_r", takes: .updates, .reads, .updates, into: 0)
  inactive("strsep", takes: .updates, .reads)
  inactive("strxfrm", takes: .writes, .reads)
  inactive("strdup", "strndup", "wcsdup", "strerror", "strsignal", takes: .reads, hidden: true)
  inactive("strerror_r", "__xpg_strerror_r", takes: .none, .writes, hidden: true)

  inactive("atoi", "atol", "atoll", "atof", takes: .reads)
  inactive(
    "strtol", "strtoll", "strtoul", "strtoull", "strtoimax", "strtoumax", "strtod", "strtof",
    "strtold", "__isoc23_strtol", "__isoc23_strtoll", "__isoc23_strtoul", "__isoc23_strtoull",
    "__strtol_internal", "__strtod_internal", takes: .reads, .writes)
  inactive("wcstol", "wcstoul", "wcstod", "wcstof", "strptime", takes: .reads, .writes)
  inactive("nan", "nanf", "nanl", "nanf32", "nanf64", "nanf128", takes: .reads)
  inactive("gcvt", takes: .none, .none, .writes)
  inactive("ecvt", "fcvt", takes: .none, .none, .writes, .writes, hidden: true)
  inactive("ffs", "ffsl", "ffsll", "htonl", "htons", "ntohl", "ntohs")
  inactive("basename", "dirname", takes: .updates, hidden: true, into: 0)
  inactive("regcomp", takes: .writes, .reads, hidden: true)
  inactive("regexec", takes: .reads, .reads, .none, .writes, hidden: true)
  inactive("regfree", "regerror", rest: .updates, hidden: true)
  inactive("fnmatch", takes: .reads, .reads)
  inactive("abs", "labs", "llabs", "imaxabs", "div", "ldiv", "lldiv")

  inactive(
    "isalnum", "isalpha", "isblank", "iscntrl", "isdigit", "isgraph", "islower", "isprint",
    "ispunct", "isspace", "isupper", "isxdigit", "tolower", "toupper", "isascii", "toascii",
    "iswalpha", "iswdigit",
    "iswspace", "towlower", "towupper", "wcwidth", "__ctype_b_loc", "__ctype_tolower_loc",
    "__ctype_toupper_loc", "__ctype_get_mb_cur_max")
  inactive(
    "mbstowcs", "wcstombs", "mbrtowc", "wcrtomb", "mbsrtowcs", "wcsrtombs", "btowc", "wctob",
    takes: .writes, .updates, .none, .updates, hidden: true)

  // What `<math.h>` macros become, and the floating-point environment.
  inactive(
    "__isnan", "__isnanf", "__isnanl", "__isinf", "__isinff", "__isinfl", "__finite",
    "__finitef", "__finitel", "__fpclassify", "__fpclassifyf", "__fpclassifyl", "__signbit",
    "__signbitf", "__signbitl", "isnan", "isinf", "isnanf", "isinff", "isnanl", "isinfl", "finite",
    "finitef", "finitel", "__issignaling")
  inactive(
    "fesetround", "fegetround", "feclearexcept", "feraiseexcept", "fetestexcept",
    "feenableexcept", "fedisableexcept", "fegetexcept", hidden: true)
  inactive("fegetenv", "feholdexcept", "fegetexceptflag", takes: .writes, hidden: true)
  inactive("fesetenv", "feupdateenv", "fesetexceptflag", takes: .reads, hidden: true)
}
