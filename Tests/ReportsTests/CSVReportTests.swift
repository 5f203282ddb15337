import Foundation
import Records
import Testing

@testable import Reports

@Suite struct CSVReportTests {
  private static func write(_ results: [RuleResult]) throws -> String {
    try FindingSample.text { file in
      try CSVReport(rules: [FindingSample.rule], root: "registry").write(to: file) { try results.forEach($0) }
    }
  }

  /// Reads CSV as RFC 4180 has it.
  private static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      let column = rows[rows.count - 1].count - 1
      if isQuoted {
        if scalar != "\"" {
          rows[rows.count - 1][column].unicodeScalars.append(scalar)
        } else if scalars.first == "\"" {
          rows[rows.count - 1][column] += "\""
          scalars.removeFirst()
        } else {
          isQuoted = false
        }
      } else {
        switch scalar {
        case "\"": isQuoted = true
        case ",": rows[rows.count - 1].append("")
        case "\r": break
        case "\n": rows.append([""])
        default: rows[rows.count - 1][column].unicodeScalars.append(scalar)
        }
      }
    }
    return rows.dropLast()
  }

  @Test func `each item is a row, and what is not listed is counted`() throws {
    let details = [
      Detail(item: "torch", message: "no version", path: "r.txt", line: 2),
      Detail(item: "np", message: "np floats", path: "r.txt", line: 3),
    ]
    let text = try Self.write([FindingSample.result(details: details, count: 9, reaches: ["m@prod"])])
    #expect(text.hasSuffix("\r\n"))
    let rows = Self.rows(text)
    #expect(rows[0] == CSVReport.columns && rows.count == 4)
    #expect(
      rows[1].dropLast() == [
        "fail", "error", "missing-commit", "The run names no commit", "registry", "run", "run:a", "torch",
        "torch: no version", "r.txt", "2", "m@prod", "",
      ])
    #expect(rows[2][8] == "np floats" && rows[3][8] == "7 more, not listed")
    #expect(Set(rows.dropFirst().map { $0[13] }).count == 3)
  }

  @Test(arguments: FindingSample.hostile)
  func `whatever a store says, every row has every cell and no cell is a formula`(text: String) throws {
    let written = try Self.write(FindingSample.filled(text))
    #expect(FindingSample.isVisible(written))
    let rows = Self.rows(written)
    #expect(rows.count == 7 && rows.allSatisfy { $0.count == CSVReport.columns.count })
    for cell in rows.dropFirst().joined() {
      #expect(!["=", "+", "-", "@", "\t", "\r"].contains { cell.hasPrefix($0) }, "\(cell.prefix(40))")
      // What a spreadsheet that separates cells by semicolons would see.
      for part in cell.split(separator: ";") { #expect(part.first != "=", "\(cell.prefix(40))") }
      #expect(cell.utf8.count < 32_000)
    }
  }

  @Test(arguments: ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "a;=1", "a; \"=1"])
  func `what begins a formula is made harmless`(text: String) {
    let guarded = CSVText.guarded(text)
    #expect(guarded != text && guarded.replacing("'", with: "") == text)
  }

  @Test(arguments: ["", "a", "a=1", "1-2", "a;b", "x@y", " =1"])
  func `other text stays as it is`(text: String) { #expect(CSVText.guarded(text) == text) }
}
