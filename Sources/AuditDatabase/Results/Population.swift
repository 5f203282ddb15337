import GRDB
import Records

/// The subjects of an audit by kind, loaded once for all rules: ids are dense, so a byte a subject is enough.
package struct Population: Sendable {
  /// Index of the kind in `SubjectKind.allCases` and 1, by subject id; 0 where there is no subject.
  private let kinds: [UInt8]
  /// What a partial audit does not judge.
  private let leftOut: Set<Int>

  package init(_ database: AuditDatabase) throws {
    (kinds, leftOut) = try database.writer.read { db in
      let size = try Int.fetchOne(db, sql: "SELECT coalesce(max(id), 0) + 1 FROM subject") ?? 1
      var kinds = [UInt8](repeating: 0, count: size)
      for (index, kind) in SubjectKind.allCases.enumerated() {
        let ids = try Int.fetchCursor(
          db, sql: "SELECT id FROM subject WHERE judged AND kind = ?", arguments: [kind.rawValue])
        while let id = try ids.next() { kinds[id] = UInt8(index + 1) }
      }
      return (kinds, Set(try Int.fetchAll(db, sql: "SELECT id FROM subject WHERE NOT judged")))
    }
  }

  /// Whether a partial audit leaves the subject out.
  func leavesOut(_ subject: Int64) -> Bool { subject > 0 && subject < kinds.count && leftOut.contains(Int(subject)) }

  /// One byte a subject id: whether a rule about `wanted` judges it.
  func marks(of wanted: [SubjectKind]) -> (marks: [Bool], count: Int) {
    var isWanted = [Bool](repeating: false, count: SubjectKind.allCases.count + 1)
    for (index, kind) in SubjectKind.allCases.enumerated() { isWanted[index + 1] = wanted.contains(kind) }
    let marks = kinds.map { isWanted[Int($0)] }
    return (marks, marks.count { $0 })
  }
}
