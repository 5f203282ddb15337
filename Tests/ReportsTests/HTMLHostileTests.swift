import Testing

@testable import Reports

/// Names that want to be markup.
@Suite struct HTMLHostileTests {
  private static func tags(_ text: String) throws -> HTMLTags {
    HTMLTags(try HTMLReportTests.render(SamplePage.filled(with: text)))
  }

  @Test(arguments: SamplePage.hostile)
  func `no text changes a tag or an attribute of the page`(text: String) throws {
    let expected = try Self.tags("plain").tags
    let found = try Self.tags(text).tags
    #expect(found.map(\.description) == expected.map(\.description))
  }

  @Test(arguments: ["\u{0}", "\u{1B}", "\u{85}", "\u{202E}", "\u{200B}", "\u{2028}", "\u{FFFF}", "\u{FEFF}"])
  func `nothing invisible reaches the page`(text: String) throws {
    let page = try HTMLReportTests.render(SamplePage.filled(with: "a\(text)b"))
    #expect(!page.unicodeScalars.contains { text.unicodeScalars.contains($0) })
  }

  @Test func `a long text is cut, and says by how much`() throws {
    let page = try HTMLReportTests.render(SamplePage.filled(with: String(repeating: "A", count: 100_000)))
    #expect(page.contains("… (98000 more characters)"))
    #expect(page.utf8.count < 250_000)
  }

  @Test(arguments: ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
  func `a rule's reference is only ever an address of the web`(address: String) throws {
    #expect(try SamplePage.filled(with: address).rules.flatMap(\.references) == [])
  }
}
