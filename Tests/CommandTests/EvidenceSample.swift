import Foundation

/// A store whose pack holds everything that a pack can hold, and the packs that were made of it.
final class EvidenceSample: Sendable {
  let pack: String
  /// Of the same store after a scan that had less to find.
  let milder: String
  /// Where forged packs go.
  private let folder: URL

  /// Made once: what is forged are copies.
  static let shared = Result { try EvidenceSample() }

  static let now = "2026-03-01T00:00:00Z"

  static func store() throws -> Store {
    let store = try Store()
    try store.addHealthyVersion()
    try store.addHealthyVersion("1.1.0")
    try store.write("models/m/1.1.0/model.bin", "other weights than were recorded")
    try store.link("models/m/prod", to: "1.1.0")
    try store.write(
      "runs/a/run.json", "{\"run_id\": \"a\", \"requirements\": \"requirements.txt\", \"metrics\": {\"auc\": 0.9}}")
    try store.write("runs/a/requirements.txt", "numpy\npandas>=2\n")
    try store.write("run.schema.json", "{\"type\": \"object\", \"required\": [\"owner\"]}")
    try store.write(
      "rules/no-lonely-run.sql",
      OwnRulesTests.rule("no-lonely-run", OwnRulesTests.select.replacing("'pass'", with: "'fail'")))
    try store.write(
      "waivers.yaml",
      """
      waivers:
        - {rule: missing-python-version, subject: 'run:*', reason: inherited, owner: ada, approved_by: grace, created: 2026-02-01, expires: 2026-06-30}
        - {rule: missing-platform, subject: 'run:a', reason: inherited, owner: ada, approved_by: grace, created: 2026-02-01, expires: 2026-06-30}

      """)
    try store.write(
      "repro-audit.yaml",
      """
      own_rules: [rules/]
      run_schema: run.schema.json
      waivers: [waivers.yaml]
      rules: {unpinned-requirement: warning}
      stages: {prod: {metrics: {auc: {min: 0.5}}}}
      subjects:
        - {match: 'run:a', rules: {missing-run-log: off}, reason: a draft}

      """)
    return store
  }

  private init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "repro-audit-evidence-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    pack = folder.appending(path: "pack.tar").path
    milder = folder.appending(path: "milder.tar").path
    let store = try Self.store()
    let baseline = store.beside("known.jsonl")
    _ = try Binary.run([
      "scan", store.root.path, "--rule", "missing-seed", "--write-baseline", baseline, "--now", Self.now,
    ])
    let database = store.beside("audit.db")
    for (path, now) in [(milder, "2026-02-28T00:00:00Z"), (pack, Self.now)] {
      if path == pack {
        try store.write("runs/b/run.json", "{\"run_id\": \"b\"}")
        try store.write("models/m/1.0.0/model.bin", "weights that somebody exchanged")
      }
      let run = try Binary.run(
        [
          "scan", "store", "--evidence", path, "--baseline", baseline, "--db", database, "--now", now,
          "--html", store.beside("r.html"), "--junit", store.beside("r.xml"), "--markdown", store.beside("r.md"),
          "--sarif", store.beside("r.sarif"), "--csv", store.beside("r.csv"), "--codequality", store.beside("r.json"),
          "--tree", store.beside("r.txt"),
        ], in: store.root.deletingLastPathComponent())
      guard run.errors.contains("evidence: \(path), sha256:") else { throw CocoaError(.fileWriteUnknown) }
    }
  }

  /// Verifies a pack of these bytes, which is gone afterwards.
  func verify(_ bytes: [UInt8]) throws -> Binary.Run {
    let path = try write(bytes)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try Binary.run(["verify-evidence", path])
  }

  func write(_ bytes: [UInt8]) throws -> String {
    let place = folder.appending(path: "\(UUID().uuidString).tar")
    try Data(bytes).write(to: place)
    return place.path
  }
}
