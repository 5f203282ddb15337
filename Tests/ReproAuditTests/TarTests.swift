import Foundation
import Testing

@testable import ReproAudit

/// The archive of evidence packs: what is written is read again, and nothing else is.
@Suite struct TarTests {
  private func open<Value>(_ bytes: [UInt8], _ body: (TarReader) throws -> Value) throws -> Value {
    let place = FileManager.default.temporaryDirectory.appending(path: "tar-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: place) }
    try Data(bytes).write(to: place)
    let reader = try TarReader(path: place.path)
    try reader.readMembers()
    return try body(reader)
  }

  private func read(_ bytes: [UInt8]) throws -> [TarReader.Member] { try open(bytes) { $0.members } }

  private func archive(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    members.flatMap {
      TarHeader(name: $0.name, size: $0.bytes.count).bytes + $0.bytes + TarHeader.padding(after: $0.bytes.count)
    } + TarHeader.end
  }

  @Test(arguments: [0, 1, 511, 512, 513, 100_000], [1, 99, 100, 101, 255, 300, 3000])
  func `members of every size and name are found again`(size: Int, length: Int) throws {
    let name = String(repeating: "é", count: length / 2) + String(repeating: "x", count: length % 2)
    let bytes = [UInt8](repeating: 7, count: size)
    let members = try read(archive([("a", [1, 2, 3]), (name, bytes), ("z", [])]))
    #expect(members.map(\.name) == ["a", name, "z"])
    #expect(members.map(\.size) == [3, size, 0])
  }

  @Test(
    arguments: ["short", String(repeating: "long/", count: 40) + "name"], [0o77777777777, 0o100000000000, 1 << 50])
  func `sizes that the header has no room for stand in a record before it`(name: String, size: Int) throws {
    let header = TarHeader(name: name, size: size)
    let bytes = header.bytes
    #expect(bytes.count == (name.utf8.count > 100 || size > 0o77777777777 ? 1536 : 512))
    var rest = bytes[512...]
    let found = try TarHeader.read(Array(bytes[..<512])) { count in
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    #expect(found?.header == header && found?.isOurs == true)
  }

  @Test func `GNU tar reads what is written`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tar-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let long = String(repeating: "deep/", count: 30) + "file"
    try Data(archive([("plain", Array("text\n".utf8)), (long, [UInt8](repeating: 65, count: 513))]))
      .write(to: folder.appending(path: "a.tar"))
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-ec", "cd \"$1\"; tar xf a.tar 2> said; test ! -s said", "sh", folder.path]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try Data(contentsOf: folder.appending(path: long)).count == 513)
  }

  @Test func `a changed byte of a header or of padding is always seen, and never worse than that`() throws {
    let long = String(repeating: "n", count: 150)
    let good = archive([("MANIFEST", Array("abc".utf8)), (long, [UInt8](repeating: 1, count: 700))])
    let contents = Set(512..<515).union(2560..<3260)
    #expect(try read(good).count == 2)
    for place in good.indices where !contents.contains(place) {
      for change: UInt8 in [0x01, 0x10, 0x80] {
        var bytes = good
        bytes[place] ^= change
        // The end of a long name has no checksum, and is another name; a number may begin with a blank.
        guard let (members, isOther) = try? open(bytes, { ($0.members, $0.isPackedAnew) }) else { continue }
        #expect(members.map(\.name) != ["MANIFEST", long] || isOther, "byte \(place)")
      }
    }
  }

  @Test func `whatever is cut off or put in ends in a fault`() throws {
    let good = archive([("a", Array("abc".utf8)), (String(repeating: "n", count: 150), [1, 2, 3])])
    for length in good.indices {
      #expect(throws: TarReader.Fault.self, "\(length)") { try read(Array(good[..<length])) }
    }
    for place in stride(from: 0, through: good.count, by: 64) {
      for block in [[UInt8](repeating: 0, count: 512), Array(good[..<512]), [0xFF]] {
        var bytes = good
        bytes.insert(contentsOf: block, at: place)
        // Between two members, a whole block may be a member that is there once more.
        guard (try? read(bytes)) != nil else { continue }
        #expect(try read(bytes).map(\.name) != ["a", String(repeating: "n", count: 150)], "\(place)")
      }
    }
  }

  @Test func `more members than a pack has are not kept in memory`() throws {
    let many = archive((0...TarReader.mostMembers).map { ("\($0)", []) })
    #expect(throws: TarReader.Fault.self) { try read(many) }
  }

  @Test(arguments: [
    "# repro-audit/evidence/1\n", "# repro-audit/evidence/1\n\(String(repeating: "a", count: 64))  b\n",
  ])
  func `a manifest has one spelling`(text: String) throws {
    let bytes = Array(text.utf8)
    #expect(EvidenceManifest(bytes)?.text == text)
    for other in [text + "\n", text + "x", String(text.dropLast()), text.replacing("# ", with: "#")] {
      #expect(EvidenceManifest(Array(other.utf8)) == nil, "\(other)")
    }
    #expect(EvidenceManifest(bytes + bytes) == nil)
    #expect(EvidenceManifest([0xFF, 0xFE]) == nil && EvidenceManifest([]) == nil)
  }
}
