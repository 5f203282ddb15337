import Records
import Crypto
import Foundation

/// What the ledger says of one complete scan, chained to the entry before; see docs/ledger.md.
package struct LedgerEntry: Sendable, Hashable, Codable {
  package static let schema = "repro-audit/ledger/1"

  /// Counts over the files of the scan.
  package struct Files: Sendable, Hashable, Codable {
    package let bytes: Int64
    package let examined: Int
    /// Published files that are lost or not what was published.
    package let lost: Int
  }

  /// Findings by severity.
  package struct Findings: Sendable, Hashable, Codable {
    package let error: Int
    package let note: Int
    package let warning: Int
  }

  /// Made over `signedBytes`.
  package struct Signature: Sendable, Hashable, Codable {
    /// `sha256:…` of the public key in DER.
    package let key: String
    /// In base64: DER for P-256, 64 bytes for Ed25519.
    package let value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  package let schema: String
  /// From 1, without gaps.
  package let number: Int
  /// The scan's id, as reports show it.
  package let id: String
  /// The scan's clock.
  package let now: String
  /// The version of the program.
  package let tool: String
  /// `sha256:…` over the clock, the policy's digest, what happened to rules, and every result.
  package let results: String
  package let policy: String
  package let files: Files
  package let findings: Findings
  /// The digest of the entry before; nil for the first.
  package let previous: String?
  /// `sha256:…` of `signedBytes`.
  package private(set) var digest: String?
  package private(set) var signature: Signature?

  init(
    number: Int, id: String, now: String, tool: String, results: String, policy: String, files: Files,
    findings: Findings, previous: String?
  ) {
    schema = Self.schema
    self.number = number
    self.id = id
    self.now = now
    self.tool = tool
    self.results = results
    self.policy = policy
    self.files = files
    self.findings = findings
    self.previous = previous
  }

  /// Reads one line as it is written; nil for anything that this program would write otherwise.
  package init?(line: String) {
    guard let entry = try? JSONDecoder().decode(LedgerEntry.self, from: Data(line.utf8)), entry.schema == Self.schema,
      entry.text == line
    else { return nil }
    self = entry
  }

  /// One line of JSON with sorted keys and no blanks; only one spelling is read again.
  package var text: String { Self.canonical(self) }

  /// The entry without its digest and signature, in the same spelling:
  /// `jq -cjS 'del(.digest, .signature)'` gives the same bytes.
  package var signedBytes: [UInt8] {
    var bare = self
    (bare.digest, bare.signature) = (nil, nil)
    return Array(Self.canonical(bare).utf8)
  }

  /// What `digest` has to be.
  package var expectedDigest: String {
    "sha256:" + SHA256.hash(data: signedBytes).hexadecimal
  }

  /// With its digest, and signed by `sign`, which is given `signedBytes`.
  func sealed(_ sign: (@Sendable ([UInt8]) throws -> Signature)?) throws -> LedgerEntry {
    var entry = self
    entry.digest = expectedDigest
    entry.signature = try sign?(signedBytes)
    return entry
  }

  private static func canonical(_ entry: LedgerEntry) -> String {
    // Numbers and texts only: there is nothing that could not be encoded.
    (try? CanonicalJSON.text(entry)) ?? ""
  }
}
