import AuditDatabase
import Foundation
import Hashing
import Reports
import Rules

/// What decided about an audit beside the policy's text, and what has no effect; kept with the scan, so that its reports
/// can be written again.
struct AuditSources: Sendable, Hashable, Codable {
  /// A file that decided something, as the user named it.
  struct File: Sendable, Hashable, Codable {
    let path: String
    let digest: String

    init(path: String, digest: String) {
      self.path = path
      self.digest = digest
    }

    init(_ path: String, bytes: [UInt8]) { self.init(path: path, digest: "sha256:\(BytesDigest.sha256(bytes))") }

    var named: ReportHeader.File { ReportHeader.File(path: path, digest: digest) }
  }

  /// A rule that the policy brought along.
  struct OwnRule: Sendable, Hashable, Codable {
    let place: String
    let text: String

    /// Its file's name without the ending.
    var id: String { place.split(separator: "/").last.map { String($0.dropLast(".sql".count)) } ?? "" }
  }

  var waiverFiles: [File] = []
  var baseline: File?
  /// What of the policy or the baseline has no effect, for people.
  var notices: [String] = []
  var ownRules: [OwnRule] = []
  /// The scanned directory of each store, as the user wrote it; older databases do not say.
  var folders: [String: String]?

  /// The names of the scanned directories; older databases do not say.
  var directories: [String]?

  /// The name of the one scanned directory, which is no part of what identifies findings; nil where there are several.
  func root(of summary: ResultSummary) -> String? {
    let names = directories ?? summary.stores.map(\.name)
    return names.count == 1 ? names[0] : nil
  }

  /// What the paths in reports for CI services are relative to.
  var paths: ReportPaths { ReportPaths(folders: folders ?? [:]) }

  init() {}

  init(policy: Policy, baseline: Baseline?, notices: [String], folders: [String: String], directories: [String]) {
    self.folders = folders
    self.directories = directories
    waiverFiles = policy.waiverFiles.map { File(path: $0.name, digest: $0.digest) }
    self.baseline = baseline.map { File(path: $0.path, digest: $0.digest) }
    self.notices = notices.sorted()
    ownRules = policy.ownRules.map { OwnRule(place: $0.place ?? "", text: $0.text) }
  }

  /// Reads what `json` wrote; an older database kept nothing.
  init(json: String?) throws {
    self = try json.map { try JSONDecoder().decode(AuditSources.self, from: Data($0.utf8)) } ?? AuditSources()
  }

  /// The same sources give the same text.
  func json() throws -> String { try CanonicalJSON.text(self) }

  /// The built-in rules and those that the policy brought along, with advice for the stores that were audited.
  func catalogue(for summary: ResultSummary) throws -> RuleCatalogue {
    try RuleCatalogue.builtIn().advising(kinds: Set(summary.stores.map(\.kind))).adding(
      ownRules.map { try RuleFile(text: $0.text, path: $0.place, isOwn: true) })
  }
}
