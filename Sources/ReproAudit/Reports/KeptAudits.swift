import AuditDatabase
import Records
import Rules

/// The audits that a database keeps: a list of them, and each again as it was.
public struct KeptAudits: Sendable {
  private let history: AuditHistory

  /// Throws `AuditError` when there is no database at `path` or it keeps none.
  public init(path: String) throws {
    do {
      history = try AuditHistory(path: path)
    } catch let error as AuditDatabaseError {
      throw AuditError.unusable(error.description)
    }
  }

  /// The facts of the last scan, which must have ended; results of a partial one are those of what it judged.
  ///
  /// Who shows nothing of the ledger need not have it checked, which takes longer with each scan.
  public static func lastFacts(path: String, checksLedger: Bool = true) throws -> AuditResult {
    do {
      let history = try AuditHistory(path: path)
      guard let scan = try history.scans().last else { throw AuditDatabaseError.noHistory(path: path) }
      guard scan.isFinished else {
        throw AuditError.unusable("\(path): its last scan, of \(scan.now), did not end; scan again")
      }
      let database = try AuditDatabase(reading: path)
      let sources = try AuditSources(json: scan.sources)
      let summary = try ResultSummary(database)
      var result = AuditResult(
        database: database, catalogue: try sources.catalogue(for: summary), policy: Policy(name: scan.policy),
        policyDigest: scan.policyDigest, scanID: scan.id ?? "", now: scan.now, summary: summary,
        foundAnything: scan.foundAnything, timings: [])
      result.sources = sources
      result.selection = scan.selection
      result.toolVersion = scan.tool
      if checksLedger { result.ledger = try LedgerState(history, entry: history.ledgerEntry(of: scan)) }
      return result
    } catch let error as AuditDatabaseError {
      throw AuditError.unusable(error.description)
    }
  }

  /// A line for each scan, the oldest first.
  public func list() throws -> String {
    let scans = try history.scans()
    guard !scans.isEmpty else { return "no scan is kept\n" }
    let rows = scans.map { scan in
      [
        "\(scan.number)", scan.now, scan.id ?? "-", String(scan.policyDigest.prefix(19)), scan.tool,
        !scan.isKept
          ? "dropped"
          : scan.isComplete ? "complete" : scan.isFinished ? "partial: \(scan.selection ?? "")" : "did not end",
        scan.policy,
      ].map { TextStyle(colour: false).visible($0) }
    }
    return TextTable.text([["scan", "time", "id", "policy digest", "tool", "state", "policy"]] + rows)
  }

  /// The last complete scan, or the last until `asOf`, an instant that is shown as `asOfText`.
  ///
  /// With `subject` only what is said of the subjects of that name. Close the result when it is done with.
  public func audit(asOf: String? = nil, asOfText: String? = nil, subject: String? = nil) throws -> AuditResult {
    let scans = try history.scans()
    let complete = scans.filter { $0.isComplete && $0.isKept }.sorted { ($0.now, $0.number) < ($1.now, $1.number) }
    guard let first = complete.first else {
      throw AuditError.unusable(
        "\(history.path): no complete scan is kept in it; scan again with --db \(history.path)")
    }
    guard let scan = complete.last(where: { scan in asOf.map { scan.now <= $0 } ?? true }) else {
      throw AuditError.unusable(
        "\(history.path): no complete scan until \(asOfText ?? ""); the first complete scan is of \(first.now)")
    }
    let database = try history.restore(scan)
    var selection: String?
    if let subject {
      do {
        selection = try AuditResult.restrict(database, to: subject)
      } catch {
        try database.close()
        throw error
      }
    }
    let summary = try ResultSummary(database)
    let sources = try AuditSources(json: scan.sources)
    var result = AuditResult(
      database: database, catalogue: try sources.catalogue(for: summary), policy: Policy(name: scan.policy),
      policyDigest: scan.policyDigest, scanID: scan.id ?? "", now: scan.now, summary: summary,
      foundAnything: scan.foundAnything, timings: [])
    result.sources = sources
    result.ledger = try LedgerState(history, entry: history.ledgerEntry(of: scan))
    result.toolVersion = scan.tool
    result.selection = selection
    result.asOf = asOfText
    result.trend = try history.trend(until: scan)
    return result
  }
}
