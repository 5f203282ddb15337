import Foundation
import Testing

/// `selftest` through the binary; every kind of mutation is made at least once.
@Suite struct SelfTestTests {
  private struct Report: Decodable {
    struct Kind: Decodable {
      let name: String
      let rules: [String]
      let made: Int
      let found: Int?
    }
    let made: Int
    let found: Int
    let falseAlarms: Int
    let healthyFindings: [String]
    let untestedRules: [String]
    let unmetRules: [String]
    let mutations: [Kind]
  }

  @Test func `finds every kind of damage, and nothing where nothing is wrong`() throws {
    let run = try Binary.run(["selftest", "--mutations", "160", "--seed", "7", "--format", "json"])
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let report = try decoder.decode(Report.self, from: Data(run.output.utf8))
    #expect(report.healthyFindings == [] && report.falseAlarms == 0 && run.status == 0)
    for kind in report.mutations { #expect(kind.found ?? kind.made == kind.made, "\(kind.name)") }
    // Fewer than two rounds, so that the last kind of all was made.
    #expect(Set(report.mutations.map(\.name)).count == report.mutations.count && report.mutations.count < 160)
    // A rule without a mutation, or that nothing meets in the healthy store, is not tested.
    #expect(report.untestedRules == [] && report.unmetRules == [])
    #expect(Set(report.mutations.flatMap(\.rules)).count >= 75)
  }

  @Test func `the same seed gives the same report`() throws {
    let reports = try ["1", "3"].map {
      try Binary.run(["selftest", "--mutations", "9", "--seed", "3", "--jobs", $0]).output
    }
    #expect(reports[0] == reports[1] && reports[0].contains("(seed 3)"))
  }

  @Test(arguments: [["--mutations", "0"], ["--mutations", "x"], ["--seed", "-1"], ["--jobs", "0"]])
  func `a number that makes no sense is refused`(arguments: [String]) throws {
    #expect(try Binary.run(["selftest"] + arguments).status == 64)
  }
}
