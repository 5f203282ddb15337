import Documents

/// Reads `pixi.lock`: versions 1 to 3 have conda-lock's shape, 4 and 5 name each package's kind, 6 begins with its URL.
enum PixiLock {
  static func read(path: String, bytes: [UInt8]) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.yamlRoot(bytes) else { return rows.reading }
    rows.requireVersion("version", of: root, in: ["6", "5", "4", "3", "2", "1"], line: 1)
    CondaLock.addPackages(of: root, to: &rows)
    for package in rows.list("packages", of: root) { add(package, to: &rows) }
    return rows.reading
  }

  private static func add(_ node: DocumentNode, to rows: inout LockRows) {
    let hashed = ["sha256", "md5"].contains { node[$0]?.text.map(LockText.isHexText) ?? false }
    if let url = node["conda"]?.text {
      addConda(node, url: url, hashed: hashed, to: &rows)
    } else if let url = node["pypi"]?.text {
      addPython(node, url: url, hashed: hashed, to: &rows)
    } else {
      switch node["kind"]?.text {
      case "conda": addConda(node, url: node["url"]?.text ?? "", hashed: hashed, to: &rows)
      case "pypi": addPython(node, url: (node["url"] ?? node["path"])?.text ?? "", hashed: hashed, to: &rows)
      default: rows.addProblem("a package that is neither conda's nor PyPI's", line: node.line)
      }
    }
  }

  private static func addConda(_ node: DocumentNode, url: String, hashed: Bool, to rows: inout LockRows) {
    let file = CondaPackageURL(url)
    if file == nil, node["version"] == nil, !LockText.isRemote(url), !url.isEmpty {
      // A package that pixi builds from a folder.
      let name = node["name"]?.text
      return rows.add(name, name.map { "\($0) @ \(url)" } ?? url, .local, line: node.line)
    }
    guard let name = node["name"]?.text ?? file?.parts?.name else {
      return rows.addProblem("a package without a name", line: node.line)
    }
    guard let version = node["version"]?.text ?? file?.parts?.version else {
      return rows.addProblem("the package `\(name.prefix(80))` has no version", line: node.line)
    }
    CondaRow(name: name, version: version, build: node["build"]?.text ?? file?.parts?.build, hashed: hashed)
      .add(to: &rows, line: node.line)
  }

  private static func addPython(_ node: DocumentNode, url: String, hashed: Bool, to rows: inout LockRows) {
    guard let name = rows.name(of: node) else { return }
    let isIndexed = url.hasSuffix(".whl") || url.hasSuffix(".tar.gz") || url.hasSuffix(".zip")
    let source: LockedPackage.Source
    if url.hasPrefix("git+") {
      let (place, commit) = gitParts(url)
      source = .vcs(url: place, commit: commit)
    } else if LockText.isRemote(url) {
      source = isIndexed && node["version"] != nil ? .registry : .archive(url)
    } else {
      // The project itself, installed from its folder.
      if url == "." || url == "./" { return }
      source = isIndexed ? .archive(url) : .folder(url)
    }
    rows.add(LockedPackage(name: name, version: node["version"]?.text, source: source, hashed: hashed), line: node.line)
  }

  /// `git+https://host/x?rev=main#<commit>`, or `…@<commit>` as older versions wrote it.
  private static func gitParts(_ url: String) -> (place: String, commit: String?) {
    let body = url.dropFirst(4)
    if let mark = body.lastIndex(of: "#") { return (String(body[..<mark]), String(body[body.index(after: mark)...])) }
    if let at = body.lastIndex(of: "@"), let slash = body.lastIndex(of: "/"), slash < at {
      return (String(body[..<at]), String(body[body.index(after: at)...]))
    }
    return (String(body), nil)
  }
}
