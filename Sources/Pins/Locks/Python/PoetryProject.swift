import Documents

/// Poetry's own tables in `pyproject.toml`.
enum PoetryProject {
  static func add(_ poetry: DocumentNode, hasProject: Bool, to rows: inout LockRows) {
    var entries = rows.table("dependencies", of: poetry) + rows.table("dev-dependencies", of: poetry)
    for group in rows.table("group", of: poetry) { entries += rows.table("dependencies", of: group.node) }
    for entry in entries {
      // Several tables for one name, each with its markers.
      for node in entry.node.elements ?? [entry.node] { add(entry.key, node, hasProject: hasProject, to: &rows) }
    }
  }

  private static func add(_ name: String, _ node: DocumentNode, hasProject: Bool, to rows: inout LockRows) {
    let constraint = node.quoted ?? node["version"]?.quoted
    if name == "python" { return rows.addPython(constraint ?? "", line: node.line) }
    if let constraint {
      let text = constraint.trimmed
      return rows.add(
        LockText.normalised(name), "\(name) \(text)", pin(of: text), line: node.line)
    }
    if let source = DependencyTable.source(node) { return rows.add(name, from: source, line: node.line) }
    // Beside `[project]` a table may only say more of what stands there.
    if node.entries != nil, hasProject { return }
    rows.addProblem("the dependency `\(name.prefix(80))` has neither version nor place", line: node.line)
  }

  /// A bare version is exact to Poetry: `1.2.3` is `==1.2.3`, only `^1.2.3` and `~1.2.3` are ranges.
  static func pin(of constraint: String) -> RequirementPin {
    if constraint.isEmpty || constraint == "*" { return .none }
    let version = constraint.drop { $0 == "=" }.trimmed
    let isOne = version.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "+"), UInt8(ascii: "!"), UInt8(ascii: "*"):
        true
      default: false
      }
    }
    guard isOne, let first = version.utf8.first, first >= 0x30, first <= 0x39 else { return .range }
    return version.utf8.contains(UInt8(ascii: "*")) ? .wildcard : .exact
  }
}
