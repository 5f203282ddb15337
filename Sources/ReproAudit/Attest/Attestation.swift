import AuditDatabase
import Foundation
import Records
import Stores

/// What the last complete scan found of one version, as an in-toto statement with a SLSA verification summary.
public struct Attestation: Sendable {
  /// Whether every finding of the version is below the threshold and everything was decided.
  public let isPassed: Bool
  /// Why it is not, in words.
  public let reason: String
  let statement: AttestationStatement

  /// What the caller may choose.
  public struct Options: Sendable {
    /// Chooses among stores that have a version or an alias of this name.
    public var store: String?
    public var failOn: FailureThreshold = .error
    /// Who verified: a URI.
    public var verifier = "urn:repro-audit"
    /// What the verdict is about; nil names the store and the version, or the alias that was asked for.
    public var resource: String?

    public init() {}
  }

  /// Sums up the version `name`, or the one that the alias `name` points at, of the last scan of a kept database.
  public init(of name: String, in audit: AuditResult, _ options: Options) throws {
    let asked = try Self.choose(name, options.store, audit)
    let facts = try SubjectEvidence(of: asked.id, in: audit.database)
    var version = asked
    var subjects = [asked.id]
    if asked.subject.kind == .alias {
      guard let target = facts.parents.first(where: { $0.kind == "version" })?.other else {
        throw AuditError.unusable("`\(name)` points at no version that is there")
      }
      version = try Self.choose(target, asked.subject.store, audit)
      subjects.append(version.id)
    }
    let row = try Self.outcomes(of: version.id, audit)
    for input in row?.inputs ?? [] {
      let found = try SubjectEvidence.find(input.name, in: audit.database).first { $0.subject == input }
      subjects += found.map { [$0.id] } ?? []
    }
    reason = try Self.reason(subjects, audit, options.failOn)
    isPassed = reason.isEmpty
    let files = try SubjectEvidence(of: version.id, in: audit.database).files
    let (artifacts, readAt) = try Self.artifacts(files, of: version)
    statement = AttestationStatement(
      artifacts: artifacts,
      predicate: AttestationStatement.Predicate(
        verifier: .init(id: options.verifier, version: [ProductVersion.name: audit.toolVersion]),
        timeVerified: readAt ?? audit.now,
        resourceUri: options.resource ?? Self.uri("resource", [asked.subject.store, asked.subject.name]),
        policy: .init(uri: Self.uri("policy", [audit.policy.name]), sha256: audit.policyDigest),
        inputAttestations: Self.inputs(files, audit), verificationResult: isPassed ? "PASSED" : "FAILED",
        verifiedLevels: isPassed ? Self.levels(row) : ["FAILED"]))
  }

  private static func choose(_ name: String, _ store: String?, _ audit: AuditResult) throws -> SubjectEvidence.Found {
    let found = try SubjectEvidence.choose(name, store: store, kind: nil, in: audit)
    guard [.version, .alias].contains(found.subject.kind) else {
      throw AuditError.unusable("`\(name)` is a \(found.subject.kind.rawValue); name a version or an alias")
    }
    return found
  }

  private static func outcomes(of version: Int64, _ audit: AuditResult) throws -> VersionOutcomes.Row? {
    var found: VersionOutcomes.Row?
    try VersionOutcomes(database: audit.database).forEach { if $0.subjectID == version { found = $0 } }
    return found
  }

  /// What speaks against it: of the version, of the alias that was asked for, of its run and that run's datasets.
  private static func reason(_ subjects: [Int64], _ audit: AuditResult, _ threshold: FailureThreshold) throws -> String
  {
    var findings = 0
    var undecided = 0
    for subject in Set(subjects).sorted() {
      for result in try ResultCursor(database: audit.database).results(of: subject) {
        if result.outcome == .fail, threshold.applies(to: result.severity) { findings += 1 }
        if result.outcome == .unverified, !result.message.hasPrefix(ResultSummary.outOfScopePrefix) { undecided += 1 }
      }
    }
    return [
      findings > 0 ? (findings == 1 ? "1 finding" : "\(findings) findings") : nil,
      undecided > 0 ? "\(undecided) undecided" : nil,
    ].compactMap(\.self).joined(separator: ", ")
  }

