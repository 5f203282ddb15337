import Documents
import Hashing

/// The commit that is checked out in a repository.
enum GitHead {
  private static let longest = 64 << 20

  /// The commit's name; nil when the repository holds none, or keeps its references in another form.
  ///
  /// `root` is an absolute path, a working tree, a linked one, or a bare repository.
  static func commit(in root: String) -> String? {
    // A link may lead out of the store, to a repository that says nothing of it.
    guard StoreTree.kind(absolute: SystemPath(root + "/.git")) != .link else { return nil }
    guard let folder = GitFolder(root: root), let head = GitFolder.line(of: folder.own + "/HEAD") else { return nil }
    guard head.hasPrefix("ref: ") else { return isCommit(head) ? head : nil }
    let name = head.dropFirst(5)
    // The name comes from a file of the repository, and must not lead out of it.
    guard name.hasPrefix("refs/"), !TreePath.leaves(name) else { return nil }
    if let commit = GitFolder.line(of: "\(folder.common)/\(name)"), isCommit(commit) { return commit }
    guard let packed = try? WholeFile.read(SystemPath(folder.common + "/packed-refs"), limit: longest) else {
      return nil
    }
    for line in packed.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: " "))
      if parts.count == 2, parts[1].elementsEqual(name.utf8), let text = TextDecoding.strict(parts[0]), isCommit(text) {
        return text
      }
    }
    return nil
  }

  private static func isCommit(_ text: String) -> Bool {
    (text.utf8.count == 40 || text.utf8.count == 64) && text.utf8.allSatisfy { $0.isHexDigit }
  }
}

extension UInt8 {
  var isHexDigit: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
}
