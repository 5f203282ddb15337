import AuditDatabase
import Foundation
import Hashing
import Reports
import Rules

/// Finds out whether everything in an evidence pack follows from its facts.
///
/// Nothing in the pack is believed: digests only say that it is whole, since whoever changes a member can write its digest
/// anew. What counts is that the pack's rules, run over the pack's facts, give the pack's results and reports.
public struct EvidenceVerification: Sendable {
  private let path: String
  private let jobs: Int

  public init(path: String, jobs: Int) {
    self.path = path
    self.jobs = jobs
  }

  /// What was found out.
  public struct Outcome: Sendable {
    /// `sha256:…` of the pack.
    public let digest: String
    /// What is otherwise than it has to be, and where; empty when the pack is what it says.
    public fileprivate(set) var differences: [String] = []
    /// What is to be known of a pack although nothing is wrong with it.
    public fileprivate(set) var notes: [String] = []
    /// What was looked at, in words.
    public fileprivate(set) var text = ""
  }

  /// Why nothing could be found out.
  public struct Failure: Error, Sendable, CustomStringConvertible {
    public let description: String
    /// False when the file is there and is no pack.
    public let isUnreadable: Bool
  }

  /// Verifies the pack; throws `Failure` when it is none.
  public func run() async throws -> Outcome {
    let contents: EvidenceContents
    do {
      contents = try EvidenceContents(path: path)
    } catch {
      if case .unreadable = error {
        throw Failure(description: VisibleText.line("\(path): \(error)"), isUnreadable: true)
      }
      throw Failure(description: VisibleText.line("\(path): \(error)"), isUnreadable: false)
    }
    var outcome = Outcome(digest: try contents.digest(), differences: contents.differences)
    if contents.isPackedAnew {
      outcome.notes.append(
        "the archive was put together by another program than repro-audit; its digest is not the one that `scan` printed"
      )
    }
    if contents.isWhole {
      do {
        try await examine(contents, &outcome)
      } catch let fault as EvidenceJudgement.Fault {
        outcome.differences.append(fault.description)
      } catch let fault as TarReader.Fault {
        outcome.differences.append("archive: \(fault)")
      } catch {
        outcome.differences.append(
          "\(EvidenceNames.database): what it holds cannot be judged: \(try Self.judged(error))")
      }
    }
    // The names of a pack are whatever somebody wrote.
    outcome.differences = outcome.differences.map { VisibleText.line($0) }
    outcome.notes = outcome.notes.map { VisibleText.line($0) }
    return outcome
  }

  /// What went wrong with the facts, in words; throws what is a fault of this machine.
  private static func judged(_ error: any Error) throws -> String {
    if let failure = AuditDatabase.failure(error, path: nil) { throw AuditError.cannotWrite(failure.description) }
    switch error {
    case is Failure, is ReportFailure, is AuditError, is CancellationError: throw error
    case let error as ReportError: throw ReportFailure(description: error.description)
    default: return "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
    }
  }

  private func examine(_ contents: EvidenceContents, _ outcome: inout Outcome) async throws {
    guard let bytes = try contents.bytes(EvidenceNames.statement, limit: EvidenceStatement.largest),
      let statement = EvidenceStatement(bytes)
    else {
      throw EvidenceJudgement.Fault(
        description: "\(EvidenceNames.statement): it is missing, or not as repro-audit writes one")
    }
    let unknown = Self.unknown(contents, statement)
    guard unknown.isEmpty else {
      outcome.differences += unknown
      return
    }
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let database = try Self.database(contents, in: folder)
    let isSameVersion = statement.tool.version == ProductVersion.text
    outcome.notes += notes(statement, isSameVersion: isSameVersion)
    outcome.differences += Self.compare(statement, database)
    let content = try database.contentDigest()
    if content != statement.content {
      outcome.differences.append(
        "facts: the digest of all rows of \(EvidenceNames.database) is \(content), and \(EvidenceNames.statement) says \(statement.content)"
      )
    }
    let sources: AuditSources
    do {
      sources = try AuditSources(json: database.scan.sources)
    } catch {
      throw EvidenceJudgement.Fault(description: "results: what decided about the scan cannot be read")
    }
    let rules = try EvidenceRules(
      try contents.names.filter { EvidenceNames.place(ofRule: $0) != nil }.map {
        ($0, try contents.bytes($0, limit: EvidenceRules.largest) ?? [])
      },
      places: Dictionary(sources.ownRules.map { ($0.id, $0.place) }) { first, _ in first },
      isSameVersion: isSameVersion)
    outcome.differences += rules.differences
    let policy = try contents.bytes(EvidenceNames.policy, limit: EvidenceStatement.largest) ?? []
    let text = try database.policyText()
    if text.map({ Array($0.utf8) }) != policy {
      outcome.differences.append("policy: \(EvidenceNames.policy) is not the one that \(EvidenceNames.database) holds")
    }
    if "sha256:\(BytesDigest.sha256(policy))" != database.scan.policyDigest {
      outcome.differences.append("policy: \(EvidenceNames.policy) has not the digest that the scan states")
    }
    var judgement = EvidenceJudgement(
      database: database, rules: rules, statement: statement,
      runSchema: try contents.bytes(EvidenceNames.runSchema, limit: 1 << 20),
      baseline: try contents.bytes(EvidenceNames.baseline, limit: Baseline.largest),
      waivers: try statement.waiverFiles.indices.map {
        try contents.bytes(EvidenceNames.waivers($0), limit: EvidenceStatement.largest) ?? []
      }, sources: sources, isSameVersion: isSameVersion, jobs: jobs)
    let audit: AuditResult
    do {
      audit = try await judgement.run(policyText: policy)
    } catch let fault as EvidenceDatabase.Fault {
      outcome.differences += judgement.differences
      throw EvidenceJudgement.Fault(description: "\(EvidenceNames.database): \(fault)")
    }
    defer { try? audit.close() }
    outcome.differences += judgement.differences
    let written = try EvidenceWritten(folder: folder.path, audit: audit, statement: statement)
    outcome.differences += try written.differences(from: contents)
    let stopped = try database.stoppedRules().map(\.rule).filter {
      rules.catalogue[$0].map { !rules.isTrusted($0) } ?? false
    }
    outcome.notes += stopped.map {
      "rule `\($0)` did not complete in the scan, and was not run again: its results are `unverified`"
    }
    outcome.text = Self.text(audit, statement, rules: rules.catalogue.rules.count)
  }

  private static func database(
    _ contents: EvidenceContents, in folder: TemporaryFolder
  ) throws -> EvidenceDatabase {
    let path = "\(folder.path)/packed.db"
    let file = try ReportFile(path: path)
    try contents.forEachPart(of: EvidenceNames.database) { try file.write($0) }
    try file.finish()
    do {
      return try EvidenceDatabase(path: path)
    } catch {
      if error.isOfOtherVersion {
        throw Failure(description: "\(EvidenceNames.database): \(error)", isUnreadable: false)
      }
      throw EvidenceJudgement.Fault(description: "\(EvidenceNames.database): \(error)")
    }
  }
}
