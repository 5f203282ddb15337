import Foundation
import Reports

/// An entry for a policy's `waivers`, which somebody must fill in and answer for.
struct WaiverStanza: Sendable, Hashable {
  private static let days = 90

  let rule: String
  let subject: String
  /// `2026-03-01`, the day of the audit.
  let created: String
  let expires: String

  /// `now` is RFC 3339.
  init(rule: String, subject: String, now: String) {
    self.rule = rule
    self.subject = subject
    created = String(now.prefix(10))
    let start = (try? Date(now, strategy: .iso8601)) ?? .distantPast
    expires = String(start.addingTimeInterval(Double(Self.days) * 86400).formatted(.iso8601).prefix(10))
  }

  /// An element of the list, indented by two.
  var yaml: String {
    """
      - rule: \(Self.quoted(rule))
        subject: \(Self.quoted(subject))
        reason: ''
        owner: ''
        approved_by: ''
        created: \(created)
        expires: \(expires)

    """
  }

  /// The text as a YAML scalar that is read back as the same string, whatever it holds.
  static func quoted(_ text: String) -> String {
    let isSeen = VisibleText.line(text, limit: .max) == text && !text.unicodeScalars.contains("\u{85}")
    if isSeen { return "'" + text.replacing("'", with: "''") + "'" }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22, 0x5C: quoted += "\\" + String(scalar)
      case 0x20..<0x7F: quoted.unicodeScalars.append(scalar)
      case 0..<0x100: quoted += "\\x" + hex(scalar, 2)
      case 0..<0x10000: quoted += "\\u" + hex(scalar, 4)
      default: quoted += "\\U" + hex(scalar, 8)
      }
    }
    return quoted + "\""
  }

  private static func hex(_ scalar: Unicode.Scalar, _ digits: Int) -> String {
    let text = String(scalar.value, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
