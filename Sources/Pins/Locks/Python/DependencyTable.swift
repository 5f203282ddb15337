import Documents

/// A dependency that Poetry, Pipenv or uv describe with a table: where it comes from, when that is no package index.
enum DependencyTable {
  /// Nil when the table names no place, or an index only.
  static func source(_ node: DocumentNode) -> (place: String, pin: RequirementPin)? {
    if let url = node["git"]?.quoted {
      let revision = (node["rev"] ?? node["ref"] ?? node["tag"] ?? node["branch"])?.quoted
      let isCommit = revision.map(LockText.isCommit) ?? false
      let place = "git+\(LockText.redacted(url))" + (revision.map { "@\($0)" } ?? "")
      return (place, isCommit ? .vcsCommit : .vcsFloating)
    }
    if let path = node["path"]?.quoted { return (path, .local) }
    if let url = (node["url"] ?? node["file"])?.quoted {
      let fragment = url.split(separator: "#", maxSplits: 1).dropFirst().first ?? ""
      let hasDigest = ["sha256=", "sha384=", "sha512="].contains { fragment.contains($0) }
      return (LockText.redacted(url), hasDigest ? .urlDigest : LockText.isRemote(url) ? .url : .local)
    }
    return node["workspace"]?.boolean == true ? ("a member of the workspace", .local) : nil
  }
}

extension LockRows {
  /// Adds a dependency that lies where a table says.
  mutating func add(_ name: String, from source: (place: String, pin: RequirementPin), line: Int) {
    add(LockText.normalised(name), "\(name) @ \(source.place)", source.pin, line: line)
  }
}
