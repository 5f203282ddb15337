import Foundation
import Hashing
import Records
import Reports
import Rules

/// `rules test`: runs the case files of rules, and says which do what they promise.
public struct RuleTest: Sendable {
  private let rules: [RuleFile]
  private let cases: [RuleCase]
  /// Own rules for which no case file was found, by id.
  private let untested: [String]

  /// Finds rules (`<id>.sql`) and case files (`<id>.md`) at `paths`: files, or folders that hold them.
  ///
  /// Throws `PolicyErrors` for a rule or a case file that cannot be used.
  public init(paths: [String]) throws {
    let builtIn = try RuleCatalogue.builtIn()
    var own = OwnRules(catalogue: builtIn)
    var mistakes: [PolicyError] = []
    var files: [String] = []
    for path in paths {
      do throws(PolicyError) {
        let found = try Self.files(at: path)
        for rule in found where rule.hasSuffix(".sql") { try own.read(rule, named: rule, by: (path, nil), shown: rule) }
        files += found.filter { $0.hasSuffix(".md") }
        // A rule's cases lie beside it when it is named by itself.
        if path.hasSuffix(".sql") {
          let beside = path.dropLast(".sql".count) + ".md"
          if FileManager.default.fileExists(atPath: String(beside)) { files.append(String(beside)) }
        }
      } catch {
        mistakes.append(error)
      }
    }
    rules = own.rules
    mistakes += own.mistakes
    var cases: [RuleCase] = []
    for file in files.reduce(into: [String](), { if !$0.contains($1) { $0.append($1) } }) {
      let id = String((file.split(separator: "/").last ?? "").dropLast(".md".count))
      // A folder of rules may hold other texts; one that is named must be a case file.
      guard own.catalogue[id] != nil else {
        guard paths.contains(file) else { continue }
        let known = own.catalogue.rules.map(\.description.id)
        mistakes.append(PolicyError(path: file, line: nil, message: NearestName.message("rule", id, among: known)))
        continue
      }
      do throws(PolicyError) {
        cases += try Self.read(file)
      } catch {
        mistakes.append(error)
      }
    }
    guard mistakes.isEmpty else { throw PolicyErrors(mistakes) }
    guard !rules.isEmpty || !cases.isEmpty else {
      throw PolicyErrors([
        PolicyError(
          path: paths.joined(separator: ", "), line: nil,
          message: "no rule (`ID.sql`) and no case file of a rule (`ID.md`) is there")
      ])
    }
    self.cases = cases
    untested = rules.map(\.description.id).filter { id in !cases.contains { $0.rule == id } }.sorted()
  }

  /// Runs every case and gives a line for each to `print`; true when all hold and every rule has one.
  public func run(_ print: (String) -> Void) async throws -> Bool {
    var failed = 0
    for ruleCase in cases {
      let mistakes = try await RuleCaseRun(ruleCase: ruleCase, rules: rules).mistakes()
      let name = VisibleText.line("\(ruleCase.rule): \(ruleCase.name)")
      print(mistakes.isEmpty ? "ok      \(name)" : "FAILED  \(name)")
      for mistake in mistakes { print("        \(VisibleText.line("\(ruleCase.file): \(mistake)"))") }
      if !mistakes.isEmpty { failed += 1 }
    }
    for rule in untested { print("FAILED  \(rule): no case file `\(rule).md`, so nothing says that it works") }
    print("\(cases.count) cases, \(failed) failed\(untested.isEmpty ? "" : ", \(untested.count) rules without a case")")
    return failed == 0 && untested.isEmpty
  }

  private static func files(at path: String) throws(PolicyError) -> [String] {
    do {
      return try RuleFolder.files(at: path) + RuleFolder.files(at: path, ending: ".md")
    } catch {
      throw PolicyError(path: path, line: nil, message: "cannot be read: \(error.reason)")
    }
  }

  private static func read(_ file: String) throws(PolicyError) -> [RuleCase] {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(SystemPath(file), limit: 4 << 20)
    } catch {
      throw PolicyError(path: file, line: nil, message: "the cases cannot be read: \(error.reason)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PolicyError(path: file, line: nil, message: "the cases are no UTF-8 text")
    }
    return try RuleCase.read(text, path: file)
  }
}
