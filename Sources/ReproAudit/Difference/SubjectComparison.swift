import AuditDatabase
import Lineage
import Records
import Reports

/// Runs or versions of one audit, held against each other.
public struct SubjectComparison: Sendable {
  /// More columns nobody reads.
  public static let most = 20

  let comparison: Comparison
  let toolVersion: String

  /// Whether nothing that is compared differs.
  public var isEmpty: Bool { comparison.isSame }

  /// What is known of one side.
  struct Part: Sendable {
    let found: SubjectEvidence.Found
    let members: Provenance.Members
    let facts: Provenance
    let config: ConfigReading?
  }

  /// `names` are runs, versions or aliases; the first is what the others are held against.
  ///
  /// Throws `AuditError` when there is none of a name, or fewer than two.
  public init(
    _ names: [String], store: String? = nil, tolerance: MetricTolerance? = nil, in audit: AuditResult
  ) async throws {
    let parts = try names.map { try Self.part($0, store: store, in: audit) }
    let topics = ComparedTopics(parts: parts, tolerance: tolerance)
    let code = await CodeDifference(parts: parts).section()
    let lineage = try LineageDifference(parts.map { try Self.lineage(of: $0.members, in: audit.database) })
    comparison = Comparison(
      sides: parts.map {
        Comparison.Side(subject: $0.found.subject, run: $0.facts.run?.name, recordedAt: $0.facts.run?.recordedAt)
      },
      sections: [code] + topics.sections, links: lineage.links, sharedLinks: lineage.shared, now: audit.now,
      tolerance: tolerance?.text)
    toolVersion = audit.toolVersion
  }

  /// What the run comes from; a version that names none has that gap only.
  private static func lineage(of members: Provenance.Members, in database: AuditDatabase) throws -> LineageFocus {
    let id = members.run ?? members.version ?? 0
    let subject = try SubjectLookup(database).subject(id)
    let cursor = LineageCursor(database: database, around: id)
    let nodes = try LineageGraph(nodes: cursor.nodes(), edges: [])
    let edges = try cursor.edges().filter { nodes.index(of: $0.from) != nil && nodes.index(of: $0.to) != nil }
    return try LineageFocus(
      on: "\(subject.store)|\(subject.name)", in: LineageGraph(nodes: nodes.nodes, edges: edges),
      directions: [.upstream])
  }

  private static func part(_ name: String, store: String?, in audit: AuditResult) throws -> Part {
    let found = try SubjectEvidence.choose(name, store: store, kind: nil, in: audit)
    guard [.run, .version, .alias].contains(found.subject.kind) else {
      throw AuditError.unusable("`\(name)` is a \(found.subject.kind.rawValue); name runs, versions or aliases")
    }
    guard let members = try Provenance.members(of: found.id, kind: found.subject.kind, in: audit.database) else {
      throw AuditError.unusable("`\(name)` points at no version, so that there is nothing to compare")
    }
    let facts = try Provenance(of: members, in: audit.database)
    return Part(
      found: found, members: members, facts: facts,
      config: facts.config.map { ConfigReading($0, storePath: found.storePath) })
  }
}
