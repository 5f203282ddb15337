import AuditDatabase

/// An in-toto statement, version 1, with a SLSA verification summary, version 1, as its predicate.
struct AttestationStatement: Sendable, Encodable {
  static let payloadType = "application/vnd.in-toto+json"
  static let predicateType = "https://slsa.dev/verification_summary/v1"

  /// A file with its digest.
  struct Resource: Sendable, Encodable {
    let name: String
    let digest: [String: String]

    init(name: String, sha256: String) {
      self.name = name
      digest = ["sha256": sha256]
    }
  }

  /// A document with its digest.
  struct Source: Sendable, Encodable {
    let uri: String
    let digest: [String: String]

    /// `sha256` is hexadecimal, with or without `sha256:` before it.
    init(uri: String, sha256: String) {
      self.uri = uri
      digest = ["sha256": sha256.hasPrefix("sha256:") ? String(sha256.dropFirst(7)) : sha256]
    }
  }

  struct Verifier: Sendable, Encodable {
    let id: String
    let version: [String: String]
  }

  struct Predicate: Sendable, Encodable {
    let verifier: Verifier
    let timeVerified: String
    let resourceUri: String
    let policy: Source
    let inputAttestations: [Source]
    let verificationResult: String
    let verifiedLevels: [String]
  }

  private let type = "https://in-toto.io/Statement/v1"
  private let predicateType = Self.predicateType
  private let subject: [Resource]
  private let predicate: Predicate

  init(artifacts: [Resource], predicate: Predicate) {
    subject = artifacts
    self.predicate = predicate
  }

  private enum CodingKeys: String, CodingKey {
    case type = "_type"
    case predicateType, subject, predicate
  }

  /// The same statement gives the same bytes.
  func json() throws -> [UInt8] { try CanonicalJSON.bytes(self) }
}
