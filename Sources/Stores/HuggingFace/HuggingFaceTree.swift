import Documents
import Hashing
import Records

/// `trees/<commit>.json`: what files a revision holds on the hub, and what their bytes are.
struct HuggingFaceTree: Sendable {
  /// A file of the revision.
  struct Entry: Sendable {
    let path: String
    /// The name of its blob.
    let etag: String
    /// Bytes.
    let size: Int64?
    let line: Int
  }

  let document: String
  let entries: [Entry]
  private let byPath: [String: Int]

  private init(document: String, entries: [Entry]) {
    self.document = document
    self.entries = entries
    byPath = Dictionary(
      entries.enumerated().map { ($0.element.path, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// What the revision holds at a path.
  func entry(at path: String) -> Entry? { byPath[path].map { entries[$0] } }

  /// Nil when there is none; a problem when it does not parse.
  static func read(_ path: TreePath, in tree: StoreTree) -> (tree: HuggingFaceTree?, problem: Problem?) {
    do {
      let root = try RecordDocument.entries(path, in: tree).root
      let entries = (root["files"]?.entries ?? []).compactMap { entry -> Entry? in
        guard let etag = entry.node["lfs_sha256"]?.text ?? entry.node["blob_id"]?.text else { return nil }
        let size = entry.node["lfs_size"]?.text ?? entry.node["size"]?.text
        return Entry(path: entry.key, etag: etag, size: size.flatMap { Int64($0) }, line: entry.line)
      }
      return (HuggingFaceTree(document: path.display, entries: entries), nil)
    } catch .access(.missing) {
      return (nil, nil)
    } catch {
      return (nil, error.problem(at: path))
    }
  }

  func claim(_ entry: Entry) -> Claim? {
    HuggingFaceRepository.claim(etag: entry.etag, size: entry.size, document: document, line: entry.line)
  }
}
