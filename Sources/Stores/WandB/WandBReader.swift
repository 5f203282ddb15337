import Documents
import Hashing
import Records

/// Reads the folder `wandb` with the runs that Weights & Biases kept for later upload.
struct WandBReader: StoreReader {
  let tree: StoreTree
  let place: TreePath
  let context: ReadingContext

  func read(into sink: any FactSink) async throws -> Bool {
    guard let folder = try sink.folder(place, of: tree) else { return false }
    var runs = WandBRuns(tree: tree, context: context)
    var found = false
    if let log = Self.log(in: folder) {
      try sink.receive(runs.facts(of: folder.path, log: log))
      found = true
    }
    for entry in folder.entries where entry.kind == .directory && Self.isRun(entry.name) {
      let path = folder.path(of: entry)
      guard context.includes(path.display + "/") else { continue }
      var problems: [Problem] = []
      let inner = tree.folder(path, problems: &problems)
      try sink.receive(problems.map(Fact.problem))
      guard let log = inner.flatMap(Self.log) else { continue }
      try sink.receive(runs.facts(of: path, log: log))
      found = true
    }
    if !found {
      try sink.receive(
        nothingAt: place, "no runs of Weights & Biases: no folder `offline-run-…` or `run-…` with a `.wandb` file")
    }
    return found
  }

  /// `offline-run-20261123_122549-5m9a3gaq`, `run-20261123_122549-5m9a3gaq`; asked of every folder of a scan.
  static func isRun(_ name: [UInt8]) -> Bool {
    let prefix = ["offline-run-", "run-"].map(\.utf8).first { name.starts(with: $0) }
    guard let rest = prefix.map({ name.dropFirst($0.count) }), rest.count > 15 else { return false }
    return rest.prefix(8).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      && rest[rest.startIndex + 8] == UInt8(ascii: "_")
  }

  /// The log in a run's folder.
  static func log(in folder: Folder) -> TreePath? {
    folder.entries.first { entry in
      entry.kind == .file && entry.name.starts(with: "run-".utf8) && entry.name.suffix(6).elementsEqual(".wandb".utf8)
    }.map { folder.path(of: $0) }
  }
}

/// Finds folders with the folders of runs in them, or a run's own folder.
struct WandBSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    if WandBReader.log(in: folder) != nil { return [StoreSighting(place: folder.path, territory: .closed)] }
    let holdsRun = folder.entries.contains { entry in
      guard entry.kind == .directory, WandBReader.isRun(entry.name), let inner = try? tree.list(folder.path(of: entry))
      else { return false }
      return WandBReader.log(in: inner) != nil
    }
    return holdsRun ? [StoreSighting(place: folder.path, territory: .closed)] : []
  }
}
