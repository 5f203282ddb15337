import Foundation
import Pins
import Testing

/// Holds versions and specifiers to the verdicts of packaging and of the semver tools.
@Suite(.enabled(if: Conformance.folder != nil, "set CONFORMANCE_DIR to hold it against the tools' verdicts"))
struct VersionConformanceTests {
  @Test func `every version of pep440_versions.jsonl`() throws {
    let rows = try Conformance.rows("pep440_versions.jsonl")
    #expect(rows.count > 1000)
    for row in rows {
      let input = try #require(row["input"] as? String)
      let comment = Comment(rawValue: String(input.prefix(60)))
      let found = PythonPackageVersion(input)
      #expect((found != nil) == (row["valid"] as? Bool), comment)
      guard let found, row["valid"] as? Bool == true else { continue }
      #expect(found.canonical == row["canonical"] as? String, comment)
      #expect(found.publicText == row["public"] as? String, comment)
      #expect(found.epoch.description == number(row["epoch"]), comment)
      #expect(found.release.map(\.description) == (row["release"] as? [Any])?.compactMap(number), comment)
      let pre = found.pre.map { [$0.phase.rawValue, $0.number.description] }
      #expect(pre == (row["pre"] as? [Any])?.compactMap { $0 as? String ?? number($0) }, comment)
      #expect(found.post?.description == number(row["post"]), comment)
      #expect(found.dev?.description == number(row["dev"]), comment)
      #expect((found.local.isEmpty ? nil : found.localText) == row["local"] as? String, comment)
      #expect(found.isPrerelease == row["is_prerelease"] as? Bool, comment)
      #expect(found.isPostrelease == row["is_postrelease"] as? Bool, comment)
    }
  }

  private func number(_ value: Any?) -> String? { (value as? NSNumber)?.stringValue }

  @Test func `every specifier of pep440_specifiers.jsonl`() throws {
    let rows = try Conformance.rows("pep440_specifiers.jsonl")
    #expect(rows.count > 1000)
    for row in rows {
      let input = try #require(row["input"] as? String)
      #expect(
        PythonVersionSpecifier(input)?.canonical == row["canonical"] as? String, Comment(rawValue: input))
    }
  }

  @Test func `versions come in the order of pep440_order.json`() throws {
    let versions = try ascending("pep440_order.json").map { try #require(PythonPackageVersion($0)) }
    for (index, version) in versions.enumerated() {
      for later in versions[(index + 1)...] {
        #expect(!(later < version), "\(version.canonical) \(later.canonical)")
      }
    }
    #expect(zip(versions, versions.dropFirst()).allSatisfy { $0 < $1 || $0 == $1 })
  }

  @Test func `model versions agree with semver`() throws {
    let rows = try Conformance.rows("semver_valid.jsonl")
    #expect(rows.count > 200)
    for row in rows {
      let input = try #require(row["input"] as? String)
      // A leading `v` is a habit of tags that node-semver takes too; the specification does not.
      let wanted = row["differ"] as? Bool == true ? true : row["valid_semver2"] as? Bool
      #expect((VersionName(input)?.conforming ?? false) == wanted, Comment(rawValue: input))
    }
    let ranks = try ascending("semver_order.json").map { try #require(VersionName($0)?.rank) }
    #expect(zip(ranks, ranks.dropFirst()).allSatisfy { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  private func ascending(_ name: String) throws -> [String] {
    let folder = try #require(Conformance.folder)
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
    return try #require(document?["ascending"] as? [String])
  }
}