  /// What was verified beyond the policy: each by rules that judged the version or what made it, and passed.
  private static func levels(_ row: VersionOutcomes.Row?) -> [String] {
    func holds(_ rules: [String]) -> Bool { rules.allSatisfy { row?.outcomes[$0] == .pass } }
    var levels = ["REPRO_AUDIT_POLICY"]
    if holds(["artifact-digest-mismatch"]) { levels.append("REPRO_AUDIT_INTACT") }
    if holds(["incomplete-lineage"]) { levels.append("REPRO_AUDIT_TRACEABLE") }
    if let row, Checklist.outcomes(of: row).allSatisfy({ $0 == .pass }) { levels.append("REPRO_AUDIT_CHECKLIST") }
    if holds(["unreproduced-version", "failed-reproduction"]) { levels.append("REPRO_AUDIT_REPRODUCED") }
    return levels
  }

  /// The files of the version's folder, where its model lies there; else those of the folder that all its files share. And
  /// when the one was read that was not for longest.
  private static func artifacts(
    _ files: [SubjectEvidence.File], of version: SubjectEvidence.Found
  ) throws -> (artifacts: [AttestationStatement.Resource], readAt: String?) {
    let read = files.filter {
      $0.state == "present" && !$0.isDirectory && $0.sha256 != nil
        && !AttestationName.fits(Array(($0.path.split(separator: "/").last ?? "").utf8))
    }
    guard let first = read.first else {
      throw AuditError.unusable(
        "no file of `\(version.subject.name)` was read in the last scan, so there is nothing to attest")
    }
    var folder = version.path.map { $0 + "/" } ?? ""
    let isElsewhere = read.contains { $0.role == "model" && !$0.path.hasPrefix(folder) }
    if isElsewhere || !read.contains(where: { $0.path.hasPrefix(folder) }) {
      folder = first.path.lastIndex(of: "/").map { String(first.path[...$0]) } ?? ""
      while !folder.isEmpty, !read.allSatisfy({ $0.path.hasPrefix(folder) }) {
        folder = folder.dropLast().lastIndex(of: "/").map { String(folder[...$0]) } ?? ""
      }
    }
    let attested = read.filter { $0.path.hasPrefix(folder) }
    let artifacts = attested.map {
      AttestationStatement.Resource(name: String($0.path.dropFirst(folder.count)), sha256: $0.sha256 ?? "")
    }
    return (artifacts, attested.compactMap(\.readAt).min())
  }

  /// The ledger's entry of the scan, and statements that lie beside the files.
  private static func inputs(_ files: [SubjectEvidence.File], _ audit: AuditResult) -> [AttestationStatement.Source] {
    var inputs: [AttestationStatement.Source] = []
    if let entry = audit.ledger.entry {
      inputs.append(.init(uri: uri("ledger", ["\(entry.number)"]), sha256: entry.digest ?? ""))
    }
    for file in files {
      guard let sha256 = file.sha256, let name = file.path.split(separator: "/").last,
        AttestationName.fits(Array(name.utf8))
      else { continue }
      inputs.append(.init(uri: uri("file", [file.path]), sha256: sha256))
    }
    return inputs
  }

  /// `urn:repro-audit:resource:registry:fraud-detector@prod`, with everything else escaped.
  private static func uri(_ kind: String, _ parts: [String]) -> String {
    let kept = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~@/".utf8)
    let escaped = parts.map { part in
      part.utf8.map { byte in
        kept.contains(byte)
          ? String(UnicodeScalar(byte))
          : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }.joined()
    }
    return (["urn:repro-audit", kind] + escaped).joined(separator: ":")
  }
}
