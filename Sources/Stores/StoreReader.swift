import Documents
import Hashing
import Records

/// Reads one kind of store; what the records say, never whether it is true.
package protocol StoreReader {
  /// Gives every fact to `sink`, in an order that depends on the store's content alone.
  ///
  /// Throws only what `sink` throws: whatever is wrong with the store is a fact. Returns whether anything of its
  /// kind was found.
  func read(into sink: any FactSink) async throws -> Bool
}

extension FactSink {
  /// The folder in which a store is looked for; nil when it cannot be listed, which is then said.
  func folder(_ place: TreePath, of tree: StoreTree) throws -> Folder? {
    do throws(FileAccessError) {
      return try tree.list(place)
    } catch {
      try receive([.problem(Problem(error, at: place))])
      return nil
    }
  }

  /// Says that nothing of the kind is there, and what was expected.
  func receive(nothingAt place: TreePath, _ message: String) throws {
    try receive([.problem(Problem(kind: .malformedRecord, path: place.display, message: message))])
  }
}

/// What the caller knows beyond the store itself.
package struct ReadingContext: Sendable {
  package var maps: [LocationMap] = []
  /// `--repository NAME=PATH`, by name.
  package var repositories: [String: String] = [:]
  /// Names that aliases are known to have, beside the usual ones.
  package var stages: Set<String> = []
  package var vocabulary = RecordVocabulary.standard
  package var manifestVocabulary = RecordVocabulary.manifest
  package var lifecycleVocabulary = RecordVocabulary.lifecycle
  /// Names of documents that are rollback plans, beside the usual ones.
  package var rollbackPlans: [String] = []
  /// What the policy asks of every run record.
  package var runSchema: JSONSchema?
  /// `--key`: what signatures are held against.
  package var keys: [SigningKey] = []
  /// Whether a path of the store is looked at; directories end with `/`.
  package var includes: @Sendable (String) -> Bool = { _ in true }

  package init() {}
}
