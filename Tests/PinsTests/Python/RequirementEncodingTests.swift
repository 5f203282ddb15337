import Pins
import Testing

@Suite struct RequirementEncodingTests {
  private func read(_ bytes: [UInt8]) -> PinReading { RequirementsFile.read(path: "r", bytes: bytes, lookup: .none) }

  private func wide(_ text: String, _ order: [Int]) -> [UInt8] {
    text.unicodeScalars.flatMap { scalar in order.map { UInt8(scalar.value >> UInt32($0 * 8) & 0xFF) } }
  }

  @Test func `a mark of the byte order says the encoding`() {
    let marked: [[UInt8]] = [
      [0xEF, 0xBB, 0xBF] + Array("x==1".utf8), [0xFF, 0xFE] + wide("x==1\r\n", [0, 1]),
      [0xFE, 0xFF] + wide("x==1", [1, 0]), [0xFF, 0xFE, 0, 0] + wide("x==1\n", [0, 1, 2, 3]),
      [0, 0, 0xFE, 0xFF] + wide("x==1", [3, 2, 1, 0]) + [7],
    ]
    for bytes in marked {
      #expect(read(bytes).requirements.map(\.text) == ["x==1"])
      #expect(read(bytes).problems.isEmpty)
    }
    #expect(read([0xFF, 0xFE, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]).requirements.map(\.pin) == [.invalid])
  }

  @Test(arguments: [
    "# -*- coding: latin-1 -*-", "#coding=ISO-8859-1", "\n# vim: set fileencoding=latin_1 :", "# coding: cp1252",
    "# codingcoding: windows-1252\r",
  ])
  func `a comment of the first two lines says it too`(comment: String) {
    let reading = read(Array("\(comment)\nx==1  # ".utf8) + [0xE9, 0x80, 0x0A] + Array("./".utf8) + [0xE9])
    #expect(reading.problems.isEmpty)
    #expect(reading.requirements.map(\.text) == ["x==1", "./é"])
  }

  @Test(arguments: [
    ("# coding: bogus\n", 1), ("#\n# coding: utf-7\n", 2), ("# coding:\n\n# ", nil), ("\n\n# coding: bogus", nil),
  ])
  func `an encoding that is not known is a problem`(text: String, line: Int?) {
    let reading = read(Array((text + "\nx==1").utf8))
    #expect(reading.problems.map(\.line) == (line.map { [$0] } ?? []))
    #expect(reading.requirements.map(\.pin) == [.exact])
  }

  @Test(arguments: ["", "# coding: utf-8\n", "é\u{FFFD}\n"])
  func `bytes that are no text are a problem where they stand, and cost no line`(head: String) {
    let reading = read(Array("\(head)x==1\n# ".utf8) + [0xE9] + Array("\ny==2\n".utf8))
    let lines = head.utf8.count { $0 == 0x0A }
    #expect(reading.problems.contains { $0.line == 2 + lines && $0.message.contains("not UTF-8") })
    #expect(reading.requirements.suffix(2).map(\.name) == ["x", "y"])
  }

  @Test func `white space of other scripts is white space`() {
    let reading = read(
      Array("\u{a0}x==1\u{3000}# c\n\u{2003}y\u{205f}\nz\u{1680}#\n\u{202f}\n\u{85}\u{1f}w\u{2009}".utf8))
    #expect(reading.requirements.map(\.name) == ["x", "y", "z", "w"])
    #expect(read(Array("x\u{e9}# no comment".utf8)).requirements.map(\.pin) == [.invalid])
    #expect(read(Array("x\u{200b} #".utf8)).requirements.map(\.pin) == [.invalid])
  }
}
