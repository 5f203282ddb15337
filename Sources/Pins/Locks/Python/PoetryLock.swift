import Documents

/// Reads `poetry.lock` of Poetry 1.0 to 2.x.
///
/// Poetry 1.x kept the digests of all files in `[metadata.files]`, the first ones in `[metadata.hashes]`.
enum PoetryLock {
  static func read(path: String, bytes: [UInt8]) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.root(bytes, TOMLDocument.read) else { return rows.reading }
    let metadata = root["metadata"]
    rows.requireVersion("lock-version", of: metadata, in: ["2.1", "2.0", "1.1", "1.0"], line: metadata?.line ?? 1)
    rows.addPython("python-versions", of: metadata)
    var hashed: [String: Bool] = [:]
    for entry in rows.table("files", of: metadata) {
      hashed[LockText.normalised(entry.key)] = rows.areHashed(entry.node.elements ?? [])
    }
    for entry in rows.table("hashes", of: metadata) {
      let digests = entry.node.elements ?? []
      hashed[LockText.normalised(entry.key)] =
        !digests.isEmpty && digests.allSatisfy { $0.quoted.map(LockText.isHexText) ?? false }
    }
    for package in rows.list("package", of: root) { add(package, hashed: hashed, to: &rows) }
    return rows.reading
  }

  private static func add(_ node: DocumentNode, hashed: [String: Bool], to rows: inout LockRows) {
    guard let name = rows.name(of: node) else { return }
    guard let version = node["version"]?.quoted, !version.isEmpty else {
      return rows.addProblem("the package `\(name.prefix(80))` has no version", line: node.line)
    }
    guard let source = source(of: node) else {
      return rows.addProblem("the source of the package `\(name.prefix(80))` is not known", line: node.line)
    }
    let isHashed = rows.areHashed(rows.list("files", of: node)) || hashed[LockText.normalised(name)] ?? false
    rows.add(LockedPackage(name: name, version: version, source: source, hashed: isHashed), line: node.line)
  }

  private static func source(of node: DocumentNode) -> LockedPackage.Source? {
    guard let source = node["source"] else { return .registry }
    let url = source["url"]?.quoted
    switch (source["type"]?.quoted, url) {
    case ("legacy", _): return .registry
    case ("git", let url?): return .vcs(url: url, commit: (source["resolved_reference"] ?? source["reference"])?.quoted)
    case ("directory", let url?): return .folder(url)
    case ("file", let url?), ("url", let url?): return .archive(url)
    default: return nil
    }
  }
}
