import Hashing
import Records

extension Problem {
  /// Why what stands at `path` could not be opened or listed.
  init(_ error: FileAccessError, at path: TreePath) {
    let kind: Kind =
      switch error {
      case .specialFile: .specialFile
      case .linkLoop: .linkLoop
      case .outside: .outside
      case .missing, .isDirectory, .unreadable, .tooLarge: .unreadable
      }
    self.init(kind: kind, path: path.display, message: error.reason)
  }

  /// Why the entry at `path` is no file that can be read; nil when it is one, or went away.
  init?(entry kind: EntryKind, at path: TreePath) {
    switch kind {
    case .file, .missing: return nil
    case .directory: self.init(FileAccessError.isDirectory, at: path)
    case .link, .linkLoop: self.init(FileAccessError.linkLoop, at: path)
    case .special: self.init(FileAccessError.specialFile, at: path)
    case .unreadable: self.init(FileAccessError.unreadable("it cannot be read"), at: path)
    }
  }

  /// Why the folder at `path` was not entered.
  init(tooDeep path: TreePath) {
    self.init(
      kind: .tooDeep, path: path.display, message: "directories nest deeper than \(FolderDepth.maximum) levels")
  }
}

extension StoreTree {
  /// The folder at `path`; nil when it is missing, and with a problem when it cannot be listed.
  func folder(_ path: TreePath, problems: inout [Problem]) -> Folder? {
    do throws(FileAccessError) {
      return try list(path)
    } catch {
      if error != .missing { problems.append(Problem(error, at: path)) }
      return nil
    }
  }
}
