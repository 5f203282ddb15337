import Hashing
import Records
import Testing

@Suite struct TableScannerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let format: TableFormat
    let records: Int64
    var columns: [String]? = nil
    var types: [String]? = nil
    var testDescription: String { String(text.prefix(40)).debugDescription }
  }

  static let cases: [Case] = [
    Case(text: "a,b\n1,2\n3,4\n", format: .csv, records: 2, columns: ["a", "b"], types: ["int", "int"]),
    Case(text: "a,b\n1,2.5\n3,x", format: .csv, records: 2, columns: ["a", "b"], types: ["int", "string"]),
    Case(text: "a\r\n-1\r\n+2\r\n", format: .csv, records: 2, columns: ["a"], types: ["int"]),
    Case(
      text: "note,n\n\"two\nlines, one \"\"row\"\"\",1\n", format: .csv, records: 1, columns: ["note", "n"],
      types: ["string", "int"]),
    Case(text: "a,b\n1e3,\n.5,7\n", format: .csv, records: 2, columns: ["a", "b"], types: ["float", "int"]),
    Case(text: "\u{FEFF}a\n0x1F\n", format: .csv, records: 1, columns: ["a"], types: ["string"]),
    Case(text: "a\nnan\n", format: .csv, records: 1, columns: ["a"], types: ["string"]),
    Case(text: "a,b\n", format: .csv, records: 0, columns: ["a", "b"], types: ["string", "string"]),
    Case(text: "", format: .csv, records: 0, columns: [], types: []),
    Case(text: "a\tb\n1\t2\n\n", format: .tsv, records: 1, columns: ["a", "b"], types: ["int", "int"]),
    Case(text: "{\"a\":1}\n\n{\"a\":2}", format: .jsonl, records: 2),
  ]

  @Test(arguments: cases, [1, 3, 4096])
  func `counts records and finds types, however the bytes are cut`(item: Case, piece: Int) {
    var counting = TableScanner(format: item.format, wantsSchema: false)
    var typing = TableScanner(format: item.format, wantsSchema: true)
    let bytes = Array(item.text.utf8)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      bytes[start..<min(start + piece, bytes.count)].withUnsafeBytes {
        counting.update($0)
        typing.update($0)
      }
    }
    #expect(counting.finish().records == item.records)
    let scan = typing.finish()
    #expect(scan.records == item.records)
    #expect(scan.schema?.columns == item.columns)
    #expect(scan.schema?.types == item.types)
    #expect(scan.message == nil)
  }

  @Test func `a quote that is never closed makes the count untrusted`() {
    var scanner = TableScanner(format: .csv, wantsSchema: false)
    Array("a\n\"open\n1\n".utf8).withUnsafeBytes { scanner.update($0) }
    #expect(scanner.finish().message == "a quoted field is not closed")
  }
}
