/// Streams of libstdc++ and libc++. Printing is inactive whatever is printed; what is read is data.
let cxxStreams = RuleBook {
  // Output that returns its stream: `<<`, `put`, `write`, `flush`, manipulators.
  inactive(
    "_ZNSolsE*", "_ZNSo3put*", "_ZNSo5write*", "_ZNSo5flushEv", "_ZNSo9_M_insert*", "_ZStls*",
    "_ZSt16__ostream_insert*", "_ZSt4endl*", "_ZSt4ends*", "_ZSt5flush*",
    "_ZNSt3__113basic_ostreamIcNS_11char_traitsIcEEEls*",
    "_ZNSt3__113basic_ostreamIcNS_11char_traitsIcEEE3put*",
    "_ZNSt3__113basic_ostreamIcNS_11char_traitsIcEEE5write*",
    "_ZNSt3__113basic_ostreamIcNS_11char_traitsIcEEE5flush*", "_ZNSt3__1ls*", "_ZNSt3__14endl*",
    "_ZNSt3__15flush*", "_ZNSt3__124__put_character_sequence*",
    takes: .updates, rest: .reads, hidden: true, returns: 0, relinks: true)

  // Input that returns its stream: `>>`, `read`, `getline`.
  inactive(
    "_ZNSirsE*", "_ZStrs*", "_ZNSi4read*", "_ZNSi10_M_extract*", "_ZSt7getline*", "_ZSt2ws*",
    "_ZNSt3__113basic_istreamIcNS_11char_traitsIcEEErs*",
    "_ZNSt3__113basic_istreamIcNS_11char_traitsIcEEE4read*", "_ZNSt3__1rs*", "_ZNSt3__17getline*",
    takes: .updates, rest: .updates, hidden: true, returns: 0, relinks: true)

  // Everything else that streams do.
  inactive(
    "_ZNSo*", "_ZNKSo*", "_ZNSi*", "_ZNKSi*", "_ZNSd*", "_ZNSt8ios_base*", "_ZNKSt8ios_base*",
    "_ZNSt9basic_ios*", "_ZNKSt9basic_ios*", "_ZNSt13basic_ostream*", "_ZNSt13basic_istream*",
    "_ZNSt14basic_iostream*", "_ZNSt14basic_ofstream*", "_ZNSt14basic_ifstream*",
    "_ZNSt13basic_fstream*", "_ZNKSt14basic_ofstream*", "_ZNKSt14basic_ifstream*",
    "_ZNKSt13basic_fstream*", "_ZNSt13basic_filebuf*", "_ZNKSt13basic_filebuf*",
    "_ZNSt12__basic_file*", "_ZNKSt12__basic_file*", "_ZNSt15basic_streambuf*",
    "_ZNKSt15basic_streambuf*", rest: .updates, hidden: true, into: 0, relinks: true)
  inactive(
    "_ZNSt7__cxx1118basic_stringstream*", "_ZNSt7__cxx1119basic_ostringstream*",
    "_ZNSt7__cxx1119basic_istringstream*", "_ZNSt7__cxx1115basic_stringbuf*",
    "_ZNKSt7__cxx1118basic_stringstream*", "_ZNKSt7__cxx1119basic_ostringstream*",
    "_ZNKSt7__cxx1119basic_istringstream*", "_ZNKSt7__cxx1115basic_stringbuf*",
    rest: .updates, hidden: true, into: 0, relinks: true)
  inactive(
    "_ZNSt3__113basic_ostream*", "_ZNSt3__113basic_istream*", "_ZNSt3__114basic_iostream*",
    "_ZNSt3__114basic_ofstream*", "_ZNSt3__114basic_ifstream*", "_ZNSt3__113basic_fstream*",
    "_ZNSt3__113basic_filebuf*", "_ZNSt3__118basic_stringstream*",
    "_ZNSt3__119basic_ostringstream*", "_ZNSt3__119basic_istringstream*",
    "_ZNSt3__115basic_stringbuf*", "_ZNKSt3__115basic_stringbuf*", "_ZNSt3__115basic_streambuf*",
    "_ZNSt3__18ios_base*", "_ZNKSt3__18ios_base*", "_ZNSt3__19basic_ios*",
    "_ZNKSt3__19basic_ios*", rest: .updates, hidden: true, into: 0, relinks: true)

  // Locales.
  inactive(
    "_ZNSt6locale*", "_ZNKSt6locale*", "_ZNKSt7num_get*", "_ZNKSt7num_put*", "_ZNSt5ctype*",
    "_ZNKSt5ctype*", "_ZSt9use_facet*",
    "_ZSt9has_facet*", "_ZNSt3__16locale*", "_ZNKSt3__16locale*",
    "_ZNSt3__15ctype*", "_ZNKSt3__15ctype*", rest: .updates, hidden: true, into: 0)
}
