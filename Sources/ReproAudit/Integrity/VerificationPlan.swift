import AuditDatabase
import Records

/// What verifying every file within some days takes, a scan each night; what an alias reaches is verified four times.
public struct VerificationPlan: Sendable {
  private static let stagedTurns = 4

  public let database: String
  public let days: Int
  private let need: VerificationNeed

  /// `seconds` is at least a day. Throws `AuditError.unusable`.
  public init(database path: String, within seconds: Int) throws {
    database = path
    days = seconds / 86_400
    guard days >= 1 else { throw AuditError.unusable("--within: at least 1d, since a scan is made once a night") }
    do {
      let database = try AuditDatabase(reading: path)
      defer { try? database.close() }
      need = try VerificationNeed(database)
    } catch let error as AuditDatabaseError {
      throw AuditError.unusable(error.description)
    }
  }

  /// What is read of files that no alias reaches once, and of the others so often that each has its turns.
  private func nightly<Number: BinaryInteger>(_ all: Number, _ staged: Number) -> Number {
    let turns = Number(min(Self.stagedTurns, days))
    let total = all - staged + staged * turns
    return (total + Number(days) - 1) / Number(days)
  }

  public var files: Int { nightly(need.files, need.stagedFiles) }
  public var bytes: Int64 { nightly(need.bytes, need.stagedBytes) }

  /// Seconds a night at the measured rate; nil when nothing was read yet. Many small files take longer than their bytes.
  public var seconds: Double? {
    guard let rate = need.rate, rate.bytes > 0, rate.files > 0 else { return nil }
    return rate.seconds * max(Double(bytes) / Double(rate.bytes), Double(files) / Double(rate.files))
  }

  public var text: String {
    var lines = [
      row("to verify", "\(need.files) files, \(ByteCount.text(need.bytes))"),
      row(
        "staged",
        "\(need.stagedFiles) files, \(ByteCount.text(need.stagedBytes)), verified \(min(Self.stagedTurns, days)) times as often"
      ),
      row("within", days == 1 ? "1 day, by one scan" : "\(days) days, by \(days) scans"),
      row("a night", "\(files) files, \(ByteCount.text(bytes))"),
    ]
    if let rate = need.rate, let seconds {
      lines.append(row("rate", "\(ByteCount.text(Int64(Double(rate.bytes) / rate.seconds)))/s, as measured"))
      lines.append(row("hours", Self.hours(seconds) + " a night"))
    } else {
      lines.append(row("hours", "unknown: no scan with this database has read a file yet"))
    }
    lines += ["", "  repro-audit scan STORE --db \(database) --rehash oldest --max-bytes \(max(1, bytes))"]
    return lines.map { $0 + "\n" }.joined()
  }

  private func row(_ name: String, _ value: String) -> String {
    "  " + name + String(repeating: " ", count: max(1, 12 - name.count)) + value
  }

  /// `2.5`, or `under 0.1`.
  private static func hours(_ seconds: Double) -> String {
    let tenths = (seconds / 360).rounded(.up)
    return tenths <= 1 ? "under 0.1" : "\(tenths / 10)"
  }
}
