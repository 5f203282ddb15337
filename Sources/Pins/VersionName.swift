/// The name of a model's version.
package struct VersionName: Sendable, Hashable {
  /// Sorts bytewise as versions do: 1.10 after 1.9, a prerelease before its release.
  package let rank: String
  /// Whether it is a semantic version, `MAJOR.MINOR.PATCH` with an optional leading `v`.
  package let conforming: Bool

  /// Nil when the text begins with no number.
  package init?(_ text: String) {
    let body = text.hasPrefix("v") || text.hasPrefix("V") ? text.dropFirst() : text[...]
    let parts = body.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
    let core = parts[0].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = core[0].split(separator: ".", omittingEmptySubsequences: false)
    guard numbers.allSatisfy({ !$0.isEmpty && $0.utf8.count <= 18 && $0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } })
    else {
      return nil
    }
    let prerelease = core.count > 1 ? core[1].split(separator: ".", omittingEmptySubsequences: false) : []
    let identifiers =
      prerelease + (parts.count > 1 ? parts[1].split(separator: ".", omittingEmptySubsequences: false) : [])
    let areValid = identifiers.allSatisfy { part in
      !part.isEmpty
        && part.utf8.allSatisfy { $0 == 45 || $0 >= 48 && $0 <= 57 || ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 }
    }
    guard areValid else { return nil }
    conforming =
      numbers.count == 3 && numbers.allSatisfy { $0 == "0" || !$0.hasPrefix("0") }
      && prerelease.allSatisfy { $0 == "0" || !$0.hasPrefix("0") || !$0.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } }
    rank = Self.rank(numbers, prerelease)
  }

  private static func rank(_ numbers: [Substring], _ prerelease: [Substring]) -> String {
    let key = numbers.map(padded).joined(separator: ".")
    // `~` sorts behind every identifier, so that a release follows its prereleases.
    if prerelease.isEmpty { return key + "~" }
    return key + "-"
      + prerelease.map { part in
        part.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } ? "0" + padded(part) : "1" + part
      }.joined(separator: "!")
  }

  private static func padded(_ number: Substring) -> String {
    let digits = number.drop { $0 == "0" }
    return String(repeating: "0", count: max(0, 18 - digits.count)) + digits
  }
}
