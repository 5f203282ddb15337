import Records
import Testing

@testable import Reports

/// The summary that CI shows.
@Suite struct MarkdownReportTests {
  private static func render(_ page: ReportPage, limit: Int = MarkdownReport.limit) throws -> String {
    try MarkdownReport.render(page, templates: .builtIn, limit: limit)
  }

  @Test func `holds verdict, counts, causes, checklist, findings and lineage`() throws {
    let text = try Self.render(SamplePage.page(SamplePage.results))
    #expect(text.hasPrefix("# ❌ Findings: registry\n\n**3 findings.** "))
    for part in [
      "| 🔴 error | 🟠 warning | 🔵 note | ❌ fail |", "| 2 | 1 | 0 | 3 |",
      "- ➖ **declared out of scope**, 1 result: cold storage (<code>run:5</code>)",
      "- ❓ **undecided**, 1 run: <code>missing-run-log</code>: the record could not be read\n  - <code>run:4</code>\n",
      "| 🔴 error | <code>unpinned-requirement</code> | A requirement is not pinned to one version | 2 runs |",
      "| a@1.0.0 <code>prod</code> | ❌ fail | ✅ pass |", "| **passing** | 0 of 1 | 1 of 1 |",
      "- **run:2** <code>a@prod</code>: 1 of 3 is not pinned (<code>models/a/1.0.0/run.json</code>)\n  - <code>pandas&gt;=0</code>: several versions satisfy it, <code>requirements.txt:4</code>\n",
      "**What to do:** Pin every requirement, for example with <code>pip freeze</code>.",
      "- 📝 waived **run:6**", "### a@1.0.0 <code>prod</code>: 1 gap\n\n```mermaid\nflowchart LR\n",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func `every table has as many cells in each row as in its head`() throws {
    for text in [try Self.render(SamplePage.page(SamplePage.results)), try Self.render(SamplePage.page([]))] {
      for (head, row) in Self.rows(of: text) { #expect(Self.cells(row) == Self.cells(head), "\(row)") }
    }
  }

  @Test(
    arguments: SamplePage.hostile + [
      "| a |", "```", "`x", "**", "# h", "\n\n---\n\n# h", "@octocat", "%% x", "\"] --> n9",
    ])
  func `no text changes the shape of the document`(text: String) throws {
    let plain = try Self.render(SamplePage.filled(with: "plain"))
    let found = try Self.render(SamplePage.filled(with: text))
    #expect(Self.shape(found) == Self.shape(plain))
    #expect(found.utf8.count < 100_000)
    for (head, row) in Self.rows(of: found) { #expect(Self.cells(row) == Self.cells(head), "\(row)") }
    let prose = found.split(separator: "```").filter { !$0.hasPrefix("mermaid") }.joined()
    #expect(Set(HTMLTags(prose).tags.map(\.name)).subtracting(["code", "/code"]) == [])
    #expect(!prose.contains("@octocat"))
  }

  @Test func `is shortened in steps until it fits, and says what it left out`() throws {
    let results = (0..<300).map { SamplePage.finding("run:\($0)", details: 20) } + SamplePage.results
    let page = try SamplePage.page(results)
    let all = try Self.render(page)
    #expect(!all.contains("Shortened"))

    let failures = try Self.render(page, limit: all.utf8.count - 1)
    #expect(failures.contains("> **Shortened.** To stay within"))
    #expect(failures.contains("details, lineage, undecided and accepted results are left out"))
    #expect(failures.contains("**run:299**") && !failures.contains("pandas") && !failures.contains("mermaid"))
    #expect(failures.utf8.count < all.utf8.count)

    let counts = try Self.render(page, limit: 10_000)
    #expect(counts.contains("only counts are shown"))
    #expect(counts.contains("unpinned-requirement") && !counts.contains("**run:299**"))
    #expect(counts.utf8.count < 10_000)
  }

  @Test func `stays under a step summary's mebibyte, whatever the audit`() throws {
    let long = String(repeating: "x", count: 2_000)
    let results = (0..<4_000).map { SamplePage.finding("run:\($0)-\(long)", message: long, details: 20) }
    let text = try Self.render(SamplePage.page(results))
    #expect(text.utf8.count <= 1_048_576)
    #expect(text.contains("Shortened"))
    #expect(text.contains("4,000"))
  }

  @Test func `the same audit gives the same bytes`() throws {
    let texts = try (0..<3).map { _ in try Self.render(SamplePage.page(SamplePage.results)) }
    #expect(Set(texts).count == 1)
  }

  /// What a line begins with, and how long the document is.
  private static func shape(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.prefix { " #->|`*".contains($0) })
    }
  }

  /// Each row of a table with the table's first.
  private static func rows(of text: String) -> [(head: Substring, row: Substring)] {
    var rows: [(Substring, Substring)] = []
    var head: Substring?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        head = nil
        continue
      }
      rows.append((head ?? line, line))
      head = head ?? line
    }
    return rows
  }

  private static func cells(_ row: Substring) -> Int { row.count { $0 == "|" } }
}
