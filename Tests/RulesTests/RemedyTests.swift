import AuditDatabase
import Foundation
import Records
import Rules
import Testing

@testable import ReproAudit

/// Runs the command that a rule tells people to run, and looks whether the finding goes.
@Suite struct RemedyTests {
  private static let cases: [RuleCase] = RuleCaseTests.files.flatMap { file in
    (try? RuleCaseTests.cases(file)) ?? []
  }.filter { !$0.remedied.isEmpty }

  @Test(arguments: cases.indices)
  func `the remedy's command mends what it is for`(index: Int) async throws {
    let ruleCase = Self.cases[index]
    let store = try CaseStore(ruleCase)
    let rule = try #require(try RuleCatalogue.builtIn()[ruleCase.rule])
    let command = try #require(rule.description.remedyCommand)
    let before = try await Self.results(of: ruleCase.rule, in: store)
    for expectation in ruleCase.remedied {
      let key = "\(expectation.kind) \(expectation.subject)"
      let finding = try #require(before[key])
      #expect(finding.outcome == .fail, "line \(expectation.line): \(key) has nothing to mend")
      for detail in finding.details { try Self.run(command, for: detail.item, at: detail.path ?? "", in: store) }
    }
    let after = try await Self.results(of: ruleCase.rule, in: store)
    for expectation in ruleCase.remedied {
      let result = after["\(expectation.kind) \(expectation.subject)"]
      #expect(result?.outcome.rawValue == expectation.outcome, "line \(expectation.line): \(result?.message ?? "gone")")
    }
  }

  @Test func `every command is run by a case`() throws {
    let run = Set(Self.cases.map(\.rule))
    let given = Set(
      try RuleCatalogue.builtIn().rules.filter { $0.description.remedyCommand != nil }.map(\.description.id))
    #expect(run == given)
  }

  private static func results(of rule: String, in store: CaseStore) async throws -> [String: RuleResult] {
    var options = AuditOptions(now: "2026-03-01T00:00:00Z", jobs: 2)
    options.stores = [store.root.path]
    options.rules = [rule]
    let result = try await Audit(options).run()
    var found: [String: RuleResult] = [:]
    try ResultCursor(database: result.database).forEach(.everything) {
      found["\($0.subject.kind.rawValue) \($0.subject.name)"] = $0
    }
    try result.close()
    return found
  }

  private static func run(_ command: String, for item: String, at path: String, in store: CaseStore) throws {
    let place = URL(filePath: "/").appending(path: item)
    let folder = String(place.deletingLastPathComponent().path.dropFirst())
    let script = command.replacing("{item}", with: item).replacing("{folder}", with: folder.isEmpty ? "." : folder)
      .replacing("{file}", with: place.lastPathComponent).replacing("{path}", with: path)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-ec", script]
    process.currentDirectoryURL = store.root
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(script)")
  }
}
