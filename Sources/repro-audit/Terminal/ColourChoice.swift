import ArgumentParser
import Foundation

/// When to colour text.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// `NO_COLOR` and a pipe mean no, unless the user said always.
  func isOn(forOutput: Bool) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      let environment = ProcessInfo.processInfo.environment
      return (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        && isatty(forOutput ? STDOUT_FILENO : STDERR_FILENO) == 1
    }
  }
}
