import Foundation
import Stores

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
    guard let folder = GitFolder(root: root) else { return nil }
    own = folder.own
    common = folder.common
    var isDirectory: ObjCBool = false
    guard files.fileExists(atPath: common + "/objects", isDirectory: &isDirectory), isDirectory.boolValue else {
      return nil
    }
    objects = common + "/objects"
    isShallow = files.fileExists(atPath: common + "/shallow")
  }
}
