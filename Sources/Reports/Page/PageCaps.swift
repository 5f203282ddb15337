/// How much one page shows; what is beyond is counted, named, and said to be in the JSON and JUnit reports.
package struct PageCaps: Sendable {
  /// Results shown of each kind: findings, undecided, accepted.
  package var results = 2_000
  /// Bytes of text that the results may hold together.
  package var resultBytes = 5_000_000
  /// Bytes that they may take before long texts are cut.
  package var heldBytes = 50_000_000
  /// Flagged items shown of one result, while there are few results.
  package var details = 20
  /// Flagged items shown of one result once there are more results than `manyResults`.
  package var detailsOfMany = 5
  package var manyResults = 400
  package var checklistRows = 1_000
  package var aliases = 1_000
  package var stores = 200
  package var lineages = 100
  /// Rows of one lineage table.
  package var lineageRows = 300
  /// Bytes of all drawings together.
  package var drawingBytes = 3_000_000
  /// Diagrams in Markdown, where each is drawn by the reader's browser.
  package var diagrams = 20

  package init() {}
}
