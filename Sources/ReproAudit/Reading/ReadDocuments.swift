import AuditDatabase
import Records
import Stores

/// What was read of a scanned directory, kept so that a later scan can tell whether reading it again would give the same.
struct ReadDocuments: Sendable {
  private static let batchSize = 2048

  /// The number of the directory.
  let tree: Int
  let database: AuditDatabase
  let log = DocumentLog()

  /// Writes what was noted since the last time, if that is at least `count`.
  func write(from count: Int = 1) throws {
    try FactDocuments(database).write(
      log.drain(from: count).map { FactDocuments.Entry(tree: tree, path: $0.path, digest: $0.digest) })
  }

  /// Writes when enough has come together to be worth it.
  func writeBatch() throws { try write(from: Self.batchSize) }

  /// Whether every document that facts were read from still holds the same bytes; `jobs` are read at a time.
  static func hold(in database: AuditDatabase, trees: [StoreTree], jobs: Int) async throws -> Bool {
    let documents = FactDocuments(database)
    var last: FactDocuments.Entry?
    while true {
      let page = try documents.page(after: last)
      guard let end = page.last else { return true }
      last = end
      let same = await withTaskGroup(of: Bool.self) { group in
        for part in page.slices(jobs) {
          group.addTask {
            part.allSatisfy { entry in
              trees.indices.contains(entry.tree)
                && trees[entry.tree].holds(TreePath(bytes: entry.path), digest: entry.digest)
            }
          }
        }
        return await group.reduce(true) { $0 && $1 }
      }
      guard same else { return false }
    }
  }
}

/// Hands facts on, and keeps what they were read from.
final class DocumentedSink: FactSink {
  private let sink: any FactSink
  private let documents: ReadDocuments

  init(sink: any FactSink, documents: ReadDocuments) {
    self.sink = sink
    self.documents = documents
  }

  func receive(_ facts: [Fact]) throws {
    try sink.receive(facts)
    try documents.writeBatch()
  }
}
