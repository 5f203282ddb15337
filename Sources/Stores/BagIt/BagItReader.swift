import Hashing
import Records

/// Reads a bag (BagIt 0.93 to 1.0) as one dataset: its payload and tag files with what every manifest claims of them.
struct BagItReader: StoreReader {
  let tree: StoreTree
  let place: TreePath
  let context: ReadingContext

  func read(into sink: any FactSink) async throws -> Bool {
    let declaration = place.appending("bagit.txt")
    let folder: Folder
    let text: BagText
    do throws(FileAccessError) {
      folder = try tree.list(place)
      text = BagText(declaration: try tree.read(declaration), path: declaration.display)
    } catch {
      let reason = error == .missing ? "no bag: there is no `bagit.txt`" : error.reason
      try sink.receive([.problem(Problem(kind: .malformedRecord, path: declaration.display, message: reason))])
      return false
    }
    var contents = BagContents(tree: tree, place: place, context: context, text: text)
    contents.read(folder)
    var dataset = DatasetFact(path: declaration.display)
    dataset.name = tree.name(of: place)
    dataset.createdAt = contents.info?.values["bagging-date"]?.text
    dataset.files = contents.artifacts()
    try sink.receive([.dataset(dataset)] + (text.problems + contents.problems).map(Fact.problem))
    return true
  }
}

/// Finds bags by their `bagit.txt`.
struct BagItSignature: StoreSignature {
  func sightings(in folder: Folder, of tree: StoreTree) -> [StoreSighting] {
    guard folder.kind(named: Array("bagit.txt".utf8)) == .file else { return [] }
    return [StoreSighting(place: folder.path, territory: .everybody)]
  }
}
