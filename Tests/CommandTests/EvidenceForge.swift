import Foundation
import Hashing

@testable import ReproAudit

/// A pack taken apart, to be put together again with something changed.
struct EvidenceForge {
  struct Member {
    var name: String
    var bytes: [UInt8]

    var text: String {
      get { String(decoding: bytes, as: UTF8.self) }
      set { bytes = Array(newValue.utf8) }
    }
  }

  var members: [Member]
  /// Bytes behind the end of the archive.
  var appendix: [UInt8] = []
  /// Forgers write the digests of what they changed anew.
  var writesManifest = true

  init(_ path: String) throws {
    let reader = try TarReader(path: path)
    try reader.readMembers()
    members = try reader.members.map { Member(name: $0.name, bytes: try reader.bytes(of: $0, limit: 1 << 30)) }
  }

  struct Unchanged: Error { let what: String }

  /// Changes the text of a member; throws when that changes nothing.
  mutating func edit(_ name: String, _ change: (inout String) -> Void) throws {
    guard let index = members.firstIndex(where: { $0.name == name }) else { throw Unchanged(what: name) }
    let before = members[index].bytes
    change(&members[index].text)
    if members[index].bytes == before { throw Unchanged(what: name) }
  }

  mutating func replace(_ name: String, _ old: String, _ new: String) throws {
    try edit(name) { $0 = $0.replacing(old, with: new) }
  }

  /// Runs SQL on the packed database; throws when that changes nothing.
  mutating func sql(_ statements: String) throws {
    guard let index = members.firstIndex(where: { $0.name == "audit.db" }) else { throw Unchanged(what: "audit.db") }
    let place = FileManager.default.temporaryDirectory.appending(path: "forge-\(UUID().uuidString).db")
    defer { try? FileManager.default.removeItem(at: place) }
    try Data(members[index].bytes).write(to: place)
    let script = FileManager.default.temporaryDirectory.appending(path: "forge-\(UUID().uuidString).sql")
    defer { try? FileManager.default.removeItem(at: script) }
    // `.dbconfig` lets a forger rewrite the schema, which a program of theirs could do as well.
    try Data(".bail on\n.dbconfig defensive off\n\(statements)\n".utf8).write(to: script)
    try Store.shell("sqlite3 \"$1\" < '\(script.path)' > /dev/null", place.path)
    let after = Array(try Data(contentsOf: place))
    if after == members[index].bytes { throw Unchanged(what: statements) }
    members[index].bytes = after
  }

  mutating func remove(_ name: String) throws {
    guard let index = members.firstIndex(where: { $0.name == name }) else { throw Unchanged(what: name) }
    members.remove(at: index)
  }

  /// Adds a member where order has it.
  mutating func add(_ name: String, _ text: String) {
    members.append(Member(name: name, bytes: Array(text.utf8)))
    members.sort { ($0.name == "MANIFEST" ? "" : $0.name) < ($1.name == "MANIFEST" ? "" : $1.name) }
  }

  /// The archive as bytes, with the manifest written anew.
  var bytes: [UInt8] {
    var members = members
    if writesManifest {
      let list = EvidenceManifest(
        members.filter { $0.name != "MANIFEST" }.map { .init(digest: BytesDigest.sha256($0.bytes), name: $0.name) })
      for index in members.indices where members[index].name == "MANIFEST" { members[index].text = list.text }
    }
    return members.flatMap {
      TarHeader(name: $0.name, size: $0.bytes.count).bytes + $0.bytes + TarHeader.padding(after: $0.bytes.count)
    } + TarHeader.end + appendix
  }
}
