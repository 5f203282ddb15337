import AuditDatabase
import Records

/// Gives results to its argument in report order, however often it is asked.
package typealias ListedResults = (_ body: (RuleResult) throws -> Void) throws -> Void

/// One line of what a report lists: a flagged item of a result, the result itself where it has none, or what is not listed.
struct FlaggedItem {
  let result: RuleResult
  /// Empty where nothing single is flagged.
  let item: String
  let message: String
  /// Relative to the scanned directory.
  let path: String?
  let line: Int?
  /// Unique in the report, and the same in the next one.
  let fingerprint: String

  /// How many items `of` would give, without making them.
  static func count(of result: RuleResult) -> Int {
    max(1, result.details.count + (result.detailCount > result.details.count ? 1 : 0))
  }

  /// Everything that `result` says, in its order.
  static func of(_ result: RuleResult, below root: String?) -> [FlaggedItem] {
    var seen: [String: Int] = [:]
    func item(_ detail: Detail, message: String, as name: String) -> FlaggedItem {
      let fingerprint = Fingerprint.of(detail, in: result, below: root)
      // The same item on several lines of a file is one to a baseline, and has to be several here.
      let number = (seen[fingerprint] ?? 0) + 1
      seen[fingerprint] = number
      return FlaggedItem(
        result: result, item: name, message: message, path: detail.path, line: detail.line,
        fingerprint: number == 1 ? fingerprint : "\(fingerprint)-\(number)")
    }
    var items = result.details.map { item($0, message: message(of: $0), as: $0.item) }
    let rest = result.detailCount - items.count
    if items.isEmpty {
      items.append(item(Detail(item: "", message: ""), message: result.message, as: ""))
    } else if rest > 0 {
      items.append(item(Detail(item: "…", message: ""), message: "\(Figures.count(rest)) more, not listed", as: "…"))
    }
    return items
  }

  /// The message with the item's name, where it does not say it.
  private static func message(of detail: Detail) -> String {
    detail.item.isEmpty || detail.message.holdsBytes(of: detail.item)
      ? detail.message : "\(detail.item): \(detail.message)"
  }

  /// One visible line for a reader who sees nothing else: whose it is, and what.
  func sentence(limit: Int) -> String { Self.sentence(of: result, saying: message, limit: limit) }

  /// The same of a result, which says `message`.
  static func sentence(of result: RuleResult, saying message: String, limit: Int) -> String {
    let undecided = result.outcome == .unverified ? "undecided: " : ""
    let subject = VisibleText.line(result.subject.name, limit: 200)
    return VisibleText.line("\(subject): \(undecided)\(message)", limit: limit)
  }
}
