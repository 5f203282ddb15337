import Foundation
import Testing

/// What the HTML report says of the scans before, as a database keeps them.
@Suite struct TrendTests {
  private func page(_ arguments: [String], _ store: Store) throws -> String {
    let path = store.beside(UUID().uuidString)
    _ = try Binary.run(arguments + ["-q", "--html", path])
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  /// The cells of the table, a row a scan.
  private func rows(_ page: String) throws -> [[String]] {
    guard let start = page.firstRange(of: "<section id=\"trend\"") else { return [] }
    let section = page[start.lowerBound...].prefix(
      upTo: try #require(page[start.lowerBound...].firstRange(of: "</section>")).lowerBound)
    return section.split(separator: "<tr>").dropFirst(2).map { row in
      row.split(separator: "<").filter { $0.hasPrefix("td ") || $0.hasPrefix("th ") }
        .map { String($0.drop { $0 != ">" }.dropFirst()) }
    }
  }

  @Test func `tells what complete scans found, the newest first, and again the same`() throws {
    let store = try Store()
    let database = store.beside("audit.db")
    try store.addHealthyVersion()
    let scan = { (day: Int, more: [String]) in
      ["scan", store.root.path, "--db", database, "--now", "2026-03-0\(day)T00:00:00Z"] + more
    }
    let first = try page(scan(1, []), store)
    #expect(try rows(first).isEmpty)
    try store.write("models/m/1.0.0/model.bin", "other bytes than recorded")
    let second = try page(scan(2, []), store)
    // A part says nothing of the whole, and nothing is said of it later.
    let part = try page(scan(3, ["--rule", "missing-commit", "--subject", "m@*"]), store)
    #expect(try rows(part).isEmpty)
    let third = try page(scan(4, []), store)
    let table = try rows(third)
    #expect(table.map { $0[0] } == ["2026-03-04", "2026-03-02", "2026-03-01"].map { "\($0) 00:00:00 UTC" })
    let errors = table.compactMap { Int($0[1]) }
    #expect(errors.count == 3)
    #expect(errors[1] > errors[2], "\(table)")
    #expect(errors[0] == errors[1])
    #expect(third.components(separatedBy: "<svg class=\"trend\"").count == 4)
    #expect(try page(["report", "--db", database], store) == third)
    #expect(try page(["report", "--db", database, "--as-of", "2026-03-02"], store).contains("id=\"trend\""))
    #expect(try rows(page(["report", "--db", database, "--as-of", "2026-03-02"], store)) == Array(table.dropFirst()))
    #expect(try rows(second) == Array(table.dropFirst()))
  }

  @Test func `without a database there is nothing to tell`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    #expect(try rows(page(["scan", store.root.path], store)).isEmpty)
  }
}
