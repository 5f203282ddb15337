import Documents

/// Reads `conda-lock.yml` version 1, whose shape pixi's first lock files have too.
enum CondaLock {
  static func read(path: String, bytes: [UInt8]) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.yamlRoot(bytes) else { return rows.reading }
    rows.requireVersion("version", of: root, in: ["1"], line: 1)
    addPackages(of: root, to: &rows)
    return rows.reading
  }

  static func addPackages(of root: DocumentNode, to rows: inout LockRows) {
    for package in rows.list("package", of: root) { add(package, to: &rows) }
  }

  private static func add(_ node: DocumentNode, to rows: inout LockRows) {
    guard let name = rows.name(of: node) else { return }
    guard let version = node["version"]?.text, !version.isEmpty else {
      return rows.addProblem("the package `\(name.prefix(80))` has no version", line: node.line)
    }
    let digests = rows.table("hash", of: node)
    let hashed = !digests.isEmpty && digests.allSatisfy { $0.node.text.map(LockText.isHexText) ?? false }
    let url = node["url"]?.text ?? ""
    switch node["manager"]?.text {
    case "conda":
      CondaRow(name: name, version: version, build: node["build"]?.text, hashed: hashed).add(to: &rows, line: node.line)
    case "pip", "pypi":
      rows.add(
        LockedPackage(name: name, version: version, source: pipSource(url), hashed: hashed), line: node.line)
    case let manager:
      rows.addProblem("`\(manager?.prefix(40) ?? "")` is no package manager that is known", line: node.line)
    }
  }

  /// `git+https://…@<commit>`, or a file of the package index.
  private static func pipSource(_ url: String) -> LockedPackage.Source {
    guard url.hasPrefix("git+") else { return .registry }
    let place = url.dropFirst(4).prefix { $0 != "#" }
    guard let at = place.lastIndex(of: "@"), let slash = place.lastIndex(of: "/"), slash < at else {
      return .vcs(url: String(place), commit: nil)
    }
    return .vcs(url: String(place[..<at]), commit: String(place[place.index(after: at)...]))
  }
}
