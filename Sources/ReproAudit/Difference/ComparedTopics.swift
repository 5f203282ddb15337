import AuditDatabase
import Hashing
import Records
import Reports

/// What is compared beside code and lineage, topic by topic.
struct ComparedTopics {
  let parts: [SubjectComparison.Part]
  let tolerance: MetricTolerance?

  var sections: [Comparison.Section] {
    [
      Comparison.Section(topic: .data, rows: data, notes: dataNotes), config,
      Comparison.Section(topic: .params, rows: byName(parts.map(\.facts.params), sameNumbers: true)),
      Comparison.Section(topic: .environment, rows: environment),
      Comparison.Section(topic: .seeds, rows: byName(parts.map(\.facts.seeds), sameNumbers: true)),
      Comparison.Section(topic: .metrics, rows: metrics), Comparison.Section(topic: .artifacts, rows: artifacts),
    ]
  }

  // MARK: Data

  /// Datasets are paired by their role, and by name where a side has several of one role.
  private var data: [Comparison.Row] {
    let sides = parts.map { part in
      let uses = part.facts.datasets
      let counts = Dictionary(grouping: uses) { $0.role ?? "data" }.mapValues(\.count)
      return uses.map { use -> (role: String, isOnly: Bool, use: Provenance.Dataset) in
        let role = use.role ?? "data"
        return (role, counts[role] == 1, use)
      }
    }
    let crowded = Set(sides.flatMap { $0.filter { !$0.isOnly }.map(\.role) })
    var tables: [[String: Provenance.Dataset]] = []
    for side in sides {
      var table: [String: Provenance.Dataset] = [:]
      for item in side {
        let key = crowded.contains(item.role) ? "\(item.role) \(item.use.name)" : item.role
        // One dataset that is used twice in one role is one input.
        table[key] = table[key] ?? item.use
      }
      tables.append(table)
    }
    return Set(tables.flatMap(\.keys)).sorted().flatMap { key -> [Comparison.Row] in
      let uses = tables.map { $0[key] }
      let fields: [(String, (Provenance.Dataset) -> String?)] = [
        ("dataset", { $0.name }), ("digest", \.claimed), ("bytes", { Self.found($0.found) }),
        ("records", { $0.records.map { "\($0)" } }), ("schema", { $0.schema.map(Self.bareDigest) }), ("gap", \.gap),
      ]
      return fields.map { name, value in
        Comparison.Row(name: "\(key) \(name)", values: uses.map { $0.flatMap(value) })
      }.filter { $0.values.contains { $0 != nil } }
    }
  }

  private var dataNotes: [String] {
    let locations = Set(parts.map { $0.facts.datasets.compactMap(\.location).sorted() })
    return locations.count > 1 ? ["the data lies in other places; what it is, is told by its digests"] : []
  }

  /// One file by its digest, several by one over all of theirs.
  private static func found(_ digests: [String]) -> String? {
    guard let first = digests.first else { return nil }
    if digests.count == 1 { return "sha256:\(first)" }
    let all = BytesDigest.sha256(Array(digests.map { "\($0)\n" }.joined().utf8))
    return "\(digests.count) files, sha256 of their sorted digests \(all)"
  }

  /// A schema hash says by which definition it was made when a record states it, and never where it was computed.
  private static func bareDigest(_ text: String) -> String {
    let pieces = text.split(separator: ":")
    return pieces.count > 2 ? pieces.suffix(2).joined(separator: ":") : text
  }

  // MARK: Configuration

  private var config: Comparison.Section {
    let configs = parts.map(\.facts.config)
    let readings = parts.map(\.config)
    let isReadable = zip(configs, readings).allSatisfy { $0 == nil || $1?.values != nil }
    if isReadable {
      return Comparison.Section(topic: .config, rows: byName(readings.map { $0?.values ?? [] }, sameNumbers: false))
    }
    let notes = readings.enumerated().compactMap { side, reading in
      reading?.reason.map { "\(Comparison.letter(side)): compared by its digest only: \($0)" }
    }
    let digests = configs.map { config in
      config.map { $0.isInline ? "inline in the record" : $0.sha256.map { "sha256:\($0)" } ?? $0.declared ?? "unread" }
    }
    let row = Comparison.Row(name: "digest", values: digests)
    return Comparison.Section(topic: .config, rows: [row], notes: notes)
  }

  // MARK: Environment

  private var environment: [Comparison.Row] {
    byName(parts.map(\.facts.platform), sameNumbers: false)
      + byName(parts.map { $0.facts.requirements.map(Self.requirement) }, sameNumbers: false)
  }

