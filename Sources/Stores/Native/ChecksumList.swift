import Hashing
import Records

/// Reads a list of checksums that lies above what it vouches for: a registry's `SHA256SUMS`, written by other hands than
/// the versions below it.
struct ChecksumList {
  let tree: StoreTree
  let context: ReadingContext

  /// The digests it states, and a problem for each line that states none; a bare digest names no file here.
  func read(_ path: TreePath) -> [Fact] {
    let document = path.display
    let bytes: [UInt8]
    do {
      bytes = try tree.read(path)
    } catch {
      return [.problem(Problem(kind: .unreadable, path: document, message: error.reason))]
    }
    let (lines, unreadable) = ChecksumFile.read(bytes)
    let resolver = ReferenceResolver(tree: tree, maps: context.maps)
    let digests = lines.compactMap { line -> ListedDigest? in
      guard let name = line.name else { return nil }
      let file = resolver.resolve(name, from: path.parent ?? .root)
      guard file.location == .local else { return nil }
      return ListedDigest(
        path: file.path, claim: Claim(text: line.text, digest: line.digest, document: document, line: line.line))
    }
    let flawed = (unreadable + lines.filter { $0.name == nil }.map(\.line)).sorted()
    return (digests.isEmpty ? [] : [.listedDigests(digests)])
      + flawed.map {
        .problem(
          Problem(kind: .malformedRecord, path: document, line: $0, message: "neither a digest with a name nor empty"))
      }
  }
}
