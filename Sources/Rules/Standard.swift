extension RuleBook {
  /// All that Nabla knows without being told.
  public static let standard = RuleBook(joining: [
    arithmetic, elementary, powers, special, rounding,
    intrinsics, memory, allocation,
    cStrings, cInputOutput, cSystem, cThreads,
    cxxRuntime, cxxErrors, cxxLibrary, cxxStreams,
    languages,
  ])
}
