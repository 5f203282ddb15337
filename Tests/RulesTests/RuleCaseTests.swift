import AuditDatabase
import Foundation
import Records
import Rules
import Testing

@testable import ReproAudit

/// Runs every case file through the real pipeline.
@Suite struct RuleCaseTests {
  /// The case files beside this source.
  static let files: [String] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")
    return (try? RuleFolder.files(at: folder.path, ending: ".md")) ?? []
  }()

  static func cases(_ file: String) throws -> [RuleCase] {
    try RuleCase.read(try String(contentsOfFile: file, encoding: .utf8), path: file)
  }

  @Test(arguments: files)
  func `gives the outcomes its case file lists`(file: String) async throws {
    for ruleCase in try Self.cases(file) {
      let mistakes = try await RuleCaseRun(ruleCase: ruleCase, rules: []).mistakes()
      #expect(mistakes.isEmpty, "\(ruleCase.rule): \(ruleCase.name): \(mistakes.joined(separator: "; "))")
    }
  }

  @Test func `every built-in rule has cases for pass and fail`() throws {
    for rule in try RuleCatalogue.builtIn().rules {
      let file = Self.files.first { $0.hasSuffix("/\(rule.description.id).md") }
      let outcomes = Set(try file.map(Self.cases)?.flatMap { $0.expectations.map(\.outcome) } ?? [])
      #expect(outcomes.isSuperset(of: ["pass", "fail"]), "\(rule.description.id)")
    }
  }

  @Test func `no rule holds a bind parameter, a clock or chance`() throws {
    for rule in try RuleCatalogue.builtIn().rules {
      let sql = rule.select.lowercased()
      for word in ["'now'", "random(", "randomblob(", "current_timestamp", "current_date", "?", "datetime('now"] {
        #expect(!sql.contains(word), "\(rule.description.id) holds \(word)")
      }
    }
  }
}
