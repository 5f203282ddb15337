import Documents
import Records

/// One dependency or output as DVC records it in a `.dvc` file or in `dvc.lock`.
struct DVCEntry: Sendable, Hashable {
  /// As written, relative to the stage's working directory; or a URL.
  let path: String
  /// As written, without `.dir`; nil when nothing but an ETag is recorded.
  let md5: String?
  let isDirectory: Bool
  /// Written before version 3: text was hashed with the line ends of Unix.
  let isLegacy: Bool
  /// Bytes; of a directory the sum of its files.
  let size: Int64?
  /// Of a directory, where the record itself lists them.
  let files: [DVCManifest.Member]
  let line: Int

  /// Nil when the node names no path.
  init?(_ node: DocumentNode) {
    guard let path = node["path"]?.text, !path.isEmpty else { return nil }
    self.path = path
    let stated = node["md5"]?.text
    md5 = stated.map { $0.hasSuffix(".dir") ? String($0.dropLast(4)) : $0 }
    isDirectory = stated?.hasSuffix(".dir") == true || node["files"]?.elements != nil
    isLegacy = node["hash"] == nil
    size = node["size"]?.text.flatMap { Int64($0) }
    files = DVCManifest.members(node["files"]?.elements ?? [])
    line = node["md5"]?.line ?? node.line
  }

  /// The entries of a list.
  static func list(_ node: DocumentNode?) -> [DVCEntry] { (node?.elements ?? []).compactMap(DVCEntry.init) }

  /// Its place in the tree, from the folder that paths are relative to; nil for a URL and for what lies outside.
  func place(in folder: TreePath) -> TreePath? {
    guard case .path(let path) = Location(path), !path.hasPrefix("/") else { return nil }
    return folder.appending(path).normalised
  }

  /// What the record claims of the file, or of the directory as a whole.
  func claim(document: String) -> Claim? {
    md5.map { Self.claim($0, isDirectory: isDirectory, isLegacy: isLegacy, size: size, document: document, line: line) }
  }

  static func claim(
    _ md5: String, isDirectory: Bool = false, isLegacy: Bool, size: Int64?, document: String, line: Int?
  ) -> Claim {
    let definition: DigestDefinition? =
      switch (isDirectory, isLegacy) {
      case (true, true): .dvcDirectoryDos2unix
      case (true, false): .dvcDirectory
      case (false, true): .dos2unix
      case (false, false): nil
      }
    let digest = Digest(text: md5, assumed: .md5).map { Digest(algorithm: .md5, hex: $0.hex, definition: definition) }
    return Claim(
      text: digest?.description ?? md5, digest: digest,
      // Converted text is shorter than what was hashed, and a sum over files is of no one file.
      size: isDirectory || isLegacy ? nil : size, document: document, line: line)
  }
}
