import AuditDatabase
import Hashing
import Lineage
import Records
import Reports

/// The runs of a lineage as OpenLineage events: what is on record, as a tool that ran them would have told.
struct OpenLineageEvents {
  let audit: AuditResult

  private var producer: String { "urn:repro-audit:" + audit.toolVersion }

  /// One event for each run of the lineage, by store and name.
  func events(of focus: LineageFocus) throws -> [OpenLineageEvent] {
    let ids = focus.graph.nodes.filter { $0.kind == .run && !$0.isGap }
    return try ids.compactMap { node -> (SubjectEvidence.Found, OpenLineageEvent)? in
      let found = try SubjectEvidence.find(node.label, in: audit.database).first {
        $0.subject.kind == .run && "\($0.subject.store)|\($0.subject.name)" == node.id
      }
      return try found.map { ($0, try event(of: $0)) }
    }.sorted { ($0.0.subject.store, $0.0.subject.name) < ($1.0.subject.store, $1.0.subject.name) }.map(\.1)
  }

  private func event(of found: SubjectEvidence.Found) throws -> OpenLineageEvent {
    let facts = try Provenance(of: Provenance.Members(version: nil, run: found.id), in: audit.database)
    let evidence = try SubjectEvidence(of: found.id, in: audit.database)
    let store = found.subject.store
    let versions = evidence.children.filter { $0.kind == "version" && $0.relation == "made by" }.compactMap(\.other)
    let time = [facts.run?.finishedAt, facts.run?.recordedAt].compactMap(\.self).compactMap { Instant($0) }.first
    var event = OpenLineageEvent(
      time: time?.description ?? audit.now, run: Self.identity(facts.run?.identity, found.subject), namespace: store,
      job: versions.first.flatMap(Self.model) ?? "runs", producer: producer)
    event.kind = Self.kind(facts.run?.status)
    event.source = Self.source(facts.commit)
    event.inputs =
      facts.datasets.filter { $0.gap == nil }.map { Self.dataset($0, store: store) }
      + evidence.parents.filter { $0.kind == "version" && $0.gap == nil }.compactMap(\.other).map {
        OpenLineageEvent.Dataset(namespace: store, name: $0)
      }
    event.outputs = try outputs(versions, facts, found)
    event.record = Self.record(facts)
    return event
  }

  /// The versions that the run made, or else the models that it left.
  private func outputs(
    _ versions: [String], _ facts: Provenance, _ found: SubjectEvidence.Found
  ) throws -> [OpenLineageEvent.Dataset] {
    let store = found.subject.store
    func model(_ artifacts: [Provenance.Artifact]) -> String? { artifacts.first { $0.role == "model" }?.digest }
    if versions.isEmpty {
      return facts.artifacts.filter { $0.role == "model" }.map { file in
        var output = OpenLineageEvent.Dataset(namespace: store, name: "\(found.subject.name)/\(file.path)")
        output.version = file.digest
        return output
      }
    }
    return try versions.map { name in
      var output = OpenLineageEvent.Dataset(namespace: store, name: name)
      let version = try SubjectEvidence.find(name, in: audit.database).first {
        $0.subject.kind == .version && $0.subject.store == store
      }
      let own = try version.map {
        try Provenance(of: Provenance.Members(version: $0.id, run: nil), in: audit.database).artifacts
      }
      output.version = model(own ?? []) ?? model(facts.artifacts)
      return output
    }
  }

  /// A place such as `s3://bucket/key` names the data everywhere; any other is known by its name in the store.
  private static func dataset(_ use: Provenance.Dataset, store: String) -> OpenLineageEvent.Dataset {
    var dataset = OpenLineageEvent.Dataset(namespace: store, name: use.name)
    if let location = use.location, isURI(location), let authority = location.firstRange(of: "://") {
      let rest = location[authority.upperBound...]
      let host = rest.prefix { $0 != "/" }
      let path = rest.dropFirst(host.count + 1)
      if !host.isEmpty, !path.isEmpty {
        dataset = OpenLineageEvent.Dataset(
          namespace: location[..<authority.upperBound] + String(host), name: String(path))
      }
      dataset.uri = location
    }
    dataset.version = use.claimed ?? (use.found.count == 1 ? "sha256:\(use.found[0])" : nil)
    dataset.rows = use.records
    return dataset
  }

