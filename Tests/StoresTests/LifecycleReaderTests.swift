import Documents
import Foundation
import Hashing
import Records
import Testing

@testable import Stores

@Suite struct LifecycleReaderTests {
  /// What a model's folder with these files says.
  private func read(_ files: [String: String]) throws -> [Fact] {
    let root = FileManager.default.temporaryDirectory.appending(path: "repro-audit-lifecycle-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    for (name, text) in files { try Data(text.utf8).write(to: root.appending(path: name)) }
    let model = ModelFact(subject: "m", project: nil, name: "m", path: "")
    let place = LifecycleReader.Place(path: .root, version: nil, names: Set(files.keys))
    return LifecycleReader(tree: try StoreTree(path: root.path), context: ReadingContext(), model: model)
      .read(place, versions: [])
  }

  private func problems(_ facts: [Fact]) -> [String] {
    facts.compactMap { fact in
      if case .problem(let problem) = fact { "\(problem.path) \(problem.line ?? 0) \(problem.message)" } else { nil }
    }
  }

  @Test(arguments: [
    ("promotions.jsonl", #"{"alias": "prod"}"#, "the record names no `version`"),
    ("promotions.jsonl", #"{"action": "explode", "version": "1"}"#, "unknown action `explode`; valid are `promote`"),
    ("promotions.jsonl", #"{"version": "1"}"#, "the record names no `alias` that was moved"),
    ("promotions.jsonl", #"{"alias": "a", "version": "1", "at": "soon"}"#, "`soon` is no date or time"),
    (
      "promotions.jsonl", #"{"alias": "a", "version": "1", "approved_by": [{"role": "r"}]}"#, "an approval names nobody"
    ),
    ("promotions.jsonl", #"{"alias": ["a"], "version": {"x": 1}}"#, "the record names no `version`"),
    ("validations.jsonl", #"{"name": "a"}"#, "the record names neither the `version` nor the `digest`"),
    ("validations.jsonl", #"{"version": "1", "result": "pass"}"#, "the record does not say which check was made"),
    ("validations.jsonl", #"{"name": "a", "version": "1", "value": "high"}"#, "`value` is `high`, not a finite number"),
    ("validations.jsonl", #"{"name": "a", "version": "1", "score": NaN}"#, "`score` is `NaN`, not a finite number"),
    ("validations.jsonl", #"{"name": "a", "version": "1", "sha256": "TODO"}"#, "`TODO` is no digest"),
    ("reproductions.jsonl", #"{"result": "pass"}"#, "the record names neither the `version` nor the `digest`"),
  ])
  func `what a record lacks is a problem at its line, and the next is read`(file: String, line: String, message: String)
    throws
  {
    let good = #"{"alias": "prod", "name": "n", "version": "1"}"#
    let facts = try read([file: "\(good)\n\(line)\n\(good)\n"])
    let found = problems(facts)
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("\(file) 2 \(message)") == true, "\(found)")
    #expect(facts.count - found.count >= 2)
  }

  @Test func `records follow each other by time, and one without stays behind its neighbour`() throws {
    let facts = try read([
      "promotions.jsonl": """
      {"alias": "a", "version": "3", "at": "2026-03-01"}
      {"alias": "a", "version": "4"}
      {"alias": "a", "version": "1", "at": "2026-01-01T01:00:00+02:00"}
      {"alias": "a", "version": "2", "at": "2025-12-31T23:30:00Z"}
      """
    ])
    let versions = facts.compactMap { fact in
      if case .promotion(let promotion) = fact { promotion.version } else { nil }
    }
    #expect(versions == ["1", "2", "3", "4"])
  }

  @Test func `values are understood as teams write them`() throws {
    let hex = String(repeating: "AB", count: 32)
    let facts = try read([
      "promotions.jsonl": """
      {"Action": "Rolled_Back", "toStage": "Production", "modelVersion": 7, "model-sha256": "\(hex)", "previousVersion": "m@8", "promotedBy": " ada ", "approvers": "grace", "when": 1767225600}
      """,
      "validations.jsonl": """
      {"check": "bias", "type": "Fairness", "model_version": "1", "success": "yes", "datasets": {"holdout": "\(hex)"}}
      """,
    ])
    guard case .promotion(let promotion)? = facts.first else {
      Issue.record("\(facts)")
      return
    }
    #expect(promotion.action == .rollback)
    #expect([promotion.alias, promotion.version, promotion.replaces, promotion.by] == ["Production", "7", "8", "ada"])
    #expect(promotion.digest?.canonical == "sha256:\(hex.lowercased())")
    #expect(promotion.at?.instant?.description == "2026-01-01T00:00:00Z")
    #expect(promotion.approvals.map(\.name) == ["grace"])
    guard case .validation(let validation)? = facts.dropFirst().first else {
      Issue.record("\(facts)")
      return
    }
    #expect(validation.passed == true && validation.kind == "fairness")
    #expect(validation.datasets.map(\.name) == ["holdout"])
    #expect(validation.datasets.first?.digest?.canonical == "sha256:\(hex.lowercased())")
  }

  @Test func `a policy's synonym of one kind of record leaves the others alone`() throws {
    let synonyms: [RecordKey: [String]] = [.check: ["id"], .datasetName: ["name"], .by: ["signed"]]
    func keys(_ vocabulary: RecordVocabulary, _ names: [String]) -> [RecordKey] {
      let record = names.map { DocumentEntry(key: $0, line: 1, node: DocumentNode(.plain("x"), line: 1)) }
      let values = vocabulary.adding(synonyms).read(record)
      return RecordKey.allCases.filter { values[$0] != nil }
    }
    #expect(keys(.standard, ["id"]) == [.runID])
    #expect(keys(.manifest, ["name"]) == [.datasetName])
    #expect(keys(.lifecycle, ["name"]) == [.check])
    #expect(keys(.lifecycle, ["id", "signed"]) == [.by, .check])
  }
}
