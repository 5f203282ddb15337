import AuditDatabase
import Records
import Stores

/// Reads what stands below one scanned directory: the native records, and each store of another kind.
struct TreeReading {
  /// Of the scanned directory; the native store has it too.
  let name: String
  /// As the user wrote it.
  let path: String
  let tree: StoreTree
  /// The one store to read, where the user named a file.
  let file: FoundStore?
  let context: ReadingContext
  /// The one kind to read; nil reads every kind that is found.
  let kind: StoreKind?
  let database: AuditDatabase
  /// The policy's reason for a location that is declared out of scope.
  let exclusion: (String) -> String?

  /// Reads all into the database; returns the stores, the native one first, and whether there was anything to audit.
  func run() async throws -> (stores: [ReadStore], foundAnything: Bool) {
    var stores: [ReadStore] = []
    var foundAnything = false
    for store in try await readNative(into: &stores, &foundAnything) {
      guard let reader = store.kind.reader(store.place, in: tree, context: context) else { continue }
      let name = self.name(of: store, beside: stores)
      let place = store.place.bytes.isEmpty || file != nil ? path : "\(path)/\(store.place.display)"
      let writer = try writer(name: name, kind: store.kind, path: place)
      // A store that is there and cannot be read is audited too: its problem is a finding.
      _ = try await reader.read(into: writer)
      foundAnything = true
      try writer.finish()
      stores.append(ReadStore(name: name, kind: store.kind, tree: tree, place: store.place, folder: folder))
    }
    return (stores, foundAnything)
  }

  /// Reads the native records on the way, unless another kind is forced; returns the other stores.
  private func readNative(into stores: inout [ReadStore], _ foundAnything: inout Bool) async throws -> [FoundStore] {
    if let file { return [file] }
    let kinds = kind.map { [$0] } ?? StoreKind.allCases
    let finder = StoreFinder(tree: tree, kinds: kinds)
    // The native store is there when it holds something, or when nothing else does.
    var writer: FactWriter?
    let sink = LazySink { try writer ?? self.nativeWriter(&writer) }
    if kinds.contains(.native) {
      foundAnything = try await NativeReader(tree: tree, context: context, finder: finder).read(into: sink)
    } else {
      let context = context
      try sink.receive(finder.lookEverywhere { context.includes($0.display + "/") }.map(Fact.problem))
    }
    var found = finder.found
    if found.isEmpty, let kind, kind != .native { found = [FoundStore(kind: kind, place: .root)] }
    if let part = finder.parts[.mlflowSQLite], !found.contains(where: \.kind.isMLflow) {
      try sink.receive([.problem(Self.withoutTrackingStore(part))])
      foundAnything = true
    }
    if found.isEmpty { _ = try writer ?? nativeWriter(&writer) }
    if let writer {
      try writer.finish()
      stores.append(ReadStore(name: name, kind: .native, tree: tree, place: .root, folder: folder))
    }
    return found
  }

  /// Artifacts of MLflow, whose records lie elsewhere.
  private static func withoutTrackingStore(_ part: TreePath) -> Problem {
    Problem(
      kind: .unreadable, path: part.display,
      message: """
        artifacts of MLflow without their tracking store, which is not looked into; scan them together with mlflow.db or \
        mlruns (a store in PostgreSQL or MySQL is not read)
        """)
  }

  private func nativeWriter(_ made: inout FactWriter?) throws -> FactWriter {
    let writer = try writer(name: name, kind: .native, path: path)
    made = writer
    return writer
  }

  private func writer(name: String, kind: StoreKind, path: String) throws -> FactWriter {
    try FactWriter(database: database, name: name, kind: kind.rawValue, path: path, exclusion: exclusion)
  }

  /// The directory that paths are relative to, as the user wrote it.
  private var folder: String {
    guard file != nil else { return path }
    return path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  }

  /// `registry/mlruns`; at the scanned directory itself, whose name native records keep, `registry:dvc`.
  private func name(of store: FoundStore, beside others: [ReadStore]) -> String {
    let base = store.place.bytes.isEmpty ? name : "\(name)/\(store.place.display)"
    let isTaken = store.place.bytes.isEmpty || others.contains { $0.name == base }
    return isTaken ? "\(base):\(store.kind.rawValue)" : base
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
  fileprivate var isMLflow: Bool { self == .mlflowFile || self == .mlflowSQLite }

  /// What `--kind` names; nil when it is not given.
  init?(option: String?) throws {
    guard let option else { return nil }
    guard let kind = StoreKind(rawValue: option) else {
      throw AuditError.unknownKind(NearestName.message("kind of store", option, among: Self.allCases.map(\.rawValue)))
    }
    self = kind
  }
}
