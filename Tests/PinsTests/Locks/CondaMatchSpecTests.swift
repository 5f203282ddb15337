import Foundation
import Pins
import Testing

@Suite struct CondaMatchSpecTests {
  /// Where we differ from conda, and why.
  static let agreedToDiffer: [String: String] = [:]

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
}
