/// What versions of a package are asked for, by PEP 440: clauses that all have to hold.
package struct PythonVersionSpecifier: Sendable, Hashable {
  /// In the order written; none allows every version.
  package let clauses: [PythonVersionClause]

  init(clauses: [PythonVersionClause]) { self.clauses = clauses }

  /// Nil when a clause cannot be read.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    var clauses: [PythonVersionClause] = []
    for piece in bytes.split(separator: 0x2C) {
      var cursor = ByteCursor(bytes, PythonWhitespace.trim(bytes, piece.startIndex..<piece.endIndex))
      if cursor.isAtEnd { continue }
      guard let clause = PythonVersionClause(&cursor), cursor.isAtEnd else { return nil }
      clauses.append(clause)
    }
    self.clauses = clauses
  }

  /// Sorted, each clause once and without white space, which is how tools write it.
  package var canonical: String {
    let sorted = clauses.sorted { $0.canonical.utf8.lexicographicallyPrecedes($1.canonical.utf8) }
    var unique: [PythonVersionClause] = []
    for clause in sorted where unique.last?.means(clause) != true { unique.append(clause) }
    return unique.map(\.canonical).joined(separator: ",")
  }

  /// How firmly it ties to one version.
  package var pin: RequirementPin {
    if clauses.isEmpty { return .none }
    if clauses.contains(where: \.isExact) { return .exact }
    return clauses.contains { $0.isWildcard && $0.comparison == .equal } ? .wildcard : .range
  }

  /// Whether a version fits. Prereleases do too; `namesPrerelease` says whether they are meant.
  package func contains(_ version: PythonPackageVersion) -> Bool { clauses.allSatisfy { $0.contains(version) } }

  /// Whether a clause names a prerelease, so that an installer takes prereleases though there are releases.
  package var namesPrerelease: Bool { clauses.contains(where: \.namesPrerelease) }
}
