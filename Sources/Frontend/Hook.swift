/// What a call to a hook asks for.
enum Hook: Hashable {
  case autodiff, fwddiff, augmentfwd, reverse, augmentsize, fwdsplit
  /// As `fwddiff`, with errors for tangents.
  case errorEstimate
  case virtualreverse, callInactive, batch
  /// Becomes a loop over steps that reverse mode does with a bounded number of states.
  case checkpoint
  /// Becomes the address of the shadow of a global.
  case shadow
  /// Becomes an address at which functions of the program are called instead of memory being read and written.
  case denseView
  /// Becomes a function whose operations are carried out in another format, or a number of such a format.
  case roundedFunction, roundedValue
  /// Becomes its first operand when all requests are carried out.
  case identity
  /// Disappears when all requests are carried out.
  case assertion
  /// Known, but not offered by this version.
  case unsupported

  /// Does the hook make derivatives?
  var differentiates: Bool {
    switch self {
    case .autodiff, .fwddiff, .errorEstimate, .augmentfwd, .reverse, .fwdsplit, .virtualreverse: true
    default: false
    }
  }
}

/// The name of a hook as it stands in the program.
struct HookName: Hashable {
  let hook: Hook
  /// "__nabla_" or "__enzyme_".
  let prefix: String
  /// "autodiff"
  let key: String

  /// The canonical name, without what the user appended.
  var description: String { prefix + key }
  /// Prefix of markers in the same spelling.
  var markerPrefix: String { String(prefix.dropFirst(2)) }
}

/// The one table of hook names. A function is a hook if its name *contains* one of the prefixes
/// followed by a key, so that suffixes, overloads and mangled templates all work.
enum HookTable {
  static let prefixes = ["__nabla_", "__enzyme_"]

  /// No key begins with another, so the order is of no importance.
  static let keys: [(key: String, hook: Hook)] = [
    ("autodiff", .autodiff),
    ("fwddiff", .fwddiff),
    ("augmentfwd", .augmentfwd),
    ("reverse", .reverse),
    ("augmentsize", .augmentsize),
    ("fwdsplit", .fwdsplit),
    ("virtualreverse", .virtualreverse),
    ("call_inactive", .callInactive),
    ("batch", .batch),
    ("ignore_derivatives", .identity),
    ("iter", .identity),
    ("float", .assertion),
    ("double", .assertion),
    ("integer", .assertion),
    ("pointer", .assertion),
    ("ptr_size_hint", .assertion),
    ("error_estimate", .errorEstimate),
    ("truncate_op_func", .roundedFunction),
    ("truncate_mem_func", .roundedFunction),
    ("truncate_mem_value", .roundedValue),
    ("expand_mem_value", .roundedValue),
    ("todense", .denseView),
    ("trace", .unsupported),
    ("condition", .unsupported),
    ("likelihood", .unsupported),
    ("sample", .unsupported),
    ("observe", .unsupported),
    ("shadow", .shadow),
    ("checkpoint_for", .checkpoint),
    ("checkpoint_while", .checkpoint),
    ("fixed_point", .checkpoint),
    ("set_fixed_point", .unsupported),
  ]

  /// The hook whose key the name contains; nil if there is none.
  static func hook(in name: String) -> HookName? {
    guard let (prefix, rest) = splitAtPrefix(name) else { return nil }
    for (key, hook) in keys where rest.starts(with: key.utf8) {
      return HookName(hook: hook, prefix: prefix, key: key)
    }
    return nil
  }

  /// The hook that an unknown name that begins like one may have meant; nil for known hooks, and for other names.
  static func suggestion(for name: String) -> String? {
    if beginsWithHook(name) {
      return hook(in: name) == nil ? nearest(to: name) : nil
    }
    // Underscores are easily forgotten: `nabla_autodiff`.
    let bare = String(decoding: identifier(in: name).drop { $0 == UInt8(ascii: "_") }, as: UTF8.self)
    guard prefixes.contains(where: { bare.hasPrefix($0.dropFirst(2)) }) else { return nil }
    return hook(in: "__" + bare).flatMap { $0.hook.differentiates ? $0.description : nil }
  }

  /// The hook whose key is nearest to what follows the prefix; nil if none is near.
  static func nearest(to name: String) -> String? {
    guard let (prefix, rest) = splitAtPrefix(name) else { return nil }
    let word = String(decoding: rest, as: UTF8.self)
    return closest(to: word, among: keys.map(\.key)).map { prefix + $0 }
  }

  /// Does the name begin with a hook, as a C name or as the first identifier of a mangled one?
  static func beginsWithHook(_ name: String) -> Bool {
    let identifier = identifier(in: name)
    return prefixes.contains { identifier.starts(with: $0.utf8) }
  }

  /// A C name, or the first identifier of a mangled one.
  private static func identifier(in name: String) -> ArraySlice<UInt8> {
    let plain = Array(name.utf8)
    guard plain.starts(with: "_Z".utf8) else { return plain[...] }
    return plain.dropFirst(2).drop { $0 >= 0x30 && $0 <= 0x39 || $0 == 0x4C || $0 == 0x4E }
  }

  private static func splitAtPrefix(_ name: String) -> (String, ArraySlice<UInt8>)? {
    let text = Array(name.utf8)
    for prefix in prefixes {
      if let end = text.firstRange(ofText: prefix)?.upperBound { return (prefix, text[end...]) }
    }
    return nil
  }
}
