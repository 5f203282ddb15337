extension AuditResult {
  /// Writes the findings of this scan as a baseline to `path`; returns what to tell people.
  ///
  /// Throws `ReportFailure` when it cannot be written.
  public func writeBaseline(to path: String) throws -> String {
    guard let review, foundAnything else {
      throw ReportFailure(description: "\(path): no baseline is written: nothing to audit was found")
    }
    let written = review.text(keeping: earlierBaseline)
    try Self.write(to: path) { written.text }
    let losses =
      review.losses == 0
      ? ""
      : "; \(review.losses == 1 ? "1 loss" : "\(review.losses) losses") of published files not among them: restore the files, or waive by name"
    return "\(path): \(written.count == 1 ? "1 known finding" : "\(written.count) known findings") written\(losses)"
  }

  /// Rewrites the baseline without what matches nothing any more; returns what to tell people.
  public func pruneBaseline() throws -> String {
    guard let baseline, let review else { return "no baseline is given" }
    guard foundAnything else {
      throw ReportFailure(description: "\(baseline.path): not pruned: nothing to audit was found")
    }
    guard !review.stale.isEmpty else { return "\(baseline.path): every entry is still needed" }
    try Self.write(to: baseline.path) { review.prunedText(baseline) }
    return "\(baseline.path): \(review.stale.count == 1 ? "1 entry" : "\(review.stale.count) entries") dropped"
  }
}
