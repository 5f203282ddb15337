import AuditDatabase
import Records
import Rules

/// What a finished scan says of its baseline, and what a new or pruned one holds.
struct BaselineReview: Sendable {
  /// Entries that match nothing any more.
  let stale: [BaselineEntry]
  /// Rules that ran and that the baseline does not know.
  let newerRules: [String]
  /// Findings that no baseline accepts.
  let losses: Int
  private let settlement: Settlement
  private let catalogue: RuleCatalogue
  /// Those that were judged, as they are known over time.
  private let stores: Set<String>
  /// Rules whose findings are all known.
  private let completed: Set<String>

  /// `ran` are the rules that were asked for; `hasGaps` when records could not be read, so that subjects are missing;
  /// `isPartial` when only some subjects were judged.
  init(
    _ settlement: Settlement, catalogue: RuleCatalogue, ran: [String], completed: Set<String>, stores: Set<String>,
    hasGaps: Bool, isPartial: Bool
  ) throws {
    self.settlement = settlement
    self.catalogue = catalogue
    let known = Set(stores.map { Subject(store: $0, kind: .store, name: $0).lasting(below: settlement.root).store })
    self.stores = known
    self.completed = completed
    losses = settlement.all.reduce(0) { $0 + $1.losses }
    newerRules = ran.filter { settlement.isNewer($0) && catalogue[$0]?.description.judgesWaivers == false }
    guard let baseline = settlement.baseline else {
      stale = []
      return
    }
    let lookup = SubjectLookup(settlement.database)
    let unmet = settlement.all.flatMap(\.unmet) + baseline.entries.filter { catalogue[$0.rule] == nil }
    stale = try unmet.filter { entry in
      // What was not audited, or could not be read, is still what it was.
      guard known.contains(entry.subject.store) else { return false }
      if isPartial { return try lookup.isJudged(entry.subject.kind, entry.subject.name) }
      guard hasGaps, entry.subject.kind != .store else { return true }
      return try lookup.exists(entry.subject.kind, entry.subject.name)
    }
  }

  /// The baseline without what matches nothing.
  func prunedText(_ baseline: Baseline) -> String {
    let gone = Set(stale)
    return BaselineText.text(
      namesStores: baseline.namesStores, known: baseline.known,
      lines: baseline.entries.filter { !gone.contains($0) }.map(\.line))
  }

  /// A baseline of what this scan found; of rules and stores that it did not judge, what `earlier` holds.
  func text(keeping earlier: Baseline?) -> (text: String, count: Int) {
    let kept = (earlier?.entries ?? []).filter { entry in
      catalogue[entry.rule] != nil && earlier?.namesStores == (settlement.root == nil)
        && (!completed.contains(entry.rule) || !stores.contains(entry.subject.store))
    }
    let lines = Set(settlement.all.flatMap(\.lines) + kept.map(\.line))
    let known = Set(catalogue.rules.map(\.description.id))
    return (
      BaselineText.text(namesStores: settlement.root == nil, known: known, lines: Array(lines)), lines.count
    )
  }

  /// For people: what the baseline has that is not needed, and what it cannot say.
  var notices: [String] {
    guard let baseline = settlement.baseline else { return [] }
    var notices: [String] = []
    if let first = stale.first {
      let count = stale.count == 1 ? "1 entry matches" : "\(stale.count) entries match"
      notices.append(
        "\(baseline.path): \(count) nothing any more, first \(Self.words(first)); --prune-baseline drops what is not needed"
      )
    }
    if !newerRules.isEmpty {
      let names = newerRules.prefix(5).joined(separator: ", ") + (newerRules.count > 5 ? ", …" : "")
      notices.append(
        "\(baseline.path): written before there was \(names); what is found by rules it does not know is a warning at most, until it is written anew"
      )
    }
    return notices
  }

  private static func words(_ entry: BaselineEntry) -> String {
    let item: String? = if case .item(_, let item) = entry.part { item } else { nil }
    return "`\(entry.rule)` for \(entry.subject.name)" + (item.map { " (\($0))" } ?? "")
  }
}
