import Foundation
import Stores
import Hashing

/// Copies a repository's references and index, so that git can be asked about them without its configuration.
struct GitReferences {
  let directory: GitDirectory

  private static let largest = 1 << 30
  private static let most = 100_000

  /// Whether the repository keeps references in a form that cannot be copied file by file.
  var isReftable: Bool { FileManager.default.fileExists(atPath: directory.common + "/reftable") }

  /// Whether objects are named by SHA-256, as far as references show.
  var isSHA256: Bool {
    let head = GitFolder.line(of: directory.own + "/HEAD") ?? ""
    let target = head.hasPrefix("ref: ") ? GitFolder.line(of: directory.common + "/" + head.dropFirst(5)) : head
    if let target { return target.utf8.count == 64 }
    let packed = (try? WholeFile.read(SystemPath(directory.common + "/packed-refs"), limit: Self.largest)) ?? []
    let line = packed.split(separator: UInt8(ascii: "\n")).first { $0.first != UInt8(ascii: "#") }
    return line?.firstIndex(of: UInt8(ascii: " ")).map { $0 - (line?.startIndex ?? 0) } == 64
  }

  /// Puts HEAD, every reference and the index into `sandbox`.
  func copy(into sandbox: GitSandbox) throws {
    try copy("HEAD", of: directory.own, into: sandbox)
    try copy("packed-refs", of: directory.common, into: sandbox)
    try copy("index", of: directory.own, into: sandbox)
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory.own)) ?? []
    for name in files.sorted() where name.hasPrefix("sharedindex.") {
      try copy(name, of: directory.own, into: sandbox)
    }
    guard let names = FileManager.default.enumerator(atPath: directory.common + "/refs") else { return }
    var count = 0
    while let name = names.nextObject() as? String, count < Self.most {
      count += 1
      guard names.fileAttributes?[.type] as? FileAttributeType == .typeRegular else { continue }
      try copy("refs/" + name, of: directory.common, into: sandbox, limit: 4096)
    }
  }

  /// What is not there, or is no file, is not copied: git says what it misses.
  private func copy(_ name: String, of folder: String, into sandbox: GitSandbox, limit: Int = largest) throws {
    let place = folder + "/" + name
    let attributes = try? FileManager.default.attributesOfItem(atPath: place)
    guard let bytes = try? WholeFile.read(SystemPath(place), limit: limit) else { return }
    try sandbox.put(name, bytes)
    // git looks into a file that changed in the second the index was written: its age must be that of the original.
    if let time = attributes?[.modificationDate] as? Date {
      let second = Date(timeIntervalSince1970: time.timeIntervalSince1970.rounded(.down))
      try FileManager.default.setAttributes([.modificationDate: second], ofItemAtPath: sandbox.folder + "/" + name)
    }
  }
}
