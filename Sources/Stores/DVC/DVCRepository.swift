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
    visit(place, depth: 0)
  }

  /// Reads the records of a folder and of those below it, but not of a repository within the repository.
  private mutating func visit(_ path: TreePath, depth: Int) {
    guard depth < FolderDepth.maximum else {
      problems.append(Problem(kind: .tooDeep, path: path.display, message: "directories nest too deep"))
      return
    }
    let folder: Folder
    do throws(FileAccessError) {
      folder = try tree.list(path)
    } catch {
      if error != .missing { problems.append(Problem(kind: .unreadable, path: path.display, message: error.reason)) }
      return
    }
    if depth > 0, folder.kind(named: Array(".dvc".utf8)) == .directory { return }
    for entry in folder.entries {
      let inner = folder.path(of: entry)
      switch entry.kind {
      case .directory:
        if entry.text == ".git" || entry.text == ".dvc" || !context.includes(inner.display + "/") { continue }
        visit(inner, depth: depth + 1)
      case .file where context.includes(inner.display):
        if entry.text == "dvc.lock" {
          readLock(inner, in: folder)
        } else if entry.name.count > 4, entry.name.suffix(4).elementsEqual(".dvc".utf8) {
          readTracked(inner)
        }
      case .file, .link, .special, .missing, .linkLoop, .unreadable: break
      }
    }
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
    do {
      // Half of a merge may parse, and then says what neither side meant.
      if let bytes = try? tree.read(path), let line = ConflictMarks.firstLine(in: bytes) {
        throw RecordDocument.Failure.document(
          DocumentError("a merge conflict is left in it; settle it and commit", line: line))
      }
      return try RecordDocument.entries(path, in: tree).root
    } catch let failure as RecordDocument.Failure {
      problems.append(failure.problem(at: path))
    } catch {
      problems.append(Problem(kind: .unreadable, path: path.display, message: "\(error)"))
    }
    return nil
  }
}
