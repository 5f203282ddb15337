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

  /// `text` as an instant; a day means its end, in UTC.
  static func end(of text: String, option: String) throws -> String {
    let isDay = text.utf8.count == 10 && text.utf8.filter { $0 == UInt8(ascii: "-") }.count == 2
    let instant = isDay ? text + "T23:59:59Z" : text
    guard let date = try? Date(instant, strategy: .iso8601) else {
      throw Output.usageError("\(option) \(text): write it as 2026-03-01 or 2026-03-01T00:00:00Z")
    }
    let result = date.formatted(.iso8601)
    // February 30 is no day, and must not become another one.
    guard !isDay || result.hasPrefix(text) else {
      throw Output.usageError("\(option) \(text): there is no such day")
    }
    return result
  }
}
