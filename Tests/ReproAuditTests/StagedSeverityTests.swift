import Records
import Rules
import Testing

@testable import ReproAudit

@Suite struct StagedSeverityTests {
  @Test(arguments: [
    (Severity.error, [], Severity.note, Severity.note), (.error, ["prod"], .note, .error),
    (.warning, ["dev"], .error, .error),
  ])
  func `a rule's header raises what an alias reaches`(
    any: Severity, aliases: [String], otherwise: Severity, severity: Severity
  ) {
    #expect(StagedSeverity(any: any).severity(reachedBy: aliases, otherwise: otherwise) == severity)
  }

  private static func catalogue(staged: String) throws -> RuleCatalogue {
    RuleCatalogue(rules: [
      try RuleFile(
        text: """
          /*
          id: own
          title: T
          subject: run
          severity: note
          \(staged)
          rationale: r
          remedy: r
          references: []
          controls: {}
          parameters: []
          */
          SELECT 1
          """, path: "tracking/own.sql")
    ])
  }

  private static func policy(_ text: String) throws -> Policy {
    try PolicyLayers.policy(
      Array(text.utf8), path: "/nowhere/p.yaml", name: "p.yaml", catalogue: try catalogue(staged: "staged: warning"))
  }

  @Test func `policies take it from the header, and strict needs none where it is as severe`() throws {
    let catalogue = try Self.catalogue(staged: "staged: warning")
    #expect(Policy.builtIn("default", catalogue: catalogue)?.staged["own"]?.any == .warning)
    #expect(Policy.builtIn("strict", catalogue: catalogue)?.staged["own"] == nil)
    #expect(try Self.catalogue(staged: "").rules[0].description.staged == nil)
    #expect(throws: (any Error).self) { try Self.catalogue(staged: "staged: high") }
  }

  @Test func `one severity in a policy holds for every stage`() throws {
    #expect(try Self.policy("rules: {own: note}").staged["own"] == nil)
    #expect(try Self.policy("rules: {own: on}").staged["own"]?.any == .warning)
    let staged = try Self.policy("rules: {own: {severity: {otherwise: warning, prod: error}}}")
    #expect(staged.rules["own"] == .warning)
    #expect(staged.staged["own"] == StagedSeverity(aliases: ["prod": .error]))
  }

  @Test func `what holds for whom is part of the policy's digest`() throws {
    let catalogue = try Self.catalogue(staged: "")
    let texts = try [
      "rules: {own: note}", "rules: {own: {severity: {prod: error}}}", "rules: {own: {severity: {prod: note}}}",
      "subjects: [{match: a, rules: {own: off}}]", "subjects: [{match: b, rules: {own: off}}]",
      "waivers: [{rule: own, subject: a, reason: r, owner: o, approved_by: p, created: 2026-01-01, expires: 2026-01-02}]",
      "waivers: [{rule: own, subject: a, reason: r, owner: o, approved_by: q, created: 2026-01-01, expires: 2026-01-02}]",
    ].map { PolicyText(policy: try Self.policy($0), catalogue: catalogue).plain }
    #expect(Set(texts).count == texts.count)
  }
}
