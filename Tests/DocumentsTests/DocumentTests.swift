import Documents
import Foundation
import Testing

@Suite struct JSONDocumentTests {
  @Test func `gives every value with the line it stands on`() throws {
    let node = try JSONDocument.read(Array("{\n \"a\": 1.10,\n \"b\": [true,\n null, \"x\\n\\u00e9\"]\n}".utf8))
    #expect(node["a"]?.text == "1.10")
    #expect(node["a"]?.line == 2)
    #expect(node["b"]?.elements?.map(\.line) == [3, 4, 4])
    #expect(node["b"]?.elements?[0].boolean == true)
    #expect(node["b"]?.elements?[1].isNull == true)
    #expect(node["b"]?.elements?[2].text == "x\né")
  }

  @Test(arguments: [
    ("{\"a\":1,\n\"a\":2}", "the key \"a\" stands twice", 2), ("{\"a\": }", "expected a value, found `}`", 1),
    ("{\"a\": 1,\n", "the JSON ends early: expected a key in quotes", 2),
    ("[1 2]", "expected `,` or `]`, found `2`", 1),
    ("\"a\u{1}\"", "a control character inside quotes", 1), ("01", "expected a value, found `0`", 1),
    ("{} x", "text after the end of the JSON value", 1), ("", "the JSON ends early", 1),
    ("'a'", "expected a value, found `'`", 1),
    ("\"\\x\"", "unknown escape `\\x`", 1), ("1.", "expected a value, found `1`", 1),
  ])
  func `says what is wrong and where`(text: String, message: String, line: Int) {
    #expect(throws: DocumentError(message, line: line)) { try JSONDocument.read(Array(text.utf8)) }
  }

  @Test(arguments: [
    ("\"\\ud83d\\ude00\"", "😀"), ("\"\\ud83d\"", "\u{FFFD}"), ("\"\\ud83dx\"", "\u{FFFD}x"),
    ("\"\\ude00\"", "\u{FFFD}"),
    ("\"\\ud83d\\u0041\"", "\u{FFFD}A"), ("\"\\u00E9\\/\\b\\f\\r\\t\\\"\"", "é/\u{8}\u{C}\r\t\""),
    ("\u{FEFF}\"x\"", "x"),
    ("-0.5e+10", "-0.5e+10"), ("NaN", "NaN"), ("-Infinity", "-Infinity"),
  ])
  func `reads scalars`(text: String, expected: String) throws {
    #expect(try JSONDocument.read(Array(text.utf8)).text == expected)
  }

  @Test(arguments: [
    ("\"\\u12", "`\\u` needs four hexadecimal digits"), ("\"\\", "the JSON ends inside quotes"),
    ("\"x", "the JSON ends inside quotes"),
    ("\"\\n", "the JSON ends inside quotes"), ("\"\\n\u{1}\"", "a control character inside quotes"),
    ("{\"a\" 1}", "expected `:` after a key, found `1`"), ("{1: 2}", "expected a key in quotes, found `1`"),
    ("[\u{1}]", "expected a value, found byte 0x1"), ("-", "expected a value, found `-`"),
    ("1e", "expected a value, found `1`"),
  ])
  func `says what ends early or is none`(text: String, message: String) {
    #expect(throws: DocumentError(message, line: 1)) { try JSONDocument.read(Array(text.utf8)) }
  }

  @Test(.timeLimit(.minutes(5))) func `one long line and one long list are read in time`() throws {
    let line = Array("\"".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 5_000_000) + Array("\"".utf8)
    #expect(try JSONDocument.read(line).text?.utf8.count == 5_000_000)
    #expect(try YAMLDocument.read(line).text?.utf8.count == 5_000_000)
    #expect(try TOMLDocument.read(Array("a = ".utf8) + line)["a"]?.text?.utf8.count == 5_000_000)
    let keys = Array(("{" + (0..<50_000).map { "\"k\($0)\": 0" }.joined(separator: ",") + "}").utf8)
    #expect(try JSONDocument.read(keys).entries?.count == 50_000)
    #expect(try YAMLDocument.read(keys).entries?.count == 50_000)
  }

  @Test func `text that is not UTF-8 is an error`() {
    #expect(throws: DocumentError("text that is not UTF-8", line: 1)) { try JSONDocument.read([0x22, 0xFF, 0x22]) }
  }

  @Test func `refuses nesting that would exhaust the stack`() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: DocumentError("nested deeper than 128 levels", line: 1)) { try JSONDocument.read(deep) }
  }

  @Test func `agrees with Foundation on random documents`() throws {
    var random = SplitMix(seed: 11)
    let alphabet = Array("{}[]\",:0123456789.eE+-truefalsn \n\\u00e9é".utf8)
    for _ in 0..<20_000 {
      let bytes = (0..<Int(random.next() % 24)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      let ours = (try? JSONDocument.read(bytes)) != nil
      let theirs = (try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])) != nil
      // Foundation keeps the last of two equal keys and refuses numbers too large for it: both differ on purpose.
      let isHuge = bytes.contains(UInt8(ascii: "e")) || bytes.contains(UInt8(ascii: "E"))
      if ours, !isHuge { #expect(theirs, Comment(rawValue: String(decoding: bytes, as: UTF8.self))) }
    }
  }
}

