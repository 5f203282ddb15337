/// One comparison of a version specifier: `>=1.2`, `==1.*`, `===anything`.
package struct PythonVersionClause: Sendable, Hashable {
  package enum Comparison: String, Sendable, CaseIterable {
    case identical = "==="
    case equal = "=="
    case compatible = "~="
    case different = "!="
    case atMost = "<="
    case atLeast = ">="
    case below = "<"
    case above = ">"
  }

  package let comparison: Comparison
  /// As written, with the `.*`.
  package let text: String
  package let isWildcard: Bool

  /// Whether one version is all that fits.
  package var isExact: Bool {
    switch comparison {
    case .identical: true
    case .equal: !isWildcard
    case .compatible, .different, .atMost, .atLeast, .below, .above: false
    }
  }

  /// Without white space.
  package var canonical: String { comparison.rawValue + text }

  /// The version that is compared with, without `.*`; nil behind `===` when it is none.
  package var version: PythonPackageVersion? {
    PythonPackageVersion(isWildcard ? String(text.dropLast(2)) : text)
  }

  /// Moves the cursor behind the longest clause that starts there; nil, with the cursor anywhere, when none does.
  init?(_ cursor: inout ByteCursor) {
    guard let comparison = Self.comparison(&cursor) else { return nil }
    self.comparison = comparison
    while !cursor.isAtEnd {
      let length = PythonWhitespace.space(cursor.bytes, at: cursor.index, end: cursor.end)
      if length == 0 { break }
      cursor.index += length
    }
    let start = cursor.index
    switch comparison {
    case .identical:
      while !cursor.isAtEnd, cursor.current != 0x3B, cursor.current != 0x29,
        PythonWhitespace.space(cursor.bytes, at: cursor.index, end: cursor.end) == 0
      {
        cursor.index += 1
      }
      guard cursor.index > start else { return nil }
      isWildcard = false
    case .equal, .different:
      guard let found = VersionScanner(&cursor, allowing: .equality) else { return nil }
      isWildcard = found.isWildcard
    case .compatible:
      // `~=1` would say nothing: the last number is the one that may grow.
      guard let found = VersionScanner(&cursor, allowing: .order), found.release.count > 1 else { return nil }
      isWildcard = false
    case .atMost, .atLeast, .below, .above:
      guard VersionScanner(&cursor, allowing: .order) != nil else { return nil }
      isWildcard = false
    }
    text = cursor.text(start..<cursor.index)
  }

  private static func comparison(_ cursor: inout ByteCursor) -> Comparison? {
    let second = cursor.peek(1) == 0x3D
    let found: Comparison? =
      switch cursor.current {
      case 0x3D: second ? (cursor.peek(2) == 0x3D ? .identical : .equal) : nil
      case 0x7E: second ? .compatible : nil
      case 0x21: second ? .different : nil
      case 0x3C: second ? .atMost : .below
      case 0x3E: second ? .atLeast : .above
      default: nil
      }
    cursor.index += found?.rawValue.utf8.count ?? 0
    return found
  }
}
