import Documents

/// Reads `Pipfile`: ranges, with the pins of the `Pipfile.lock` beside it.
enum Pipfile {
  /// Tables that list no packages.
  private static let otherTables: Set<String> = ["source", "requires", "scripts", "pipenv", "pipfile"]

  static func read(path: String, bytes: [UInt8], lookup: FileLookup) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.root(bytes, TOMLDocument.read) else { return rows.reading }
    let requires = root["requires"]
    // `python_version` says 3.11 for any 3.11.x.
    if requires?["python_full_version"] == nil {
      rows.addPython("python_version", of: requires, isRange: true)
    } else {
      rows.addPython("python_full_version", of: requires)
    }
    for category in root.entries ?? [] where !otherTables.contains(category.key) {
      for package in rows.entries(of: category) { add(package, to: &rows) }
    }
    LockBeside.apply([("Pipfile.lock", .pipfileLock)], lookup: lookup, to: &rows)
    return rows.reading
  }

  private static func add(_ entry: DocumentEntry, to rows: inout LockRows) {
    if let source = DependencyTable.source(entry.node) { return rows.add(entry.key, from: source, line: entry.line) }
    guard let version = entry.node.quoted ?? entry.node["version"]?.quoted else {
      return rows.addProblem("the dependency `\(entry.key.prefix(80))` has neither version nor place", line: entry.line)
    }
    rows.addRequirement(version.trimmed == "*" ? entry.key : entry.key + version, line: entry.line)
  }
}
