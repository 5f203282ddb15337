import Records
import Crypto

/// Directory digest, version 1: SHA-256 over `<sha256 hex>  <relative path>` entries, each ended by NUL.
///
/// The same as `find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0r sha256sum -z -- | sha256sum`.
package struct DirectoryDigest {
  private var entries: [(path: [UInt8], sha256: String)] = []

  package init() {}

  /// Adds a regular file by its path relative to the directory; the order of adding does not matter.
  package mutating func add(path: [UInt8], sha256: String) { entries.append((path, sha256)) }

  /// Lower-case hexadecimal digits.
  package func finish() -> String {
    var hasher = SHA256()
    for entry in entries.sorted(by: { $0.path.lexicographicallyPrecedes($1.path) }) {
      hasher.update(data: Array(entry.sha256.utf8) + [0x20, 0x20] + entry.path + [0])
    }
    return hasher.finalize().hexadecimal
  }
}
