import Documents
import Hashing
import Records

/// What the files of a DVC repository say, before anything is made of it.
struct DVCRepository: Sendable {
  /// An output that a `.dvc` file tracks.
  struct Tracked: Sendable {
    let entry: DVCEntry
    /// The folder that its path is relative to.
    let folder: TreePath
    let document: TreePath
    /// Where `dvc import` took it from.
    let origin: String?
  }

  /// The folder that holds `.dvc`.
  let place: TreePath
  let cache: DVCCache
  private(set) var tracked: [Tracked] = []
  private(set) var stages: [DVCStage] = []
  private(set) var problems: [Problem] = []
  private let tree: StoreTree
  private let context: ReadingContext

  var isEmpty: Bool { tracked.isEmpty && stages.isEmpty && problems.isEmpty }

  init(tree: StoreTree, place: TreePath, context: ReadingContext) {
    self.tree = tree
    self.place = place
    self.context = context
    cache = DVCCache(dvc: place.appending(".dvc"), in: tree)
    problems = cache.problems
    for (path, folder) in records() {
      if path.name.elementsEqual("dvc.lock".utf8) { readLock(path, in: folder) } else { readTracked(path) }
    }
  }

  /// The records of the folder and of those below it, sorted, but not of a repository within the repository.
  private mutating func records() -> [(path: TreePath, folder: Folder)] {
    let (place, context) = (place, context)
    var walk = FolderWalk<Never>(
      tree: tree, from: place,
      includes: { path in
        ![".git", ".dvc"].contains(path.displayName) && context.includes(path.display + "/")
      },
      look: { $0.path == place || $0.kind(named: Array(".dvc".utf8)) != .directory })
    var records: [(path: TreePath, folder: Folder)] = []
    while let folder = walk.next(summarise: { _ in nil })?.folder {
      for entry in folder.entries where entry.kind == .file && Self.isRecord(entry.name) {
        let path = folder.path(of: entry)
        if context.includes(path.display) { records.append((path, folder)) }
      }
    }
    problems += walk.problems
    return records.sorted { $0.path < $1.path }
  }

  private static func isRecord(_ name: [UInt8]) -> Bool {
    name.elementsEqual("dvc.lock".utf8) || name.count > 4 && name.suffix(4).elementsEqual(".dvc".utf8)
  }

  private mutating func readTracked(_ path: TreePath) {
    guard let root = document(path) else { return }
    let folder = path.parent ?? .root
    let base = root["wdir"]?.text.flatMap { folder.appending($0).normalised } ?? folder
    let entries = DVCEntry.list(root["outs"])
    if entries.isEmpty {
      problems.append(
        Problem(kind: .malformedRecord, path: path.display, line: root.line, message: "a `.dvc` file without `outs`"))
    }
    let source = root["deps"]?.elements?.first
    let origin = source?["repo"]?["url"]?.text ?? source?["path"]?.text
    tracked += entries.map { Tracked(entry: $0, folder: base, document: path, origin: origin) }
  }

  private mutating func readLock(_ path: TreePath, in folder: Folder) {
    guard let root = document(path) else { return }
    let pipeline =
      folder.kind(named: Array("dvc.yaml".utf8)) == .file ? document(folder.path.appending("dvc.yaml")) : nil
    // Before version 2 the stages stood at the root.
    let named = root["stages"]?.entries ?? (root["schema"] == nil ? root.entries ?? [] : [])
    for entry in named where entry.node.entries != nil {
      stages.append(
        DVCStage(entry, document: path, folder: folder, pipeline: pipeline, prefix: folder.path.relative(to: place)))
    }
  }

  private mutating func document(_ path: TreePath) -> DocumentNode? {
    do throws(RecordDocument.Failure) {
      let bytes = try RecordDocument.bytes(path, in: tree)
      // Half of a merge may parse, and then says what neither side meant.
      if let line = ConflictMarks.firstLine(in: bytes) {
        throw .document(DocumentError("a merge conflict is left in it; settle it and commit", line: line))
      }
      return try RecordDocument.entries(path, in: tree, text: bytes).root
    } catch {
      problems.append(error.problem(at: path))
      return nil
    }
  }
}
