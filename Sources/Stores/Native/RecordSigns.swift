import Records

/// What the bytes of a record tell before any value is looked at: most records hold neither secrets nor placeholders.
package struct RecordSigns: Sendable {
  package let mayHoldSecret: Bool
  package let mayHoldPlaceholder: Bool

  /// Of a record whose bytes are not at hand: everything has to be looked at.
  package static let unknown = RecordSigns(mayHoldSecret: true, mayHoldPlaceholder: true)

  private init(mayHoldSecret: Bool, mayHoldPlaceholder: Bool) {
    self.mayHoldSecret = mayHoldSecret
    self.mayHoldPlaceholder = mayHoldPlaceholder
  }

  package init(_ bytes: [UInt8]) {
    // Behind escapes, and in UTF-16, words look otherwise.
    guard !bytes.contains(where: { $0 == UInt8(ascii: "\\") || $0 == 0 }) else {
      self = .unknown
      return
    }
    mayHoldSecret = Redaction.mayHoldSecret(document: bytes)
    mayHoldPlaceholder = PlaceholderText.mayStand(inDocument: bytes)
  }
}
