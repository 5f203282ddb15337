import Documents
import Testing

@testable import Stores

/// A record that is not looked into must hold nothing that looking into it would have found.
@Suite struct RecordSignsTests {
  static let keys = ["sha256", "git_commit", "api_token", "password", "note", "size", "author", "command", "digest"]
  static let values = [
    "\"plain\"", "\"TODO\"", "\"<fill me in>\"", "\"9f86d08…\"", "\"9f86d...\"", "\"aaaaaaaaaa\"", "\"0000000\"",
    "\"        \"", "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"", "\"N/A\"", "17", "null",
    "\"https://user:hunter2@host/x\"", "\"ghp_0123456789abcdefghijABCDEFGHIJ\"", "\"hunter2hunter2\"",
    "[\"curl\", \"-H\", \"Authorization:\", \"Bearer\", \"abcdefgh12345678\"]", "[\"x\", \"--password\", \"hunter2\"]",
    "\"\\u0054ODO\"", "\"author\"", "\"tokenizer\"", "\"a@b\"", "{\"token\": \"abc12345678\"}", "[\"todo\"]",
  ]

  @Test func `what the bytes rule out is not in the document`() throws {
    var ruledOut = 0
    for key in Self.keys {
      for value in Self.values {
        for text in ["{\"\(key)\": \(value)}", "{\n          \"k\": {\n            \"\(key)\": \(value)\n}}"] {
          let bytes = Array(text.utf8)
          let signs = RecordSigns(bytes)
          let root = try JSONDocument.read(bytes)
          let secrets = SecretText.find(in: root, path: "run.json")
          let placeholders = PlaceholderText.find(in: root, path: "run.json")
          #expect(signs.mayHoldSecret || secrets.isEmpty, "\(text)")
          #expect(signs.mayHoldPlaceholder || placeholders.isEmpty, "\(text)")
          if !signs.mayHoldSecret, !signs.mayHoldPlaceholder { ruledOut += 1 }
        }
      }
    }
    #expect(ruledOut > 20, "records that hold nothing are not told from others")
  }

  @Test(arguments: 0..<12)
  func `a value of one byte repeated is seen at every place`(offset: Int) {
    for count in 1..<12 {
      let text =
        "{" + String(repeating: "ab", count: offset) + "\"k\": \"" + String(repeating: "0", count: count) + "\"}"
      #expect(RecordSigns(Array(text.utf8)).mayHoldPlaceholder == (count >= 7), "\(text)")
    }
  }

  @Test(arguments: [
    ("https://user:hunter2@host/x", true), ("a@b https://host/x@y", false), ("s3://bucket?at=@", false),
    ("a@b c@d ftp://u:p@h", true), ("://@", true), ("@", false), ("//@", false), (":/@ //x@", false),
  ])
  func `a user name in a URL is seen among other uses of its signs`(text: String, isSeen: Bool) {
    #expect(RecordSigns(Array("{\"k\": \"\(text)\"}".utf8)).mayHoldSecret == isSeen)
  }

  @Test(arguments: ["{\"a\": \"\\u0041\"}", "\u{FEFF}{}\0"])
  func `escapes and other encodings are looked into`(text: String) {
    let signs = RecordSigns(Array(text.utf8))
    #expect(signs.mayHoldSecret && signs.mayHoldPlaceholder)
  }
}
