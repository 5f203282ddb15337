import Hashing
import Records

/// Holds the signatures of one folder against the models that they sign; a model with several is one version.
struct SignedModels {
  private let tree: StoreTree
  private let context: ReadingContext
  private let files: StoreFiles
  private var signatures: [TreePath: [ModelSignature]] = [:]

  init(tree: StoreTree, context: ReadingContext) {
    self.tree = tree
    self.context = context
    files = StoreFiles(tree: tree, context: context)
  }

  mutating func add(_ statement: InTotoStatement, at path: TreePath) {
    let signature = ModelSignature(statement, path: path)
    signatures[folder(of: signature), default: []].append(signature)
  }

  /// The folder that holds the signature, one of the model's name beside it or beside its folder; the first that has
  /// a signed file.
  private func folder(of signature: ModelSignature) -> TreePath {
    let own = signature.path.parent ?? .root
    var candidates = [own]
    let names = [signature.name, "model"].compactMap(\.self).filter {
      !$0.contains("/") && !TreePath.leaves($0) && !$0.isEmpty
    }
    candidates += names.map { own.appending($0) } + names.compactMap { own.parent?.appending($0) }
    // A link may be the model's folder, as long as it stays in the store.
    let places = candidates.compactMap { files.file(at: $0).place }
    return places.first { place in
      signature.resources.contains { !TreePath.leaves($0.name) && tree.kind(of: place.appending($0.name)) == .file }
    } ?? own
  }

  /// The folders of the models, sorted.
  var places: [TreePath] { signatures.keys.sorted() }

  func facts() -> [Fact] {
    var facts: [Fact] = []
    for (place, signatures) in signatures.sorted(by: { $0.key < $1.key }) { facts += self.facts(of: place, signatures) }
    return facts
  }

  private func facts(of place: TreePath, _ signatures: [ModelSignature]) -> [Fact] {
    let folder = tree.name(of: place)
    // `fraud-detector/1.2.0` is a version of a model; any other folder is the model, and its digest the version.
    let parsed = VersionFolderName(folder, parent: place.parent.map(tree.name))
    let checked = signatures.filter { $0.unsupported == nil } + signatures
    let root = checked.compactMap(\.root).first.map { String($0.prefix(12)) }
    let name = parsed?.version ?? root ?? "signed"
    let model = ModelFact(
      subject: parsed?.model ?? folder, project: nil, name: parsed?.model ?? folder,
      path: (parsed == nil ? place : place.parent ?? .root).display)
    var version = VersionFact(
      model: model.subject, name: name, path: place.display, rank: parsed?.rank, conforming: parsed?.conforming ?? false
    )
    var problems: [Problem] = []
    version.artifacts = artifacts(of: place, signatures, &problems)
    return [.model(model), .version(version)] + problems.map(Fact.problem)
  }

  private func artifacts(
    of place: TreePath, _ signatures: [ModelSignature], _ problems: inout [Problem]
  ) -> [Artifact] {
    var found: [TreePath: Artifact] = [:]
    let model = FolderArtifacts(tree: tree)
    let listed = model.list(place, problems: &problems)
    for path in listed.files {
      // `model.sig` is no model.
      let isSignature = AttestationName.fits(path.name)
      found[path] = Artifact(
        file: FileReference(path: path.display, raw: path.raw),
        role: isSignature ? .checksum : ArtifactRole(path: path.display))
    }
    for link in listed.links {
      found[link] = Artifact(
        file: model.target(of: link, problems: &problems), role: ArtifactRole(path: link.display))
    }
    // What a signature lists and nobody has was not added by another one.
    let present = found.keys.sorted()
    for signature in signatures {
      let signer = signature.envelope?.signer(among: context.keys)
      apply(signature, to: place, evidence: signer == nil ? .selfReferential : .independent, &found, &problems)
      noteUnsigned(present, place, signature, &found)
      noteDoubts(signature, hasSigner: signer != nil, &found)
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  private func apply(
    _ signature: ModelSignature, to place: TreePath, evidence: Claim.Evidence, _ found: inout [TreePath: Artifact],
    _ problems: inout [Problem]
  ) {
    let document = signature.path.display
    if let reason = signature.unsupported {
      problems.append(Problem(kind: .unreadable, path: document, message: reason))
    }
    for resource in signature.resources {
      guard !TreePath.leaves(resource.name) else {
        problems.append(
          Problem(kind: .outside, path: document, message: "`\(resource.name)` leads out of the model, and is not read")
        )
        continue
      }
      let path = Self.path(of: resource, in: place)
      let fresh = Artifact(
        file: files.file(at: path), role: ArtifactRole(path: resource.name), declared: resource.name, document: document
      )
      found[path, default: fresh].claims += resource.claims(document: document, line: nil, evidence: evidence)
    }
  }

  /// `./a` and `a` are one file.
  private static func path(of resource: InTotoStatement.Resource, in place: TreePath) -> TreePath {
    place.appending(resource.name).normalised ?? place
  }

  /// A file that was added after signing makes the model another one.
  private func noteUnsigned(
    _ present: [TreePath], _ place: TreePath, _ signature: ModelSignature, _ found: inout [TreePath: Artifact]
  ) {
    guard signature.unsupported == nil, signature.listsEverything else { return }
    let signed = Set(signature.resources.map { Self.path(of: $0, in: place) })
    for path in present where !signed.contains(path) && path != signature.path {
      let name = path.relative(to: place).display
      if signature.ignores(name) || signature.root == nil && AttestationName.fits(path.name) {
        continue
      }
      found[path]?.claims.append(
        Claim(
          contradicted: "the signature does not list it: it was added to the model", document: signature.path.display))
    }
  }

  private func noteDoubts(_ signature: ModelSignature, hasSigner: Bool, _ found: inout [TreePath: Artifact]) {
    var doubts: [String] = []
    if signature.isConsistent == false {
      doubts.append("the digest of the whole model is not that of the files it lists: the statement was edited")
    }
    if !context.keys.isEmpty, !hasSigner {
      let names = context.keys.map(\.name).joined(separator: ", ")
      doubts.append("the signature was not made with \(names), or the statement was edited")
    }
    guard !doubts.isEmpty else { return }
    let document = signature.path.display
    found[signature.path, default: Artifact(file: files.file(at: signature.path), role: .checksum)].claims +=
      doubts.map { Claim(contradicted: $0, document: document) }
  }
}
