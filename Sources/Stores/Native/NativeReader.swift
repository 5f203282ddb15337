import Hashing
import Records

/// Reads the native layout: registries of `model/version` folders, and run records and data manifests anywhere.
package struct NativeReader: StoreReader {
  private let tree: StoreTree
  private let context: ReadingContext
  private let shape: RegistryShape
  private let finder: StoreFinder?

  /// `finder` looks at every folder on the way; what belongs to a store of another kind is left alone.
  package init(tree: StoreTree, context: ReadingContext, finder: StoreFinder? = nil) {
    self.tree = tree
    self.context = context
    self.finder = finder
    shape = RegistryShape(stages: context.stages)
  }

  package func read(into sink: any FactSink) async throws -> Bool {
    var pipeline = RecordPipeline(tree: tree, context: context, sink: sink)
    var ownsRoot = false
    var walk = FolderWalk<RegistryShape.Content>(
      tree: tree,
      includes: { path in
        !SkippedFolders.contains(path) && finder?.isClosed(path) != true
          && context.includes(path.display + "/")
      },
      look: { finder?.look(at: $0) ?? true })
    while let visit = walk.next(summarise: { RegistryShape.content(of: $0.folder) }) {
      if visit.folder.path == .root { ownsRoot = true }
      try await note(visit.folder, in: &pipeline)
      let versions = shape.versions(model: visit.folder.path, children: visit.children)
      // Of a model whose versions were all deleted, the record that says so may be all that is left.
      let isLeft =
        versions.isEmpty
        && visit.folder.entries.contains {
          $0.kind == .file && $0.text == LifecycleReader.promotions
        }
      if !versions.isEmpty || isLeft {
        let reader = ModelFolderReader(tree: tree, context: context, shape: shape)
        try await pipeline.send(reader.read(visit.folder, versions: versions))
      }
    }
    if ownsRoot, let folder = scannedVersion() {
      let model = ModelFact(subject: folder.model, project: nil, name: folder.model, path: "")
      let facts = VersionFolderReader(tree: tree, context: context).read(.root, name: folder.version, model: model)
      try await pipeline.send([.model(model)] + facts)
    }
    try sink.receive(walk.problems.map(Fact.problem))
    return try await pipeline.finish()
  }

  private func note(_ folder: Folder, in pipeline: inout RecordPipeline) async throws {
    for entry in folder.entries {
      let name = entry.text.lowercased()
      // Beside what it vouches for, a list of checksums is the version's own.
      if entry.kind == .file, RecordNames.isChecksum(name), context.includes(folder.path(of: entry).display),
        RegistryShape.content(of: folder).isDisjoint(with: [.model, .run, .metrics])
      {
        try await pipeline.send(ChecksumList(tree: tree, context: context).read(folder.path(of: entry)))
      }
      if entry.kind == .directory {
        if name == ".git" { pipeline.workingTrees.append(folder.path) }
        continue
      }
      guard RecordNames.isRun(name) || RecordNames.isManifest(name) else { continue }
      let path = folder.path(of: entry)
      guard context.includes(path.display) else { continue }
      if RecordNames.isRun(name) { try await pipeline.parse(path, in: folder) } else { pipeline.manifests.insert(path) }
    }
  }

  /// The version whose own folder is the root of the scan.
  private func scannedVersion() -> (model: String, version: String)? {
    let parts = tree.root.split(separator: "/").map(String.init)
    guard parts.count >= 2, let folder = try? tree.list(.root) else { return nil }
    let content = RegistryShape.content(of: folder)
    let children = [(name: Array(parts[parts.count - 1].utf8), summary: content)]
    let parent = TreePath(parts.dropLast().joined(separator: "/"))
    guard content.contains(.model), !shape.versions(model: parent, children: children).isEmpty else { return nil }
    return (parts[parts.count - 2], parts[parts.count - 1])
  }
}
