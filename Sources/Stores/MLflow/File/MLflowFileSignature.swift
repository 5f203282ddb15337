import Hashing
import Records

/// A folder of experiments: `mlruns`, or one of any name whose numbered folders hold an experiment's `meta.yaml`.
struct MLflowFileSignature: StoreSignature {
  /// Folders of dates and shards are numbered too; looking into a few tells.
  private static let mostCandidates = 8

  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    // Nearly every folder holds none of these.
    let numbered = folder.entries.lazy.filter { $0.kind == .directory && MLflowWords.isNumber($0.name) }
    let isNamed = folder.path.name.elementsEqual("mlruns".utf8)
    guard isNamed || !numbered.isEmpty else { return [] }
    let found = numbered.prefix(Self.mostCandidates).contains { entry in
      let meta = folder.path(of: entry).appending("meta.yaml")
      guard tree.kind(of: meta) == .file, let bytes = try? tree.read(meta) else { return false }
      let text = String(decoding: bytes, as: UTF8.self)
      return text.contains("artifact_location:") && text.contains("lifecycle_stage:")
    }
    if found { return [StoreSighting(place: folder.path, territory: .closed)] }
    // Of the default name, a store with damaged experiments is still one; artifacts of an SQL store have no records.
    let hasRecords =
      isNamed
      && (numbered.contains { entry in
        tree.kind(of: folder.path(of: entry).appending("meta.yaml")) != .missing
      } || folder.kind(named: Array(".trash".utf8)) == .directory)
    return hasRecords ? [StoreSighting(place: folder.path, territory: .closed)] : []
  }
}
