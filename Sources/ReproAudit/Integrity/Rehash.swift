import AuditDatabase

/// Which files a scan reads; for those that it does not, memory speaks.
public enum Rehash: Sendable, Hashable {
  case all, none
  /// What the file system does not show as unchanged.
  case changed
  /// Those first that were not verified for longest.
  case oldest
  /// `part` of `whole` equal shares, those first that were not verified for longest.
  case share(part: Int, whole: Int)

  private static let words: [String: Rehash] = ["all": .all, "none": .none, "changed": .changed, "oldest": .oldest]

  /// Reads `all`, `none`, `changed`, `oldest` or a share such as `1/7`. Throws `AuditError.unusable`.
  public init(_ text: String) throws(AuditError) {
    if let word = Self.words[text] {
      self = word
      return
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      let names = Self.words.keys.sorted()
      let hint = NearestName.find(text, among: names).map { "; did you mean `\($0)`?" }
      throw .unusable(
        "--rehash \(text): not one of \(names.joined(separator: ", ")) or a share such as 1/7" + (hint ?? ""))
    }
    let numbers = parts.map { part in part.allSatisfy(\.isWholeNumber) && part.allSatisfy(\.isASCII) ? Int(part) : nil }
    guard let part = numbers[0], let whole = numbers[1], part >= 1, part <= whole, whole <= 100_000 else {
      throw .unusable("--rehash \(text): write a share as N/M with N from 1 to M, such as 1/7")
    }
    self = .share(part: part, whole: whole)
  }

  /// How the files that memory vouches for take turns; nil where memory is not asked.
  var rotation: ReadingPlan.Rotation? {
    switch self {
    case .all, .none: nil
    case .changed: .nothing
    case .oldest: .oldest
    case .share(let part, let whole): .share(part, of: whole)
    }
  }
}