  /// A scheme, and nothing that a URI cannot hold.
  private static func isURI(_ text: String) -> Bool {
    guard let scheme = text.firstRange(of: "://"), scheme.lowerBound > text.startIndex else { return false }
    return text[..<scheme.lowerBound].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }
  }

  private static func source(_ commit: Provenance.Commit?) -> OpenLineageEvent.Source? {
    guard let commit, let hash = commit.hash?.lowercased(), hash.allSatisfy(\.isHexDigit) else { return nil }
    let repository = commit.repository.map(Redaction.redact)
    // A path on somebody's disk is no address; a commit has one of its own.
    guard let url = repository.flatMap({ isURI($0) ? $0 : nil }) ?? (hash.utf8.count == 40 ? "swh:1:rev:\(hash)" : nil)
    else { return nil }
    return OpenLineageEvent.Source(url: url, repository: repository, commit: hash)
  }

  private static func record(_ facts: Provenance) -> [(title: String, pairs: [(name: String, value: String?)])] {
    var config: [(String, String?)] = []
    if let found = facts.config {
      config = [("path", found.declared ?? found.path), ("sha256", found.isInline ? nil : found.sha256)]
    }
    let lists: [(String, [(String, String?)])] = [
      ("run", [("name", facts.run?.name), ("status", facts.run?.status), ("command", facts.run?.command)]),
      ("commit", [("hash", facts.commit?.hash), ("repository", facts.commit?.repository.map(Redaction.redact))]),
      ("config", config), ("environment", unique(facts.platform)), ("requirements", unique(facts.requirements)),
      ("seeds", unique(facts.seeds)), ("params", unique(facts.params)),
      ("metrics", facts.metrics.map { ($0.name, $0.text) }),
    ]
    return lists.map { ($0.0, $0.1.filter { $0.1 != nil }) }.filter { !$0.1.isEmpty }
  }

  /// A key stands once in an object.
  private static func unique(_ list: [Provenance.Named]) -> [(String, String?)] {
    var seen: Set<[UInt8]> = []
    return list.filter { seen.insert(Array($0.name.utf8)).inserted }.map { fact in
      let all = list.filter { $0.name.hasSameBytes(as: fact.name) }.compactMap(\.value)
      return (fact.name, all.isEmpty ? nil : all.joined(separator: "; "))
    }
  }

  private static func model(_ version: String) -> String? {
    Subject.parts(of: version)?.model
  }

  private static func kind(_ status: String?) -> OpenLineageEvent.Kind {
    switch status?.lowercased() {
    case "failed", "failure", "fail", "error", "crashed": .fail
    case "killed", "aborted", "cancelled", "canceled", "interrupted": .abort
    case "running", "started", "scheduled", "pending": .running
    default: .complete
    }
  }

  /// The id on record when that is a UUID, with or without hyphens; or else one by name (RFC 9562, version 5).
  private static func identity(_ recorded: String?, _ subject: Subject) -> String {
    let digits = (recorded ?? "").lowercased().filter { $0 != "-" }
    if digits.utf8.count == 32, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) {
      return hyphenated(digits)
    }
    let space: [UInt8] = [
      0x6B, 0xA7, 0xB8, 0x11, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
    ]
    var bytes = Array(
      BytesDigest.sha1(space + Array("urn:repro-audit:\(subject.store):\(subject.name)".utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x50
    bytes[8] = bytes[8] & 0x3F | 0x80
    return hyphenated(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
  }

  private static func hyphenated(_ digits: String) -> String {
    var rest = digits[...]
    return [8, 4, 4, 4, 12].map { count in
      defer { rest = rest.dropFirst(count) }
      return String(rest.prefix(count))
    }.joined(separator: "-")
  }
}
