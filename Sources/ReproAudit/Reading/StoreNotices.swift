import AuditDatabase
import Stores

/// What has to be said once of a store, since its tool records nothing that could be said of each file.
enum StoreNotices {
  static func of(_ stores: [ReadStore], _ database: AuditDatabase, isWhole: Bool) throws -> [String] {
    let undigested = stores.filter { $0.kind.toolWithoutDigests != nil }
    if undigested.isEmpty { return [] }
    let use =
      switch (database.isKept, isWhole) {
      case (true, true): "the baseline of the next scan with this database"
      case (true, false): "held against earlier scans, and not kept, since this audit is partial"
      case (false, _): "kept for the next scan to compare with only where --db names a database"
      }
    let counts = try UnclaimedFiles.counts(database)
    return undigested.compactMap { store in
      guard let tool = store.kind.toolWithoutDigests, let count = counts[store.name] else { return nil }
      let files = count == 1 ? "1 file or folder is" : "\(count) files and folders are"
      return "\(store.name): \(tool) records no digests of artifacts; \(files) unclaimed: hashed as found, \(use)"
    }
  }
}
