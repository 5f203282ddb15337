import Hashing
import Records
import Stores

/// A directory to scan, or a file that is a store by itself.
struct OpenStore {
  let name: String
  /// As the user wrote it.
  let path: String
  let tree: StoreTree
  /// The one store to read, where the user named a file.
  let file: FoundStore?

  /// Opens what the user named; throws when one of them cannot be audited.
  static func open(_ paths: [String]) throws -> [OpenStore] {
    var names: Set<String> = []
    return try paths.map { written in
      if let database = unsupportedDatabase(written) {
        throw AuditError.unusable(
          """
          \(Redaction.redact(written)): a tracking store of MLflow in \(database) is not read; \
          copy it to SQLite and scan the folder that holds its mlflow.db and artifacts
          """)
      }
      let path = written.hasPrefix("sqlite:///") ? String(written.dropFirst("sqlite:///".count)) : written
      let (tree, file) = try open(path)
      // Two directories of the same name are told apart by what the user wrote.
      let name = names.insert(tree.name).inserted ? tree.name : path
      names.insert(name)
      return OpenStore(name: name, path: path, tree: tree, file: file)
    }
  }

  private static func open(_ path: String) throws -> (StoreTree, FoundStore?) {
    do throws(FileAccessError) {
      if StoreTree.kind(absolute: SystemPath(path)) == .file, path.contains(".") {
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let name = slash.map { path[path.index(after: $0)...] } ?? path[...]
        return (try StoreTree(path: folder), FoundStore(kind: .mlflowSQLite, place: TreePath(name)))
      }
      return (try StoreTree(path: path), nil)
    } catch {
      throw AuditError.unusableStore(path: path, reason: error.reason)
    }
  }

  /// The server that a tracking URI of MLflow leads to.
  private static func unsupportedDatabase(_ text: String) -> String? {
    guard let end = text.firstRange(of: "://")?.lowerBound else { return nil }
    switch text[..<end].lowercased().prefix(while: { $0 != "+" }) {
    case "postgresql", "postgres": return "PostgreSQL"
    case "mysql", "mariadb": return "MySQL"
    case "mssql": return "SQL Server"
    default: return nil
    }
  }
}
