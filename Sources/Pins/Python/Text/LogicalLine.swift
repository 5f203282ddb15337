/// One line of a requirements file after comments went and continuations were joined.
package struct LogicalLine: Sendable {
  package let bytes: [UInt8]
  /// That of its first physical line, from 1.
  package let number: Int
  /// Whether it is a comment in which `pip freeze` says what it could not write down.
  package let isFreezeNote: Bool
  /// Whether a comment ends in a backslash and so swallows the line behind it.
  package let swallows: Bool
}
