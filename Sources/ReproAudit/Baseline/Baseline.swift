import Documents
import Hashing
import Records

/// The findings that were known when the baseline was written; they do not fail the audit.
struct Baseline: Sendable {
  /// As the user named it.
  let path: String
  /// Of the file's bytes.
  let digest: String
  /// Whether entries name their store in full: several directories were audited when it was written.
  let namesStores: Bool
  /// The rules that were there when it was written; findings of others are not its business.
  let known: Set<String>
  let entries: [BaselineEntry]

  static let largest = 1 << 30

  /// Reads the file at `path`; throws with its line when it is not a whole baseline that this version knows.
  static func read(_ path: String) throws -> Baseline {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(SystemPath(path), limit: largest)
    } catch {
      let hint = error == .missing ? "; make it with --write-baseline" : ""
      throw PolicyErrors([
        PolicyError(path: path, line: nil, message: "the baseline cannot be read: \(error.reason)\(hint)")
      ])
    }
    do throws(PolicyError) {
      return try Baseline(bytes, path: path)
    } catch {
      throw PolicyErrors([error])
    }
  }

  /// Reads `bytes`, which people know as the file `path`.
  init(_ bytes: [UInt8], path: String) throws(PolicyError) {
    var reader = BaselineReader(path: path)
    try reader.read(bytes)
    self.path = path
    digest = "sha256:\(BytesDigest.sha256(bytes))"
    namesStores = reader.namesStores
    known = reader.known
    entries = reader.entries
  }

  /// Refuses to judge several directories by what was written for one.
  func check(directories: Int) throws {
    guard !namesStores, directories > 1 else { return }
    throw PolicyErrors([
      PolicyError(
        path: path, line: 1,
        message: "written for one directory, and this scan has \(directories); write it anew with --write-baseline")
    ])
  }

  /// Whether a baseline, even a broken one, is at `path`; refuses to write over anything else that is there.
  static func isBaseline(_ path: String) throws -> Bool {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(SystemPath(path), limit: largest)
    } catch {
      if error == .missing { return false }
      throw PolicyErrors([
        PolicyError(path: path, line: nil, message: "the baseline cannot be written: \(error.reason)")
      ])
    }
    let head = "{\"schema\":\"\(BaselineText.schemaName)"
    guard !bytes.isEmpty else { return false }
    guard String(decoding: bytes, as: UTF8.self).contains(head) else {
      throw PolicyErrors([
        PolicyError(path: path, line: nil, message: "not a baseline; name another file, this one is left alone")
      ])
    }
    return true
  }
}
