import Foundation
import GRDB

/// The documents that facts were read from, with the digests of their bytes.
package struct FactDocuments: Sendable {
  /// A document of one of the scanned directories, which are numbered as they were given.
  package struct Entry: Sendable, Hashable {
    package let tree: Int
    /// Bytes below the directory.
    package let path: [UInt8]
    /// SHA-256, lower-case hexadecimal digits.
    package let digest: String

    package init(tree: Int, path: [UInt8], digest: String) {
      self.tree = tree
      self.path = path
      self.digest = digest
    }
  }

  private static let pageSize = 4096

  private let database: AuditDatabase

  package init(_ database: AuditDatabase) { self.database = database }

  package func write(_ entries: [Entry]) throws {
    guard !entries.isEmpty else { return }
    try database.writer.write { db in
      let insert = try Insert(db, "INSERT OR REPLACE INTO history_document (tree, path, sha256) VALUES (?, ?, ?)")
      for entry in entries { try insert.run(Int64(entry.tree), entry.path, entry.digest) }
    }
  }

  /// The next documents after `last`, by tree and path; empty at the end.
  package func page(after last: Entry?) throws -> [Entry] {
    try database.writer.read { db in
      try Row.fetchAll(
        db.cachedStatement(
          sql: "SELECT tree, path, sha256 FROM history_document WHERE (tree, path) > (?, ?) ORDER BY tree, path LIMIT ?"
        ),
        arguments: [last?.tree ?? -1, Data(last?.path ?? []), Self.pageSize]
      ).map { Entry(tree: $0[0], path: Array($0[1] as Data), digest: $0[2]) }
    }
  }
}
