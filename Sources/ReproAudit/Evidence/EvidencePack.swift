import AuditDatabase
import Foundation
import Hashing
import Reports
import Rules

/// Writes everything that a scan's results follow from into one archive, which anybody can verify: docs/evidence.md.
public struct EvidencePack: Sendable {
  /// Where it goes.
  let path: String
  let inputs: EvidenceInputs
  let formats: [EvidenceReport.Format]
  let settings: EvidenceReport.Settings

  /// `formats` are the reports that the pack holds besides the JSON report, as options of `scan` call them.
  public init(
    path: String, inputs: EvidenceInputs, formats: [String], failOn: FailureThreshold, allResults: Bool,
    junitProfile: String, junitGranularity: String, meta: ReportMetaFile?
  ) {
    self.path = path
    self.inputs = inputs
    self.formats = EvidenceReport.Format.allCases.filter { $0 == .json || formats.contains($0.rawValue) }
    settings = EvidenceReport.Settings(
      failOn: failOn.rawValue, allResults: allResults, junitProfile: junitProfile, junitGranularity: junitGranularity,
      meta: meta?.meta)
  }

  /// A member before it is packed: in memory, or in a file of ours.
  private enum Content {
    case bytes([UInt8])
    case file(String)
  }

  /// Writes the pack; returns its digest as `sha256:…`.
  public func write(_ result: AuditResult) throws -> String {
    try AuditResult.writing {
      let folder = try TemporaryFolder()
      defer { folder.remove() }
      let database = "\(folder.path)/audit.db"
      try result.database.writeEvidence(to: database)
      var members = try documents(of: result, content: EvidenceDatabase.contentDigest(path: database))
      members[EvidenceNames.database] = .file(database)
      members[EvidenceNames.files] = .file("\(folder.path)/files")
      try Self.writeFiles(of: result.database, to: "\(folder.path)/files")
      for format in formats {
        let place = "\(folder.path)/\(format.rawValue)"
        _ = try result.write(format, settings, to: place)
        members[format.member] = .file(place)
      }
      return try archive(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
  }

  /// One line a file.
  static func writeFiles(of database: AuditDatabase, to path: String) throws {
    let file = try ReportFile(path: path)
    try database.forEachEvidenceFile { try file.write($0 + "\n") }
    try file.finish()
  }

  private func documents(of result: AuditResult, content: String) throws -> [String: Content] {
    var members: [String: Content] = [:]
    // Without the advice for the stores of this audit, which reports add.
    let builtIn = try RuleCatalogue.builtIn()
    for rule in builtIn.adding(result.policy.ownRules).rules {
      members[EvidenceNames.rule(rule)] = .bytes(Array(rule.text.utf8))
    }
    let policy = try result.database.policyText(digest: result.policyDigest) ?? ""
    members[EvidenceNames.policy] = .bytes(Array(policy.utf8))
    for (index, bytes) in inputs.waivers.enumerated() { members[EvidenceNames.waivers(index)] = .bytes(bytes) }
    if let baseline = inputs.baseline { members[EvidenceNames.baseline] = .bytes(baseline) }
    if let schema = inputs.runSchema { members[EvidenceNames.runSchema] = .bytes(schema) }
    members[EvidenceNames.statement] = .bytes(Array(try statement(of: result, content: content).json().utf8))
    return members
  }

  private func statement(of result: AuditResult, content: String) throws -> EvidenceStatement {
    EvidenceStatement(
      tool: EvidenceStatement.Tool(
        name: ProductVersion.name, version: result.toolVersion, digest: Self.digestOfThisProgram()),
      scan: EvidenceStatement.Scan(
        id: result.scanID, now: result.now, results: "sha256:" + (try ScanRecord(last: result.database).digest()),
        ledger: result.ledger.entry?.digest),
      content: content, settings: settings,
      reports: formats.map { EvidenceStatement.Report(member: $0.member, format: $0) },
      waiverFiles: result.policy.waiverFiles.map(\.name), baseline: result.baseline?.path,
      runSchema: result.policy.runSchema?.path,
      trend: formats.contains(.html) ? try result.database.trend() : nil)
  }

  /// SHA-256 of the file that this process was started from; nil where the system does not show it.
  static func digestOfThisProgram() -> String? {
    guard let file = FileHandle(forReadingAtPath: "/proc/self/exe") else { return nil }
    defer { try? file.close() }
    var digest = RunningDigest()
    while let part = try? file.read(upToCount: 1 << 20), !part.isEmpty { digest.update(Array(part)) }
    return "sha256:\(digest.hexadecimal)"
  }

  private func archive(_ members: [(name: String, content: Content)]) throws -> String {
    let digests = try members.map { member in
      var digest = RunningDigest()
      _ = try Self.forEachPart(of: member.content) { digest.update($0) }
      return EvidenceManifest.Entry(digest: digest.hexadecimal, name: member.name)
    }
    let manifest = Content.bytes(Array(EvidenceManifest(digests).text.utf8))
    let file = try ReportFile(path: path)
    var whole = RunningDigest()
    func put(_ bytes: [UInt8]) throws {
      whole.update(bytes)
      try file.write(bytes)
    }
    for member in [(name: EvidenceManifest.name, content: manifest)] + members {
      let size = try Self.forEachPart(of: member.content) { _ in }
      try put(TarHeader(name: member.name, size: size).bytes)
      _ = try Self.forEachPart(of: member.content) { try put($0) }
      try put(TarHeader.padding(after: size))
    }
    try put(TarHeader.end)
    try file.finish()
    return "sha256:\(whole.hexadecimal)"
  }

  /// Returns how many bytes there were.
  private static func forEachPart(of content: Content, _ body: ([UInt8]) throws -> Void) throws -> Int {
    switch content {
    case .bytes(let bytes):
      try body(bytes)
      return bytes.count
    case .file(let path):
      guard let file = FileHandle(forReadingAtPath: path) else {
        throw ReportFailure(description: "\(path): it cannot be read again")
      }
      defer { try? file.close() }
      var size = 0
      while let part = try file.read(upToCount: 1 << 20), !part.isEmpty {
        size += part.count
        try body(Array(part))
      }
      return size
    }
  }
}
