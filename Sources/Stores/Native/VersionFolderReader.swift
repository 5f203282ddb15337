import Documents
import Hashing
import Pins
import Records

/// Turns a version's folder into the version with all its files and the digests in its `checksum.txt`.
struct VersionFolderReader {
  let tree: StoreTree
  let context: ReadingContext

  func read(_ path: TreePath, name: String, model: ModelFact) -> [Fact] {
    let parsed = VersionName(name)
    var version = VersionFact(
      model: model.subject, name: name, path: path.display, rank: parsed?.rank, conforming: parsed?.conforming ?? false)
    var problems: [Problem] = []
    let found = FolderArtifacts(tree: tree).read(path, problems: &problems)
    version.artifacts = found.filter { context.includes($0.file.path) }
    readChecksums(in: path, to: &version, problems: &problems)
    version.metrics = MetricsReader.read(path.appending("metrics.json"), in: tree)
    return [.version(version)] + problems.map(Fact.problem)
  }

  /// Adds the claims of the checksum files among the version's artifacts, which lie in `folder`.
  func readChecksums(in folder: TreePath, to version: inout VersionFact, problems: inout [Problem]) {
    for index in version.artifacts.indices.reversed() where version.artifacts[index].role == .checksum {
      apply(checksums: version.artifacts[index].file.path, folder: folder, to: &version, problems: &problems)
    }
  }

  private func apply(
    checksums document: String, folder: TreePath, to version: inout VersionFact, problems: inout [Problem]
  ) {
    guard let bytes = try? tree.read(TreePath(document)) else { return }
    let (lines, unreadable) = ChecksumFile.read(bytes)
    problems += unreadable.map {
      Problem(kind: .malformedRecord, path: document, line: $0, message: "neither a digest nor a digest with a name")
    }
    for line in lines {
      let claim = Claim(text: line.text, digest: line.digest, document: document, line: line.line)
      guard let name = line.name ?? onlyModel(version, in: folder) else {
        problems.append(
          Problem(
            kind: .malformedRecord, path: document, line: line.line,
            message: "a bare digest names no file, and the directory does not hold exactly one model file"))
        continue
      }
      if let reason = PlaceholderText.reason(line.text, identifies: true) {
        version.placeholders.append(
          Placeholder(key: name, value: line.text, reason: reason, path: document, line: line.line))
      }
      add(claim, to: name, folder: folder, in: &version)
    }
  }

  /// The one model file, for a bare digest; a model that was deleted is still the file `model.*` of its siblings.
  private func onlyModel(_ version: VersionFact, in folder: TreePath) -> String? {
    let models = version.artifacts.filter { $0.role == .model }
    guard models.count == 1, let model = models.first else { return nil }
    return String(model.file.path.dropFirst(folder.bytes.isEmpty ? 0 : folder.display.count + 1))
  }

  private func add(_ claim: Claim, to name: String, folder: TreePath, in version: inout VersionFact) {
    let file = ReferenceResolver(tree: tree, maps: context.maps).resolve(name, from: folder)
    if let index = version.artifacts.firstIndex(where: { $0.file.path == file.path }) {
      version.artifacts[index].claims.append(claim)
    } else {
      version.artifacts.append(
        Artifact(
          file: file, role: ArtifactRole(path: file.path), declared: name, document: claim.document, line: claim.line,
          claims: [claim]))
    }
  }
}
