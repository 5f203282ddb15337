import AuditDatabase
import Records

/// The scanned directories as text: a line for each file and folder that the audit knows, with what was found of it.
package struct TreeReport {
  private let database: AuditDatabase
  /// Scanned directories, each with the stores in it, in the order of their names.
  private let folders: [(name: String, stores: [String])]

  /// `folders` says for each store which directory it was found in, as the user wrote that.
  package init(database: AuditDatabase, folders: [String: String], summary: ResultSummary) {
    self.database = database
    let grouped = Dictionary(grouping: summary.stores.map(\.name)) { folders[$0] ?? $0 }
    self.folders = grouped.map { ($0.key, $0.value.sorted()) }.sorted { $0.name < $1.name }
  }

  /// Writes the tree to `file`, which appears only when it is complete.
  package func write(to file: ReportFile) throws {
    let cursor = FileTreeCursor(database: database)
    for (index, folder) in folders.enumerated() {
      if index > 0 { try file.write("\n") }
      try file.write(TreeLine.name(Self.shown(folder.name)) + "/\n")
      var drawing = TreeDrawing()
      try cursor.forEach(in: folder.stores) { try file.write(drawing.add($0)) }
      try file.write(drawing.finish())
      var isFirst = true
      try cursor.forEachElsewhere(in: folder.stores) { entry in
        if isFirst { try file.write("elsewhere:\n") }
        isFirst = false
        try file.write("  \(TreeLine.name(entry.path))\(TreeLine.notes(of: entry))\n")
      }
    }
    try file.finish()
  }

  /// The last part of an absolute path: the report is the same wherever the store lies.
  private static func shown(_ folder: String) -> String {
    let parts = folder.split(separator: "/").filter { $0 != "." }
    guard folder.hasPrefix("/") else { return parts.isEmpty ? "." : parts.joined(separator: "/") }
    return parts.last.map(String.init) ?? "."
  }
}

/// Turns paths in order into indented lines.
struct TreeDrawing {
  /// Directories whose lines are written.
  private var open: [Substring] = []
  /// Written once it is known whether anything lies in it.
  private var waiting: FileTreeCursor.Entry?

  /// The lines that are certain now.
  mutating func add(_ entry: FileTreeCursor.Entry) -> String {
    let lines = waiting.map { line(of: $0, holdsMore: Self.holds($0.path, entry.path)) } ?? ""
    waiting = entry
    return lines
  }

  mutating func finish() -> String {
    defer { waiting = nil }
    return waiting.map { line(of: $0, holdsMore: false) } ?? ""
  }

  private static func holds(_ folder: String, _ path: String) -> Bool {
    path.utf8.starts(with: (folder.hasSuffix("/") ? folder : folder + "/").utf8)
  }

  private mutating func line(of entry: FileTreeCursor.Entry, holdsMore: Bool) -> String {
    var parts = entry.path.split(separator: "/")
    if entry.path.hasPrefix("/") { parts.insert("", at: 0) }
    guard let name = parts.popLast() else { return "" }
    let shared = zip(open, parts).prefix { $0.0.utf8.elementsEqual($0.1.utf8) }.count
    var lines = ""
    for depth in shared..<parts.count { lines += Self.indent(depth) + TreeLine.name(String(parts[depth])) + "/\n" }
    let isFolder = holdsMore || entry.isDirectory
    open = holdsMore ? parts + [name] : parts
    lines += Self.indent(parts.count) + TreeLine.name(String(name))
    lines += TreeLine.target(of: entry, named: name) ?? (isFolder ? "/" : "")
    return lines + TreeLine.notes(of: entry) + "\n"
  }

  private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth + 1) }
}
