import Documents

/// Reads `pdm.lock` of PDM 1.x and 2.x.
///
/// PDM 1.x kept the digests of all files in `[metadata.files]`, by `name version`.
enum PDMLock {
  private static let knownVersions = [
    "4.5.1", "4.5.0", "4.5", "4.4.2", "4.4.1", "4.4", "4.3", "4.2", "4.1", "4.0", "3.1",
  ]

  static func read(path: String, bytes: [UInt8]) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.root(bytes, TOMLDocument.read) else { return rows.reading }
    let metadata = root["metadata"]
    rows.requireVersion("lock_version", of: metadata, in: knownVersions, line: metadata?.line ?? 1)
    for target in rows.list("targets", of: metadata ?? root) { rows.addPython("requires_python", of: target) }
    var hashed: Set<String> = []
    for entry in rows.table("files", of: metadata) where rows.areHashed(entry.node.elements ?? []) {
      hashed.insert(entry.key)
    }
    for package in rows.list("package", of: root) { add(package, hashed: hashed, to: &rows) }
    return rows.reading
  }

  private static func add(_ node: DocumentNode, hashed: Set<String>, to rows: inout LockRows) {
    guard let name = rows.name(of: node) else { return }
    let version = node["version"]?.quoted
    let isHashed = rows.areHashed(rows.list("files", of: node)) || hashed.contains("\(name) \(version ?? "")")
    let source: LockedPackage.Source
    if let url = rows.text("git", of: node) {
      source = .vcs(url: url, commit: rows.text("revision", of: node))
    } else if let path = rows.text("path", of: node) {
      if path == "." || path == "./" { return }
      source = isHashed ? .archive(path) : .folder(path)
    } else if let url = rows.text("url", of: node) {
      source = .archive(url)
    } else {
      source = .registry
    }
    rows.add(LockedPackage(name: name, version: version, source: source, hashed: isHashed), line: node.line)
  }
}