  /// The requirement without its name and with its hashes in short, which a lock file lists by the dozen.
  private static func requirement(_ fact: Provenance.Named) -> Provenance.Named {
    let words = (fact.value ?? "").split(whereSeparator: \.isWhitespace)
    let hashes = words.filter { $0.hasPrefix("--hash=") }.sorted()
    var text = words.filter { !$0.hasPrefix("--hash=") && $0 != "\\" }.joined(separator: " ")
    if !hashes.isEmpty {
      text += " (\(hashes.count) hashes, \(BytesDigest.sha256(Array(hashes.joined(separator: "\n").utf8)).prefix(12)))"
    }
    return Provenance.Named(name: fact.name, value: text)
  }

  // MARK: What came out

  private var metrics: [Comparison.Row] {
    let sides = parts.map { part in
      Dictionary(part.facts.metrics.map { ($0.name, $0) }) { first, _ in first }
    }
    return Set(sides.flatMap(\.keys)).sorted().map { name in
      let metrics = sides.map { $0[name] }
      let texts = metrics.map { metric in metric.flatMap { $0.text ?? $0.value.map { "\($0)" } } }
      let numbers = metrics.map { $0?.value }
      guard let first = numbers.first ?? nil, numbers.allSatisfy({ $0 != nil }) else {
        return Comparison.Row(name: name, values: texts)
      }
      let values = numbers.compactMap(\.self)
      let state: Comparison.State =
        values.allSatisfy { $0 == first }
        ? .same : values.allSatisfy { tolerance?.holds(first, $0) ?? false } ? .close : .different
      let change = values.count == 2 && state != .same ? Self.change(first, values[1]) : nil
      return Comparison.Row(name: name, values: texts, state: state, change: change)
    }
  }

  /// `+0.02 (+2.2 %)`.
  private static func change(_ from: Double, _ to: Double) -> String? {
    let difference = to - from
    guard difference.isFinite else { return nil }
    let share = difference / abs(from) * 100
    let percent = from == 0 || !share.isFinite ? "" : " (\(signed(share, digits: 3)) %)"
    return signed(difference, digits: 6) + percent
  }

  /// So many significant digits, the same in every locale.
  private static func signed(_ number: Double, digits: Int) -> String {
    guard number != 0 else { return "0" }
    let sign = number < 0 ? "-" : "+"
    let size = abs(number)
    var exponent = 0
    var rest = size
    while rest >= 10, exponent < 400 { (rest, exponent) = (rest / 10, exponent + 1) }
    while rest < 1, exponent > -400 { (rest, exponent) = (rest * 10, exponent - 1) }
    let places = digits - 1 - exponent
    guard places >= 0, places <= 15 else { return sign + "\(size)" }
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    return sign + "\((size * scale).rounded() / scale)"
  }

  /// What differs from run to run by nature, and what is compared as something else.
  private static let descriptions: Set<String> = [
    "record", "checksum", "log", "config", "requirements", "data", "metrics", "image", "folder",
  ]

  private var artifacts: [Comparison.Row] {
    byName(
      parts.map { part in
        part.facts.artifacts.filter { !Self.descriptions.contains($0.role) }.map { file in
          Provenance.Named(
            name: file.path,
            value: file.digest.map { file.isRead ? $0 : "\($0) on record, \(file.state)" } ?? file.state)
        }
      }, sameNumbers: false)
  }

  // MARK: Names and values

  /// A row a name; of several values under one name all, in their order.
  private func byName(_ sides: [[Provenance.Named]], sameNumbers: Bool) -> [Comparison.Row] {
    let tables = sides.map { side in
      Dictionary(grouping: side, by: \.name).mapValues { $0.map { $0.value ?? "null" }.joined(separator: "; ") }
    }
    return Set(tables.flatMap(\.keys)).sorted().map { name in
      let values = tables.map { $0[name] }
      let isSame = sameNumbers && Self.areSameNumber(values)
      return Comparison.Row(name: name, values: values, state: isSame ? .same : nil)
    }
  }

  /// `1` and `1.0`, `1e-3` and `0.001`; more digits than a number holds are compared as text.
  private static func areSameNumber(_ values: [String?]) -> Bool {
    let numbers = values.map { text in
      text.flatMap { $0.utf8.count(where: { (0x30...0x39).contains($0) }) <= 15 ? Double($0) : nil }
    }
    guard let first = numbers.first ?? nil, first.isFinite else { return false }
    return numbers.allSatisfy { $0 == first }
  }
}
