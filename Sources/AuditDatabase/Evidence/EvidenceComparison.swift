import GRDB

/// Says in words what `packed` has otherwise than `main`, which was made again from its facts.
struct EvidenceComparison {
  /// More of one kind are told by number only.
  static let most = 20

  private(set) var differences: [String] = []

  /// Rows of a table that only one of the two has.
  mutating func compare(table name: String, _ db: Database) throws {
    let table = try EvidenceTable(name: name, db)
    for (here, there, what) in [
      ("packed", "main", "does not follow from the facts"), ("main", "packed", "follows from the facts and is missing"),
    ] {
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT \(table.list) FROM \(here).\(name) EXCEPT SELECT \(table.list) FROM \(there).\(name)
          ORDER BY \(table.order.joined(separator: ", ")) LIMIT \(Self.most + 1)
          """)
      tell(
        rows.map { row in
          let values = zip(table.columns, row.databaseValues).compactMap { column, value -> String? in
            value.isNull ? nil : "\(column.name) \(Self.text(value))"
          }
          return "facts: table \(name): what it has \(what): \(values.joined(separator: ", "))"
        })
    }
  }

  /// What checks say has to follow from what was claimed and read, except what only an earlier scan can know.
  mutating func compareChecks(hasMemory: Bool, _ db: Database) throws {
    let known =
      hasMemory
      ? """
      AND NOT (m.verdict IN ('mismatched', 'truncated', 'swapped', 'unclaimed')
          AND p.verdict IN ('claim-altered', 'truncated', 'corrupted', 'edited', 'pointer') AND p.found IS m.found
        OR m.verdict = 'unreadable' AND p.verdict = 'unstable-read')
      """ : ""
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT f.path, p.verdict, m.verdict, p.found, m.found FROM (
          SELECT file, claim FROM packed.file_check UNION SELECT file, claim FROM main.file_check
        ) c LEFT JOIN packed.file_check p ON p.file = c.file AND p.claim IS c.claim
        LEFT JOIN main.file_check m ON m.file = c.file AND m.claim IS c.claim LEFT JOIN main.file f ON f.id = c.file
        WHERE (p.verdict IS NOT m.verdict OR p.found IS NOT m.found OR p.size IS NOT m.size OR p.evidence IS NOT m.evidence)
          \(known)
        ORDER BY f.path, c.claim LIMIT \(Self.most + 1)
        """)
    tell(
      rows.map { row in
        let (packed, made): (String?, String?) = (row[1], row[2])
        let difference =
          packed == made
          ? "digest, size or evidence is another than what was read"
          : "the pack says \(packed ?? "nothing"), and claim and bytes read say \(made ?? "nothing")"
        return "facts: file \(row[0] as String? ?? "?"): \(difference)"
      })
    let count =
      try Int.fetchOne(
        db, sql: "SELECT (SELECT count(*) FROM packed.file_check) - (SELECT count(*) FROM main.file_check)") ?? 0
    if count != 0, rows.isEmpty {
      tell(["facts: the pack has \(abs(count)) checks of files \(count > 0 ? "too many" : "too few")"])
    }
  }

  mutating func compareRuns(_ db: Database) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT c.rule, p.status, m.status, p.severity, m.severity, p.examined, m.examined FROM (
          SELECT rule FROM (SELECT * FROM packed.rule_run EXCEPT SELECT * FROM main.rule_run)
          UNION SELECT rule FROM (SELECT * FROM main.rule_run EXCEPT SELECT * FROM packed.rule_run)
        ) c LEFT JOIN packed.rule_run p ON p.rule = c.rule LEFT JOIN main.rule_run m ON m.rule = c.rule ORDER BY 1
        """)
    tell(
      rows.map { row in
        let rule: String = row[0]
        guard let packed = row[1] as String? else {
          return "results: rule \(rule): the policy asks it, and the pack has no results of it"
        }
        guard let made = row[2] as String? else {
          return "results: rule \(rule): the pack has results of it, and the policy does not ask it"
        }
        if packed != made { return "results: rule \(rule): the pack says \(packed), and running it again says \(made)" }
        return "results: rule \(rule): what the pack says of it as a whole is not what running it again gives"
      })
  }

  mutating func compareResults(_ db: Database) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT c.rule, coalesce(s.kind || ' ' || s.name, 'subject ' || c.subject),
          coalesce(p.outcome, a.rest, 'none'), coalesce(m.outcome, b.rest, 'none'), p.severity, m.severity, p.message, m.message
        FROM (
          SELECT rule, subject FROM (SELECT * FROM packed.result EXCEPT SELECT * FROM main.result)
          UNION SELECT rule, subject FROM (SELECT * FROM main.result EXCEPT SELECT * FROM packed.result)
        ) c LEFT JOIN packed.result p ON p.rule = c.rule AND p.subject = c.subject
        LEFT JOIN main.result m ON m.rule = c.rule AND m.subject = c.subject
        LEFT JOIN packed.rule_run a ON a.rule = c.rule LEFT JOIN main.rule_run b ON b.rule = c.rule
        LEFT JOIN main.subject s ON s.id = c.subject
        ORDER BY s.position, c.rule LIMIT \(Self.most + 1)
        """)
    tell(
      rows.map { row in
        let place = "results: \(row[0] as String) of \(row[1] as String)"
        let (packed, made): (String, String) = (row[2], row[3])
        if packed != made { return "\(place): the pack says \(packed), and the rule says \(made)" }
        if row[4] as String? != row[5] {
          return "\(place): the pack says \(row[4] as String? ?? ""), and it is \(row[5] as String? ?? "")"
        }
        let what = row[6] as String? == row[7] ? "items are" : "message is"
        return "\(place): its \(what) not what the rule says"
      })
  }

  /// Of the scan's own row what follows from results.
  mutating func compareScan(_ db: Database) throws {
    for (column, what) in [
      ("digest", "the scan's id"), ("figures", "the counts of files"), ("sources", "what decided about the audit"),
    ] {
      let isSame = try Bool.fetchOne(
        db,
        sql: """
          SELECT (SELECT \(column) FROM packed.scan ORDER BY id DESC LIMIT 1) IS (
            SELECT \(column) FROM main.scan ORDER BY id DESC LIMIT 1)
          """)
      if isSame != true {
        tell(["results: \(what) \(column == "figures" ? "are" : "is") not what facts and results come to"])
      }
    }
  }

  private mutating func tell(_ told: [String]) {
    differences += told.prefix(Self.most)
    if told.count > Self.most { differences.append("… and more of that kind") }
  }

  private static func text(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .string(let text): text.count > 80 ? text.prefix(80) + "…" : text
    case .blob(let data): "\(data.count) bytes"
    case .int64(let number): "\(number)"
    case .double(let number): "\(number)"
    case .null: "NULL"
    }
  }
}
