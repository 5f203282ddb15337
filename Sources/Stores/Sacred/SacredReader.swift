import Documents
import Hashing
import Records

/// Reads what Sacred's file storage observer keeps: a run a folder, the sources and resources they share.
struct SacredReader: StoreReader {
  let tree: StoreTree
  let place: TreePath
  let context: ReadingContext

  func read(into sink: any FactSink) async throws -> Bool {
    guard let folder = try sink.folder(place, of: tree) else { return false }
    let runs = SacredRuns(tree: tree, place: place, context: context)
    var found = false
    for entry in folder.entries where entry.kind == .directory && !entry.text.hasPrefix("_") {
      let path = folder.path(of: entry)
      guard context.includes(path.display + "/"), tree.kind(of: path.appending("run.json")) == .file else { continue }
      try sink.receive(runs.facts(of: path))
      found = true
    }
    try sink.receive(runs.resources(of: place.appending("_resources")))
    if !found {
      try sink.receive(
        nothingAt: place, "no runs of Sacred: no folder here holds a `run.json`")
    }
    return found
  }
}

/// Finds storage by `_sources` beside a run.
struct SacredSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    guard folder.kind(named: Array("_sources".utf8)) == .directory else { return [] }
    let holdsRun = folder.entries.contains { entry in
      entry.kind == .directory && !entry.text.hasPrefix("_")
        && tree.kind(of: folder.path(of: entry).appending("run.json")) == .file
    }
    return holdsRun ? [StoreSighting(place: folder.path, territory: .closed)] : []
  }
}
