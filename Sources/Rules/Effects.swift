/// What a function does to memory.
///
/// "Behind" an argument is all that can be reached from it, through further pointers too. Routines
/// that touch less say so otherwise (`MemoryRoutine`).
public struct Effects: Hashable, Sendable {
  /// What a function does to the memory behind one pointer argument.
  public enum Access: Hashable, Sendable {
    /// Nothing, or the argument is no pointer.
    case none
    case reads
    /// Writes without reading what was there.
    case writes
    /// Reads and writes.
    case updates

    public var mayRead: Bool { self == .reads || self == .updates }
    public var mayWrite: Bool { self == .writes || self == .updates }
  }

  /// What happens behind the leading arguments.
  public let arguments: [Access]

  /// What happens behind the arguments after those.
  public let rest: Access

  /// Whether it touches anything else that can be observed: files, clocks, locks, hidden state.
  /// `errno` and `signgam` as mathematical functions set them do not count.
  public let accessesOther: Bool

  public init(_ arguments: [Access] = [], rest: Access = .none, accessesOther: Bool = false) {
    self.arguments = arguments
    self.rest = rest
    self.accessesOther = accessesOther
  }

  /// Touches no memory.
  public static let none = Effects()

  /// Nothing is known: may read and write behind every argument, and elsewhere.
  public static let unknown = Effects(rest: .updates, accessesOther: true)

  /// What happens behind the argument at position `i`.
  public func access(ofArgument i: Int) -> Access {
    i < arguments.count ? arguments[i] : rest
  }

  /// Whether it reads or writes any memory, or touches hidden state.
  public var touchesMemory: Bool {
    accessesOther || rest != .none || arguments.contains { $0 != .none }
  }

  /// Whether it writes anywhere, or touches hidden state.
  public var mayWrite: Bool {
    accessesOther || rest.mayWrite || arguments.contains(where: \.mayWrite)
  }
}
