import Foundation
import FoundationXML
import Testing

/// A run with 20,000 parameters, text of 100 KB and 5,000 waivers, all of them hostile, in every format.
@Suite struct LargeReportTests {
  private static let hostile = "]]><script>alert(1)</script>\u{202E}\u{7}=cmd|'/c calc'!A1\n::error::x \u{1F608} é"
  private static let formats = ["html", "markdown", "junit", "json", "csv", "sarif", "codequality", "tree"]

  private func store() throws -> Store {
    let store = try Store()
    var params: [String: String] = [:]
    for number in 0..<20_000 {
      params["p\(number)" + (number % 100 == 0 ? Self.hostile : "")] = number % 7 == 0 ? Self.hostile : "\(number)"
    }
    let record: [String: Any] = [
      "run_id": "big", "params": params, "command": String(repeating: "x", count: 100_000) + Self.hostile,
      "artifacts": [["path": "x\(Self.hostile)\u{0}y", "sha256": Self.hostile + "\u{0}y"]], "seeds": [Self.hostile: 1],
      "git_commit": Self.hostile + "\u{0}y", "status": Self.hostile,
    ]
    try store.write("runs/big/run.json", Array(JSONSerialization.data(withJSONObject: record)))
    var waivers = "waivers:\n"
    for number in 0..<5000 {
      let reason = try JSONSerialization.data(withJSONObject: [Self.hostile + "\(number)"]).dropFirst().dropLast()
      waivers += """
          - rule: missing-run-log
            subject: 'run:nothing-\(number)'
            reason: \(String(decoding: reason, as: UTF8.self))
            owner: ada@example.org
            approved_by: grace@example.org
            created: 2026-02-01
            expires: 2026-04-30

        """
    }
    try store.write("waivers.yaml", waivers)
    try store.write("repro-audit.yaml", "")
    return store
  }

  @Test func `every format stays valid, and shows text as text`() throws {
    let store = try store()
    let outputs = Self.formats.map { ("--\($0)", store.beside("report.\($0)")) }
    let run = try Binary.run(
      ["scan", store.root.path, "--quiet", "--now", "2026-03-01T00:00:00Z"] + outputs.flatMap { [$0.0, $0.1] })
    #expect(run.status == 2 && run.errors.isEmpty, "\(run.errors)")
    func data(_ format: String) throws -> Data { try Data(contentsOf: URL(filePath: store.beside("report.\(format)"))) }
    func text(_ format: String) throws -> String { String(decoding: try data(format), as: UTF8.self) }

    for format in ["json", "sarif", "codequality"] {
      #expect(throws: Never.self, "\(format)") { try JSONSerialization.jsonObject(with: data(format)) }
    }
    // What is hostile is there to be read.
    for format in Self.formats where format != "tree" { #expect(try text(format).contains("alert(1)"), "\(format)") }
    let parser = XMLParser(data: try data("junit"))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    // Nothing but the end of a row is a line break outside of quotes, and no cell begins a formula.
    let csv = try text("csv")
    #expect(csv.utf8.count { $0 == UInt8(ascii: "\"") }.isMultiple(of: 2))
    #expect(!csv.contains("\r\n=") && !csv.contains(",=") && !csv.contains(",\"="))
    #expect(try data("html").count <= 10_000_000)
    #expect(try data("markdown").count <= 1 << 20)
    for format in ["html", "markdown"] { #expect(try !text(format).contains("<script>alert"), "\(format)") }
    #expect(try text("html").contains("run:nothing-4999"))
    for format in Self.formats {
      let written = try text(format)
      #expect(!written.unicodeScalars.contains("\u{7}"), "\(format)")
      // Readers of plain text must not be shown it in another order than it stands in.
      if ["html", "markdown", "tree"].contains(format) {
        #expect(!written.unicodeScalars.contains("\u{202E}"), "\(format)")
      }
      #expect(!written.contains("\n::error::"), "\(format)")
    }
  }
}
