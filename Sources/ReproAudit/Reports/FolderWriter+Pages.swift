import AuditDatabase
import Foundation
import Records
import Reports
import Rules

extension FolderWriter {
  /// What the pages of some models are made of, by model.
  private struct Material: Sendable {
    var results: [String: [RuleResult]] = [:]
    var rows: [String: [Version]] = [:]
    var lineages: [String: [LineageFacts]] = [:]
    var aliases: [String: [AliasReaches.Row]] = [:]
  }

  /// The pages of some models, in one reading of the results; several are made at a time.
  func write(_ turn: [String], _ facts: PageFacts, _ versions: [Version], to folder: String) async throws {
    let material = try material(of: turn, facts, versions)
    var facts = facts
    // What stands on the index only is not prepared a thousand times.
    facts.trend = []
    (facts.queries, facts.policyText, facts.accepted, facts.inputs) = ([:], nil, [], [])
    let shared = facts
    try await withThrowingTaskGroup(of: Void.self) { group in
      for part in turn.slices(Self.jobs) {
        group.addTask {
          for model in part { try write(model, shared, material, to: folder) }
        }
      }
      try await group.waitForAll()
    }
  }

  private static let jobs = ProcessInfo.processInfo.activeProcessorCount

  private func material(of turn: [String], _ facts: PageFacts, _ versions: [Version]) throws -> Material {
    var material = Material()
    let wanted = Set(turn)
    try eachResult { result in
      for owner in owners(of: result, facts.models) where wanted.contains(owner) {
        material.results[owner, default: []].append(result)
      }
    }
    material.rows = Dictionary(grouping: versions.filter { wanted.contains($0.model) }, by: \.model)
    let most = PageCaps().lineages
    let drawn = turn.flatMap { model -> [VersionOutcomes.Row] in
      let own = material.rows[model] ?? []
      let staged = own.filter { !$0.row.aliases.isEmpty } + own.filter { $0.row.aliases.isEmpty }
      return staged.prefix(most).map(\.row)
    }
    material.lineages = Dictionary(
      grouping: try LineageLoader(database: result.database).lineages(of: drawn)
    ) { Self.model(of: $0.version.name) }
    material.aliases = Dictionary(grouping: try AliasReaches(database: result.database).all()) {
      Self.model(of: $0.alias.name)
    }
    return material
  }

  private func write(_ model: String, _ facts: PageFacts, _ material: Material, to folder: String) throws {
    let caps = PageCaps()
    let results = material.results[model] ?? []
    var own = facts
    var outcomes: [String: [Outcome: Int]] = [:]
    own.severities = [:]
    for result in results {
      outcomes[result.rule, default: [:]][result.outcome, default: 0] += 1
      if result.outcome == .fail { own.severities[result.severity, default: 0] += 1 }
    }
    own.ruleRuns = facts.ruleRuns.map { run in
      PageFacts.RuleRun(
        rule: run.rule, severity: run.severity, examined: run.examined, outcomes: outcomes[run.rule] ?? [:],
        failure: run.failure)
    }
    var selection = ResultSelection(ruleRuns: own.ruleRuns, caps: caps)
    for result in results { selection.add(result) }
    let checklist = ChecklistFacts(
      items: Checklist.items.map { ChecklistFacts.Item(title: $0.title, rules: $0.rules) },
      rows: (material.rows[model] ?? []).map {
        ChecklistFacts.Row(
          version: $0.row.subject, aliases: $0.row.aliases, inputs: $0.row.inputs,
          outcomes: Checklist.outcomes(of: $0.row))
      })
    let page = ReportPage(
      facts: own, rules: result.catalogue.rules.map(\.description), results: selection, checklist: checklist,
      aliases: (material.aliases[model] ?? []).map {
        AliasFacts(
          alias: $0.alias, version: $0.version, findings: $0.counts.findings, undecided: $0.counts.undecided)
      }, lineages: material.lineages[model] ?? [], caps: caps)
    try AuditResult.write(to: "\(folder)/\(FolderReport.file(of: model.isEmpty ? nil : model))") {
      try FolderReport.page(page, name: entry(model).name, templates: templates.templates)
    }
  }
}
