import Documents

/// Reads `pylock.toml` (PEP 751).
enum Pylock {
  static func read(path: String, bytes: [UInt8]) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.root(bytes, TOMLDocument.read) else { return rows.reading }
    rows.requireVersion("lock-version", of: root, in: ["1.0"], line: 1)
    rows.addPython("requires-python", of: root)
    for package in rows.list("packages", of: root) { add(package, to: &rows) }
    return rows.reading
  }

  private static func add(_ node: DocumentNode, to rows: inout LockRows) {
    guard let name = rows.name(of: node) else { return }
    let source: LockedPackage.Source
    var files: [DocumentNode] = []
    if let vcs = node["vcs"] {
      source = .vcs(url: place(of: vcs), commit: vcs["commit-id"]?.quoted)
    } else if let directory = node["directory"] {
      if place(of: directory) == "." { return }
      source = .folder(place(of: directory))
    } else if let archive = node["archive"] {
      files = [archive]
      source = .archive(place(of: archive))
    } else {
      files = rows.list("wheels", of: node) + (node["sdist"].map { [$0] } ?? [])
      if files.isEmpty {
        return rows.addProblem("the package `\(name.prefix(80))` has nothing to install", line: node.line)
      }
      source = .registry
    }
    let hashed = !files.isEmpty && files.allSatisfy { isHashed($0) }
    let version = node["version"]?.quoted
    rows.add(LockedPackage(name: name, version: version, source: source, hashed: hashed), line: node.line)
  }

  private static func place(of source: DocumentNode) -> String {
    (source["url"] ?? source["path"])?.quoted ?? ""
  }

  private static func isHashed(_ file: DocumentNode) -> Bool {
    guard let hashes = file["hashes"]?.entries, !hashes.isEmpty else { return false }
    return hashes.allSatisfy { $0.node.quoted.map(LockText.isHexText) ?? false }
  }
}
