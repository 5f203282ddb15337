import Testing

@testable import Reports

/// Text of stores, made safe to look at.
@Suite struct HTMLTextTests {
  @Test(
    arguments: [
      ("plain, with spaces", "plain, with spaces"), ("naïve 東京 🚀", "naïve 東京 🚀"), ("⚠\u{FE0F}", "⚠\u{FE0F}"),
      ("a\u{FE0F}b", "a⟨U+FE0F⟩b"), ("nul\u{0}", "nul␀"), ("tab\tlf\ncr\r", "tab␉lf␊cr␍"), ("\u{7F}", "␡"),
      ("\u{85}", "⟨U+0085⟩"), ("a\u{202E}b", "a⟨U+202E⟩b"), ("\u{2066}x\u{2069}", "⟨U+2066⟩x⟨U+2069⟩"),
      ("a\u{200B}\u{200D}b", "a⟨U+200B⟩⟨U+200D⟩b"), ("\u{FFFE}\u{FFFF}", "⟨U+FFFE⟩⟨U+FFFF⟩"),
      ("\u{E0041}", "⟨U+E0041⟩"),
      ("\u{3164}", "⟨U+3164⟩"), ("e\u{301}", "e\u{301}"),
      ("e\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}\u{301}⟨U+0301⟩"),
    ])
  func `shows what hides`(text: String, shown: String) {
    #expect(Array(VisibleText.line(text).unicodeScalars) == Array(shown.unicodeScalars))
  }

  @Test func `several lines stay where they may`() {
    #expect(VisibleText.lines("a\n\tb\u{0}") == "a\n\tb␀")
  }

  @Test func `is cut at its limit, whatever it is made of`() {
    #expect(VisibleText.line("abcdef", limit: 4) == "abcd… (2 more characters)")
    #expect(VisibleText.line("abcd", limit: 4) == "abcd")
    #expect(VisibleText.line(String(repeating: "\u{0}", count: 9), limit: 4) == "␀␀␀␀… (5 more characters)")
    #expect(VisibleText.line(String(repeating: "\u{202E}", count: 9_000)).unicodeScalars.count < VisibleText.limit + 60)
  }

  @Test func `seen once or twice is the same`() {
    for text in SamplePage.hostile where text.unicodeScalars.count < VisibleText.limit {
      #expect(VisibleText.line(VisibleText.line(text)) == VisibleText.line(text))
    }
  }

  @Test(
    arguments: [
      ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"), ("\"\u{301}", "&quot;\u{301}"), ("\u{600}<", "\u{600}&lt;"),
      ("é", "é"),
    ])
  func `escapes by byte, so that a combining mark hides nothing`(text: String, escaped: String) {
    #expect(Array(HTMLText.escape(text).utf8) == Array(escaped.utf8))
  }

  @Test(
    arguments: [
      (0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    ])
  func `groups digits`(number: Int, text: String) { #expect(Figures.count(number) == text) }

  @Test(arguments: [(0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1_572_864, "1.5 MiB")] as [(Int64, String)])
  func `writes bytes for people`(bytes: Int64, text: String) { #expect(Figures.bytes(bytes) == text) }

  @Test(
    arguments: [
      ("2026-11-23T15:48:45Z", "2026-11-23 15:48:45 UTC"), ("yesterday", "yesterday"), ("2026-11-23", "2026-11-23"),
    ])
  func `writes the time for people`(instant: String, text: String) { #expect(Figures.time(instant) == text) }

  @Test(
    arguments: [
      ("run `git rev-parse HEAD` now", ["run ", "<git rev-parse HEAD>", " now"]), ("`all`", ["<all>"]),
      ("it`s", ["it`s"]),
      ("`a` and `b", ["<a>", " and ", "`b"]), ("", []),
      (
        "found sha256:9f86d081884c7d659a2feaa0c55ad015, recorded 60303ae22b998861bce3b28f33eec1be",
        [
          "found ", "<sha256:9f86d081884c7d659a2feaa0c55ad015>", ", recorded ", "<60303ae22b998861bce3b28f33eec1be>",
        ]
      ), ("deadbeef", ["deadbeef"]),
    ])
  func `finds code in prose`(text: String, spans: [String]) {
    #expect(Prose.spans(text).map { $0.isCode ? "<\($0.text)>" : $0.text } == spans)
  }
}
