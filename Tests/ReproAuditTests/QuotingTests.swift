import Documents
import Foundation
import Testing

@testable import ReproAudit

/// Names are what hostile records make of them; what is to be pasted must still mean the name and nothing else.
@Suite struct QuotingTests {
  static let names = [
    "run:plain", "model@1.0.0", "it's", "a\"b", "back\\slash", "two\nlines", "tab\there", "\u{1B}[2Jgone", "#comment",
    "- list", "key: value", "{a: b}", "*alias", "&anchor", "!tag", "yes", "null", "1e3", " leading", "trailing ", "",
    "' ; rm -rf $HOME; '", "$(touch x)", "`touch x`", "bell\u{7}", "nel\u{85}end", "line\u{2028}sep", "rtl\u{202E}txt",
    "zero\u{200B}width", "é", "e\u{301}", "模型", "👩‍🔬", "\u{FEFF}bom", "\u{E000}private", "\u{10FFFF}",
    String(repeating: "x", count: 4096), "%s%n", "-rf", "~root", "a\rb", "\u{FFFE}",
  ]

  @Test(arguments: names)
  func `a waiver's subject is read back as it is`(name: String) throws {
    let stanza = WaiverStanza(rule: "missing-seed", subject: name, now: "2026-03-01T00:00:00Z")
    let document = try YAMLDocument.read(Array(("waivers:\n" + stanza.yaml).utf8))
    let entry = try #require(document["waivers"]?.elements?.first)
    #expect(entry["subject"]?.text.map { Array($0.utf8) } == Array(name.utf8), "\(stanza.yaml)")
    #expect(entry["rule"]?.text == "missing-seed")
    #expect(entry["expires"]?.text == "2026-05-30")
    // Nothing of it moves the cursor of whoever looks at it.
    #expect(
      stanza.yaml.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F && $0 != "\u{202E}" })
  }

  @Test(arguments: names)
  func `a shell takes a quoted word as it is`(name: String) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", "printf %s \(ShellText.quoted(name))"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(Array(output) == Array(name.utf8), "\(ShellText.quoted(name))")
  }
}
