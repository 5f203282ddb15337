import Hashing
import Pins
import Records

/// A registered version as MLflow keeps it, from whichever store it was read.
struct MLflowVersion {
  let model: String
  /// A number, from 1.
  let name: String
  /// Of its record, relative to the scanned directory.
  let path: String
  var runID: String?
  /// Where its files lie, as the store writes it.
  var location: String?
  /// `Production`, `Staging`, `Archived`, `None`.
  var stage: String?
  var tags: [NamedText] = []

  /// A deleted version is kept, so that its number is not given again.
  static let deletedStage = "Deleted_Internal"
  private static let unused: Set<String> = ["None", "Archived", deletedStage]

  /// What the mark of a deletion says: the version was retired.
  static func deletion(of version: String, model: String, path: String) -> PromotionFact {
    PromotionFact(model: model, action: .retire, version: version, path: path, line: nil)
  }

  init(model: String, name: String, path: String) {
    self.model = model
    self.name = name
    self.path = path
  }

  /// The stage that it is in, as an alias; nil when it is in none that serves.
  var stageAlias: AliasFact? {
    guard let stage, !stage.isEmpty, !Self.unused.contains(stage) else { return nil }
    // As policies and aliases spell stages.
    return AliasFact(model: model, name: stage.lowercased(), path: path, target: name, version: name, form: .file)
  }

  /// Where a version's files lie, as the store writes it: `stored` before `source`, neither of them when empty.
  ///
  /// `models:/m-…` and `runs:/…` stand for what other records say: `models` gives the place of a logged model by its id,
  /// `artifacts` that of a run's artifacts. What no record tells is given as it is written.
  static func location(
    stored: String?, source: String?, models: [String: String], artifacts: (_ run: String) -> String?
  ) -> String? {
    let texts = [stored, source].compactMap(\.self).filter { !$0.isEmpty }
    for text in texts {
      if text.hasPrefix("models:/") {
        if let known = models[String(text.dropFirst("models:/".count))] { return known }
      } else if text.hasPrefix("runs:/") {
        let parts = text.dropFirst("runs:/".count).split(separator: "/", maxSplits: 1)
        if let root = parts.first.flatMap({ artifacts(String($0)) }) {
          return parts.count > 1 ? "\(root)/\(parts[1])" : root
        }
      } else {
        return text
      }
    }
    return texts.first
  }

  /// The version with its files, and what is wrong with them.
  func facts(_ locations: MLflowLocations, context: ReadingContext) -> [Fact] {
    // MLflow numbers versions itself: its numbers are in order, and no other name can be given.
    let isNumber = MLflowWords.isNumber(Array(name.utf8))
    var version = VersionFact(
      model: model, name: name, path: path, rank: VersionName(name)?.rank, conforming: isNumber)
    version.runID = runID
    var problems: [Problem] = []
    let place = location.map(locations.find)
    var found: [Artifact] = []
    if case .inside(let folder)? = place, locations.tree.kind(of: folder) == .directory {
      found = FolderArtifacts(tree: locations.tree).read(folder, problems: &problems)
      version.artifacts = MLflowModelFolder.artifacts(found).filter { context.includes($0.file.path) }
      let reader = VersionFolderReader(tree: locations.tree, context: context)
      reader.readChecksums(in: folder, to: &version, problems: &problems)
      addDigests(to: &version)
    }
    if found.isEmpty, let place {
      version.artifacts = [
        Artifact(
          file: locations.reference(place, form: .directory), role: .model, declared: location.map(Redaction.redact),
          document: path)
      ]
    }
    return [.version(version)] + problems.map(Fact.problem)
  }

  /// Tags such as `sha256` are where a digest of the one model file can be kept.
  private func addDigests(to version: inout VersionFact) {
    let models = version.artifacts.indices.filter { version.artifacts[$0].role == .model }
    guard models.count == 1, let model = models.first else { return }
    for tag in tags {
      guard let text = tag.text, let algorithm = DigestAlgorithm(spelling: tag.name) else { continue }
      version.artifacts[model].claims.append(
        Claim(
          text: text, digest: Digest(text: text, assumed: algorithm), document: path, line: tag.line, evidence: .none))
    }
  }
}
