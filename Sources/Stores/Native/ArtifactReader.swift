import Documents
import Records

/// Reads what records say of artifacts: a path, a URI, or a map with digests.
package struct ArtifactReader: Sendable {
  package let resolver: ReferenceResolver
  /// The record, and the folder it lies in.
  package let document: String
  package let folder: TreePath
  package let bases: [TreePath]

  package static let pathKeys = ["path", "uri", "file", "artifact_uri", "location", "storage_uri", "url"]
  private static let digestKeys: Set<String> = [
    "sha256", "SHA256", "digest", "checksum", "hash", "content_hash", "sha512", "SHA512", "sha384", "sha1", "SHA1",
    "md5", "MD5",
  ]
  private static let sizeKeys = ["size", "size_bytes", "bytes"]

  package init(resolver: ReferenceResolver, document: String, folder: TreePath, bases: [TreePath]) {
    self.resolver = resolver
    self.document = document
    self.folder = folder
    self.bases = bases
  }

  /// The artifact that `node` describes; nil when it names neither path nor URI.
  package func artifact(_ node: DocumentNode, role: ArtifactRole? = nil) -> Artifact? {
    guard let text = Self.location(node), !text.isEmpty else { return nil }
    let file = resolver.resolve(text, from: folder, bases: bases)
    let declaredRole = node.entries.flatMap { Self.value(of: ["role", "type", "kind"], in: $0)?.text }
    return Artifact(
      file: file,
      role: role ?? declaredRole.flatMap { ArtifactRole(rawValue: $0.lowercased()) } ?? ArtifactRole(path: file.path),
      declared: Redaction.redact(text), document: document, line: node.line, claims: claims(node))
  }

  /// Every digest that a map states, one claim each.
  package func claims(_ node: DocumentNode) -> [Claim] {
    guard let entries = node.entries else { return [] }
    let stated = entries.filter { Self.digestKeys.contains($0.key) && !$0.node.isNull }
    if stated.isEmpty { return [] }
    let size = Self.value(of: Self.sizeKeys, in: entries)?.text.flatMap { Int64($0) }
    return stated.compactMap { claim($0.node, algorithm: DigestAlgorithm(rawValue: $0.key.lowercased()), size: size) }
  }

  /// The claim that a digest's text makes; malformed when it is no digest.
  package func claim(_ node: DocumentNode, algorithm: DigestAlgorithm? = nil, size: Int64? = nil) -> Claim? {
    guard let text = node.text else { return nil }
    return Claim(
      text: text, digest: Digest(text: text, assumed: algorithm), size: size, document: document, line: node.line)
  }

  /// The path or URI in a string or a map.
  package static func location(_ node: DocumentNode) -> String? {
    if let entries = node.entries { return value(of: pathKeys, in: entries)?.text }
    return node.text
  }

  package static func value(of keys: [String], in entries: [DocumentEntry]) -> DocumentNode? {
    // The first entry of the first key that has one with a value; each entry's key is put in its usual form once.
    var best: (rank: Int, node: DocumentNode)?
    var seen: UInt64 = 0
    for entry in entries {
      let name = RecordVocabulary.normalised(entry.key)
      guard let rank = keys.firstIndex(of: name), seen & 1 << UInt64(rank) == 0 else { continue }
      seen |= 1 << UInt64(rank)
      if !entry.node.isNull, best.map({ rank < $0.rank }) ?? true { best = (rank, entry.node) }
    }
    return best?.node
  }
}

extension ArtifactRole {
  private static let modelExtensions: Set<String> = [
    "pkl", "pickle", "joblib", "pt", "pth", "ckpt", "onnx", "safetensors", "h5", "hdf5", "keras", "pb", "tflite",
    "gguf",
    "bst", "skops", "ubj", "cbm", "mlmodel", "npz",
  ]

  /// What a file most likely is, by its name.
  package init(path: String) {
    let name = path[(path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:)) ?? path.startIndex)...]
      .lowercased()
    let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")) ?? name.startIndex
    let fileExtension = dot > name.startIndex ? String(name[name.utf8.index(after: dot)...]) : ""
    switch true {
    case RecordNames.isRun(name) || RecordNames.isManifest(name) || RecordNames.isLifecycle(name): self = .record
    case RecordNames.isChecksum(name): self = .checksum
    case name.hasPrefix("metrics."): self = .metrics
    case name.hasPrefix("requirements") && fileExtension == "txt": self = .requirements
    case name.hasPrefix("config."): self = .config
    case name == "dockerfile" || name.hasPrefix("dockerfile."): self = .image
    case fileExtension == "log": self = .log
    case name.hasPrefix("model."), name.hasPrefix("model-"), Self.modelExtensions.contains(fileExtension): self = .model
    case ["png", "svg", "jpg", "jpeg", "pdf", "html"].contains(fileExtension): self = .plot
    case ["csv", "tsv", "jsonl", "parquet"].contains(fileExtension): self = .data
    default: self = .other
    }
  }
}

/// File names that mean something anywhere in a store.
package enum RecordNames {
  package static func isRun(_ name: String) -> Bool { name == "run.json" || name == "run.yaml" || name == "run.yml" }

  package static func isManifest(_ name: String) -> Bool {
    name == "data_manifest.json" || name == "data_manifest.yaml" || name == "data_manifest.yml"
  }

  /// Records of what happened to a version after it was published.
  package static func isLifecycle(_ name: String) -> Bool {
    [
      "promotions.jsonl", "validations.jsonl", "reproductions.jsonl", "rollback.md", "rollback.yaml", "rollback.yml",
      "rollback.json", "retired", "retired.md", "retired.txt", "retired.json", "retired.yaml", "retired.yml",
    ].contains(name)
  }

  package static func isChecksum(_ name: String) -> Bool {
    ["checksum.txt", "checksums.txt", "checksum.sha256", "sha256sums", "sha256sums.txt"].contains(name)
  }
}
