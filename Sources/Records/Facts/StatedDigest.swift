/// A digest that a record states of something that lies elsewhere.
public struct StatedDigest: Sendable, Hashable {
  /// As written.
  public let text: String
  /// Nil when the text is no digest.
  public let digest: Digest?

  public init(text: String) {
    self.text = text
    digest = Digest(text: text)
  }

  /// `sha256:9f…`, however it was written; nil when it is no digest.
  public var canonical: String? { digest.map { "\($0.algorithm.rawValue):\($0.hex)" } }
}

/// A time that a record states.
public struct StatedTime: Sendable, Hashable {
  /// As written.
  public let text: String
  /// Nil when the text is no moment.
  public let instant: Instant?

  public init(text: String) {
    self.text = text
    instant = Instant(text)
  }
}
