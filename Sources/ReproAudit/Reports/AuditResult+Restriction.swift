import AuditDatabase

extension AuditResult {
  /// Keeps what was said of the subject `name` and of what it rests on; returns that in words.
  static func restrict(_ database: AuditDatabase, to name: String) throws -> String {
    let names = try SubjectSelection(database: database).restrict(toName: name)
    guard names.isEmpty else { throw AuditError.unusable(NearestName.several("subject", name, among: names)) }
    return "the subject `\(name)`, with the run and the data that it rests on; files are counted over the whole scan"
  }

  /// A finished audit as far as it is about one subject; its database says no more from then on.
  public func restricted(to name: String) throws -> AuditResult {
    let selection = try Self.restrict(database, to: name)
    var result = AuditResult(
      database: database, catalogue: catalogue, policy: policy, policyDigest: policyDigest, scanID: scanID, now: now,
      summary: try ResultSummary(database), foundAnything: foundAnything, timings: timings)
    result.sources = sources
    result.toolVersion = toolVersion
    result.ledger = ledger
    result.selection = selection
    return result
  }
}
