/// A line of a list of checksums that lies above what it vouches for, such as a registry's `SHA256SUMS`.
public struct ListedDigest: Sendable, Hashable {
  /// Of the file, relative to the store.
  public let path: String
  public let claim: Claim

  public init(path: String, claim: Claim) {
    self.path = path
    self.claim = claim
  }
}

/// A model card or a licence in a model's folder.
public struct ModelDocument: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable { case card, licence }

  public let kind: Kind
  public let path: String

  /// Nil when the name is that of neither.
  public init?(path: String, name: String) {
    let lower = name.lowercased()
    let stem = lower.prefix { $0 != "." }
    if ["readme", "model_card", "model-card", "modelcard"].contains(where: stem.elementsEqual) {
      kind = .card
    } else if ["license", "licence", "copying"].contains(where: { lower.hasPrefix($0) }) {
      kind = .licence
    } else {
      return nil
    }
    self.path = path
  }
}

/// What a record does not meet of the policy's schema.
public struct SchemaProblem: Sendable, Hashable {
  /// `artifacts[0].sha256`; empty for the record itself.
  public let item: String
  public let message: String
  public let line: Int

  public init(item: String, message: String, line: Int) {
    self.item = item
    self.message = message
    self.line = line
  }
}
