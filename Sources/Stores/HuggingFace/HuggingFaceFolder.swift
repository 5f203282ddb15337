import Documents
import Hashing
import Records

/// A folder that `local_dir` filled: real files, with `.cache/huggingface/download/<path>.metadata` for each.
struct HuggingFaceFolder {
  let tree: StoreTree
  let context: ReadingContext
  let place: TreePath
  let name: String

  func read(into sink: any FactSink) throws {
    let files = StoreFiles(tree: tree, context: context)
    let cache = place.appending(".cache/huggingface")
    var problems: [Problem] = []
    var versions: [String: [Artifact]] = [:]
    var trees: [String: HuggingFaceTree?] = [:]
    let download = cache.appending("download")
    for path in FolderArtifacts(tree: tree).list(download, problems: &problems).files
    where path.bytes.suffix(9).elementsEqual(".metadata".utf8) {
      let name = TreePath(bytes: Array(path.relative(to: download).bytes.dropLast(9)))
      let lines = (try? tree.read(path)).map { TextDecoding.decode($0).split(separator: "\n").map(String.init) } ?? []
      guard lines.count >= 2, Self.isCommit(lines[0]),
        let claim = HuggingFaceRepository.claim(etag: lines[1], document: path.display, line: 2)
      else {
        problems.append(
          Problem(
            kind: .malformedRecord, path: path.display, line: 1, message: "not a commit, the name of a blob and a time")
        )
        continue
      }
      let commit = lines[0]
      if trees[commit] == nil {
        let read = HuggingFaceTree.read(cache.appending("trees/\(commit).json"), in: tree)
        // That there is none is kept too, so that its problem is said once.
        trees[commit] = .some(read.tree)
        if let problem = read.problem { problems.append(problem) }
      }
      var artifact = Artifact(
        file: files.file(at: place.appending(name.bytes)), role: ArtifactRole(path: name.display),
        declared: name.display, document: path.display, line: 2, claims: [claim])
      if let known = trees[commit] ?? nil, let entry = known.entry(at: name.display) {
        artifact.claims += [known.claim(entry)].compactMap(\.self)
      }
      versions[commit, default: []].append(artifact)
    }
    var model = ModelFact(subject: name, project: nil, name: name, path: place.display)
    model.documents = versions.values.joined().compactMap {
      ModelDocument(path: $0.file.path, name: $0.file.place?.displayName ?? "")
    }.sorted { $0.path < $1.path }
    var facts: [Fact] = versions.isEmpty ? [] : [.model(model)]
    for (commit, artifacts) in versions.sorted(by: { $0.key < $1.key }) {
      var version = VersionFact(model: name, name: commit, path: place.display, rank: nil, conforming: false)
      version.artifacts = artifacts
      facts.append(.version(version))
    }
    try sink.receive(facts + problems.map(Fact.problem))
  }

  private static func isCommit(_ text: String) -> Bool { text.utf8.count == 40 && text.utf8.allSatisfy(\.isHexDigit) }
}
