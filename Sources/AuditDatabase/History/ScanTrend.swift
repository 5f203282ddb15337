import Foundation
import GRDB
import Records

/// What complete scans found, one after the other: from what a kept database holds of them.
package struct ScanTrend: Sendable, Hashable {
  /// Scans that are told of; the ones before are left out.
  private static let most = 30

  /// One complete scan.
  package struct Point: Sendable, Hashable {
    /// The scan's clock, RFC 3339 in UTC.
    package let now: String
    /// Findings by severity.
    package fileprivate(set) var findings: [Severity: Int] = [:]
    /// What was hashed, and what checks of it came to.
    package let files: FileFigures
  }

  /// The oldest first.
  package private(set) var points: [Point] = []

  /// The last scans up to the one with the number `last`.
  init(_ db: Database, until last: Int64) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT * FROM (
          SELECT id, now, figures FROM scan
          WHERE finished AND selection IS NULL AND figures IS NOT NULL AND id <= ? ORDER BY id DESC LIMIT ?
        ) ORDER BY id
        """, arguments: [last, Self.most])
    let scans: [(number: Int64, point: Point)] = try rows.map { row in
      let figures: String = row[2]
      return (row[0], Point(now: row[1], files: try JSONDecoder().decode(FileFigures.self, from: Data(figures.utf8))))
    }
    points = scans.map(\.point)
    guard points.count > 1 else { return }
    // A row of the past holds from one scan to another; few pairs of these stand for many rows.
    for row in try Row.fetchAll(
      db,
      sql: """
        SELECT severity, valid_from, valid_to, count(*) FROM history_result WHERE outcome = 'fail'
        GROUP BY severity, valid_from, valid_to
        """)
    {
      guard let severity = Severity(rawValue: row[0] as String) else { continue }
      let (from, to, count): (Int64, Int64?, Int) = (row[1], row[2], row[3])
      for (index, scan) in scans.enumerated() where from <= scan.number && to.map({ $0 > scan.number }) ?? true {
        points[index].findings[severity, default: 0] += count
      }
    }
  }
}

extension ScanTrend: Codable {
  private enum Keys: String, CodingKey { case now, findings, files }

  package init(from decoder: any Decoder) throws {
    var values = try decoder.unkeyedContainer()
    while !values.isAtEnd {
      let point = try values.nestedContainer(keyedBy: Keys.self)
      var read = Point(
        now: try point.decode(String.self, forKey: .now), files: try point.decode(FileFigures.self, forKey: .files))
      for (name, count) in try point.decode([String: Int].self, forKey: .findings) {
        if let severity = Severity(rawValue: name) { read.findings[severity] = count }
      }
      points.append(read)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.unkeyedContainer()
    for point in points {
      var container = values.nestedContainer(keyedBy: Keys.self)
      try container.encode(point.now, forKey: .now)
      try container.encode(point.files, forKey: .files)
      // A dictionary with keys of another type than text has no order.
      let findings = Dictionary(uniqueKeysWithValues: point.findings.map { ($0.key.rawValue, $0.value) })
      try container.encode(findings, forKey: .findings)
    }
  }
}

extension AuditDatabase {
  /// The scans that this database keeps; nil for a temporary one.
  package func trend() throws -> ScanTrend? {
    guard isKept else { return nil }
    return try reader().read { db in
      try ScanTrend(db, until: Int64.fetchOne(db, sql: "SELECT max(id) FROM scan") ?? 0)
    }
  }
}
