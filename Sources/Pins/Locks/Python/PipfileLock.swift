import Documents

/// Reads `Pipfile.lock`: `default`, `develop`, and the categories that a project names itself.
enum PipfileLock {
  static func read(path: String, bytes: [UInt8]) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.root(bytes, JSONDocument.read) else { return rows.reading }
    let meta = root["_meta"]
    rows.requireVersion("pipfile-spec", of: meta, in: ["6"], line: meta?.line ?? 1)
    let requires = meta?["requires"]
    // `python_version` says 3.11 for any 3.11.x.
    if requires?["python_full_version"] == nil {
      rows.addPython("python_version", of: requires, isRange: true)
    } else {
      rows.addPython("python_full_version", of: requires)
    }
    for category in root.entries ?? [] where category.key != "_meta" {
      for package in rows.entries(of: category) { add(package, to: &rows) }
    }
    return rows.reading
  }

  private static func add(_ entry: DocumentEntry, to rows: inout LockRows) {
    guard entry.node.entries != nil else {
      return rows.addProblem("the package `\(entry.key.prefix(80))` is not a table", line: entry.line)
    }
    let hashes = rows.list("hashes", of: entry.node)
    let hashed = !hashes.isEmpty && hashes.allSatisfy { $0.quoted.map(LockText.isDigest) ?? false }
    let source: LockedPackage.Source
    var version: String?
    if let url = vcs(entry.node) {
      source = .vcs(url: url, commit: rows.text("ref", of: entry.node))
    } else if let place = rows.text("path", of: entry.node) {
      // Pipenv lists the project itself as an editable `.`.
      if place == "." { return }
      source = hashed ? .archive(place) : .folder(place)
    } else if let place = rows.text("file", of: entry.node) ?? rows.text("uri", of: entry.node) {
      source = .archive(place)
    } else {
      source = .registry
      guard let text = rows.text("version", of: entry.node), text.hasPrefix("==") else {
        return rows.addProblem("the package `\(entry.key.prefix(80))` has no `==` version", line: entry.line)
      }
      version = text.drop { $0 == "=" }.trimmed
    }
    rows.add(LockedPackage(name: entry.key, version: version, source: source, hashed: hashed), line: entry.line)
  }

  private static func vcs(_ node: DocumentNode) -> String? {
    for system in ["git", "hg", "svn", "bzr"] {
      if let url = node[system]?.quoted { return url }
    }
    return nil
  }
}
