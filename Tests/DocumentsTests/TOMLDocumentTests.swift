import Documents
import Foundation
import Testing

@Suite struct TOMLDocumentTests {
  @Test func `gives every value with the line it stands on`() throws {
    let text = """
      # head
      title = "é"
      [a.'b c']
      x.y = 0x1F
      list = [
        1, 'two',
        { three = 3 },
      ]
      [[a.rows]]
      when = 1979-05-27 07:32:00
      [[a.rows]]
      text = \"\"\"
      one \\
        line\"\"\"
      after = true
      """
    let root = try TOMLDocument.read(Array(text.utf8))
    #expect(root["title"]?.text == "é")
    #expect(root["title"]?.line == 2)
    #expect(root["a"]?.line == 3)
    #expect(root["a"]?["b c"]?["x"]?["y"]?.text == "0x1F")
    #expect(root["a"]?["b c"]?["list"]?.elements?.map(\.line) == [6, 6, 7])
    #expect(root["a"]?["b c"]?["list"]?.elements?[2]["three"]?.line == 7)
    #expect(root["a"]?["rows"]?.elements?.map(\.line) == [9, 11])
    #expect(root["a"]?["rows"]?.elements?[0]["when"]?.text == "1979-05-27 07:32:00")
    #expect(root["a"]?["rows"]?.elements?[1]["text"]?.text == "one line")
    #expect(root["a"]?["rows"]?.elements?[1]["after"]?.line == 15)
    #expect(root["a"]?["rows"]?.elements?[1]["after"]?.boolean == true)
  }

  @Test(arguments: [
    ("a = 1\na = 2", "the key \"a\" has a value already", 2),
    ("[a]\n\n[a]", "the key \"a\" has a value already", 3), ("a = ", "the TOML ends early: expected a value", 1),
    ("a = x", "`x` is not a value; text stands in quotes", 1), ("a = \"x\ny\"", "the line ends inside quotes", 1),
    ("a = \"\u{1}\"", "a control character inside quotes", 1), ("\na b = 1", "expected `=` after a key, found `b`", 2),
    ("a = [1 2]", "expected `,` or `]`, found `2`", 1), ("a = {b = 1 c = 2}", "expected `,` or `}`, found `c`", 1),
    ("a = 1 2", "expected the end of the line, found `2`", 1),
    ("[a", "the TOML ends early: expected `]` after a table's name", 1),
    ("a = \"\\q\"", "unknown escape `\\q`", 1), ("a = \"\\ud800\"", "U+D800 is no character", 1),
    ("a = \"\\u12\"", "an escape needs 4 hexadecimal digits", 1), ("a = '''x", "the TOML ends inside quotes", 1),
    ("a = 1\rb", "a carriage return without a line feed", 1), ("# \u{7}", "a control character in a comment", 1),
    ("= 1", "expected a key, found `=`", 1), ("[a]\n= 1", "expected a key, found `=`", 2),
    ("a = \u{e9}", "expected a value, found byte 0xc3", 1), ("a =\n", "expected a value, found the end of the line", 1),
  ])
  func `says what is wrong and where`(text: String, message: String, line: Int) {
    #expect(throws: DocumentError(message, line: line)) { try TOMLDocument.read(Array(text.utf8)) }
  }

  /// TOML has no byte order mark; editors of Windows write one all the same.
  static let agreedToDiffer: Set<String> = ["\u{FEFF}a = 1"]

  @Test func `agrees with Python's readers on what is TOML, and on what it says`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: folder.appending(path: "Conformance/toml.jsonl"), encoding: .utf8)
    var rows = 0
    for line in text.split(separator: "\n") {
      let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let input = (row["text"] as? String).map { Array($0.utf8) } ?? Self.bytes(hex: row["hex"] as? String ?? "")
      let note = Comment(rawValue: String(decoding: input, as: UTF8.self).debugDescription)
      let node = try? TOMLDocument.read(input)
      rows += 1
      if let text = row["text"] as? String, Self.agreedToDiffer.contains(text) { continue }
      #expect((node != nil) == (row["valid"] as? Bool), note)
      if let node, let value = row["value"] { #expect(Self.agrees(node, with: value), note) }
    }
    #expect(rows >= 350)
  }

  private static func agrees(_ node: DocumentNode, with value: Any) -> Bool {
    switch node.value {
    case .string(let text): return value as? String == text
    case .map(let entries):
      guard let map = value as? [String: Any], map.count == entries.count else { return false }
      return entries.allSatisfy { entry in map[entry.key].map { agrees(entry.node, with: $0) } ?? false }
    case .list(let elements):
      guard let list = value as? [Any], list.count == elements.count else { return false }
      return zip(elements, list).allSatisfy { agrees($0, with: $1) }
    case .plain(let text):
      guard let type = (value as? [String])?.first else { return false }
      switch type {
      case "bool": return text == "true" || text == "false"
      case "int": return !text.contains(".") && !text.contains(":") && !text.dropFirst().contains("T")
      case "float": return text.contains(".") || text.lowercased().contains("e") || "inf nan".contains(text.suffix(3))
      default: return text.contains(":") || text.count == 10
      }
    case .null: return false
    }
  }

  private static func bytes(hex: String) -> [UInt8] {
    stride(from: 0, to: hex.utf8.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
  }
}

