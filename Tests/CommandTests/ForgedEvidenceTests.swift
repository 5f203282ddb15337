import Foundation
import Testing

@testable import ReproAudit

/// Packs that somebody changed, with all digests written anew: each is refused, and the difference is said.
@Suite struct ForgedEvidenceTests {
  @Test(arguments: results + facts + rules + policy + reports + database + archive)
  func `a forged pack is refused, and what is forged is said`(forgery: Forgery) throws {
    let sample = try EvidenceSample.shared.get()
    var forge = try EvidenceForge(sample.pack)
    try forgery.change(&forge, sample)
    let run = try sample.verify(forge.bytes)
    #expect(run.status == 3, "\(run.output)\(run.errors)")
    #expect(run.output.contains("not what it says it is: "), "\(run.errors)")
    let told = forgery.told.split(separator: "|")
    #expect(told.contains { run.output.contains($0) }, "\(run.output)")
    #expect(run.output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 && $0.value != 0x202E })
  }

  static let headers: [(name: String, change: @Sendable (inout [UInt8], Int) -> Void)] = [
    ("a symbolic link", { bytes, start in bytes[start + 156] = UInt8(ascii: "2") }),
    ("a hard link", { bytes, start in bytes[start + 156] = UInt8(ascii: "1") }),
    ("a folder", { bytes, start in bytes[start + 156] = UInt8(ascii: "5") }),
    ("a device", { bytes, start in bytes[start + 156] = UInt8(ascii: "3") }),
    ("a target of a link", { bytes, start in bytes[start + 157] = UInt8(ascii: "/") }),
    ("a prefix", { bytes, start in bytes[start + 345] = UInt8(ascii: "x") }),
    ("text behind a name", { bytes, start in bytes[start + 99] = UInt8(ascii: "x") }),
    ("text in the padding of a member", { bytes, start in bytes[start - 1] = 1 }),
  ]

  @Test(arguments: headers.indices, [true, false])
  func `a header that says more than name and size is refused`(index: Int, mendsChecksum: Bool) throws {
    let sample = try EvidenceSample.shared.get()
    let forge = try EvidenceForge(sample.pack)
    var bytes = forge.bytes
    // The second member: the first tells a pack from another file.
    let first = forge.members[0].bytes.count
    let start = 512 + first + (512 - first % 512) % 512
    Self.headers[index].change(&bytes, start)
    if mendsChecksum {
      bytes.replaceSubrange(start + 148..<start + 156, with: Array("        ".utf8))
      let sum = bytes[start..<start + 512].reduce(0) { $0 + Int($1) }
      let digits = String(sum, radix: 8)
      let text = String(repeating: "0", count: 6 - digits.count) + digits + "\0 "
      bytes.replaceSubrange(start + 148..<start + 156, with: Array(text.utf8))
    }
    let run = try sample.verify(bytes)
    #expect(
      run.status == 3 && (run.output.contains("archive: byte ") || run.output.contains("audit.db: it is missing")),
      "\(Self.headers[index].name): \(run.output)\(run.errors)")
  }

  @Test(arguments: [600, 2000, 20_000, 300_000, -1, -600, -1024])
  func `a pack that was cut short is refused`(length: Int) throws {
    let sample = try EvidenceSample.shared.get()
    let bytes = try EvidenceForge(sample.pack).bytes
    let run = try sample.verify(Array(length < 0 ? bytes.dropLast(-length) : bytes.prefix(length)))
    // What ends inside of the manifest is no pack at all.
    #expect(
      length == 600 || length == 2000 ? run.status == 2 : run.status == 3 && run.output.contains("archive: byte "),
      "\(run.output)\(run.errors)")
  }
}
