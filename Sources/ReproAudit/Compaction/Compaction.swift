import AuditDatabase
import Foundation
import Records

/// Makes a kept database smaller: what happened long ago is dropped, the ledger stays.
public struct Compaction: Sendable {
  /// What it came to, for people.
  public let text: String

  /// `keep` is a duration such as `400d`, counted back from `now`. Throws `AuditError`.
  public init(database path: String, keep: String, now: String) throws {
    guard let duration = PolicyDuration(keep), duration.seconds > 0 else {
      throw AuditError.unusable("--keep \(keep): write \(PolicyDuration.example)")
    }
    guard let end = Instant(now), let moment = Instant(seconds: end.seconds - duration.seconds) else {
      throw AuditError.unusable("\(now): not an instant such as 2026-03-01T00:00:00Z")
    }
    do {
      let before = Self.size(path)
      let freed = try HistoryCompaction.run(path: path, before: moment.description)
      let after = Self.size(path)
      text = """
        \(path): \(Self.count(freed.scans, "scan")) and \(Self.count(freed.rows, "row")) dropped, \
        \(ByteCount.text(before)) → \(ByteCount.text(after))
        kept: \(Self.count(freed.left, "scan")) from \(freed.first) on, and the whole ledger

        """
    } catch let error as AuditDatabaseError {
      throw AuditError.unusable(error.description)
    }
  }

  private static func size(_ path: String) -> Int64 {
    let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber
    return size?.int64Value ?? 0
  }

  private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
