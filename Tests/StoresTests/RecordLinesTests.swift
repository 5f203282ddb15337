import Documents
import Records
import Testing

@testable import Stores

@Suite struct RecordLinesTests {
  private func read(_ text: String) -> (lines: [Int], problems: [Int?]) {
    let (records, problems) = RecordLines.read(Array(text.utf8), path: "p.jsonl")
    return (records.map(\.line), problems.map(\.line))
  }

  @Test func `one bad line is a problem with its number, and the others are read`() {
    let (records, problems) = RecordLines.read(
      Array("{\"a\": 1}\r\n\n{\"a\": \n  \t\n[1]\n{\"b\": 2}".utf8), path: "p.jsonl")
    #expect(records.map(\.line) == [1, 6])
    #expect(problems.map(\.line) == [3, 5])
    #expect(problems.allSatisfy { $0.path == "p.jsonl" && $0.kind == .malformedRecord })
    #expect(problems.last?.message == "a record is a map of keys and values, and this is not")
  }

  @Test(arguments: [
    "{\"a\": \"\u{0}\"}", "{\"a\": 1} {\"a\": 2}", "{\"a\": 1, \"a\": 2}", "null", "7", "\"text\"", "a: 1", "{'a': 1}",
    String(repeating: "[", count: 100_000), "{\"a\": " + String(repeating: "{\"a\": ", count: 1000),
  ])
  func `what is no record is one problem, whatever it is`(line: String) {
    let (lines, problems) = read("{\"a\": 1}\n\(line)\n{\"b\": 1}\n")
    #expect(lines == [1, 3])
    #expect(problems == [2])
  }

  @Test func `a line of ten megabytes is refused, and the next is read`() {
    let (records, problems) = RecordLines.read(
      Array(("{\"a\": \"" + String(repeating: "x", count: 10 << 20) + "\"}\n{\"b\": 1}\n").utf8), path: "p.jsonl")
    #expect(records.map(\.line) == [2])
    #expect(problems.map(\.message) == ["a line of 10240 KiB is not read; the longest has 1024 KiB"])
  }

  @Test func `text that is not UTF-8 is a problem, byte order marks and UTF-16 are none`() {
    #expect(
      RecordLines.read(Array("{\"a\": \"".utf8) + [0xFF, 0xC0] + Array("\"}".utf8), path: "p").problems.count == 1)
    let record = "{\"name\": \"bias–audit\"}\n"
    #expect(read("\u{FEFF}" + record + "\u{FEFF}" + record).lines == [1, 2])
    let wide: [UInt8] = [0xFF, 0xFE] + (record + record).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(RecordLines.read(wide, path: "p").records.map(\.line) == [1, 2])
  }

  @Test func `a file that holds no records at all says so without an end`() {
    let (records, problems) = RecordLines.read(
      Array(String(repeating: "not a record\n", count: 100_000).utf8), path: "p.jsonl")
    #expect(records.isEmpty)
    #expect(problems.count == 101)
    #expect(problems.last?.message == "99900 more lines hold no record")
  }
}

@Suite struct LifecycleVocabularyTests {
  @Test func `no name means two things`() {
    let names = RecordVocabulary.lifecycleSynonyms.flatMap { [$0.key.name] + $0.value }
    let twice = Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    #expect(twice == [])
  }

  @Test(arguments: [
    ("Tested: 2026-02-01", "Tested", "2026-02-01"), ("- **Tested:** 2026-02-01", "Tested", "2026-02-01"),
    ("* __Owner__: on-call, payments", "Owner", "on-call, payments"),
    ("tested_at: '2026-02-01'", "tested_at", "2026-02-01"),
    ("| Target | 1.0.0 |", "Target", "1.0.0"), ("> Last drill:\t2026-02-01 10:00  ", "Last drill", "2026-02-01 10:00"),
    ("## Target: `1.0.0`", "Target", "1.0.0"),
  ])
  func `a plan for people says who, when and what in lines of its own`(line: String, key: String, value: String) {
    let entries = RollbackPlanReader.entries(ofText: "# Plan\n\n\(line)\n")
    #expect(entries.map(\.key) == [key])
    #expect(entries.first?.node.text == value)
    #expect(entries.first?.line == 3)
  }

  @Test(arguments: ["", ":", "Tested:", "|||", "no colon", "** **: **", String(repeating: "a", count: 5000) + ": x"])
  func `other lines of a plan say nothing`(line: String) {
    #expect(RollbackPlanReader.entries(ofText: line).isEmpty)
  }
}
