/// How a function obtains memory.
public struct Allocation: Hashable, Sendable {
  /// The arguments whose product is the size in bytes.
  public let sizeArguments: [Int]
  /// Whether the memory is zero from the start.
  public let zeroes: Bool
  public let alignmentArgument: Int?
  /// The function that frees it; its `Deallocation` says which arguments to pass.
  public let freedBy: String
  /// The argument that points to where the new pointer is written; `nil` if it is returned.
  public let resultThroughPointerArgument: Int?

  public init(
    size: [Int], zeroes: Bool = false, alignment: Int? = nil, freedBy: String,
    resultThrough: Int? = nil
  ) {
    sizeArguments = size
    self.zeroes = zeroes
    alignmentArgument = alignment
    self.freedBy = freedBy
    resultThroughPointerArgument = resultThrough
  }
}

/// How a function gives memory back.
public struct Deallocation: Hashable, Sendable {
  public let pointerArgument: Int
  /// The argument, if any, that repeats the size of the allocation in bytes.
  public let sizeArgument: Int?
  /// The argument, if any, that repeats its alignment.
  public let alignmentArgument: Int?

  public init(pointer: Int = 0, size: Int? = nil, alignment: Int? = nil) {
    pointerArgument = pointer
    sizeArgument = size
    alignmentArgument = alignment
  }
}

/// How a function resizes memory, possibly moving it.
public struct Reallocation: Hashable, Sendable {
  public let pointerArgument: Int
  /// The arguments whose product is the new size in bytes.
  public let sizeArguments: [Int]
  public let freedBy: String

  public init(pointer: Int = 0, size: [Int], freedBy: String) {
    pointerArgument = pointer
    sizeArguments = size
    self.freedBy = freedBy
  }
}

/// How a function copies or fills bytes.
public struct MemoryRoutine: Hashable, Sendable {
  public enum Operation: Hashable, Sendable {
    /// Copies; source and target do not overlap.
    case copy
    /// Copies; they may.
    case move
    /// Fills with the byte `valueArgument`.
    case fill
  }

  public let operation: Operation
  public let targetArgument: Int
  /// Where the bytes come from; `nil` for a fill.
  public let sourceArgument: Int?
  /// The byte of a fill; `nil` for a copy, and for a fill with zeroes.
  public let valueArgument: Int?
  /// The number of bytes.
  public let sizeArgument: Int
  /// Whether the result is the end of the target (`mempcpy`) instead of its start.
  public let returnsEnd: Bool

  public init(
    _ operation: Operation, target: Int = 0, source: Int? = nil, value: Int? = nil, size: Int = 2,
    returnsEnd: Bool = false
  ) {
    self.operation = operation
    targetArgument = target
    sourceArgument = source
    valueArgument = value
    sizeArgument = size
    self.returnsEnd = returnsEnd
  }
}
