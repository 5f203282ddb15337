import Foundation
import Pins
import Testing

@Suite struct VersionNameTests {
  @Test(arguments: [
    ("1.2.0", true), ("v1.2.0", true), ("1.1.0-rc.1", true), ("1.0.0+build.5", true), ("1.2", false), ("3", false),
    ("01.2.3", false), ("2024.1", false),
  ])
  func `knows semantic versions`(text: String, conforming: Bool) {
    #expect(VersionName(text)?.conforming == conforming)
  }

  @Test(arguments: ["", "final_v2", "1..2", "1.2.x", "v", "latest", "1.0.0-"])
  func `other names are no versions`(text: String) { #expect(VersionName(text) == nil) }

  @Test func `ranks sort as versions do`() {
    let ordered = [
      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
      "1.9.0", "1.10.0", "2.0.0",
    ]
    let ranks = ordered.compactMap { VersionName($0)?.rank }
    #expect(ranks.count == ordered.count)
    #expect(ranks == ranks.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }
}
