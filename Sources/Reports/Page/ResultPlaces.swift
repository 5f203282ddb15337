import Records

/// The models and stages that results belong to, each by its place in a sorted list, as filters name them.
struct ResultPlaces: Sendable {
  /// As shown, sorted.
  let models: [String]
  /// Aliases without their model, as shown, sorted.
  let stages: [String]
  private let modelPlaces: [String: Int]
  private let stagePlaces: [String: Int]
  /// Runs and datasets → the models that rest on them.
  private let known: [Subject: Set<String>]

  init(_ results: [RuleResult], models known: [Subject: Set<String>]) {
    self.known = known
    let models = results.reduce(into: Set<String>()) { $0.formUnion(Self.models(of: $1, known)) }
    let stages = results.reduce(into: Set<String>()) { $0.formUnion(Self.stages(of: $1)) }
    self.models = Self.sorted(models)
    self.stages = Self.sorted(stages)
    modelPlaces = Self.places(self.models)
    stagePlaces = Self.places(self.stages)
  }

  /// `0 4`; empty when it belongs to none.
  func models(of result: RuleResult) -> String { Self.text(Self.models(of: result, known), modelPlaces) }

  /// `0 4`; empty when no alias reaches it.
  func stages(of result: RuleResult) -> String { Self.text(Self.stages(of: result), stagePlaces) }

  private static func models(of result: RuleResult, _ known: [Subject: Set<String>]) -> Set<String> {
    let named: [String]
    switch result.subject.kind {
    case .model: named = [result.subject.name]
    case .version, .alias: named = [halves(of: result.subject.name).model]
    case .run, .dataset, .store, .waiver: named = []
    }
    let reached = result.reaches.map { halves(of: $0).model }
    return Set((named + reached + (known[result.subject] ?? [])).map(shown))
  }

  private static func stages(of result: RuleResult) -> Set<String> {
    let own = result.subject.kind == .alias ? [result.subject.name] : []
    return Set((own + result.reaches).map { shown(halves(of: $0).rest) })
  }

  static func halves(of name: String) -> (model: String, rest: String) { Subject.parts(of: name) ?? (name, "") }

  private static func shown(_ name: String) -> String { VisibleText.line(name, limit: PageBuilder.nameLimit) }

  /// Bytewise.
  private static func sorted(_ names: Set<String>) -> [String] {
    names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func places(_ names: [String]) -> [String: Int] {
    Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
  }

  private static func text(_ names: Set<String>, _ places: [String: Int]) -> String {
    names.compactMap { places[$0] }.sorted().map(String.init).joined(separator: " ")
  }
}

extension PageBuilder {
  var filters: ReportPage.Filters {
    let (severities, outcomes) = (Set(selection.results.map(\.severity)), Set(selection.results.map(\.outcome)))
    return ReportPage.Filters(
      severities: Severity.allCases.reversed().filter(severities.contains).map(sign),
      outcomes: Wording.outcomes.filter(outcomes.contains).map(sign),
      rules: Set(selection.results.map(\.rule)).sorted(), models: places.models, stages: places.stages)
  }
}
