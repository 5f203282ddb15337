import Testing

@testable import ReproAudit

@Suite struct GlobTests {
  @Test(arguments: [
    ("s3://**", "s3://bucket/a/b", true), ("*.csv", "a.csv", true), ("*.csv", "d/a.csv", false),
    ("**/*.csv", "d/e/a.csv", true), ("**/*.csv", "a.csv", true), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true),
    ("a/**", "a/x", true), ("a/**", "b/x", false), ("a?c", "abc", true), ("a?c", "a/c", false), ("[a-c]x", "bx", true),
    ("[!a-c]x", "bx", false), ("[x", "[x", true), ("\\*", "*", true), ("\\*", "a", false), ("", "", true),
    ("run:*", "run:a", true), ("run:*", "run:", true), ("run:*", "run:a/b", false), ("run:**", "run:a/b", true),
    ("run:a", "run:ab", false), ("run:ab", "run:a", false), ("run:[x]", "run:x", true), ("**", "", true),
    ("drafts/**", "drafts/", true), ("a*b*c", "aXXbYYc", true), ("a*b*c", "aXXcYYb", false),
  ])
  func `matches the whole text`(pattern: String, text: String, matches: Bool) {
    #expect(Glob(pattern).matches(text) == matches)
  }

  @Test func `a hostile pattern ends soon`() {
    let pattern = String(repeating: "*a", count: 200) + "b"
    #expect(!Glob(pattern).matches(String(repeating: "a", count: 2000)))
  }
}

@Suite struct NearestNameTests {
  @Test func `finds what was probably meant, and nothing far off`() {
    let names = ["missing-commit", "missing-config", "missing-seed"]
    #expect(NearestName.find("mising-commit", among: names) == "missing-commit")
    #expect(NearestName.find("Missing-Seed", among: names) == "missing-seed")
    #expect(NearestName.find("xyz", among: names) == nil)
  }

  @Test func `bytes are said for people`() {
    #expect(ByteCount.text(817) == "817 B")
    #expect(ByteCount.text(4096) == "4.0 KiB")
    #expect(ByteCount.text(2_469_606_195) == "2.3 GiB")
  }
}
