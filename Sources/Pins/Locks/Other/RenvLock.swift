import Documents

/// Reads `renv.lock`: R itself and its packages, by the names R knows them by.
enum RenvLock {
  static func read(path: String, bytes: [UInt8]) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.root(bytes, JSONDocument.read) else { return rows.reading }
    if let version = rows.text("Version", of: root["R"]) {
      rows.add("R", "R==\(version)", .exact, line: root["R"]?["Version"]?.line ?? 1)
    } else {
      rows.addProblem("the version of R is missing", line: root["R"]?.line ?? 1)
    }
    if root["Packages"] == nil { rows.addProblem("`Packages` is missing", line: 1) }
    for package in rows.table("Packages", of: root) { add(package, to: &rows) }
    return rows.reading
  }

  private static func add(_ entry: DocumentEntry, to rows: inout LockRows) {
    guard let name = rows.text("Package", of: entry.node) ?? rows.text("package", of: entry.node) else {
      return rows.addProblem("the package `\(entry.key.prefix(80))` has no name", line: entry.line)
    }
    guard let version = rows.text("Version", of: entry.node), !version.isEmpty else {
      return rows.addProblem("the package `\(name.prefix(80))` has no version", line: entry.line)
    }
    let hashed = entry.node["Hash"]?.quoted.map(LockText.isHexText) ?? false
    rows.add(name, "\(name)==\(version)", pin(of: entry.node, hashed: hashed), line: entry.line)
  }

  /// A repository's package has a version; what a `Remote` brought has a commit, if all is well.
  private static func pin(of node: DocumentNode, hashed: Bool) -> RequirementPin {
    switch node["Source"]?.quoted?.lowercased() {
    case "github", "gitlab", "bitbucket", "git", "git2r", "xgit":
      (node["RemoteSha"]?.quoted).map(LockText.isCommit) ?? false ? .vcsCommit : .vcsFloating
    case "local", "unknown": .local
    case "url": hashed ? .urlDigest : .url
    default: hashed ? .hashed : .exact
    }
  }
}
