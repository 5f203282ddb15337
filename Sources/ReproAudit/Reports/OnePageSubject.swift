import AuditDatabase
import Lineage
import Records
import Reports

/// What is known of one version, alias or run, whatever was said of it.
public struct OnePageSubject: Sendable {
  let found: SubjectEvidence.Found
  let provenance: Provenance
  let about: [(name: String, value: String)]
  let artifacts: [OnePageFacts.Artifact]
  let lineage: LineageGraph?
  /// Nodes of the lineage that are left out.
  let notDrawn: Int
  let scanID: String

  /// Nodes that fit a page.
  private static let mostDrawn = 16

  /// Nil for another kind of subject, for several of the name, and for an alias that points nowhere.
  public init?(_ name: String, in audit: AuditResult) throws {
    let all = try SubjectEvidence.find(name, in: audit.database)
    guard all.count == 1,
      let members = try Provenance.members(of: all[0].id, kind: all[0].subject.kind, in: audit.database)
    else { return nil }
    found = all[0]
    provenance = try Provenance(of: members, in: audit.database)
    about = try Self.about(found, members, provenance, audit.database)
    artifacts = try Self.artifacts(members, provenance, audit.database)
    (lineage, notDrawn) = try Self.lineage(of: found, audit.database)
    scanID = audit.scanID
  }

  private static func about(
    _ found: SubjectEvidence.Found, _ members: Provenance.Members, _ facts: Provenance, _ database: AuditDatabase
  ) throws -> [(name: String, value: String)] {
    let version = try members.version.map { try SubjectLookup(database).subject($0).name }
    let evidence = try SubjectEvidence(of: members.version ?? found.id, in: database)
    let run = facts.run
    let fields: [(String, String?)] = [
      ("Version", version == found.subject.name ? nil : version), ("Run", run?.name ?? "none is recorded"),
      ("Recorded", run?.recordedAt), ("Status", run?.status), ("Command", run?.command),
      ("Aliases", evidence.reaches.isEmpty ? "none" : evidence.reaches.joined(separator: ", ")),
      ("Store", found.subject.store), ("Place", found.path),
    ]
    return fields.compactMap { name, value in value.map { (name, $0) } }
  }

  private static func artifacts(
    _ members: Provenance.Members, _ provenance: Provenance, _ database: AuditDatabase
  ) throws -> [OnePageFacts.Artifact] {
    var verdicts: [String: String] = [:]
    for subject in [members.run, members.version].compactMap(\.self) {
      for file in try SubjectEvidence(of: subject, in: database).files {
        let found = file.claims.compactMap(\.verdict)
        verdicts[file.path] = found.first { $0 != "matched" } ?? found.first
      }
    }
    return provenance.artifacts.filter { $0.role != "record" }.map { file in
      let verdict = verdicts.first { $0.key == file.path || $0.key.hasSuffix("/" + file.path) }?.value
      return OnePageFacts.Artifact(
        path: file.path, role: file.role, digest: file.digest,
        state: verdict ?? (file.isRead ? "no digest on record" : file.state))
    }
  }

  private static func lineage(
    of found: SubjectEvidence.Found, _ database: AuditDatabase
  ) throws -> (LineageGraph?, Int) {
    let cursor = LineageCursor(database: database, around: found.id)
    let nodes = try LineageGraph(nodes: cursor.nodes(), edges: [])
    let edges = try cursor.edges().filter { nodes.index(of: $0.from) != nil && nodes.index(of: $0.to) != nil }
    let focus = try LineageFocus(
      on: "\(found.subject.store)|\(found.subject.name)", in: LineageGraph(nodes: nodes.nodes, edges: edges), hops: 3,
      most: mostDrawn)
    return (focus.graph.edges.isEmpty ? nil : focus.graph, focus.leftOut)
  }
}
