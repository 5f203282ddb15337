import Records

/// Parses records several at a time and gives their facts to the sink in the order they were found.
struct RecordPipeline {
  /// Enough to keep a task busy for a millisecond or more.
  private static let batchSize = 64

  private let tree: StoreTree
  private let context: ReadingContext
  private let sink: any FactSink
  private let reader: RunRecordReader
  private var batch: [(path: TreePath, listing: Folder)] = []
  private var pipeline = FactPipeline()
  private var found = false
  /// Paths of data manifests, read after the runs so that each is read once however it was found.
  var manifests: Set<TreePath> = []
  /// Folders of the store that are working trees of git repositories.
  var workingTrees: [TreePath] = []

  init(tree: StoreTree, context: ReadingContext, sink: any FactSink) {
    self.tree = tree
    self.context = context
    self.sink = sink
    reader = RunRecordReader(tree: tree, context: context, environments: EnvironmentReader(tree: tree))
  }

  /// Gives facts on at once.
  mutating func send(_ facts: [Fact]) async throws {
    if !facts.isEmpty { found = true }
    try sink.receive(facts)
  }

  /// Parses the run record at `path` in `folder`, now or soon.
  mutating func parse(_ path: TreePath, in folder: Folder) async throws {
    found = true
    batch.append((path, folder))
    if batch.count == Self.batchSize { try await dispatch() }
  }

  /// Waits for what is under way, then reads the manifests; returns whether the store held anything.
  mutating func finish() async throws -> Bool {
    try await dispatch()
    while !pipeline.isEmpty { try note(await pipeline.next()) }
    let reader = ManifestReader(tree: tree, context: context, bases: workingTrees)
    let paths = manifests.sorted()
    for start in stride(from: 0, to: paths.count, by: Self.batchSize) {
      let slice = paths[start..<min(start + Self.batchSize, paths.count)]
      try note(await pipeline.begin { slice.flatMap { reader.read($0) } })
    }
    while !pipeline.isEmpty { try note(await pipeline.next()) }
    return found || !paths.isEmpty
  }

  private mutating func dispatch() async throws {
    guard !batch.isEmpty else { return }
    let records = batch
    batch = []
    let reader = reader
    try note(await pipeline.begin { records.flatMap { reader.read($0.path, listing: $0.listing) } })
  }

  private mutating func note(_ facts: [Fact]) throws {
    for case .run(let run) in facts {
      for use in run.datasets {
        if let manifest = use.manifest { manifests.insert(TreePath(manifest)) }
      }
    }
    try sink.receive(facts)
  }
}
