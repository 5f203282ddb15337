import Foundation
import Hashing

/// A store made for one test, in a folder called `store`; it goes with the test.
final class Store {
  let root: URL
  private let parent: URL

  init(name: String = "store") throws {
    parent = FileManager.default.temporaryDirectory.appending(path: "repro-audit-command-\(UUID().uuidString)")
    root = parent.appending(path: name)
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit {
    // A test may have taken permissions away.
    _ = try? Store.shell("chmod -R u+rwx \"$1\"", parent.path)
    try? FileManager.default.removeItem(at: parent)
  }

  /// A place beside the store, for reports.
  func beside(_ name: String) -> String { parent.appending(path: name).path }

  @discardableResult
  func write(_ path: String, _ text: String) throws -> String { try write(path, Array(text.utf8)) }

  /// Writes a file and returns the SHA-256 of its bytes.
  @discardableResult
  func write(_ path: String, _ bytes: [UInt8]) throws -> String {
    let place = root.appending(path: path)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: place)
    return BytesDigest.sha256(bytes)
  }

  func link(_ path: String, to target: String) throws {
    let place = root.appending(path: path)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
  }

  /// A version whose model, checksum and record agree.
  func addHealthyVersion(_ version: String = "1.0.0", model: String = "m") throws {
    let folder = "models/\(model)/\(version)"
    let digest = try write("\(folder)/model.bin", "weights of \(model) \(version)")
    try write("\(folder)/checksum.txt", "\(digest)  model.bin\n")
    try write(
      "\(folder)/run.json",
      """
      {"run_id": "\(model)-\(version)", "artifacts": [{"path": "model.bin", "sha256": "\(digest)"}]}
      """)
  }

  /// Runs a line of shell with the store's folder as `$1`.
  func shell(_ script: String) throws { try Store.shell(script, root.path) }

  static func shell(_ script: String, _ argument: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-ec", script, "sh", argument]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  }

  /// Scans the store; the JSON report is parsed into what tests ask for.
  func scan(_ arguments: [String] = []) throws -> Scan {
    let report = beside("report-\(UUID().uuidString).json")
    let run = try Binary.run(["scan", root.path, "--json", report, "--now", "2026-03-01T00:00:00Z"] + arguments)
    let data = try? Data(contentsOf: URL(filePath: report))
    return Scan(run: run, report: try data.map { try JSONDecoder().decode(Report.self, from: $0) })
  }
}

/// A scan that was run.
struct Scan {
  let run: Binary.Run
  let report: Report?

  /// `rule subject` of every finding.
  var findings: [String] { results("fail").map { "\($0.rule) \($0.subject.name)" } }

  func results(_ outcome: String) -> [Report.Result] { report?.results.filter { $0.outcome == outcome } ?? [] }

  func result(_ rule: String, _ subject: String) -> Report.Result? {
    report?.results.first { $0.rule == rule && $0.subject.name == subject }
  }
}

/// What tests read of the JSON report.
struct Report: Decodable {
  struct Result: Decodable {
    struct Subject: Decodable {
      let kind: String
      let name: String
      let store: String
    }
    struct Detail: Decodable {
      let fingerprint: String
      let item: String
      let message: String
      let path: String?
      let line: Int?
    }
    let rule: String
    let severity: String
    let subject: Subject
    let outcome: String
    let message: String
    let details: [Detail]
    let reaches: [String]
    let detailCount: Int
    let accepted: [Accepted]?

    enum CodingKeys: String, CodingKey {
      case rule, severity, subject, outcome, message, details, reaches, accepted
      case detailCount = "detail_count"
    }
  }
  struct Accepted: Decodable {
    let form: String
    let name: String?
    let reason: String?
    let owner: String?
    let approvedBy: String?
    let ends: String?
    let details: Int

    enum CodingKeys: String, CodingKey {
      case form, name, reason, owner, ends, details
      case approvedBy = "approved_by"
    }
  }
  struct Policy: Decodable {
    struct File: Decodable {
      let path: String
      let digest: String
    }
    let digest: String
    let waiverFiles: [File]

    enum CodingKeys: String, CodingKey {
      case digest
      case waiverFiles = "waiver_files"
    }
  }
  struct Info: Decodable {
    let id: String
    let now: String
    let verdict: String
  }
  let schema: String
  let scan: Info
  let policy: Policy
  let notices: [String]
  let results: [Result]
}
