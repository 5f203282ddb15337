/// A file that records speak of, by its path in the store or by its URI.
public struct FileReference: Sendable, Hashable {
  /// Where a reference leads.
  public enum Location: String, Sendable {
    case local
    /// A URI that this scan does not reach.
    case remote
    /// It leaves the store, and is never read.
    case outside
  }

  /// What stands there.
  public enum Form: String, Sendable {
    case file
    case directory
  }

  /// Relative to the store, absolute where the record says so, or a URI; bytes that are not UTF-8 are shown as `\xNN`.
  public let path: String
  /// The path's bytes where `path` is not exactly them.
  public let raw: [UInt8]?
  public let location: Location
  public let form: Form
  /// Why it is not read, when it is not.
  public let reason: String?

  public init(
    path: String, raw: [UInt8]? = nil, location: Location = .local, form: Form = .file, reason: String? = nil
  ) {
    self.path = path
    self.raw = raw
    self.location = location
    self.form = form
    self.reason = reason
  }
}

/// A digest that a record states for a file.
public struct Claim: Sendable, Hashable {
  /// What stands behind a claim.
  public enum Evidence: String, Sendable {
    case independent
    /// It lies beside the file it vouches for.
    case selfReferential = "self-referential"
    case none
  }

  /// As written.
  public let text: String
  /// Nil when the text is not a digest.
  public let digest: Digest?
  /// Bytes, when the record states the size too.
  public let size: Int64?
  /// The file that states it, relative to the store.
  public let document: String
  public let line: Int?
  public let evidence: Evidence
  /// What lies there already shows that the record is wrong, and `text` says how: a file that a complete list leaves out,
  /// a size that the file has not.
  public let isContradicted: Bool

  public init(
    text: String, digest: Digest?, size: Int64? = nil, document: String, line: Int?,
    evidence: Evidence = .selfReferential
  ) {
    self.text = text
    self.digest = digest
    self.size = size
    self.document = document
    self.line = line
    self.evidence = evidence
    isContradicted = false
  }

  /// A record that the reader found to be wrong of a file, with how for people.
  public init(contradicted text: String, document: String, line: Int? = nil) {
    self.text = text
    digest = nil
    size = nil
    self.document = document
    self.line = line
    evidence = .none
    isContradicted = true
  }
}

/// What an artifact is for.
public enum ArtifactRole: String, Sendable, CaseIterable {
  case model, metrics, config, log, plot, features, transform, data, record, requirements, image, checksum, other
  /// Everything that a run left in one place.
  case folder
}

/// A file that a version or a run declares, or that lies in a version's directory.
public struct Artifact: Sendable, Hashable {
  public let file: FileReference
  public let role: ArtifactRole
  /// The path or URI as written; nil when the file was found and not declared.
  public let declared: String?
  public let document: String?
  public let line: Int?
  public var claims: [Claim]

  public init(
    file: FileReference, role: ArtifactRole, declared: String? = nil, document: String? = nil, line: Int? = nil,
    claims: [Claim] = []
  ) {
    self.file = file
    self.role = role
    self.declared = declared
    self.document = document
    self.line = line
    self.claims = claims
  }
}
