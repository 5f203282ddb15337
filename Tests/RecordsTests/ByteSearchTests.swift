import Testing

@testable import Records

@Suite("Search for short words in text")
struct ByteSearchTests {
  struct Question: Sendable, CustomTestStringConvertible {
    let words: [String]
    let text: String
    let isIn: Bool

    var testDescription: String { "\(words) in `\(text)`" }
  }

  static let questions: [Question] = [
    .init(words: ["token", "pwd"], text: "api_token", isIn: true),
    .init(words: ["token", "pwd"], text: "API_TOKEN=1", isIn: true),
    .init(words: ["token", "pwd"], text: "PwD", isIn: true),
    .init(words: ["token", "pwd"], text: "toke", isIn: false),
    .init(words: ["token", "pwd"], text: "to", isIn: false),
    .init(words: ["token"], text: "totoken", isIn: true),
    .init(words: ["sha", "sha256"], text: "sh", isIn: false),
    .init(words: ["…", "..."], text: "9f86…", isIn: true),
    .init(words: ["…", "..."], text: "1.2.3..", isIn: false),
    .init(words: ["…", "..."], text: "a...", isIn: true),
    .init(words: ["://"], text: "https://host", isIn: true),
    .init(words: ["://"], text: "c:/", isIn: false),
    .init(words: ["x"], text: "X", isIn: true),
    .init(words: ["x"], text: "abx", isIn: true),
    .init(words: ["x", "model"], text: "mode", isIn: false),
    .init(words: ["x"], text: "", isIn: false),
    .init(words: [], text: "anything", isIn: false),
    .init(words: [""], text: "anything", isIn: false),
    // What shares five bits with a letter is not that letter.
    .init(words: ["pwd"], text: "0w$", isIn: false),
  ]

  @Test("A word is found whatever its case and place", arguments: questions)
  func finds(_ question: Question) { #expect(ByteSearch(question.words).isIn(question.text) == question.isIn) }

  @Test("The byte behind a word decides, and a later place may do")
  func nextByte() {
    let search = ByteSearch(["token"])
    #expect(search.isIn("tokens token=") { $0 == UInt8(ascii: "=") })
    #expect(!search.isIn("tokens") { $0 == nil })
    #expect(search.isIn("a token") { $0 == nil })
  }

  @Test("A byte is found where it first stands, from any place on", arguments: [0, 7, 8, 9, 30])
  func firstByte(count: Int) {
    for byte: UInt8 in [0, 1, 0x40, 0x80, 0xFF] {
      for place in 0..<count {
        // Neighbours in value, which a borrow could be taken for.
        var bytes = [UInt8](repeating: byte ^ 1, count: count)
        bytes[place] = byte
        for start in 0...count {
          #expect(ByteSearch.first(byte, in: bytes, from: start) == (place >= start ? place : nil))
        }
      }
      #expect(ByteSearch.first(byte, in: [UInt8](repeating: byte &+ 1, count: count)) == nil)
    }
  }
}
