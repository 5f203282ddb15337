/// One side of a comparison in a marker.
enum MarkerOperand {
  case variable(String)
  case value(String)

  /// The variables that markers know; two have an old name with a dot or without `platform_`.
  static func known(_ text: String) -> MarkerOperand? {
    switch text {
    case "python_version", "python_full_version", "os_name", "sys_platform", "platform_release", "platform_system",
      "platform_version", "platform_machine", "platform_python_implementation", "implementation_name",
      "implementation_version", "extra", "extras", "dependency_groups":
      .variable(text)
    case "os.name": .variable("os_name")
    case "sys.platform": .variable("sys_platform")
    case "platform.version": .variable("platform_version")
    case "platform.machine": .variable("platform_machine")
    case "platform.python_implementation", "python_implementation": .variable("platform_python_implementation")
    default: nil
    }
  }

  /// The names of extras and groups are compared in their normal spelling.
  mutating func normalise(beside other: MarkerOperand) {
    guard case .value(let text) = self, case .variable(let name) = other else { return }
    switch name {
    case "extra", "extras", "dependency_groups": self = .value(PackageName.normalised(text))
    default: break
    }
  }

  /// In double quotes unless the text holds one.
  var spelling: String {
    switch self {
    case .variable(let name): name
    case .value(let text): text.utf8.contains(0x22) ? "'\(text)'" : "\"\(text)\""
    }
  }
}
