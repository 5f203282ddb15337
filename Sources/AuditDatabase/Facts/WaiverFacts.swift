import GRDB
import Records

/// The policy's waivers and attestations as facts: each is a subject, which rules about waivers judge.
package struct WaiverFacts: Sendable {
  /// One waiver or attestation; dates are days, as `2026-06-30`.
  package struct Waiver: Sendable, Hashable {
    package var form: Acceptance.Form
    /// Unique among the policy's waivers, and the same as long as it covers the same.
    package var name: String
    package var rule: String
    package var subjectGlob: String
    /// Empty for the whole finding.
    package var itemGlobs: [String]
    package var digests: [String]
    package var reason: String
    package var owner: String
    package var approvedBy: String?
    package var created: String
    package var expires: String
    /// The last day on which it holds: no later than the policy's horizon lets it.
    package var ends: String
    package var path: String
    package var line: Int

    package init(
      form: Acceptance.Form, name: String, rule: String, subjectGlob: String, itemGlobs: [String], digests: [String],
      reason: String, owner: String, approvedBy: String?, created: String, expires: String, ends: String, path: String,
      line: Int
    ) {
      self.form = form
      self.name = name
      self.rule = rule
      self.subjectGlob = subjectGlob
      self.itemGlobs = itemGlobs
      self.digests = digests
      self.reason = reason
      self.owner = owner
      self.approvedBy = approvedBy
      self.created = created
      self.expires = expires
      self.ends = ends
      self.path = path
      self.line = line
    }
  }

  /// What became of a waiver in this scan.
  package struct Usage: Sendable {
    /// What a digest in a waiver is worth: `none` given, `bound`, `changed`, or `unread` when no file was read.
    package enum Binding: String, Sendable { case none, bound, changed, unread }

    package var subjects = 0
    package var binding = Binding.none
    /// Flagged items that it matches, also those that another covers first.
    package var matched = 0

    package init() {}
  }

  private let database: AuditDatabase

  package init(_ database: AuditDatabase) { self.database = database }

  /// Adds the subjects, to the first store by name; returns their ids in the order of `waivers`.
  package func write(_ waivers: [Waiver]) throws -> [Int64] {
    guard !waivers.isEmpty else { return [] }
    return try database.writer.write { db in
      let store = try Int64.fetchOne(db, sql: "SELECT id FROM store ORDER BY name LIMIT 1") ?? 0
      let first = try Int64.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM subject") ?? 1
      let subject = try Insert(
        db, "INSERT INTO subject (id, store, kind, name, path, line) VALUES (?, ?, 'waiver', ?, ?, ?)")
      let insert = try Insert(
        db,
        """
        INSERT INTO waiver (subject, form, rule, subject_glob, item_globs, digests, reason, owner, approved_by, created,
          expires, ends) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
      return try waivers.enumerated().map { index, waiver in
        let id = first + Int64(index)
        try subject.run(id, store, waiver.name, waiver.path, waiver.line)
        try insert.run(
          id, waiver.form.rawValue, waiver.rule, waiver.subjectGlob, Self.list(waiver.itemGlobs),
          Self.list(waiver.digests), waiver.reason, waiver.owner, waiver.approvedBy, waiver.created, waiver.expires,
          waiver.ends)
        return id
      }
    }
  }

  /// What `write` wrote, by subject id.
  package func written() throws -> [(id: Int64, waiver: Waiver)] {
    func texts(_ list: String?) -> [String] { list?.split(separator: "\n").map(String.init) ?? [] }
    return try database.writer.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT w.subject, w.form, s.name, w.rule, w.subject_glob, w.item_globs, w.digests, w.reason, w.owner,
            w.approved_by, w.created, w.expires, w.ends, coalesce(s.path, ''), coalesce(s.line, 0)
          FROM waiver w JOIN subject s ON s.id = w.subject ORDER BY w.subject
          """
      ).map { row in
        let waiver = Waiver(
          form: Acceptance.Form(rawValue: row[1]) ?? .waiver, name: row[2], rule: row[3], subjectGlob: row[4],
          itemGlobs: texts(row[5]), digests: texts(row[6]), reason: row[7], owner: row[8], approvedBy: row[9],
          created: row[10], expires: row[11], ends: row[12], path: row[13], line: row[14])
        return (row[0], waiver)
      }
    }
  }

  private static func list(_ texts: [String]) -> String? { texts.isEmpty ? nil : texts.joined(separator: "\n") }

  /// Keeps what the rules' results say of each waiver, by subject id.
  package func record(_ usage: [Int64: Usage]) throws {
    guard !usage.isEmpty else { return }
    try database.writer.write { db in
      let update = try Insert(db, "UPDATE waiver SET subjects = ?, binding = ?, matched = ? WHERE subject = ?")
      for (id, use) in usage.sorted(by: { $0.key < $1.key }) {
        try update.run(use.subjects, use.binding.rawValue, use.matched, id)
      }
    }
  }

  /// Waivers by subject id, as reports name them.
  static func known(_ db: Database) throws -> [Int64: Acceptance] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT w.subject, w.form, s.name, w.reason, w.owner, w.approved_by, w.ends
        FROM waiver w JOIN subject s ON s.id = w.subject
        """)
    var known: [Int64: Acceptance] = [:]
    for row in rows {
      let form: String = row[1]
      known[row[0]] = Acceptance(
        form: Acceptance.Form(rawValue: form) ?? .waiver, name: row[2], reason: row[3], owner: row[4],
        approvedBy: row[5], ends: row[6], details: 0)
    }
    return known
  }
}
