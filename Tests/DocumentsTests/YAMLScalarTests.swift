import Documents
import Testing

@Suite struct YAMLScalarTests {
  @Test(arguments: ["missing-seed", "fraud-detector@prod", "models/a_b.c", "Y2"])
  func `what is safe stands plain`(text: String) { #expect(YAMLScalar.text(text) == text) }

  @Test(arguments: [
    "", "yes", "Null", "1.10", "a: b", "- x", "*", "**/x", "&a", "!t", "# no", "a #b", "it's", "say \"hi\"",
    "back\\slash",
    "two\nlines", "tab\t", "cr\r", "\u{0}nul", "\u{1B}[31m", "right\u{202E}left", "\u{2028}", "\u{FEFF}mark", "𝄞",
    "\u{E0001}",
    "é", "@x", "~", " lead", "trail ", "{a}", "[a]", "%x", "`x`", "<script>", "\u{85}",
  ])
  func `every text reads back as itself`(text: String) throws {
    let written = YAMLScalar.text(text)
    #expect(try YAMLDocument.read(Array("key: \(written)\n".utf8))["key"]?.text == text)
    #expect(!written.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
  }
}
