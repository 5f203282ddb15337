import Pins
import Testing

@Suite struct HostileRequirementsTests {
  private static let good = [
    "numpy==1.26.4 ; python_version >= '3.9' and (os_name == 'nt' or extra == 'x')  # why\n",
    "x[a,b]>=1.0,<2,!=1.5.* \\\n    --hash=sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 \\\n    --hash=sha512:aa\n",
    "-e git+https://u:p@e.org/x.git@0123456789012345678901234567890123456789#egg=Toy&subdirectory=a\n",
    "x @ https://e.org/x-1.0-py3-none-any.whl#sha256=aa ; sys_platform in 'linux'\n",
    "-r more.txt\n-c limits.txt\n--index-url https://e.org/simple --pre\n", "./pkg[a]\n../x-1.0.tar.gz\n-e .[b]\n",
    "# Editable install with no version control (x==1.0)\n-e /home/x\n", "x (~=1.4.2)\ny === any\n${A}==1\n",
    "# -*- coding: latin-1 -*-\nx==1 # \\\ny==2\n", "\u{FEFF}x==1\u{a0}\u{2028}y\r\nz\u{85}w\n",
  ]

  private static let files = FileLookup { path in
    switch path {
    case "more.txt": .found(Array("y>=1\n-r more.txt\n".utf8))
    case "limits.txt": .found(Array("x==1\ny==2\n-e .\n".utf8))
    default: .missing
    }
  }

  @Test func `mutations never crash it, lose no line, and pin nothing without a reason`() {
    var random = SeededRandom(seed: 3)
    for _ in 0..<4000 {
      let count = Int.random(in: 1...3, using: &random)
      let seed = (0..<count).flatMap { _ in Array((Self.good.randomElement(using: &random) ?? "").utf8) }
      let bytes = random.mutation(of: seed)
      let reading = RequirementsFile.read(path: "f", bytes: bytes, lookup: Self.files)
      let comment = Comment(rawValue: String(decoding: bytes, as: UTF8.self))
      for requirement in reading.requirements where requirement.pin == .invalid {
        #expect(reading.problems.contains { $0.line == requirement.line && $0.path == requirement.path }, comment)
      }
      for requirement in reading.requirements where requirement.pin == .exact || requirement.pin == .vcsCommit {
        // What limits.txt pins.
        if requirement.name == "x" || requirement.name == "y" { continue }
        #expect(RequirementLine(requirement.text).pin == requirement.pin, comment)
      }
      guard Self.isPlain(bytes) else { continue }
      let answered = Set(
        reading.requirements.filter { $0.path == "f" }.map(\.line) + reading.problems.compactMap(\.line))
      for line in LogicalLines(bytes) where line.bytes.first != 0x2D && !line.isFreezeNote {
        #expect(answered.contains(line.number), comment)
      }
    }
  }

  /// Whether the bytes are the text that is read, so that lines can be counted without it.
  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil && !bytes.starts(with: [0xEF, 0xBB, 0xBF])
      && !String(decoding: bytes, as: UTF8.self).contains("coding")
  }

  private static let pieces = [
    "[", "x[", "(", "x==1;(", "x==1;", "x==1; ", "#", " #", "\\", "\\\n", "x\\\n", "${", "${A}", "'", "\"", "@", "x@",
    "x @ ", "&egg=", "#md5=", " ", "\u{2003}", "a", "1", "==1,", "x==1,", "a.", "\r", " -", " --hash=sha256:aa",
    "-e .\n",
    "-r none.txt\n", "-r f\n", " -r none.txt", "-", "x\n", "\u{0}", "é", "# Editable (x==1)\n", "x;a and ", "not ",
    "%2",
  ]

  private static let heads = [
    "", "x==1 --hash=", "x==1; ", "git+https://e.org/", "x[", "x @ ", "-e ", "x==", "https://e.org/x#",
    "--require-hashes\n", "x==1;os_name==''", "# coding: ",
  ]

  @Test(arguments: pieces) func `repetition is read`(piece: String) {
    let body = Array(String(repeating: piece, count: 2000).utf8)
    for head in Self.heads {
      let bytes = Array(head.utf8) + body
      let reading = RequirementsFile.read(path: "f", bytes: bytes, lookup: .none)
      #expect(reading.requirements.allSatisfy { $0.pin != .invalid } || !reading.problems.isEmpty)
    }
  }

  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      ("[", 1_048_576), ("-r none.txt\n", 100_000), ("(", 300_000), ("x[", 300_000), ("\\\n", 100_000),
      ("&egg=", 100_000),
    ])
  func `a lot of it has an end`(piece: String, count: Int) {
    let bytes = Array(String(repeating: piece, count: count).utf8)
    let reading = RequirementsFile.read(path: "f", bytes: bytes, lookup: .none)
    #expect(reading.problems.count == (piece.hasPrefix("-r") ? count : piece.hasPrefix("\\") ? 0 : 1))
  }

  @Test func `a line that is longer than any is still one problem`() {
    let line = Array("x==1 ".utf8) + [UInt8](repeating: 0x61, count: 5_000_000)
    let reading = RequirementsFile.read(path: "f", bytes: line, lookup: .none)
    #expect(reading.requirements.map(\.pin) == [.invalid])
    #expect(reading.problems.map(\.line) == [1])
    #expect((reading.problems.first?.message.utf8.count ?? 0) < 300)
  }

  @Test func `a hundred thousand continuations are one line`() {
    let text =
      "x==1 \\\n" + String(repeating: "  --hash=sha256:\(String(repeating: "a", count: 64)) \\\n", count: 100_000)
    let reading = RequirementsFile.read(path: "f", bytes: Array(text.utf8), lookup: .none)
    #expect(reading.requirements.map(\.pin) == [.hashed])
    #expect(reading.problems.isEmpty)
  }
}
