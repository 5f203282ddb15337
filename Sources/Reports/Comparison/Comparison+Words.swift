extension Comparison {
  /// `A`, `B` … for the sides, in every format.
  package static func letter(_ side: Int) -> String {
    side < 26 ? String(UnicodeScalar(UInt8(65 + side))) : "\(side + 1)"
  }

  package static func title(_ topic: Topic) -> String {
    switch topic {
    case .code: "Code"
    case .data: "Data"
    case .config: "Configuration"
    case .params: "Parameters"
    case .environment: "Environment"
    case .seeds: "Seeds"
    case .metrics: "Metrics"
    case .artifacts: "Artifacts"
    }
  }

  /// What stands above everything else, each without a full stop.
  package var warnings: [String] {
    guard let data = self[.data], let metrics = self[.metrics], metrics.isRecorded else { return [] }
    if let row = data.differing.first {
      return ["the data differs (\(row.name)): metrics that were measured on other data are not comparable"]
    }
    guard data.isRecorded else {
      return ["no side records which data it read: whether the metrics are comparable is not known"]
    }
    let silent = sides.indices.filter { side in data.rows.allSatisfy { $0.values[side] == nil } }
    guard silent.isEmpty else {
      return ["\(Self.list(silent)) records no data: whether the metrics are comparable is not known"]
    }
    return data.rows.contains { $0.name.hasSuffix("digest") || $0.name.hasSuffix("bytes") }
      ? [] : ["no digest of the data is recorded: whether the metrics are comparable is not known"]
  }

  /// What the comparison comes to, in one sentence without a full stop.
  package var verdict: String {
    if isSame {
      return unrecorded.isEmpty
        ? "nothing that is recorded differs" : "nothing that is recorded differs; \(Self.nothing(unrecorded))"
    }
    let results = sections.filter { !$0.topic.isInput && !$0.differing.isEmpty }
    guard let first else {
      if results.isEmpty { return "the lineage differs, and no input that is compared does" }
      let words = results.map { Self.title($0.topic).lowercased() }.joined(separator: " and ")
      return
        "no recorded input differs, and the \(words) do: what made the difference is not on record"
        + (unrecorded.isEmpty ? "" : "; \(Self.nothing(unrecorded))")
    }
    return "the first input that differs is \(Self.title(first.topic).lowercased()): \(first.row.name)"
  }

  /// Inputs of which no side says anything.
  package var unrecorded: [Topic] { sections.filter { $0.topic.isInput && !$0.isRecorded }.map(\.topic) }

  private static func nothing(_ topics: [Topic]) -> String {
    "no side records " + topics.map { title($0).lowercased() }.joined(separator: ", ")
  }

  private static func list(_ sides: [Int]) -> String { sides.map(letter).joined(separator: ", ") }

  /// `2 of 14 differ`, `14 the same`, `not recorded`.
  package static func summary(_ section: Section) -> String {
    guard section.isRecorded else { return "not recorded" }
    let different = section.differing.count
    let close = section.rows.count { $0.state == .close }
    let words = different == 0 ? "" : "\(Figures.count(different)) of \(Figures.count(section.rows.count)) differ"
    let within = close == 0 ? "" : "\(Figures.count(close)) within the tolerance"
    let same = different + close == 0 ? "the same" : ""
    return [words, within, same].filter { !$0.isEmpty }.joined(separator: ", ")
  }
}