@Suite struct HostileTOMLTests {
  private static func repeated(_ text: String, _ count: Int) -> [UInt8] {
    Array(String(repeating: text, count: count).utf8)
  }

  @Test(arguments: [
    Array("a = ".utf8) + repeated("[", 1 << 20), Array("a = ".utf8) + repeated("{a=", 300_000),
    Array("[".utf8) + repeated("a.", 500_000) + Array("a]".utf8), repeated("a.", 500_000) + Array("a = 1".utf8),
    Array("a = ".utf8) + repeated("[{a=", 200_000), repeated("[a]\n[[a.b]]\n", 2) + repeated("[", 1 << 20),
  ])
  func `deep nesting is an error and not a crash`(bytes: [UInt8]) {
    #expect(throws: DocumentError.self) { try TOMLDocument.read(bytes) }
  }

  @Test(.timeLimit(.minutes(5))) func `large files take time in step with their size`() throws {
    let tables = (0..<100_000).map { "[t\($0)]\nx = 1\n" }.joined()
    #expect(try TOMLDocument.read(Array(tables.utf8)).entries?.count == 100_000)
    let rows = String(repeating: "[[r]]\nx = {a.b = 1, a.c = 2}\n", count: 100_000)
    #expect(try TOMLDocument.read(Array(rows.utf8))["r"]?.elements?.count == 100_000)
    let keys = (0..<100_000).map { "a.b.k\($0) = ''\n" }.joined()
    #expect(try TOMLDocument.read(Array(keys.utf8))["a"]?["b"]?.entries?.count == 100_000)
    let inline = "a = {" + (0..<100_000).map { "k\($0) = 1," }.joined() + "}"
    #expect(try TOMLDocument.read(Array(inline.utf8))["a"]?.entries?.count == 100_000)
    let long = "a = \"" + String(repeating: "x\\n", count: 500_000) + "\""
    #expect(try TOMLDocument.read(Array(long.utf8))["a"]?.text?.utf8.count == 1_000_000)
    let quotes = "a = '''" + String(repeating: "'' ", count: 500_000) + "'''"
    #expect(try TOMLDocument.read(Array(quotes.utf8))["a"]?.text?.utf8.count == 1_500_000)
    #expect(throws: DocumentError.self) {
      try TOMLDocument.read(Array("a = \"\"\"".utf8) + Self.repeated("\\ ", 500_000))
    }
    #expect(try TOMLDocument.read(Self.repeated("#\n", 1_000_000)).entries?.isEmpty == true)
  }

  @Test func `changed documents never crash it`() throws {
    let seeds = [
      "a = 1\n[b.c]\nd = \"x\\n\\u00e9\"\ne = '''y'''\n[[f]]\ng = {h.i = [1, 2.5, 1979-05-27T07:32:00Z]}\n",
      "[[package]]\nname = \"x\"\nwheels = [\n { url = \"u\", hash = \"sha256:a\" }, # c\n]\n[package.source]\ntype = 'git'\n",
      "x.y = \"\"\"a\\\n  b\"\"\"\r\nz = [inf, -nan, 0xFF, 1_0e-3]\r\n",
    ].map { Array($0.utf8) }
    let alphabet = Array("[]{}=.,\"'\\#\n\r\t ab01-_:TZ+e\u{E9}\u{1}".utf8) + [0xFF]
    var mutation = Mutation(seed: 17)
    for round in 0..<4000 {
      let bytes = mutation.change(seeds[round % seeds.count], alphabet: alphabet)
      do throws(DocumentError) {
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        #expect(Self.lastLine(try TOMLDocument.read(bytes)) <= lines)
      } catch {
        #expect(error.line != nil)
      }
    }
  }

  private static func lastLine(_ node: DocumentNode) -> Int {
    let inner = (node.entries?.map(\.node) ?? []) + (node.elements ?? [])
    return inner.map(lastLine).reduce(node.line, max)
  }
}
