import AuditDatabase
import Foundation
import Hashing
import Stores

/// All that the facts of a scan are read from: where a later scan finds it unchanged, they hold still, and no record is
/// parsed again.
///
/// Scans that trust size and times of files rely on them here too. `--rehash all` trusts no time: it reads the bytes of every
/// document again, and only does not parse them.
struct FactInputs: Sendable {
  private let digest: String
  private let rehash: Rehash
  private let jobs: Int
  /// Whether everything was last changed so long ago that a change after it would bear another time.
  private let isSettled: Bool

  /// Nil where facts are not kept, only a part is judged, or what lies outside of the scanned directories is read too.
  ///
  /// Waivers are facts with the file and the line they stand on, which the policy's digest does not hold.
  init?(
    _ options: AuditOptions, kind: StoreKind?, trees: [OpenStore], policyDigest: String,
    waivers: [WaiverFacts.Waiver], openedAt: Int64?
  ) async {
    guard let openedAt, options.rehash != .none, options.rules.isEmpty, options.subjects.isEmpty,
      options.exactSubject == nil, options.changedSince == nil, options.keys.isEmpty, options.maps.isEmpty,
      options.repositories.isEmpty
    else { return nil }
    var parts = ["\(ProductVersion.text) \(Self.program)", "user \(geteuid())", kind?.rawValue ?? "", policyDigest]
    parts += waivers.map { "\($0)" }
    var newest = Int64.min
    for store in trees {
      guard let state = await TreeState.read(below: store.tree.absolute(.root), jobs: options.jobs) else { return nil }
      newest = max(newest, state.newest)
      // Facts name a store as the user did, and a run's repository may be the one around it.
      parts += [
        store.name, store.path, store.file?.place.display ?? "", store.tree.root, state.digest,
        RepositoryFinder.repository(around: store.tree) ?? "",
      ]
    }
    digest = "sha256:" + BytesDigest.sha256(parts.map { "\($0.utf8.count):\($0)" }.joined())
    isSettled = newest < openedAt - options.timeGrain
    rehash = options.rehash
    jobs = options.jobs
  }

  /// The facts of the last scan that hold for this one.
  func find(in database: AuditDatabase, trees: [OpenStore]) async throws -> KeptFacts? {
    guard let kept = try KeptFacts.find(database, inputs: digest, trustsFiles: rehash == .changed) else {
      return nil
    }
    if rehash != .all { return kept }
    guard try !Self.stores(of: kept, in: trees).contains(where: { $0.kind.readsParts }),
      try await ReadDocuments.hold(in: database, trees: trees.map(\.tree), jobs: jobs)
    else { return nil }
    return kept
  }

  /// Says at the end of a scan what its facts were read from; a scan without inputs leaves nothing to be kept.
  static func note(_ inputs: FactInputs?, of stores: [ReadStore], in database: AuditDatabase) throws {
    // A place that is no text cannot be written down.
    let readsElsewhere = stores.contains { $0.kind.readsElsewhere || TreePath($0.place.display) != $0.place }
    let settled = inputs.flatMap { $0.isSettled && !readsElsewhere ? $0.digest : nil }
    let list = stores.map { Store(name: $0.name, kind: $0.kind.rawValue, place: $0.place.display, folder: $0.folder) }
    try KeptFacts.note(database, inputs: settled, stores: try CanonicalJSON.text(list))
  }

  /// The stores of kept facts.
  static func stores(of kept: KeptFacts, in trees: [OpenStore]) throws -> [ReadStore] {
    try JSONDecoder().decode([Store].self, from: Data(kept.stores.utf8)).compactMap { store in
      guard let kind = StoreKind(rawValue: store.kind), let scanned = trees.first(where: { $0.folder == store.folder })
      else { return nil }
      return ReadStore(
        name: store.name, kind: kind, tree: scanned.tree, place: TreePath(store.place), folder: store.folder)
    }
  }

  private struct Store: Codable {
    let name: String
    let kind: String
    let place: String
    let folder: String
  }

  /// Another build may read other facts under the same version.
  private static let program: String = {
    guard let path = StoreTree.realPath(SystemPath("/proc/self/exe")),
      let state = try? FileState(of: SystemPath(bytes: path))
    else { return "" }
    return "\(state.size) \(state.modified) \(state.inode)"
  }()
}
