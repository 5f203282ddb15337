import Foundation
import Testing

/// `repro-audit lineage --format openlineage`.
@Suite struct OpenLineageTests {
  private static let now = ["--now", "2026-03-01T00:00:00Z"]

  private struct Event: Decodable {
    struct Run: Decodable {
      let runId: String
    }
    struct Job: Decodable {
      let namespace: String
      let name: String
    }
    struct Dataset: Decodable {
      struct Facets: Decodable {
        struct Version: Decodable {
          let datasetVersion: String
        }
        struct Source: Decodable {
          let uri: String
        }
        let version: Version?
        let dataSource: Source?
      }
      let namespace: String
      let name: String
      let facets: Facets
    }
    let eventType: String
    let eventTime: String
    let producer: String
    let schemaURL: String
    let run: Run
    let job: Job
    let inputs: [Dataset]
    let outputs: [Dataset]
  }

  private func events(_ name: String, _ store: String, _ arguments: [String] = []) throws -> (
    text: String, all: [Event]
  ) {
    let run = try Binary.run(["lineage", name, store, "--format", "openlineage"] + Self.now + arguments)
    #expect(run.status == 0, "\(run.errors)")
    let lines = run.output.split(separator: "\n")
    return (run.output, try lines.map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)) })
  }

  /// Every facet says who wrote it and by which schema.
  private func facets(in value: Any) -> [[String: Any]] {
    if let list = value as? [Any] { return list.flatMap { facets(in: $0) } }
    guard let object = value as? [String: Any] else { return [] }
    let own = ["facets", "inputFacets"].flatMap { key in
      (object[key] as? [String: Any] ?? [:]).values.compactMap { $0 as? [String: Any] }
    }
    return own + object.filter { $0.key != "facets" }.values.flatMap { facets(in: $0) }
  }

  @Test func `a version's run with its data, code and model`() throws {
    let store = Binary.root.appending(path: "Fixtures/fraud-registry").path
    let (text, all) = try events("fraud-detector@1.2.0", store)
    #expect(all.count == 1)
    let event = try #require(all.first)
    #expect(event.eventType == "COMPLETE" && event.eventTime == "2025-06-10T10:12:00Z")
    #expect(event.job.namespace == "fraud-registry" && event.job.name == "fraud-detector")
    #expect(event.inputs.map(\.name) == ["transactions_v3"] && event.outputs.map(\.name) == ["fraud-detector@1.2.0"])
    #expect(event.inputs[0].facets.version?.datasetVersion.hasPrefix("sha256:b1ad8dd5") == true)
    #expect(event.outputs[0].facets.version?.datasetVersion.hasPrefix("sha256:7aae7719") == true)
    #expect(event.schemaURL == "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent")
    #expect(
      event.run.runId.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    #expect(
      text.contains("\"url\":\"swh:1:rev:aee14e8b701229aae5fac11c0f8f3338f6b97c5d\"")
        && text.contains("\"rowCount\":400"))
    let found = facets(in: try JSONSerialization.jsonObject(with: Data(text.utf8)))
    #expect(found.count >= 5 && found.allSatisfy { $0["_producer"] is String && $0["_schemaURL"] is String })
    #expect(try events("fraud-detector@1.2.0", store).text == text)
  }

  @Test func `ids, statuses, places and upstream versions`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write(
      "runs/a/run.json",
      """
      {"run_id": "0123456789abcdef0123456789ABCDEF", "status": "FAILED", "timestamp": "2026-01-02T03:04:05+02:00",
       "base_model": "m@1.0.0", "git_commit": "1234567", "git_repository": "https://ann:secret99@example.org/r.git",
       "data_manifest": "data_manifest.json", "artifacts": [{"path": "model.bin", "role": "model"}]}
      """)
    try store.write("runs/a/model.bin", "x")
    try store.write(
      "runs/a/data_manifest.json",
      #"{"dataset_name": "d", "storage_uri": "s3://bucket/a/b.csv", "content_hash": "md5:0cc175b9c0f1b6a831c399e269772661"}"#
    )
    let (text, all) = try events("run:0123456789abcdef0123456789ABCDEF", store.root.path)
    let event = try #require(all.first { $0.eventType == "FAIL" })
    #expect(event.run.runId == "01234567-89ab-cdef-0123-456789abcdef" && event.eventTime == "2026-01-02T01:04:05Z")
    #expect(event.job.name == "runs" && !text.contains("secret99"), "\(text)")
    #expect(event.inputs.first?.namespace == "s3://bucket" && event.inputs.first?.name == "a/b.csv")
    #expect(event.inputs.first?.facets.dataSource?.uri == "s3://bucket/a/b.csv")
    #expect(event.outputs.first?.name == "run:0123456789abcdef0123456789ABCDEF/model.bin")
  }

  @Test func `hostile records stay text, one line an event`() throws {
    let store = try Store()
    let bad = #"a\nb\u2028<script>\u0001\"}"#
    try store.write(
      "runs/a/run.json",
      """
      {"run_id": "\(bad)", "status": "\(bad)", "timestamp": "\(bad)", "params": {"\(bad)": "\(bad)"},
       "seeds": {"\(bad)": "1"}, "git_commit": "\(bad)", "command": "\(bad)"}
      """)
    let list = try Binary.run(["scan", store.root.path, "--json", "-", "--quiet"] + Self.now)
    let report = try JSONDecoder().decode(Report.self, from: Data(list.output.utf8))
    let name = try #require(report.results.first { $0.subject.kind == "run" }?.subject.name)
    let (text, all) = try events(name, store.root.path)
    #expect(all.count == 1 && text.split(separator: "\n").count == 1 && !text.contains("<script>"))
    #expect(all.first?.eventTime == "2026-03-01T00:00:00Z")
  }

  @Test func `a lineage without a run gives no event, and says so`() throws {
    let store = try Store()
    try store.write("data/d/data_manifest.json", "{\"dataset_name\": \"d\"}")
    let run = try Binary.run(["lineage", "dataset:d", store.root.path, "--format", "openlineage"] + Self.now)
    #expect(run.status == 0 && run.output.isEmpty && run.errors.contains("there is no event"), "\(run.errors)")
  }
}
