import Documents
import Foundation
import Hashing
import Records

/// What a bundle of model-signing says of a model: the digest of every file, and of all of them together.
struct ModelSignature: Sendable {
  /// The file of the signature.
  let path: TreePath
  /// The name of the model's folder when it was signed.
  let name: String?
  /// SHA-256 over the digests of all resources; nil before version 1.
  let root: String?
  let resources: [InTotoStatement.Resource]
  /// Paths below the model that were left out on purpose; nil before version 1, which did not say.
  let ignored: [String]
  /// Whether a file that is not among the resources does not belong to the model.
  let listsEverything: Bool
  /// Why digests cannot be computed here.
  let unsupported: String?
  let envelope: DSSEEnvelope?

  /// What model-signing leaves out unless told otherwise.
  private static let usuallyIgnored = [".git", ".gitattributes", ".github", ".gitignore"]

  init(_ statement: InTotoStatement, path: TreePath) {
    self.path = path
    envelope = statement.envelope
    listsEverything = !statement.isSummary
    let predicate = statement.predicate
    guard let listed = predicate?["resources"]?.elements else {
      // Version 0.2, and verification summaries: a subject for every file.
      name = nil
      root = nil
      resources = statement.subjects
      ignored = Self.usuallyIgnored
      unsupported = nil
      return
    }
    let serialization = predicate?["serialization"]
    name = statement.subjects.first?.name
    root = statement.subjects.first?.digests.first { $0.algorithm == "sha256" }?.hex
    let stated = listed.compactMap { node -> InTotoStatement.Resource? in
      guard let name = node["name"]?.text, let hex = node["digest"]?.text else { return nil }
      return InTotoStatement.Resource(
        name: name, algorithm: node["algorithm"]?.text ?? "", hex: hex, line: node.line)
    }
    ignored = (serialization?["ignore_paths"]?.elements ?? []).compactMap(\.text)
    let isSharded = serialization?["method"]?.text == "shards"
    // Where shards begin, as `path:start`.
    let starts =
      isSharded ? Set(stated.map { $0.name.prefix(upTo: $0.name.lastIndex(of: ":") ?? $0.name.endIndex) }) : []
    let whole = isSharded ? stated.compactMap { Self.whole($0, starts: starts) } : stated
    resources = isSharded ? whole : stated
    let odd = stated.first { !$0.digests.allSatisfy { DigestAlgorithm(spelling: $0.algorithm) != nil } }
    if isSharded, whole.count < stated.count {
      unsupported = "\(stated.count - whole.count) digests are of parts of files, and parts are not hashed here"
    } else if !isSharded, let odd {
      unsupported = "\(odd.digests[0].algorithm) is not computed here, so no file is checked against this signature"
    } else {
      unsupported = nil
    }
  }

  /// `path:0:end` of a file that has one shard is of the whole file.
  private static func whole(
    _ shard: InTotoStatement.Resource, starts: Set<Substring>
  ) -> InTotoStatement.Resource? {
    let parts = shard.name.split(separator: ":")
    guard parts.count >= 3, parts[parts.count - 2] == "0", let digest = shard.digests.first,
      digest.algorithm.hasPrefix("sha256"), let length = Int64(parts[parts.count - 1])
    else { return nil }
    let path = parts.dropLast(2).joined(separator: ":")
    // A file of two shards has one that begins where the first ends.
    return starts.contains("\(path):\(length)")
      ? nil : InTotoStatement.Resource(name: path, algorithm: "sha256", hex: digest.hex, line: shard.line)
  }

  /// Whether the digest of the whole is that of its parts as they are listed; nil when that cannot be told.
  var isConsistent: Bool? {
    guard let root, unsupported == nil, !resources.isEmpty else { return nil }
    var bytes: [UInt8] = []
    for resource in resources {
      guard let hex = resource.digests.first?.hex, hex.utf8.count.isMultiple(of: 2) else { return false }
      let digits = Array(hex.utf8)
      for start in stride(from: 0, to: digits.count, by: 2) {
        guard let byte = UInt8(String(decoding: digits[start..<(start + 2)], as: UTF8.self), radix: 16) else {
          return false
        }
        bytes.append(byte)
      }
    }
    return BytesDigest.sha256(bytes) == root.lowercased()
  }

  /// Whether a file of the model, by its path below it, was left out on purpose.
  func ignores(_ path: String) -> Bool {
    ignored.contains { path == $0 || path.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
  }
}
