import AuditDatabase
import Foundation

/// What a pack says of itself (`pack.json`): what made it, and with which settings its reports were written.
struct EvidenceStatement: Sendable, Hashable, Codable {
  static let largest = 16 << 20

  struct Tool: Sendable, Hashable, Codable {
    let name: String
    let version: String
    /// `sha256:…` of the program's file; nil where the system does not show it.
    let digest: String?
  }

  struct Scan: Sendable, Hashable, Codable {
    let id: String
    let now: String
    /// `sha256:…` over clock, policy's digest, what happened to rules, and every result; the id is its beginning.
    let results: String
    /// The digest of its entry in the ledger, which the database's ledger ends with.
    let ledger: String?
  }

  /// A report in the pack, and how it was written.
  struct Report: Sendable, Hashable, Codable {
    let member: String
    let format: EvidenceReport.Format
  }

  var schema = EvidenceManifest.schema
  let tool: Tool
  let scan: Scan
  /// `sha256:…` over every row of the database, also those from which no result follows.
  let content: String
  let settings: EvidenceReport.Settings
  let reports: [Report]
  /// The files of waivers as the policy names them, in the order of their members.
  let waiverFiles: [String]
  let baseline: String?
  let runSchema: String?
  /// What earlier scans found, which the HTML report shows: it follows from nothing in the pack.
  let trend: ScanTrend?

  /// The same statement gives the same text.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// Reads what `json` wrote; nil for anything else.
  init?(_ bytes: [UInt8]) {
    guard let read = try? JSONDecoder().decode(EvidenceStatement.self, from: Data(bytes)),
      let text = try? read.json(), Array(text.utf8) == bytes
    else { return nil }
    self = read
  }

  init(
    tool: Tool, scan: Scan, content: String, settings: EvidenceReport.Settings, reports: [Report],
    waiverFiles: [String],
    baseline: String?, runSchema: String?, trend: ScanTrend?
  ) {
    self.tool = tool
    self.scan = scan
    self.content = content
    self.settings = settings
    self.reports = reports
    self.waiverFiles = waiverFiles
    self.baseline = baseline
    self.runSchema = runSchema
    self.trend = trend
  }
}
