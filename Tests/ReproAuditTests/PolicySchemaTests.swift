import Documents
import Foundation
import Rules
import Testing

@testable import ReproAudit

@Suite struct PolicySchemaTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func schema() throws -> JSONSchema {
    try JSONSchema(try JSONDocument.read(Array(try PolicySchema().text.utf8)))
  }

  /// What the schema says against a policy.
  private static func violations(_ text: String) throws -> [String] {
    try schema().violations(of: try YAMLDocument.read(Array(text.utf8))).map(\.message)
  }

  /// The policies of the case files, and of the sample registries.
  private static let policies: [String] = {
    let places = ["Tests/RulesTests/Cases", "Fixtures/fraud-registry", "Fixtures/flawed-registry"]
    return places.flatMap { place -> [String] in
      let folder = root.appending(path: place)
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return names.sorted().flatMap { name -> [String] in
        guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else { return [] }
        if name == "repro-audit.yaml" { return [text] }
        return name.hasSuffix(".md")
          ? text.split(separator: "```yaml repro-audit.yaml\n").dropFirst().map { String($0.prefix { $0 != "`" }) } : []
      }
    }
  }()

  @Test func `it knows the keys that the reader knows`() throws {
    #expect(try Set(PolicySchema().properties.keys) == Set(PolicyReader.keys))
  }

  @Test func `it takes every policy that the product takes`() throws {
    #expect(Self.policies.count > 50)
    for policy in Self.policies {
      let violations = try Self.violations(policy)
      #expect(violations.isEmpty, "\(policy)\n\(violations)")
    }
  }

  @Test(arguments: Policy.builtIn)
  func `it takes what policy show prints`(name: String) throws {
    let catalogue = try RuleCatalogue.builtIn()
    let policy = try #require(Policy.builtIn(name, catalogue: catalogue))
    #expect(try Self.violations(PolicyText(policy: policy, catalogue: catalogue).plain).isEmpty)
  }

  @Test(arguments: [
    "rulez: {}", "rules: {missing-seed: eror}", "rules: {missing-checksum: {rolls: [model]}}",
    "stages: {prod: {metric: {}}}", "stages: {prod: {metrics: {auc: {min: high}}}}", "waivers: [{rule: missing-seed}]",
    "scope: {exclude: [{location: a}]}", "subjects: [{match: a}]", "synonyms: {no_such_key: [a]}", "waiver_horizon: 90",
    "stages: {prod: {drift: {max_age: soon}}}",
  ])
  func `it refuses what the reader refuses`(text: String) throws {
    #expect(try !Self.violations(text).isEmpty)
    let catalogue = try RuleCatalogue.builtIn()
    #expect(throws: PolicyErrors.self) {
      try PolicyLayers.policy(Array(text.utf8), path: "p.yaml", name: "p.yaml", catalogue: catalogue)
    }
  }
}
