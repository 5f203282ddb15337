import Documents
import Hashing
import Records

/// Turns an in-toto statement of how something was made (SLSA provenance, or a link) into a run: its subjects are what
/// it made, its materials what it was made from.
struct ProvenanceReader {
  private let context: ReadingContext
  private let files: StoreFiles
  private let repositories: RepositoryFinder

  init(tree: StoreTree, context: ReadingContext) {
    self.context = context
    files = StoreFiles(tree: tree, context: context)
    repositories = RepositoryFinder(tree: tree, mapped: context.repositories)
  }

  func facts(of statement: InTotoStatement, at path: TreePath, line: Int) -> [Fact] {
    let document = path.display
    let folder = path.parent ?? .root
    let signer = statement.envelope?.signer(among: context.keys)
    let evidence: Claim.Evidence = signer == nil ? .selfReferential : .independent
    let predicate = statement.predicate
    var run = RunFact(path: document)
    run.line = line
    let metadata = predicate?["runDetails"]?["metadata"] ?? predicate?["metadata"]
    run.runID =
      metadata?["invocationId"]?.text ?? metadata?["buildInvocationId"]?.text ?? metadata?["buildInvocationID"]?.text
    run.startedAt = metadata?["startedOn"]?.text ?? metadata?["buildStartedOn"]?.text
    run.finishedAt = metadata?["finishedOn"]?.text ?? metadata?["buildFinishedOn"]?.text
    run.recordedAt = run.startedAt
    run.command = predicate?["command"].map { Redaction.redact(RunRecordReader.joined($0)) }
    let parameters =
      predicate?["buildDefinition"]?["externalParameters"] ?? predicate?["invocation"]?["parameters"]
    run.params = parameters.map { RunRecordReader.texts($0) } ?? []
    run.seeds = SeedNames.find(in: run.params)
    run.artifacts = statement.subjects.map { subject in
      Artifact(
        file: files.file(named: subject.name, in: folder), role: ArtifactRole(path: subject.name),
        declared: subject.name,
        document: document, line: line,
        claims: subject.claims(document: document, line: line, evidence: evidence))
    }
    if !context.keys.isEmpty, statement.envelope != nil, signer == nil {
      let names = context.keys.map(\.name).joined(separator: ", ")
      run.artifacts.append(
        Artifact(
          file: FileReference(path: path.display, raw: path.raw), role: .record, document: document, line: line,
          claims: [
            Claim(
              contradicted: "the signature was not made with \(names), or the statement was edited", document: document,
              line: line)
          ]))
    }
    let datasets = materials(of: predicate).compactMap { material -> DatasetFact? in
      if let commit = Self.commit(material) {
        guard run.commit.hash == nil else { return nil }
        run.commit.hash = commit.hash
        run.commit.repository = Redaction.redact(commit.repository)
        run.commit.repositoryRoot = repositories.root(named: commit.repository, from: folder)
        run.commit.line = line
        return nil
      }
      // Packages and images are dependencies of the build, not data.
      if ["pkg:", "docker:", "oci:", "docker-image:"].contains(where: material.name.hasPrefix) { return nil }
      return dataset(material, document: document, line: line, folder, evidence)
    }
    run.datasets = datasets.map { dataset in
      var use = DatasetUse()
      use.name = dataset.name
      use.declared = dataset.storageURI?.text
      use.line = line
      return use
    }
    return datasets.map(Fact.dataset) + [.run(run)]
  }

  private func dataset(
    _ material: InTotoStatement.Resource, document: String, line: Int, _ folder: TreePath, _ evidence: Claim.Evidence
  ) -> DatasetFact {
    var dataset = DatasetFact(path: document)
    dataset.line = line
    dataset.name = Redaction.redact(material.name)
    dataset.storageURI = NamedText(name: "uri", text: Redaction.redact(material.name), line: line)
    let claims = material.claims(document: document, line: line, evidence: evidence)
    dataset.contentHash = claims.first.map { NamedText(name: "digest", text: $0.text, line: line) }
    dataset.storage = Artifact(
      file: files.file(named: material.name, in: folder), role: .data, declared: dataset.name, document: document,
      line: line, claims: claims)
    return dataset
  }

  /// SLSA 1.0, SLSA 0.2 and in-toto links call them differently.
  private func materials(of predicate: DocumentNode?) -> [InTotoStatement.Resource] {
    let lists = [predicate?["buildDefinition"]?["resolvedDependencies"], predicate?["materials"]]
    return lists.compactMap { $0?.elements }.flatMap {
      $0.compactMap { InTotoStatement.Resource($0, nameKeys: ["uri", "name"]) }
    }
  }

  /// `git+https://host/team/train@refs/heads/main` with the digest of a commit.
  private static func commit(_ material: InTotoStatement.Resource) -> (hash: String, repository: String)? {
    let digest = material.digests.first { ["gitcommit", "sha1"].contains($0.algorithm.lowercased()) }
    guard let digest, material.name.hasPrefix("git+") || digest.algorithm.lowercased() == "gitcommit" else {
      return nil
    }
    let uri = material.name.hasPrefix("git+") ? material.name.dropFirst(4) : material.name[...]
    let scheme = uri.firstRange(of: "://")?.upperBound ?? uri.startIndex
    // A user name before the host ends in `@` too.
    let slash = uri[scheme...].firstIndex(of: "/") ?? uri.endIndex
    let end = uri[slash...].firstIndex(of: "@") ?? uri.endIndex
    return (digest.hex, String(uri[..<end]))
  }
}
