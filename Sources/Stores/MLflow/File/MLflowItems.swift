import Documents
import Hashing
import Records

/// Reads the small files of MLflow's file store: one a param, a tag or a metric, named as what it holds.
struct MLflowItems: Sendable {
  let tree: StoreTree

  /// The params or tags in `folder`, by name; a name with slashes is a file in nested folders.
  func texts(in folder: TreePath, problems: inout [Problem]) -> [NamedText] {
    var items: [NamedText] = []
    each(in: folder, problems: &problems) { name, path, bytes in
      items.append(NamedText(name: name, text: TextDecoding.decode(bytes), line: 1))
    }
    return items
  }

  /// The metrics in `folder`, each with its value in force: that of the last step, then of the last time.
  func metrics(in folder: TreePath, problems: inout [Problem]) -> [NamedNumber] {
    var metrics: [NamedNumber] = []
    var malformed: [Problem] = []
    each(in: folder, problems: &problems) { name, path, bytes in
      let (best, broken) = MLflowMetricLines.read(bytes)
      if let best {
        metrics.append(
          NamedNumber(
            name: name, value: best.value.isFinite ? best.value : nil, text: best.text, path: path.display,
            line: best.line))
      }
      if let broken {
        malformed.append(
          Problem(
            kind: .malformedRecord, path: path.display, line: broken,
            message: "not a line of time, value and step; the process that wrote it may have been killed"))
      }
    }
    problems += malformed
    return metrics
  }

  private func each(
    in folder: TreePath, problems: inout [Problem], depth: Int = 0, _ use: (String, TreePath, [UInt8]) -> Void
  ) {
    guard let listing = tree.folder(folder, problems: &problems) else { return }
    each(of: listing, prefix: "", problems: &problems, depth: depth, use)
  }

  private func each(
    of listing: Folder, prefix: String, problems: inout [Problem], depth: Int,
    _ use: (String, TreePath, [UInt8]) -> Void
  ) {
    for entry in listing.entries {
      let path = listing.path(of: entry)
      switch entry.kind {
      case .directory where depth < FolderDepth.maximum:
        guard let inner = tree.folder(path, problems: &problems) else { continue }
        each(of: inner, prefix: prefix + entry.text + "/", problems: &problems, depth: depth + 1, use)
      case .file:
        do {
          use(prefix + entry.text, path, try tree.read(path))
        } catch {
          problems.append(Problem(error, at: path))
        }
      case .directory:
        problems.append(Problem(tooDeep: path))
      case .link, .linkLoop, .special, .missing, .unreadable:
        if let problem = Problem(entry: entry.kind, at: path) { problems.append(problem) }
      }
    }
  }
}
