import Foundation
import Stores
import Testing

/// A small store as the real tool wrote it, with what every reader must find in it.
///
/// A further kind is one more entry in `all`, with its folder under `Fixtures` and its list of files that do not matter.
struct StoreFixture: Sendable, CustomTestStringConvertible {
  /// Files in which a changed byte may go unnoticed.
  struct Neutral: Sendable {
    /// What the path in the store matches, as a regular expression.
    let pattern: String
    let reason: String
  }

  let kind: StoreKind
  /// Below `Fixtures`; the folder is scanned as a whole.
  let folder: String
  /// Every subject but the runs, as `kind name`, sorted.
  let subjects: [String]
  let runs: Int
  /// Digests that records state.
  let claims: Int
  /// A record that is spoiled must be reported by its path.
  let record: String
  /// A file or folder that is moved out of the store and linked to: nothing of it may be read.
  let inner: String
  let neutral: [Neutral]

  var testDescription: String { folder }

  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  static let all: [StoreFixture] = native + mlflow + tools
}
