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
    guard ByteSearch.first(UInt8(ascii: "\\"), in: bytes) == nil, ByteSearch.first(0, in: bytes) == nil else {
      self = .unknown
      return
    }
    let hasWord = Self.words.isIn(bytes)
    mayHoldSecret = Redaction.mayHoldSecret(document: bytes, hasWord: hasWord)
    mayHoldPlaceholder = PlaceholderText.mayStand(inDocument: bytes, hasWord: hasWord)
  }

  /// Of either kind: most records hold none of them, and are gone through once.
  private static let words = ByteSearch(Redaction.documentWords + PlaceholderText.documentWords)
}
