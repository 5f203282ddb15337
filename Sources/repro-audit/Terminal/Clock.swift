import ArgumentParser
import Foundation

/// The one clock read of a command.
enum Clock {
  /// `text` as an instant, or now: RFC 3339 in UTC, whole seconds.
  static func instant(_ text: String?) throws -> String {
    guard let text else { return Date.now.formatted(.iso8601) }
    guard let date = try? Date(text, strategy: .iso8601) else {
      throw Output.usageError("--now \(text): write it as 2026-03-01T00:00:00Z")
    }
    return date.formatted(.iso8601)
  }
}
