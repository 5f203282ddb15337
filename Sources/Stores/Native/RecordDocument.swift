import Documents
import Hashing
import Records

/// Reads a record's text by its file name: JSON or YAML.
package enum RecordDocument {
  /// The document; throws when it cannot be opened or does not parse. `text` stands in for what the store holds.
  package static func read(
    _ path: TreePath, in tree: StoreTree, text: [UInt8]? = nil
  ) throws(Failure) -> DocumentNode {
    let bytes = if let text { text } else { try Self.bytes(path, in: tree) }
    do {
      return try parse(bytes, isJSON: path.bytes.suffix(5).elementsEqual(".json".utf8))
    } catch {
      guard let line = ConflictMarks.firstLine(in: bytes) else { throw .document(error) }
      throw .document(DocumentError("a merge conflict is left in it; settle it and commit", line: line))
    }
  }

  package static func bytes(_ path: TreePath, in tree: StoreTree) throws(Failure) -> [UInt8] {
    do {
      return try tree.read(path)
    } catch {
      throw .access(error)
    }
  }

  /// The entries of a record that must be a map.
  package static func entries(_ path: TreePath, in tree: StoreTree, text: [UInt8]? = nil) throws(Failure) -> (
    root: DocumentNode, entries: [DocumentEntry]
  ) {
    let root = try read(path, in: tree, text: text)
    guard let entries = root.entries else {
      throw .document(DocumentError("a record is a map of keys and values, and this is not", line: root.line))
    }
    return (root, entries)
  }

  private static func parse(_ bytes: [UInt8], isJSON: Bool) throws(DocumentError) -> DocumentNode {
    isJSON ? try JSONDocument.read(bytes) : try YAMLDocument.read(bytes)
  }

  /// Why there is no document.
  package enum Failure: Error, Sendable {
    case access(FileAccessError)
    case document(DocumentError)

    /// The problem to report for the record at `path`.
    package func problem(at path: TreePath) -> Problem {
      switch self {
      case .access(let error): Problem(error, at: path)
      case .document(let error):
        Problem(kind: .malformedRecord, path: path.display, line: error.line, message: error.message)
      }
    }
  }
}