@Suite struct TextDecodingTests {
  @Test(
    arguments: [
      ([0xEF, 0xBB, 0xBF, 0x61], "a"), ([0xFF, 0xFE, 0x61, 0x00, 0xE9, 0x00], "aé"), ([0xFE, 0xFF, 0x00, 0x61], "a"),
      ([0xFF, 0xFE], ""), ([0xFF, 0xFE, 0x61], ""), ([0x61, 0xFF], "a\u{FFFD}"), ([], ""),
    ] as [([UInt8], String)])
  func `decodes what editors write`(bytes: [UInt8], text: String) {
    #expect(TextDecoding.decode(bytes) == text)
  }

  @Test func `is strict where it has to be`() {
    #expect(TextDecoding.strict([0xC3, 0xA9]) == "é")
    #expect(TextDecoding.strict([0xC3]) == nil)
  }
}

@Suite struct YAMLDocumentTests {
  @Test func `keeps the text of scalars and their lines`() throws {
    let node = try YAMLDocument.read(Array("version: 1.10\nseeds:\n  a: 0x1F\n  b: '7'\nnone: ~\nyes: off\n".utf8))
    #expect(node["version"]?.text == "1.10")
    #expect(node["seeds"]?["a"]?.line == 3)
    #expect(node["none"]?.isNull == true)
    #expect(node["yes"]?.boolean == false)
    #expect(node["seeds"]?["b"]?.boolean == nil)
  }

  @Test(arguments: [
    "a: [1\nb: 2\n", "a: 1\na: 2\n", "? [x]\n: 1\n", "a: &x [*y]\n", "*x : 1\n", "a: {b: [}]\n", "- a\nb: 1\n",
    "\tb: 1\n", "a: \"\\q\"\n",
  ])
  func `says where a document goes wrong`(text: String) {
    let error = #expect(throws: DocumentError.self) { try YAMLDocument.read(Array(text.utf8)) }
    #expect(error?.line != nil, "\(String(describing: error))")
    #expect(error?.message.contains("\n") == false)
  }

  @Test func `merges maps, and what a map says itself wins`() throws {
    let node = try YAMLDocument.read(Array("base: &b {a: 1, b: 2}\nrun:\n  b: 3\n  <<: *b\n".utf8))
    #expect(node["run"]?.entries?.map(\.key) == ["b", "a"])
    #expect(node["run"]?["b"]?.text == "3")
  }

  @Test func `an alias bomb is refused before it fills the memory`() {
    var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<12 {
      text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ","))]\n"
    }
    #expect(throws: DocumentError.self) { try YAMLDocument.read(Array(text.utf8)) }
  }

  @Test func `deep nesting and bytes that are no text are errors, not crashes`() {
    #expect(throws: DocumentError.self) { try YAMLDocument.read([UInt8](repeating: UInt8(ascii: "["), count: 100_000)) }
    #expect(throws: DocumentError("invalid leading UTF-8 octet", line: 2)) {
      try YAMLDocument.read([0x61, 0x0A, 0xFF])
    }
    #expect(throws: DocumentError.self) { try YAMLDocument.read(Array(String(repeating: "- ", count: 100_000).utf8)) }
    let indented = (0..<2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(throws: DocumentError.self) { try YAMLDocument.read(Array(indented.utf8)) }
  }

  @Test(arguments: [
    ("", [Int]()), ("a: 1\n", [1]), ("a: 1\n---\nb: 2\n---\nc: 3\n", [1, 3, 5]), ("---\n---\nb: 2\n", [2, 3]),
    ("---\na: 1\n...\n# nothing\n---\n- x\n", [2, 6]), ("%YAML 1.2\n---\na: 1\n", [3]),
  ])
  func `reads a stream of documents`(text: String, lines: [Int]) throws {
    #expect(try YAMLDocument.readAll(Array(text.utf8)).map(\.line) == lines)
  }

  @Test func `a second document is refused where one is asked for, and an anchor stays in its document`() {
    let text = Array("a: &x 1\n---\nb: *x\n".utf8)
    #expect(throws: DocumentError("a second document begins; a record is one", line: 2)) { try YAMLDocument.read(text) }
    #expect(throws: DocumentError("the alias `x` has no anchor before it", line: 3)) { try YAMLDocument.readAll(text) }
  }

  @Test func `a large file without aliases is read whole`() throws {
    let text = "package:\n" + (0..<60_000).map { "- name: p\($0)\n  hash: {md5: a, sha256: b}\n" }.joined()
    let packages = try YAMLDocument.read(Array(text.utf8))["package"]?.elements
    #expect(packages?.count == 60_000)
    #expect(packages?.last?["hash"]?["md5"]?.line == 120_001)
  }

  @Test func `a chain of anchors is no deeper than nesting may be`() {
    let chain = "a0: &a0 [x]\n" + (1..<400).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined()
    #expect(throws: DocumentError("nested deeper than 128 levels", line: 128)) {
      try YAMLDocument.read(Array(chain.utf8))
    }
  }

  @Test func `random bytes never crash it`() {
    var random = SplitMix(seed: 5)
    let alphabet = Array("abc:-[]{}&*!|>'\"#%@` \n\t,?0~\u{E9}".utf8)
    for _ in 0..<5000 {
      let bytes = (0..<Int(random.next() % 64)).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      _ = try? YAMLDocument.read(bytes)
    }
  }
}

/// A small generator with a fixed seed: the same numbers on every machine.
struct SplitMix {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
