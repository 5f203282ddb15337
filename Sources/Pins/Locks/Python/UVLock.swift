import Documents

/// Reads `uv.lock`, which uv writes for a project, a workspace or a script.
///
/// The project and the members of its workspace are no rows: they are what is audited.
enum UVLock {
  static func read(path: String, bytes: [UInt8]) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.root(bytes, TOMLDocument.read) else { return rows.reading }
    rows.requireVersion("version", of: root, in: ["1"], line: 1)
    rows.addPython("requires-python", of: root)
    let members = Set(root["manifest"]?["members"]?.elements?.compactMap(\.quoted) ?? [])
    for package in rows.list("package", of: root) + rows.list("distribution", of: root) {
      add(package, members: members, to: &rows)
    }
    return rows.reading
  }

  private static func add(_ node: DocumentNode, members: Set<String>, to rows: inout LockRows) {
    guard let name = rows.name(of: node) else { return }
    guard let source = source(of: node) else {
      return rows.addProblem("the source of the package `\(name.prefix(80))` is not known", line: node.line)
    }
    if case .folder(let place) = source, place == "." || members.contains(name) { return }
    let files = rows.list("wheels", of: node) + (node["sdist"].map { [$0] } ?? [])
    let package = LockedPackage(
      name: name, version: node["version"]?.quoted, source: source, hashed: rows.areHashed(files))
    rows.add(package, line: node.line)
  }

  /// `{ registry = "…" }`; before its first release uv wrote `"registry+…"`.
  private static func source(of node: DocumentNode) -> LockedPackage.Source? {
    if let text = node["source"]?.quoted {
      guard let plus = text.firstIndex(of: "+") else { return nil }
      return source(String(text[..<plus]), String(text[text.index(after: plus)...]))
    }
    for entry in node["source"]?.entries ?? [] {
      if let place = entry.node.quoted, let source = source(entry.key, place) { return source }
    }
    return nil
  }

  private static func source(_ kind: String, _ place: String) -> LockedPackage.Source? {
    switch kind {
    case "registry": return .registry
    case "git":
      let parts = place.split(separator: "#", maxSplits: 1)
      let url = parts.first.map(String.init) ?? place
      return .vcs(url: url, commit: parts.count > 1 ? String(parts[1]) : nil)
    case "url", "direct", "path": return .archive(place)
    case "editable", "directory", "virtual": return .folder(place)
    default: return nil
    }
  }
}
