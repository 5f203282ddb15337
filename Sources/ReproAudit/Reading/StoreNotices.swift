import AuditDatabase
import Stores

/// What has to be said once of a store, since its tool records nothing that could be said of each file.
enum StoreNotices {
  static func of(_ stores: [ReadStore], _ database: AuditDatabase) throws -> [String] {
    let undigested = stores.filter { $0.kind.toolWithoutDigests != nil }
    if undigested.isEmpty { return [] }
    let counts = try UnclaimedFiles.counts(database)
    return undigested.compactMap { store in
      guard let tool = store.kind.toolWithoutDigests, let count = counts[store.name] else { return nil }
      let files = count == 1 ? "1 file or folder is" : "\(count) files and folders are"
      return "\(store.name): \(tool) records no digests of artifacts; \(files) unclaimed: hashed as found, "
        + "the baseline for later scans"
    }
  }
}
