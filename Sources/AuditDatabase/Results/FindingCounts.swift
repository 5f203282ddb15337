import GRDB
import Records

/// What was said of subjects, counted.
package struct FindingCounts: Sendable, Hashable {
  /// Findings by severity; without those of which there are none.
  package let findings: [Severity: Int]
  package let undecided: Int

  /// Four columns of a query over results `r`.
  static let columns = """
    count(*) FILTER (WHERE r.outcome = 'fail' AND r.severity = 'error') AS errors,
    count(*) FILTER (WHERE r.outcome = 'fail' AND r.severity = 'warning') AS warnings,
    count(*) FILTER (WHERE r.outcome = 'fail' AND r.severity = 'note') AS notes,
    count(*) FILTER (WHERE r.outcome = 'unverified') AS undecided
    """

  /// Takes the four columns, the first of which is that at `index`.
  init(_ row: Row, at index: Int) {
    let counts: [(Severity, Int)] = [(.error, row[index]), (.warning, row[index + 1]), (.note, row[index + 2])]
    findings = Dictionary(uniqueKeysWithValues: counts.filter { $0.1 > 0 })
    undecided = row[index + 3]
  }
}
