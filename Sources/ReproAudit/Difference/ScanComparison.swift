import AuditDatabase
import Records
import Reports

/// Two complete scans that a database keeps, held against each other.
public struct ScanComparison: Sendable {
  let from: AuditHistory.Scan
  let to: AuditHistory.Scan
  let difference: ScanDifference

  /// Whether the later scan found the same as the earlier one.
  public var isEmpty: Bool { difference.isEmpty }

  /// `scans` are none, for the last two complete ones, or two, each by number or by the beginning of its id; the order
  /// does not matter. Throws `AuditError` when there are no such scans.
  public init(database path: String, scans names: [String]) throws {
    do {
      let history = try AuditHistory(path: path)
      let scans = try history.scans()
      let complete = scans.filter { $0.isComplete && $0.isKept }
      var chosen = try names.map { try Self.find($0, among: scans, path) }
      if names.isEmpty {
        guard complete.count > 1 else {
          throw AuditError.unusable(
            "\(path): it keeps \(complete.count == 1 ? "one complete scan" : "no complete scan"), and two are compared; scan again with --db \(path)"
          )
        }
        chosen = complete.suffix(2)
      }
      chosen.sort { $0.number < $1.number }
      (from, to) = (chosen[0], chosen[1])
      difference = try history.difference(from: from, to: to)
    } catch let error as AuditDatabaseError {
      throw AuditError.unusable(error.description)
    }
  }

  private static func find(
    _ name: String, among scans: [AuditHistory.Scan], _ path: String
  ) throws -> AuditHistory.Scan {
    let byNumber = scans.filter { "\($0.number)" == name }
    let found = byNumber.isEmpty && name.utf8.count >= 4 ? scans.filter { $0.id?.hasPrefix(name) ?? false } : byNumber
    guard let scan = found.last else {
      throw AuditError.unusable(
        "\(path): there is no scan `\(name)`; `repro-audit report --db \(path) --list` shows all")
    }
    guard found.count == 1 else {
      throw AuditError.unusable("\(path): `\(name)` is the beginning of several scans' ids; name one by its number")
    }
    guard scan.isComplete else {
      throw AuditError.unusable(
        "\(path): scan \(scan.number) did not end, or judged a part only; its results are not kept")
    }
    guard scan.isKept else {
      throw AuditError.unusable("\(path): the results of scan \(scan.number) were dropped by `repro-audit db compact`")
    }
    return scan
  }
}
