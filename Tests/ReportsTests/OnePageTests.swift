import Lineage
import Records
import Testing

@testable import Reports

/// The page of one version or run.
@Suite struct OnePageTests {
  /// One in which every text that a store can choose is `text`.
  private static func facts(_ text: String, results count: Int = 1) throws -> OnePageFacts {
    let subject = Subject(store: text, kind: .version, name: text)
    var facts = OnePageFacts(
      subject: subject, title: text, verdict: .findings, explanation: text, tool: "repro-audit", toolVersion: "1.0.0",
      policy: text, policyDigest: text, scanID: text, now: text)
    facts.about = [("Run", text), ("Command", text)]
    facts.items = [OnePageFacts.Item(title: "Commit", outcome: .fail, evidence: [text, text], rules: ["own-rule"])]
    facts.values = [("Metrics", [(text, text)]), ("Seeds", [(text, text)])]
    facts.artifacts = [OnePageFacts.Artifact(path: text, role: "model", digest: text, state: "matched")]
    facts.results = (0..<count).map { _ in
      RuleResult(rule: "own-rule", subject: subject, severity: .error, outcome: .fail, message: text)
    }
    facts.accepted = [
      RuleResult(
        rule: "own-rule", subject: subject, severity: .error, outcome: .waived, message: text,
        acceptances: [
          Acceptance(
            form: .waiver, name: text, reason: text, owner: text, approvedBy: text, ends: "2026-06-30", details: 1)
        ])
    ]
    facts.lineage = try SamplePage.lineage(label: text, relation: text).graph
    facts.ledger = text
    return facts
  }

  private static func html(_ facts: OnePageFacts) throws -> String {
    try OnePageReport.html(facts, templates: .builtIn)
  }

  private static func markdown(_ facts: OnePageFacts) throws -> String {
    try OnePageReport.markdown(facts, templates: .builtIn)
  }

  @Test(arguments: SamplePage.hostile)
  func `no text changes a tag or an attribute of the page`(text: String) throws {
    func tags(_ text: String) throws -> HTMLTags {
      var facts = try Self.facts(text)
      // Drawings are held to the same by themselves.
      facts.lineage = nil
      return HTMLTags(try Self.html(facts))
    }
    let page = try tags(text)
    #expect(try page.tags.map(\.description) == tags("plain").tags.map(\.description))
    #expect(page.unbalanced == [])
  }

  @Test(arguments: SamplePage.hostile + ["| a |", "```", "**", "# h", "\n\n---\n\n# h", "@octocat"])
  func `no text changes the shape of the Markdown`(text: String) throws {
    let plain = try Self.markdown(Self.facts("plain"))
    let found = try Self.markdown(Self.facts(text))
    #expect(
      found.split(separator: "\n").count { $0.hasPrefix("#") }
        == plain.split(separator: "\n").count { $0.hasPrefix("#") })
    let prose = found.split(separator: "```").filter { !$0.hasPrefix("mermaid") }.joined()
    #expect(Set(HTMLTags(prose).tags.map(\.name)).subtracting(["code", "/code"]) == [])
    #expect(!prose.contains("@octocat") && found.utf8.count < 20_000)
  }

  @Test func `what does not fit a page is counted`() throws {
    var facts = try Self.facts("x", results: 500)
    facts.values = [("Parameters", (0..<20_000).map { ("p\($0)", "\($0)") })]
    facts.artifacts = (0..<300).map {
      OnePageFacts.Artifact(path: "f\($0)", role: "model", digest: nil, state: "missing")
    }
    for page in [try Self.html(facts), try Self.markdown(facts)] {
      #expect(page.contains("and 490 more") && page.contains("and 19,988 more") && page.contains("and 288 more files"))
      #expect(page.utf8.count < 80_000)
    }
  }

  @Test func `the page runs and loads nothing`() throws {
    let page = try Self.html(Self.facts("x"))
    #expect(page.contains("script-src 'none'") && !page.contains("<script"))
  }
}
