import GRDB
import Records

/// What was found of the files of one store, each file once: by the check that weighs most.
package struct StoreVerdicts: Sendable, Hashable {
  package let store: String
  package private(set) var files: [CheckVerdict: Int] = [:]
  /// When the file that was not verified for the longest time was verified, RFC 3339; nil when one never was.
  package private(set) var oldest: String?

  private var hasUnverified = false

  private mutating func note(_ moment: String?) {
    hasUnverified = hasUnverified || moment == nil
    oldest = hasUnverified ? nil : [oldest, moment].compactMap(\.self).min()
  }

  /// What weighs most first.
  private static let weights: [CheckVerdict] = [
    .corrupted, .swapped, .truncated, .edited, .claimAltered, .mismatched, .missing, .moved, .contradicted,
    .unstableRead, .changing, .unreadable, .unreachable, .pointer, .malformedClaim, .unknownDefinition, .unclaimed,
    .matched,
  ]

  /// Every audited store, sorted by name.
  package static func of(_ database: AuditDatabase) throws -> [StoreVerdicts] {
    let rank = weights.enumerated().map { "WHEN '\($0.element.rawValue)' THEN \($0.offset)" }.joined(separator: " ")
    return try database.read { db in
      let names = try Row.fetchAll(db, sql: "SELECT id, name FROM store")
      var stores = Dictionary(uniqueKeysWithValues: names.map { ($0[0] as Int64, StoreVerdicts(store: $0[1])) })
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT f.store, k.weight, count(*), CASE WHEN count(*) = count(k.verified_at) THEN min(k.verified_at) END FROM (
            SELECT file, min(CASE verdict \(rank) END) AS weight, max(verified_at) AS verified_at
            FROM file_check GROUP BY file
          ) k JOIN file f ON f.id = k.file GROUP BY f.store, k.weight
          """)
      while let row = try rows.next() {
        let (store, oldest): (Int64, String?) = (row[0], row[3])
        guard let weight = row[1] as Int?, var verdicts = stores[store] else { continue }
        verdicts.files[weights[weight], default: 0] += row[2]
        verdicts.note(oldest)
        stores[store] = verdicts
      }
      return stores.values.sorted { $0.store.utf8.lexicographicallyPrecedes($1.store.utf8) }
    }
  }
}
