import AuditDatabase
import Records
import Stores

/// Reads what stands below one scanned directory: the native records, and each store of another kind.
struct TreeReading {
  let scanned: OpenStore
  let context: ReadingContext
  /// The one kind to read; nil reads every kind that is found.
  let kind: StoreKind?
  let database: AuditDatabase
  /// The policy's reason for a location that is declared out of scope.
  let exclusion: (String) -> String?
  /// Keeps what is read of the tree; nil where facts are of one scan only.
  var documents: ReadDocuments?

  /// Reads all into the database; returns the stores, the native one first, and whether there was anything to audit.
  func run(_ names: inout StoreNames) async throws -> (stores: [ReadStore], foundAnything: Bool) {
    var stores: [ReadStore] = []
    var foundAnything = false
    for store in try await readNative(into: &stores, &foundAnything) {
      guard let reader = store.kind.reader(store.place, in: scanned.tree, context: context) else { continue }
      let isWhole = store.place.bytes.isEmpty
      let base = isWhole ? scanned.name : "\(scanned.name)/\(store.place.display)"
      // The scanned directory's own name is that of its native records: `registry/mlruns`, `registry:dvc`.
      let name =
        isWhole ? names.claim("\(base):\(store.kind.rawValue)") : names.claim(base, "\(base):\(store.kind.rawValue)")
      let path = isWhole || scanned.file != nil ? scanned.path : "\(scanned.path)/\(store.place.display)"
      let writer = try writer(name: name, kind: store.kind, path: path)
      // A store that is there and cannot be read is audited too: its problem is a finding.
      _ = try await reader.read(into: documented(writer))
      foundAnything = true
      try writer.finish()
      stores.append(
        ReadStore(name: name, kind: store.kind, tree: scanned.tree, place: store.place, folder: scanned.folder))
    }
    return (stores, foundAnything)
  }

  /// Reads the native records on the way, unless another kind is forced; returns the other stores.
  private func readNative(into stores: inout [ReadStore], _ foundAnything: inout Bool) async throws -> [FoundStore] {
    if let file = scanned.file { return [file] }
    let kinds = kind.map { [$0] } ?? StoreKind.allCases
    let finder = StoreFinder(tree: scanned.tree, kinds: kinds)
    // The native store is there when it holds something, or when nothing else does.
    var writer: FactWriter?
    let sink = LazySink { try writer ?? self.nativeWriter(&writer) }
    if kinds.contains(.native) {
      foundAnything = try await NativeReader(tree: scanned.tree, context: context, finder: finder).read(
        into: documented(sink))
    } else {
      let context = context
      try sink.receive(finder.lookEverywhere { context.includes($0.display + "/") }.map(Fact.problem))
    }
    var found = finder.found
    if found.isEmpty, let kind, kind != .native { found = [FoundStore(kind: kind, place: .root)] }
    let alone = finder.partsAlone
    if !alone.isEmpty {
      try sink.receive(alone.map(Fact.problem))
      foundAnything = true
    }
    if found.isEmpty { _ = try writer ?? nativeWriter(&writer) }
    if let writer {
      try writer.finish()
      stores.append(
        ReadStore(name: scanned.name, kind: .native, tree: scanned.tree, place: .root, folder: scanned.folder))
    }
    return found
  }

  private func documented(_ sink: any FactSink) -> any FactSink {
    documents.map { DocumentedSink(sink: sink, documents: $0) } ?? sink
  }

  private func nativeWriter(_ made: inout FactWriter?) throws -> FactWriter {
    let writer = try writer(name: scanned.name, kind: .native, path: scanned.path)
    made = writer
    return writer
  }

  private func writer(name: String, kind: StoreKind, path: String) throws -> FactWriter {
    try FactWriter(database: database, name: name, kind: kind.rawValue, path: path, exclusion: exclusion)
  }
}

/// A store whose facts are in the database.
struct ReadStore: Sendable {
  let name: String
  let kind: StoreKind
  let tree: StoreTree
  let place: TreePath
  /// The scanned directory, as the user wrote it.
  let folder: String
}

/// Asks for the sink it hands facts on to when there are some.
private final class LazySink: FactSink {
  private let sink: () throws -> any FactSink

  init(_ sink: @escaping () throws -> any FactSink) { self.sink = sink }

  func receive(_ facts: [Fact]) throws {
    if !facts.isEmpty { try sink().receive(facts) }
  }
}

extension StoreKind {
  /// What `--kind` names; nil when it is not given.
  init?(option: String?) throws {
    guard let option else { return nil }
    guard let kind = StoreKind(rawValue: option) else {
      throw AuditError.unknownKind(NearestName.message("kind of store", option, among: Self.allCases.map(\.rawValue)))
    }
    self = kind
  }
}
