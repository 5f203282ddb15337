import Foundation
import Pins
import Testing

/// Holds versions and specifiers to packaging's answers; Tests/Conformance/versions.py asks it.
@Suite struct PackageVersionTests {
  private struct Answers: Decodable {
    let order: [[String]]
    let canonical: [String: String]
    let invalid: [String]
    let specifiers: [String: String?]
  }

  private static func answers() throws -> Answers {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appendingPathComponent("../../Conformance/versions.json"))
    return try JSONDecoder().decode(Answers.self, from: data)
  }

  @Test func `versions come in packaging's order, and equal ones are one`() throws {
    let groups = try Self.answers().order.map { group in
      try group.map { try #require(PythonPackageVersion($0), Comment(rawValue: $0)) }
    }
    for group in groups {
      #expect(group.allSatisfy { $0 == group[0] })
      #expect(Set(group).count == 1)
    }
    let firsts = groups.compactMap(\.first)
    for (index, version) in firsts.enumerated() {
      for (other, later) in firsts.enumerated() {
        #expect((version < later) == (index < other), "\(version.canonical) \(later.canonical)")
      }
    }
    #expect(firsts.count > 100)
  }

  @Test func `spells versions as packaging does, and refuses what is none`() throws {
    let answers = try Self.answers()
    for (text, canonical) in answers.canonical { #expect(PythonPackageVersion(text)?.canonical == canonical) }
    for text in answers.invalid { #expect(PythonPackageVersion(text) == nil, Comment(rawValue: text)) }
    #expect(answers.invalid.count > 20)
  }

  @Test func `specifiers hold what packaging says`() throws {
    let answers = try Self.answers()
    let versions = try answers.order.map { try #require(PythonPackageVersion($0[0])) }
    for (text, wanted) in answers.specifiers {
      let specifier = PythonVersionSpecifier(text)
      let found = specifier.map { specifier in
        versions.map { specifier.contains($0) ? "1" : "0" }
      }
      let differing = zip(found ?? [], wanted ?? "").enumerated().filter { $1.0 != String($1.1) }
      #expect((found == nil) == (wanted == nil), "\(text)")
      #expect(differing.isEmpty, "\(text): \(differing.map { "\(versions[$0.offset].canonical) \($0.element)" })")
    }
    #expect(answers.specifiers.count > 100)
  }

  @Test(arguments: [
    ("==1", RequirementPin.exact), ("==1.*", .wildcard), (">1,==1.*", .wildcard), ("!=1.*", .range), ("", .none),
    ("===x", .exact), ("~=1.0", .range), (">=1,==1.5", .exact),
  ])
  func `says how firmly it ties`(text: String, pin: RequirementPin) {
    #expect(PythonVersionSpecifier(text)?.pin == pin)
  }

  @Test(arguments: [
    (">=1.0a1", true), (">=1.0", false), ("!=1.0a1", false), (">=1,<2.dev0", true), ("===1.0b1", true), ("", false),
  ])
  func `knows when prereleases are meant`(text: String, names: Bool) {
    #expect(PythonVersionSpecifier(text)?.namesPrerelease == names)
  }

  @Test func `numbers have no limit but Python's`() {
    let long = String(repeating: "9", count: 4300)
    #expect(PythonPackageVersion(long) != nil)
    #expect(PythonPackageVersion(long + "9") == nil)
    #expect(
      PythonPackageVersion("1.9").flatMap { small in PythonPackageVersion("1." + long).map { small < $0 } } == true)
  }

  @Test func `mutations never crash it, and what it reads it reads again`() {
    var random = SeededRandom(seed: 5)
    let seeds = ["1!1.0a1.post2.dev3+local.1", "v1.0-preview_3", "2024.01.05", ">=1.0,<2,!=1.5.*", "~=1.4.2", "===any"]
    for _ in 0..<5000 {
      let text = String(
        decoding: random.mutation(of: Array((seeds.randomElement(using: &random) ?? "").utf8)), as: UTF8.self)
      if let version = PythonPackageVersion(text) {
        #expect(PythonPackageVersion(version.canonical) == version, Comment(rawValue: text))
      }
      if let specifier = PythonVersionSpecifier(text) {
        #expect(PythonVersionSpecifier(specifier.canonical)?.canonical == specifier.canonical)
      }
    }
  }
}
