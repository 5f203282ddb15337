import Documents
import Hashing
import Records

/// Reads the folder `wandb` with the runs that Weights & Biases kept for later upload.
struct WandBReader: StoreReader {
  let tree: StoreTree
  let place: TreePath
  let context: ReadingContext

  func read(into sink: any FactSink) async throws -> Bool {
    let folder: Folder
    do throws(FileAccessError) {
      folder = try tree.list(place)
    } catch {
      try sink.receive([.problem(Problem(kind: .unreadable, path: place.display, message: error.reason))])
      return false
    }
    let runs = WandBRuns(tree: tree, context: context)
    var found = false
    if let log = Self.log(in: folder) {
      try sink.receive(runs.facts(of: folder.path, log: log))
      found = true
    }
    for entry in folder.entries where entry.kind == .directory && Self.isRun(entry.text) {
      let path = folder.path(of: entry)
      guard context.includes(path.display + "/"), let inner = try? tree.list(path), let log = Self.log(in: inner) else {
        continue
      }
      try sink.receive(runs.facts(of: path, log: log))
      found = true
    }
    if !found {
      try sink.receive([
        .problem(
          Problem(
            kind: .malformedRecord, path: place.display,
            message: "no runs of Weights & Biases: no folder `offline-run-…` or `run-…` with a `.wandb` file"))
      ])
    }
    return found
  }

  /// `offline-run-20261123_122549-5m9a3gaq`, `run-…`.
  static func isRun(_ name: String) -> Bool { name.hasPrefix("offline-run-") || name.hasPrefix("run-") }

  /// The log in a run's folder.
  static func log(in folder: Folder) -> TreePath? {
    folder.entries.first { $0.kind == .file && $0.text.hasPrefix("run-") && $0.text.hasSuffix(".wandb") }
      .map { folder.path(of: $0) }
  }
}

/// Finds folders with the folders of runs in them, or a run's own folder.
struct WandBSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    if WandBReader.log(in: folder) != nil { return [StoreSighting(place: folder.path, territory: .closed)] }
    let holdsRun = folder.entries.contains { entry in
      guard entry.kind == .directory, WandBReader.isRun(entry.text), let inner = try? tree.list(folder.path(of: entry))
      else { return false }
      return WandBReader.log(in: inner) != nil
    }
    return holdsRun ? [StoreSighting(place: folder.path, territory: .closed)] : []
  }
}
