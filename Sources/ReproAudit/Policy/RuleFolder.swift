import Foundation
import Hashing

/// Finds files by their ending below a folder, for rules and their cases.
enum RuleFolder {
  private static let deepest = 16

  /// The file at `path`, or the files below it that end with `ending`, sorted by path; links are not followed.
  static func files(at path: String, ending: String = ".sql") throws(FileAccessError) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw .missing }
    guard isFolder.boolValue else { return path.hasSuffix(ending) ? [path] : [] }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let below = FileManager.default.enumerator(atPath: path) else { throw .unreadable("permission denied") }
    var files: [String] = []
    while let name = below.nextObject() as? String {
      if below.level > deepest { below.skipDescendants() }
      let isRegular = below.fileAttributes?[.type] as? FileAttributeType == .typeRegular
      if isRegular, name.hasSuffix(ending), !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
        files.append("\(folder)/\(name)")
      }
    }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
