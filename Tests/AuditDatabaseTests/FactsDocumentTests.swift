import Foundation
import Testing

@testable import AuditDatabase

/// docs/facts.md is the contract with who writes SQL: it must name all that can be asked, and nothing else.
@Suite struct FactsDocumentTests {
  private static let sections: [String: String] = {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
      .appending(path: "docs/facts.md")
    let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    let parts = text.split(separator: "\n## ").dropFirst().map {
      $0.split(separator: "\n", maxSplits: 1).map(String.init)
    }
    return Dictionary(parts.map { ($0[0], $0.last ?? "") }, uniquingKeysWith: { $1 })
  }()

  @Test func `every view has a section with its meaning and a question that was answered`() throws {
    let views = try QueryConnection(schemaWithin: .query(seconds: 9)).views
    #expect(Self.sections.keys.sorted() == views)
    for (view, text) in Self.sections {
      #expect(text.drop { $0 == "\n" }.prefix { $0 != "\n" }.count > 10, "\(view) has no comment in views.sql")
      #expect(text.contains("$ repro-audit query --db audit.db \"SELECT"), "\(view) has no example")
    }
  }

  @Test func `every column has a type and a meaning`() throws {
    let connection = try QueryConnection(schemaWithin: .query(seconds: 9))
    for view in connection.views {
      let rows = (Self.sections[view] ?? "").split(separator: "\n").filter { $0.hasPrefix("| `") }
      let columns = try connection.prepare("SELECT * FROM \(view)").columns
      #expect(rows.map { $0.dropFirst(3).prefix { $0 != "`" } }.map(String.init) == columns, "\(view)")
      for row in rows {
        let cells = row.split(separator: " | ").map(String.init)
        #expect(cells.count >= 3 && ["text", "integer", "real"].contains(cells[1]), "\(view): \(row)")
        #expect(cells.last?.count ?? 0 > 4, "\(view): \(row)")
      }
    }
  }
}
