import Foundation
import Testing

/// `--html DIR/`: an index, and a page for each model.
@Suite struct HTMLFolderTests {
  private static let now = ["--now", "2026-03-01T00:00:00Z"]

  private static func pages(_ folder: String) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".html") }
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)) })
  }

  private static func matches(_ pattern: Regex<(Substring, Substring)>, in text: String) -> Set<String> {
    Set(text.matches(of: pattern).map { String($0.output.1) })
  }

  @Test func `every result is on a page, every link leads somewhere, and the index finds all`() throws {
    let store = try Store()
    let (folder, json) = (store.beside("report"), store.beside("report.json"))
    let place = Binary.root.appending(path: "Fixtures/flawed-registry").path
    _ = try Binary.run(["scan", place, "--quiet", "--html", folder + "/", "--json", json] + Self.now)
    let pages = try Self.pages(folder)
    let index = try #require(pages["index.html"])
    let report = try JSONDecoder().decode(Report.self, from: Data(contentsOf: URL(filePath: json)))
    let listed = report.results.filter { ["fail", "unverified", "waived"].contains($0.outcome) }
    let shown = pages.filter { $0.key != "index.html" }.values.reduce(0) {
      $0 + $1.matches(of: /<section class="result"/).count
    }
    #expect(shown >= listed.count && pages.count > 5)
    let models = Set(report.results.filter { $0.subject.kind == "model" }.map(\.subject.name))
    #expect(pages.keys.count { $0.hasPrefix("model-") } == models.count)
    for (name, page) in pages {
      let ids = Self.matches(/\sid="([^"]+)"/, in: page)
      #expect(Self.matches(/href="#([^"]+)"/, in: page).subtracting(ids) == [], "\(name)")
      #expect(page.contains("default-src 'none'") && page.utf8.count < 10_000_000)
    }
    #expect(Self.matches(/<a href="([^"#]+\.html)"/, in: index) == Set(pages.keys).subtracting(["index.html"]))
    let data = try #require(index.firstMatch(of: /<script type="application\/json" id="search-index">(.*)<\/script>/))
    let search = try #require(
      try JSONSerialization.jsonObject(with: Data(data.output.1.utf8)) as? [String: Any])
    let rows = try #require(search["rows"] as? [[Any]])
    let files = try #require(search["pages"] as? [String])
    #expect(rows.count == listed.count)
    for row in rows {
      let (page, anchor) = (files[try #require(row[0] as? Int)], try #require(row[1] as? String))
      #expect(pages[page]?.contains("id=\"result-\(anchor)\"") == true, "\(page)")
    }
  }

  @Test func `the same bytes each time, pages of an earlier report go, other files stay`() throws {
    let store = try Store()
    try store.addHealthyVersion(model: "a")
    try store.addHealthyVersion(model: "b")
    let folder = store.beside("report")
    func scan() throws -> [String: String] {
      _ = try Binary.run(["scan", store.root.path, "--quiet", "--html", folder] + Self.now)
      return try Self.pages(folder)
    }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: "\(folder)/notes.html"))
    let first = try scan()
    #expect(first.keys.count { $0.hasPrefix("model-") } == 2 && first["notes.html"] == "mine")
    #expect(try scan() == first)
    try store.shell("rm -r \"$1/models/b\"")
    let second = try scan()
    #expect(second.keys.count { $0.hasPrefix("model-") } == 1 && second["notes.html"] == "mine")
    #expect(second["index.html"] != first["index.html"])
  }

  @Test func `hostile names are text on every page and in the index`() throws {
    let store = try Store()
    let bad = "</script><script>alert(1)</script>"
    try store.write("runs/x/run.json", "{\"run_id\": \"\(bad)\\u202e\"}")
    try store.addHealthyVersion(model: "a<b>&\"'")
    let folder = store.beside("report")
    let run = try Binary.run(["scan", store.root.path, "--quiet", "--html", folder + "/"] + Self.now)
    #expect(run.errors.isEmpty, "\(run.errors)")
    for (name, page) in try Self.pages(folder) {
      #expect(!page.contains("<script>alert") && !page.contains("a<b>") && !page.contains("\u{202E}"), "\(name)")
    }
  }

  @Test func `a directory that cannot be made ends with 74`() throws {
    let store = try Store()
    try store.addHealthyVersion()
    try store.write("file", "x")
    let run = try Binary.run(["scan", store.root.path, "--quiet", "--html", store.root.path + "/file/x/"] + Self.now)
    #expect(run.status == 74 && run.errors.contains("cannot be written"), "\(run.errors)")
  }
}
