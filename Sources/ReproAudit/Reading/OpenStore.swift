import Hashing
import Records
import Stores

/// A directory to scan, or a file that is a store by itself.
struct OpenStore {
  let name: String
  /// As the user wrote it.
  let path: String
  var tree: StoreTree
  /// The one store to read, where the user named a file.
  let file: FoundStore?

  /// The directory that paths are relative to, as the user wrote it.
  var folder: String {
    guard file != nil else { return path }
    return path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  }

  /// Opens what the user named, with names that are free; throws when one of them cannot be audited. `kind` is the one kind
  /// that is read.
  static func open(_ paths: [String], kind: StoreKind?, names: inout StoreNames) throws -> [OpenStore] {
    var known: Set<String> = []
    return try paths.map { written in
      if let server = MLflowTrackingURI(written).server {
        throw AuditError.unusable(
          """
          \(Redaction.redact(written)): a tracking store of MLflow in \(server) is not read; \
          copy it to SQLite and scan the folder that holds its mlflow.db and artifacts
          """)
      }
      let path = MLflowTrackingURI(written).sqliteFile ?? written
      let (tree, file) = try open(path, kind: kind)
      guard known.insert("\(tree.root)/\(file?.place.display ?? "")").inserted else {
        throw AuditError.unusable("\(path): named twice; name each directory once")
      }
      // A file's store is named when it is read. Two directories of the same name are told apart by what the user wrote.
      let name = file == nil ? names.claim(tree.name, path) : tree.name
      return OpenStore(name: name, path: path, tree: tree, file: file)
    }
  }

  private static func open(_ path: String, kind: StoreKind?) throws -> (StoreTree, FoundStore?) {
    do throws(FileAccessError) {
      guard StoreTree.kind(absolute: SystemPath(path)) == .file else { return (try StoreTree(path: path), nil) }
      let slash = path.lastIndex(of: "/")
      let tree = try StoreTree(path: slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".")
      let place = TreePath(slash.map { path[path.index(after: $0)...] } ?? path[...])
      let finder = StoreFinder(tree: tree, kinds: kind.map { [$0] } ?? StoreKind.allCases)
      if let file = try finder.store(file: place) { return (tree, file) }
    } catch {
      throw AuditError.unusableStore(path: path, reason: error.reason)
    }
    let wanted = kind.map { "no store of the kind \($0.rawValue)" } ?? "no store by itself"
    throw AuditError.unusableStore(path: path, reason: "the file is \(wanted)")
  }
}

/// The names of an audit's stores, no two the same.
struct StoreNames {
  private var taken: Set<String> = []

  /// The first of these that is free; when none is, the last with a number.
  mutating func claim(_ wanted: String...) -> String {
    for name in wanted where taken.insert(name).inserted { return name }
    var number = 2
    while !taken.insert("\(wanted.last ?? "")#\(number)").inserted { number += 1 }
    return "\(wanted.last ?? "")#\(number)"
  }
}
