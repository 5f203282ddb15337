import Documents

/// Reads `pyproject.toml`: the dependencies of `[project]`, its extras and groups, and Poetry's, PDM's and uv's own.
///
/// A range is no pin, unless `uv.lock`, `poetry.lock`, `pdm.lock` or `pylock.toml` beside it locks the name: then the
/// row has that lock's pin. What only builds the project (`[build-system]`) is no row.
enum PyProject {
  static func read(path: String, bytes: [UInt8], lookup: FileLookup) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.root(bytes, TOMLDocument.read) else { return rows.reading }
    let tool = root["tool"]
    addProject(root, sources: sources(tool?["uv"]), to: &rows)
    addDynamic(tool?["setuptools"], to: &rows)
    if let poetry = tool?["poetry"] {
      PoetryProject.add(poetry, hasProject: root["project"] != nil, to: &rows)
    }
    LockBeside.apply(
      [("uv.lock", .uv), ("poetry.lock", .poetry), ("pdm.lock", .pdm), ("pylock.toml", .pylock)], lookup: lookup,
      to: &rows)
    return rows.reading
  }

  private static func addProject(
    _ root: DocumentNode, sources: [String: DocumentNode], to rows: inout LockRows
  ) {
    let project = root["project"]
    rows.addPython("requires-python", of: project)
    let own = project?["name"]?.quoted.map(LockText.normalised)
    var lists = project.map { rows.list("dependencies", of: $0) } ?? []
    let tool = root["tool"]
    for table in [
      rows.table("optional-dependencies", of: project), rows.table("dependency-groups", of: root),
      rows.table("dev-dependencies", of: tool?["pdm"]),
    ] {
      for group in table {
        guard let elements = group.node.elements else {
          rows.addProblem("the group `\(group.key.prefix(80))` is not a list", line: group.line)
          continue
        }
        lists += elements
      }
    }
    if let uv = tool?["uv"] { lists += rows.list("dev-dependencies", of: uv) }
    for item in lists { add(item, own: own, sources: sources, to: &rows) }
  }

  private static func add(
    _ item: DocumentNode, own: String?, sources: [String: DocumentNode], to rows: inout LockRows
  ) {
    guard let text = item.quoted else {
      // `{ include-group = "…" }` names requirements that have their rows already.
      if item["include-group"]?.quoted == nil { rows.addProblem("a requirement without text", line: item.line) }
      return
    }
    let (requirement, problem) = Requirement.parse(text, path: rows.path, line: item.line)
    if let problem { rows.addProblem(LockText.redacted(problem.message), line: problem.line) }
    // An extra of the project itself: `fraud-model[plot]`.
    if let name = requirement.name, name == own { return }
    if let name = requirement.name, let source = sources[name].flatMap(DependencyTable.source) {
      return rows.add(name, from: source, line: item.line)
    }
    rows.add(requirement.redacted)
  }

  /// Setuptools reads the dependencies from requirements files when they are `dynamic`.
  private static func addDynamic(_ setuptools: DocumentNode?, to rows: inout LockRows) {
    let dynamic = setuptools?["dynamic"]
    var tables = dynamic?["dependencies"].map { [$0] } ?? []
    tables += rows.table("optional-dependencies", of: dynamic).map(\.node)
    for table in tables {
      guard let files = table["file"] else { continue }
      for file in files.elements ?? [files] {
        guard let target = file.quoted else {
          rows.addProblem("a file without text", line: file.line)
          continue
        }
        rows.addReference(target, line: file.line)
      }
    }
  }

  /// `[tool.uv.sources]`: one table a name, or several with markers, of which the first stands for all.
  private static func sources(_ uv: DocumentNode?) -> [String: DocumentNode] {
    var sources: [String: DocumentNode] = [:]
    for entry in uv?["sources"]?.entries ?? [] {
      sources[LockText.normalised(entry.key)] = entry.node.elements?.first ?? entry.node
    }
    return sources
  }
}
