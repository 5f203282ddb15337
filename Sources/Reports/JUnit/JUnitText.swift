/// Brings text of a store into the single lines and bounded lengths that readers of JUnit can take.
enum JUnitText {
  /// Unicode scalars kept of a message; a consumer that shows one line shows less.
  private static let messageLimit = 1_000
  /// Unicode scalars kept of one flagged item, name or path.
  private static let itemLimit = 300

  static func message(_ text: String) -> String { VisibleText.line(text, limit: messageLimit) }

  static func item(_ text: String) -> String { VisibleText.line(text, limit: itemLimit) }
}
