import Testing

@testable import Reports

/// Text of stores in Markdown.
@Suite struct MarkdownTextTests {
  @Test(
    arguments: [
      ("plain-name_v3.csv", "plain-name_v3.csv"), ("a|b", "a&#124;b"), ("`x`", "\\`x\\`"),
      ("**b** _i_", "\\*\\*b\\*\\* \\_i\\_"),
      ("<script>", "&lt;script&gt;"), ("&amp;", "&amp;amp;"), ("[l](u)", "\\[l\\](u)"), ("~~x~~", "\\~\\~x\\~\\~"),
      ("$x$", "\\$x\\$"), ("# h", "\\# h"), ("#12", "\\#&#8203;12"), ("see #12", "see #&#8203;12"), ("- l", "\\- l"),
      ("--flag", "--flag"), ("---", "\\---"), ("+ l", "\\+ l"), ("===", "\\==="), ("1. l", "1\\. l"),
      ("1) l", "1\\) l"),
      ("1.2.0", "1.2.0"), ("    code", "&#32;   code"), ("@octocat", "@&#8203;octocat"),
      ("hi @octocat", "hi @&#8203;octocat"),
      ("a@prod", "a@prod"), ("https://x", "https\\://x"), ("www.x.org", "www\\.x.org"), ("two\nlines", "two␊lines"),
      ("a\\|b", "a\\\\&#124;b"), ("a\u{202E}b", "a⟨U+202E⟩b"), ("", ""),
    ])
  func `reads as itself`(text: String, escaped: String) {
    #expect(MarkdownText().escapeText(text) == escaped)
  }

  @Test func `is cut sooner than in a page`() {
    let text = MarkdownText().escapeText(String(repeating: "x", count: 100_000))
    #expect(text.hasSuffix("… (99500 more characters)"))
  }
}
