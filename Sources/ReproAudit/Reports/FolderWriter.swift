import AuditDatabase
import Foundation
import Records
import Reports
import Rules

/// Writes the HTML report as an index and a page for each model, for audits that no single page can show.
struct FolderWriter {
  let result: AuditResult
  let failOn: FailureThreshold
  let meta: ReportMetaFile?
  let templates: TemplateSet

  /// Results that are held at once; more models than have so many are written in several turns.
  private static let mostHeld = 20_000
  /// What belongs to no model.
  private static let others = "Runs, data and stores of no model"

  /// A version with the model's page that draws it.
  struct Version {
    let row: VersionOutcomes.Row
    let model: String
  }

  func write(to path: String) async throws {
    let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw ReportError(path: folder, reason: "its folder cannot be made")
    }
    let loader = PageLoader(
      result: result, failOn: failOn, caps: PageCaps(), meta: meta?.meta, templates: templates.origin)
    var facts = try loader.allFacts()
    let (versions, models) = try readVersions()
    facts.models = models
    var entries: [String: FolderReport.Entry] = [:]
    for version in versions { entries[version.model, default: entry(version.model)].versions += 1 }
    var search = SearchIndex()
    try eachResult { result in
      let owners = owners(of: result, models)
      for owner in owners { entries[owner, default: entry(owner)].count(result) }
      search.add(
        result, file: FolderReport.file(of: owners[0].isEmpty ? nil : owners[0]),
        title: self.result.catalogue[result.rule]?.description.title ?? "")
    }
    let order = entries.keys.sorted { Self.comes($0, before: $1) }
    var turn: [String] = []
    var held = 0
    for model in order {
      turn.append(model)
      held += entries[model]?.results ?? 0
      guard held >= Self.mostHeld || model == order.last else { continue }
      try await write(turn, facts, versions, to: folder)
      (turn, held) = ([], 0)
    }
    let page = try loader.page(of: facts, results: ResultSelection(ruleRuns: facts.ruleRuns), withLineage: false)
    // Last: it leads to nothing that is not there.
    try AuditResult.write(to: "\(folder)/\(FolderReport.index)") {
      try FolderReport.index(
        page, entries: order.compactMap { entries[$0] }, search: search, templates: templates.templates)
    }
    let written = Set(order.map { FolderReport.file(of: $0.isEmpty ? nil : $0) })
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where FolderReport.isPage(name) && !written.contains(name) {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  func entry(_ model: String) -> FolderReport.Entry {
    FolderReport.Entry(
      name: model.isEmpty ? Self.others : model, file: FolderReport.file(of: model.isEmpty ? nil : model))
  }

  /// By bytes; what belongs to no model comes last.
  private static func comes(_ left: String, before right: String) -> Bool {
    if left.isEmpty != right.isEmpty { return right.isEmpty }
    return left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  func eachResult(_ body: (RuleResult) throws -> Void) throws {
    try ResultCursor(database: result.database).forEach(.allButPasses) { result in
      if result.outcome != .notApplicable { try body(result) }
    }
  }

  /// The models that a result belongs to, sorted; the empty name for none.
  func owners(of result: RuleResult, _ models: [Subject: Set<String>]) -> [String] {
    let subject = result.subject
    let found: Set<String>
    switch subject.kind {
    case .model: found = [subject.name]
    case .version, .alias: found = [Self.model(of: subject.name)]
    case .run, .dataset: found = models[subject] ?? []
    case .store, .waiver: found = []
    }
    return found.isEmpty ? [""] : found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  static func model(of name: String) -> String {
    Subject.parts(of: name)?.model ?? name
  }

  private func readVersions() throws -> (versions: [Version], models: [Subject: Set<String>]) {
    var versions: [Version] = []
    var models: [Subject: Set<String>] = [:]
    try VersionOutcomes(database: result.database).forEach { row in
      let model = Self.model(of: row.subject.name)
      versions.append(Version(row: row, model: model))
      for input in row.inputs { models[input, default: []].insert(model) }
    }
    return (versions, models)
  }
}
