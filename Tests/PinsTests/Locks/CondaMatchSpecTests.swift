import Foundation
import Pins
import Testing

@Suite struct CondaMatchSpecTests {
  /// Where we differ from conda, and why.
  static let agreedToDiffer: [String: String] = [
    "": "conda takes it for every package there is; in a file it is a slip",
    "numpy,scipy": "conda takes it for one name, which no package has",
  ]

  /// conda drops a bracket that is not closed, and what stands in parentheses, without a word: a bound that is written
  /// and not applied has to be said.
  private static func dropsBound(_ text: String) -> Bool { text.hasSuffix("[version=1") || text.hasSuffix("(>=1.0)") }

  @Test(.enabled(if: Conformance.folder != nil, "CONFORMANCE_DIR names no folder"))
  func `agrees with conda on its own specs`() throws {
    let rows = try Conformance.rows("conda-matchspecs.jsonl")
    #expect(rows.count >= 310)
    for row in rows {
      let text = try #require(row["spec"] as? String)
      guard Self.agreedToDiffer[text] == nil else { continue }
      let spec = try? CondaMatchSpec(parsing: text)
      let note = Comment(rawValue: "\(text): \(String(describing: spec))")
      #expect((spec != nil) == (row["valid"] as? Bool), note)
      guard let spec, row["valid"] as? Bool == true else { continue }
      #expect(spec.isExact == (row["pinned_exact"] as? Bool), note)
      #expect(spec.isExactBuild == (row["pinned_with_build"] as? Bool), note)
      #expect(spec.name == row["name"] as? String, note)
      #expect(spec.version == row["version"] as? String, note)
      #expect(spec.build == row["build"] as? String, note)
    }
  }

  @Test func `agrees with conda on the specs that its script asked about`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: folder.appending(path: "Conformance/conda.jsonl"), encoding: .utf8)
    var rows = 0
    for line in text.split(separator: "\n") {
      let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let text = try #require(row["spec"] as? String)
      rows += 1
      guard Self.agreedToDiffer[text] == nil, !Self.dropsBound(text) else { continue }
      let spec = try? CondaMatchSpec(parsing: text)
      let note = Comment(rawValue: "\(text): \(String(describing: spec))")
      #expect((spec != nil) == (row["valid"] as? Bool), note)
      guard let spec, row["valid"] as? Bool == true else { continue }
      #expect(spec.isExact == (row["exact"] as? Bool), note)
      #expect(spec.isExactBuild == (row["build"] as? Bool), note)
      #expect(spec.name == row["name"] as? String, note)
    }
    #expect(rows >= 300)
  }
}
