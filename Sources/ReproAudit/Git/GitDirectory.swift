import Foundation
import Hashing

/// Where a repository keeps its objects, and what belongs to this working tree.
struct GitDirectory {
  let objects: String
  let isShallow: Bool
  /// Of this working tree: its HEAD and its index.
  let own: String
  /// Shared by all working trees: references.
  let common: String

  /// Takes a working tree, a linked working tree or a bare repository; nil for anything else.
  init?(root: String) {
    let files = FileManager.default
    var directory = root
    var isDirectory: ObjCBool = false
    if files.fileExists(atPath: root + "/.git", isDirectory: &isDirectory) {
      directory = root + "/.git"
      if !isDirectory.boolValue {
        // A linked working tree or a submodule: a file that says where.
        guard let text = Self.line(of: directory), text.hasPrefix("gitdir:") else { return nil }
        directory = Self.join(root, text.dropFirst(7).trimmingCharacters(in: .whitespaces))
      }
    }
    own = directory
    if let common = Self.line(of: directory + "/commondir") { directory = Self.join(directory, common) }
    common = directory
    guard files.fileExists(atPath: directory + "/objects", isDirectory: &isDirectory), isDirectory.boolValue else {
      return nil
    }
    objects = directory + "/objects"
    isShallow = files.fileExists(atPath: directory + "/shallow")
  }

  /// The first line of a small file; hostile stores put FIFOs where files belong.
  static func line(of path: String) -> String? {
    guard let bytes = try? WholeFile.read(SystemPath(path), limit: 4096) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init)
  }

  private static func join(_ base: String, _ path: String) -> String { path.hasPrefix("/") ? path : base + "/" + path }
}
