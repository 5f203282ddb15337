import Foundation
import GRDB

/// Reads the lineage of what is published: aliases, versions and everything they reach.
package struct LineageCursor: Sendable {
  package struct Node: Sendable, Hashable {
    package let id: String
    package let kind: String
    package let label: String
    /// The worst outcome of the node's subject, or `gap`; nil for what no rule judges.
    package let outcome: String?
  }

  package struct Edge: Sendable, Hashable {
    package let from: String
    package let to: String
    package let relation: String
  }

  private let database: AuditDatabase
  /// JSON list of subject ids, or nil for everything published.
  private let roots: String?
  /// Whether what comes from the roots belongs to it too.
  private let looksDown: Bool

  /// `versions` are subject ids; the graph holds them, what points at them, and what they come from.
  package init(database: AuditDatabase, versions: [Int64]? = nil) {
    self.database = database
    roots = versions.map { "[" + $0.map(String.init).joined(separator: ",") + "]" }
    looksDown = false
  }

  /// The graph holds one subject of any kind, all that it comes from, and all that comes from it with their other parents
  /// left out.
  package init(database: AuditDatabase, around subject: Int64) {
    self.database = database
    roots = "[\(subject)]"
    looksDown = true
  }

  private var scope: String { looksDown ? Self.surroundings : Self.members }

  /// Subjects above and below the root.
  private static let surroundings = """
    WITH RECURSIVE direct (child, parent) AS MATERIALIZED (
      SELECT child_id, parent_id FROM lineage WHERE parent_id IS NOT NULL
    ), up (id) AS (
      SELECT value FROM json_each(?1) UNION SELECT d.parent FROM up u JOIN direct d ON d.child = u.id
    ), down (id) AS (
      SELECT value FROM json_each(?1) UNION SELECT d.child FROM down n JOIN direct d ON d.parent = n.id
    ), member (id) AS (SELECT id FROM up UNION SELECT id FROM down)
    """

  /// A query for the subjects of the whole graph.
  static let published = members.replacingOccurrences(of: "?1", with: "NULL") + " SELECT id FROM member"

  /// Subjects that are part of the graph.
  private static let members = """
    WITH RECURSIVE direct (child, parent) AS MATERIALIZED (
      SELECT child_id, parent_id FROM lineage WHERE parent_id IS NOT NULL
    ), member (id) AS (
      SELECT id FROM subject WHERE ?1 IS NULL AND kind IN ('alias', 'version')
      UNION SELECT value FROM json_each(coalesce(?1, '[]'))
      UNION SELECT a.subject FROM alias a WHERE ?1 IS NOT NULL AND a.version IN (SELECT value FROM json_each(?1))
      UNION SELECT d.parent FROM member m JOIN direct d ON d.child = m.id
    )
    """

  /// Edges of members; what is no subject is named by kind and content, a gap by its child and kind.
  private static let edges = """
    , edge AS (
      SELECT c.id AS child, t.name || '|' || c.name AS child_name, l.relation, l.parent_kind, l.parent_id,
        coalesce(p.name, l.parent_name, '') AS parent_name, l.gap,
        CASE
          WHEN l.parent_id IS NOT NULL THEN u.name || '|' || p.name
          WHEN l.gap IS NOT NULL THEN 'gap|' || l.parent_kind || '|' || c.name || '|' || coalesce(l.parent_name, '')
          WHEN l.parent_kind IN ('config', 'environment') THEN l.parent_kind || '|' || c.name
          ELSE l.parent_kind || '|' || coalesce(l.parent_name, '')
        END AS parent_key
      FROM member m JOIN subject c ON c.id = m.id JOIN store t ON t.id = c.store JOIN lineage l ON l.child_id = m.id
      LEFT JOIN subject p ON p.id = l.parent_id LEFT JOIN store u ON u.id = p.store
    )
    """

  /// Nodes in the order of their ids.
  package func forEachNode(_ body: (Node) throws -> Void) throws {
    try database.read { db in
      guard try looksDown || Self.hasPublished(db) else { return }
      let rows = try Row.fetchCursor(
        db,
        sql: scope + Self.edges + """
          SELECT t.name || '|' || s.name AS id, s.kind AS kind, s.name AS label,
            CASE WHEN s.judged THEN (SELECT CASE min(CASE r.outcome WHEN 'fail' THEN 0 WHEN 'unverified' THEN 1 ELSE 2 END)
              WHEN 0 THEN 'fail' WHEN 1 THEN 'unverified' ELSE 'pass' END FROM result r WHERE r.subject = s.id) END AS outcome
          FROM member m JOIN subject s ON s.id = m.id JOIN store t ON t.id = s.store
          UNION
          SELECT parent_key, parent_kind, CASE WHEN gap IS NOT NULL THEN gap ELSE parent_name END,
            CASE WHEN gap IS NOT NULL THEN 'gap' END
          FROM edge WHERE parent_id IS NULL
          ORDER BY 1, 2, 3, 4
          """, arguments: [roots])
      while let row = try rows.next() {
        try body(Node(id: row[0], kind: row[1], label: row[2], outcome: row[3]))
      }
    }
  }

  /// Edges from child to parent, in the order of their ids.
  package func forEachEdge(_ body: (Edge) throws -> Void) throws {
    try database.read { db in
      guard try looksDown || Self.hasPublished(db) else { return }
      let rows = try Row.fetchCursor(
        db,
        sql: scope + Self.edges + "SELECT DISTINCT child_name, parent_key, relation FROM edge ORDER BY 1, 2, 3",
        arguments: [roots])
      while let row = try rows.next() { try body(Edge(from: row[0], to: row[1], relation: row[2])) }
    }
  }

  /// Loose runs alone, however many, make no graph.
  private static func hasPublished(_ db: Database) throws -> Bool {
    try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM version) OR EXISTS (SELECT 1 FROM alias)") ?? false
  }
}
