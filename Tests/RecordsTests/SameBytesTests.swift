import Records
import Testing

@Suite("Equality by bytes")
struct SameBytesTests {
  @Test(arguments: [
    "", "a", "/a\u{1}b", "\u{E9}", "e\u{301}", "a\u{323}\u{301}", "a\u{301}\u{323}", "\0",
    "é…, much longer than a small string",
  ])
  func `a text is itself and no other spelling of it`(text: String) {
    let copy = String(decoding: Array(text.utf8), as: UTF8.self)
    #expect(text.hasSameBytes(as: copy) && copy.hasSameBytes(as: text))
    for other in ["\u{E9}", "e\u{301}", "a\u{323}\u{301}", "a\u{301}\u{323}", "", "b", text + "\0"] {
      #expect(text.hasSameBytes(as: other) == (Array(text.utf8) == Array(other.utf8)))
    }
    // One byte that differs is seen at every place.
    let long = Array(String(repeating: "abcdefg ", count: 4).utf8) + Array("xyz".utf8)
    for place in long.indices {
      var other = long
      other[place] ^= 1
      #expect(!String(decoding: long, as: UTF8.self).hasSameBytes(as: String(decoding: other, as: UTF8.self)))
    }
    #expect(InapplicableRule(rule: "r", reason: "e\u{301}") != InapplicableRule(rule: "r", reason: "\u{E9}"))
  }
}

@Suite("Bytes in a text")
struct HeldBytesTests {
  @Test(arguments: [
    ("", ""), ("a", ""), ("", "a"), ("abc", "abc"), ("abc", "abcd"), ("ababc", "abc"), ("xabc", "abc"), ("aab", "ab"),
    ("cafe\u{301}", "cafe"), ("caf\u{E9}", "e\u{301}"), ("a 😀 b", "😀"), ("a\r\nb", "\n"),
  ])
  func `a part is found where its bytes stand`(whole: String, part: String) {
    let (bytes, wanted) = (Array(whole.utf8), Array(part.utf8))
    let stands = (0...bytes.count).contains { bytes[$0...].starts(with: wanted) }
    #expect(whole.holdsBytes(of: part) == stands)
  }
}
