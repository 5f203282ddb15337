import Documents

/// Reads Julia's `Project.toml`: what it depends on, with the bounds of `[compat]` or the pins of a manifest beside it.
enum JuliaProject {
  /// Comes with Julia, whose version pins it.
  private static let standardLibrary: Set<String> = [
    "ArgTools", "Artifacts", "Base64", "CRC32c", "Dates", "DelimitedFiles", "Distributed", "Downloads", "FileWatching",
    "Future", "InteractiveUtils", "LazyArtifacts", "LibCURL", "LibGit2", "Libdl", "LinearAlgebra", "Logging",
    "Markdown", "Mmap", "NetworkOptions", "Pkg", "Printf", "Profile", "REPL", "Random", "SHA", "Serialization",
    "SharedArrays", "Sockets", "SparseArrays", "Statistics", "StyledStrings", "SuiteSparse", "TOML", "Tar", "Test",
    "UUIDs", "Unicode",
  ]

  static func read(path: String, bytes: [UInt8], lookup: FileLookup) -> PinReading {
    var rows = LockRows(path: path)
    guard let root = rows.root(bytes, TOMLDocument.read) else { return rows.reading }
    var bounds: [String: String] = [:]
    for entry in rows.table("compat", of: root) {
      guard let bound = entry.node.quoted else {
        rows.addProblem("the bound of `\(entry.key.prefix(80))` is not text", line: entry.line)
        continue
      }
      bounds[entry.key] = bound
      if entry.key == "julia" { rows.add("julia", "julia \(bound)", pin(of: bound), line: entry.line) }
    }
    for entry in rows.table("deps", of: root) + rows.table("extras", of: root) {
      guard !standardLibrary.contains(entry.key) else { continue }
      let bound = bounds[entry.key]
      rows.add(
        entry.key, bound.map { "\(entry.key) \($0)" } ?? entry.key, bound.map(pin) ?? .none, line: entry.line)
    }
    LockBeside.apply([("Manifest.toml", .juliaManifest)], lookup: lookup, to: &rows)
    return rows.reading
  }

  /// `=1.2.3` is one version; a bare one is all that are compatible with it.
  private static func pin(of bound: String) -> RequirementPin {
    let text = bound.trimmed
    guard text.hasPrefix("="), !text.contains(",") else { return .range }
    return text.split(separator: ".").count >= 3 ? .exact : .range
  }
}
