import Records

/// One line of a baseline: a known finding, or one flagged item of it.
struct BaselineEntry: Sendable, Hashable {
  enum Part: Sendable, Hashable {
    /// A finding without items.
    case whole
    /// Path and item, as in a fingerprint.
    case item(path: String, item: String)
    /// So many items beyond those that a rule lists.
    case rest(Int)
  }

  let rule: String
  /// As it is known over time.
  let subject: Subject
  /// `fail` or `unverified`: that something was undecided does not excuse that it is wrong.
  let outcome: Outcome
  let part: Part

  /// What it belongs to.
  var key: Key { Key(subject: subject, outcome: outcome) }

  struct Key: Hashable {
    let subject: Subject
    let outcome: Outcome
  }

  /// As JSON on one line, keys always in this order.
  var line: String {
    var fields = [("rule", rule), ("kind", subject.kind.rawValue), ("subject", subject.name)]
    if !subject.store.isEmpty { fields.append(("store", subject.store)) }
    if outcome == .unverified { fields.append(("outcome", outcome.rawValue)) }
    var end = ""
    switch part {
    case .whole: break
    case .item(let path, let item):
      if !path.isEmpty { fields.append(("path", path)) }
      fields.append(("item", item))
    case .rest(let count): end = ",\"rest\":\(count)"
    }
    return "{" + fields.map { "\(BaselineText.quoted($0.0)):\(BaselineText.quoted($0.1))" }.joined(separator: ",") + end
      + "}"
  }
}
