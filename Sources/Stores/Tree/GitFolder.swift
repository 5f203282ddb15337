import Documents
import Hashing

/// Where a git repository keeps what belongs to one working tree, and what all of them share.
package struct GitFolder: Sendable {
  /// Bytes of a file of one line, such as `HEAD`; what is longer is none.
  private static let longestLine = 4096

  /// Of this working tree: its HEAD and its index.
  package let own: String
  /// Shared by all working trees: objects and references.
  package let common: String

  /// Takes the absolute path of a working tree, a linked working tree, a submodule or a bare repository; nil when its
  /// `.git` says nothing.
  package init?(root: String) {
    let inner = root + "/.git"
    switch StoreTree.kind(absolute: SystemPath(inner)) {
    case .missing: own = root
    case .file:
      // A linked working tree or a submodule: a file that says where.
      guard let text = Self.line(of: inner), text.hasPrefix("gitdir:") else { return nil }
      own = Self.join(root, text.dropFirst("gitdir:".count).drop { $0 == " " })
    case .directory, .link, .special, .linkLoop, .unreadable: own = inner
    }
    common = Self.line(of: own + "/commondir").map { [own] in Self.join(own, $0[...]) } ?? own
  }

  /// The first line of a small file; nil when it is none, as hostile stores put FIFOs where files belong.
  package static func line(of path: String) -> String? {
    guard let bytes = try? WholeFile.read(SystemPath(path), limit: longestLine) else { return nil }
    return TextDecoding.strict(bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
  }

  private static func join(_ base: String, _ path: Substring) -> String {
    path.hasPrefix("/") ? String(path) : base + "/" + path
  }
}
