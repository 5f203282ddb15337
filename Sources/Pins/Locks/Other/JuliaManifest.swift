import Documents

/// Reads Julia's `Manifest.toml`, formats 1 and 2: Julia itself and every package, with the digest of its tree.
enum JuliaManifest {
  static func read(path: String, bytes: [UInt8]) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.root(bytes, TOMLDocument.read) else { return rows.reading }
    let format = rows.text("manifest_format", of: root) ?? "1.0"
    if !format.hasPrefix("1."), !format.hasPrefix("2.") {
      rows.addProblem(
        "the lock file's version is \(format.prefix(40)), which is not known: what could be read was read",
        line: root["manifest_format"]?.line)
    }
    let julia = rows.text("julia_version", of: root)
    if let julia { rows.add("julia", "julia==\(julia)", .exact, line: root["julia_version"]?.line ?? 1) }
    let packages = format.hasPrefix("1.") ? root.entries?.filter { $0.node.elements != nil } : nil
    for package in packages ?? rows.table("deps", of: root) {
      for node in package.node.elements ?? [package.node] {
        add(package.key, node, julia: julia, to: &rows)
      }
    }
    return rows.reading
  }

  private static func add(_ name: String, _ node: DocumentNode, julia: String?, to rows: inout LockRows) {
    guard node.entries != nil else {
      return rows.addProblem("the package `\(name.prefix(80))` is not a table", line: node.line)
    }
    let version = rows.text("version", of: node)
    let tree = rows.text("git-tree-sha1", of: node).map(LockText.isCommit) ?? false
    if let path = rows.text("path", of: node) {
      rows.add(name, "\(name) @ \(path)", .local, line: node.line)
    } else if let url = rows.text("repo-url", of: node) {
      let text = "\(name) @ git+\(LockText.redacted(url))"
      rows.add(name, text, tree ? .vcsCommit : .vcsFloating, line: node.line)
    } else if let version {
      rows.add(name, "\(name)==\(version)", tree ? .hashed : .exact, line: node.line)
    } else if julia != nil || node["git-tree-sha1"] == nil {
      // A part of Julia's own library, which comes with it.
      rows.add(name, name, julia == nil ? .none : .exact, line: node.line)
    } else {
      rows.addProblem("the package `\(name.prefix(80))` has no version", line: node.line)
    }
  }
}
